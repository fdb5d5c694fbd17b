"""Whether groups may use the consumer protocol (KIP-848): by configuration, and by the finalized `group.version`.

Source: KafkaApis.isConsumerGroupProtocolEnabled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.features import GROUP_VERSION

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker

PROTOCOLS = "group.coordinator.rebalance.protocols"


def is_consumer_protocol_enabled(broker: Broker) -> bool:
    """Return whether groups may use the consumer protocol."""
    protocols = broker.settings.get(PROTOCOLS).lower().split(",")
    is_configured = "consumer" in (protocol.strip() for protocol in protocols)
    return is_configured and broker.metadata.image.features.finalized.get(GROUP_VERSION, 0) > 0
