"""ListConfigResources through the router, in both versions."""

from __future__ import annotations

from kafkalite.cluster.configs.alter import SET
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.protocol import errors
from kafkalite.protocol.messages.list_config_resources_request import ListConfigResourcesRequest
from tests.broker.handlers.configs_conversation import alter
from tests.broker.played_broker import PlayedBroker


def test_resources_are_listed_by_version() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    alter(broker, CLIENT_METRICS, "m", ("interval.ms", SET, "100"))
    alter(broker, GROUP, "g", ("share.auto.offset.reset", SET, "earliest"))

    def listed(version: int, *types: int) -> list[tuple[int, str]]:
        response = broker.ask(ListConfigResourcesRequest(resource_types=list(types)), version)
        assert response.error_code == errors.NONE
        return [(resource.resource_type, resource.resource_name) for resource in response.config_resources]

    assert listed(0) == [(CLIENT_METRICS, "m")]
    assert listed(1) == [(GROUP, "g"), (CLIENT_METRICS, "m"), (BROKER_LOGGER, "1"), (BROKER, "1"), (TOPIC, "orders")]
    assert listed(1, TOPIC, BROKER) == [(BROKER, "1"), (TOPIC, "orders")]
    refused = broker.ask(ListConfigResourcesRequest(resource_types=[99]), 1)
    assert (refused.error_code, refused.config_resources) == (errors.UNSUPPORTED_VERSION, [])
