"""Checks for contradictory properties, which Kafka refuses at its start.

Properties that only clusters of several brokers need are optional: a listener for controllers, and a listener for
brokers that differs from the default. If they are set they must be valid, so that a file that starts here does not fail
there because of a misspelt name.

Source: kafka.server.KafkaConfig (validateValues), AbstractKafkaConfig (interBrokerListenerNameAndSecurityProtocol).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.settings.values import ConfigError

if TYPE_CHECKING:
    from kafkalite.settings.settings import Settings

_INTER_BROKER_NAME = "inter.broker.listener.name"
_INTER_BROKER_PROTOCOL = "security.inter.broker.protocol"


def check_consistency(settings: Settings) -> None:
    """Check the properties that are set.

    Raises:
        ConfigError: properties contradict each other; the message has the first contradiction.
    """
    _check_node_id(settings)
    _check_inter_broker_listener(settings)


def _check_node_id(settings: Settings) -> None:
    explicit = settings.explicit
    if "node.id" in explicit and "broker.id" in explicit:
        node_id, broker_id = settings.get_int("node.id"), settings.get_int("broker.id")
        if node_id != broker_id:
            raise ConfigError(
                f"node.id is {node_id} (from {settings.source_of('node.id')}) and broker.id is {broker_id} "
                f"(from {settings.source_of('broker.id')}): they are two names of one number, set one of them"
            )
    if settings.node_id < 0:
        name = "broker.id" if "node.id" not in explicit else "node.id"
        raise ConfigError(f"{name}: {settings.node_id} is less than 0 (from {settings.source_of(name)})")


def _check_inter_broker_listener(settings: Settings) -> None:
    explicit = settings.explicit
    if _INTER_BROKER_NAME in explicit:
        source = settings.source_of(_INTER_BROKER_NAME)
        if _INTER_BROKER_PROTOCOL in explicit:
            raise ConfigError(f"{_INTER_BROKER_NAME}: set either it or {_INTER_BROKER_PROTOCOL} (from {source})")
        wanted, name = settings.get(_INTER_BROKER_NAME).upper(), _INTER_BROKER_NAME
    elif _INTER_BROKER_PROTOCOL in explicit:
        source = settings.source_of(_INTER_BROKER_PROTOCOL)
        wanted, name = settings.get(_INTER_BROKER_PROTOCOL).upper(), _INTER_BROKER_PROTOCOL
    else:
        return
    reachable = [listener.name for listener in settings.advertised_listeners or settings.listeners]
    if wanted not in reachable:
        raise ConfigError(
            f"{name}: {wanted} is not among the advertised listeners: {', '.join(reachable)} (from {source})"
        )
