"""The resources that have, or can have, configurations.

Source: kafka.server.KafkaApis.handleListConfigResources (KIP-1000, KIP-1142).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC

if TYPE_CHECKING:
    from collections.abc import Collection

    from kafkalite.cluster.image import ConfigResource, MetadataImage

ALL_TYPES = (GROUP, CLIENT_METRICS, BROKER_LOGGER, BROKER, TOPIC)
"""Resource types in the order of the list."""


def list_config_resources(image: MetadataImage, wanted_types: Collection[int]) -> list[ConfigResource]:
    """Return the resources of the wanted types.

    Groups and client metrics subscriptions exist here by their configurations; brokers and topics by themselves.
    """
    listed: list[ConfigResource] = []
    for resource_type in ALL_TYPES:
        if resource_type not in wanted_types:
            continue
        if resource_type in (BROKER, BROKER_LOGGER):
            names = [str(broker_id) for broker_id in sorted(image.brokers.by_id)]
        elif resource_type == TOPIC:
            names = sorted(image.topics.by_name)
        else:
            names = sorted(name for of_type, name in image.configs.by_resource if of_type == resource_type)
        listed += [(resource_type, name) for name in names]
    return listed
