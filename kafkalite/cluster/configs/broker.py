"""A broker's configurations: the static ones of its start, later dynamic changes, and the effective values.

In ascending precedence: Kafka's default, the static configuration of the start, the dynamic default of all brokers, the
dynamic configuration of one broker. Some configurations exist in several units (`log.retention.ms`, `.minutes`,
`.hours`); a level replaces all of them from lower levels.

Source: kafka.server.DynamicBrokerConfig, org.apache.kafka.server.config.DynamicBrokerConfig (KIP-226).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.tables import BROKER_CONFIGS, BROKER_SYNONYMS
from kafkalite.cluster.configs.values import normalize
from kafkalite.cluster.resource_types import BROKER, CLUSTER_DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.cluster.configs.tables import ConfigDefinition
    from kafkalite.cluster.image import ConfigsImage

MECHANISM_CONFIGS = (
    "sasl.jaas.config",
    "sasl.login.callback.handler.class",
    "sasl.login.class",
    "sasl.server.callback.handler.class",
    "connections.max.reauth.ms",
)
"""Configurations allowed after listener and mechanism: `listener.name.<listener>.<mechanism>.<config>`."""


class BrokerConfigs:
    """The configuration of one broker: that of its start, or the effective one.

    Attributes:
        values: property -> text, for all properties without Kafka's default, unknown ones included.
    """

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def get(self, name: str) -> str | None:
        """Return the effective value as text, or Kafka's default; None is null.

        Raises:
            KeyError: the name is unknown.
        """
        value = self.values.get(name)
        return BROKER_CONFIGS[name].default if value is None else value

    def get_int(self, name: str) -> int:
        """Return the effective value of a whole-number configuration, which must not be null."""
        return int(self.get(name) or 0)

    def get_bool(self, name: str) -> bool:
        """Return the effective value of a boolean configuration."""
        return (self.get(name) or "").strip().lower() == "true"

    def find_in_units(self, synonyms: tuple[tuple[str, int], ...]) -> str | None:
        """Return the first of several synonyms that is not null, multiplied by its unit; None if all are null."""
        for name, factor in synonyms:
            text = self.get(name)
            if text is not None:
                return str(int(text) * factor) if factor != 1 else text
        return None


def effective_broker_config(configs: ConfigsImage, static: BrokerConfigs, node_id: int) -> BrokerConfigs:
    """Return the effective configuration of one broker from its static and all dynamic ones."""
    return overlay(static, configs.of(BROKER, CLUSTER_DEFAULT), configs.of(BROKER, str(node_id)))


def overlay(static: BrokerConfigs, *levels: Mapping[str, str]) -> BrokerConfigs:
    """Return the configuration in which each level overrides the previous ones, synonyms included."""
    values = dict(static.values)
    for level in levels:
        for name in level:
            for synonym in unit_synonyms(name):
                values.pop(synonym, None)
        values.update(level)
    return BrokerConfigs(values)


def unit_synonyms(name: str) -> tuple[str, ...]:
    """Return all names of a configuration in its several units, in descending precedence, or the name alone."""
    synonyms = BROKER_SYNONYMS.get(name)
    return (name,) if synonyms is None else tuple(synonym for synonym, _ in synonyms)


def synonyms_of(name: str) -> tuple[str, ...]:
    """Return the names under which the value of a configuration is looked up, in descending precedence.

    A configuration of one listener falls back to that of all listeners.
    """
    base = listener_base(name)
    if base is None:
        return unit_synonyms(name)
    return (name, next((config for config in MECHANISM_CONFIGS if base.endswith(config)), base))


def listener_base(name: str) -> str | None:
    """Return `x` of `listener.name.<listener>.x`; None for other names."""
    if not name.startswith("listener.name."):
        return None
    _, separator, base = name[len("listener.name.") :].partition(".")
    return base if separator else None


def find_definition(name: str) -> ConfigDefinition | None:
    """Return Kafka's definition of a broker's configuration, also of one listener; None for unknown names."""
    definition = BROKER_CONFIGS.get(name)
    if definition is None:
        base = listener_base(name)
        if base is not None:
            definition = BROKER_CONFIGS.get(synonyms_of(name)[1])
    return definition


def normalize_broker_value(name: str, text: str | None) -> str | None:
    """Return a value as Kafka prints it after parsing; unknown configurations stay unchanged."""
    definition = BROKER_CONFIGS.get(name)
    return text if definition is None else normalize(name, text, definition.type)
