"""What the broker was started with, as the metadata's operations and the handlers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.broker_configs import BrokerConfigs, effective_broker_config
from kafkalite.cluster.controller import ControllerContext
from kafkalite.settings.defaults import PROFILES

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.settings import Settings


def static_configs(settings: Settings) -> BrokerConfigs:
    """Return the static configuration: all that was set, and those defaults in which kafkalite differs from Kafka.

    To a client the latter are settings like any other: that is what they do to it.
    """
    names = {**PROFILES[settings.profile], **settings.explicit}
    values = {name: value for name in names if (value := settings.find(name)) is not None}
    values["node.id"] = values["broker.id"] = str(settings.node_id)
    return BrokerConfigs(values)


def controller_context(broker: Broker) -> ControllerContext:
    """Return what operations on the metadata need besides image and request."""
    return ControllerContext(broker.entropy, static_configs(broker.settings), broker.node_id)


def current_broker_config(broker: Broker, static: BrokerConfigs) -> BrokerConfigs:
    """Return the broker's configuration as it holds now, dynamic changes included."""
    return effective_broker_config(broker.metadata.image.configs, static, broker.node_id)
