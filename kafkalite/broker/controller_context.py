"""What operations on the metadata need to know about this broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.broker_configs import BrokerConfigs, effective_broker_config
from kafkalite.cluster.controller import ControllerContext

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker


def controller_context(broker: Broker) -> ControllerContext:
    """Return what operations on the metadata need besides image and request."""
    return ControllerContext(broker.entropy, broker.static_configs, broker.node_id)


def current_broker_config(broker: Broker) -> BrokerConfigs:
    """Return the broker's configuration as it holds now, dynamic changes included."""
    return effective_broker_config(broker.metadata.image.configs, broker.static_configs, broker.node_id)
