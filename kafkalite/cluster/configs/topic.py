"""A topic's configurations: their valid and their effective values.

Source: org.apache.kafka.storage.internals.log.LogConfig, org.apache.kafka.metadata.KafkaConfigSchema,
kafka.server.KafkaConfig.extractLogConfigMap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.cluster.configs import sources
from kafkalite.cluster.configs.broker import BrokerConfigs, effective_broker_config
from kafkalite.cluster.configs.tables import TOPIC_CONFIGS, TOPIC_SYNONYMS
from kafkalite.cluster.configs.values import InvalidConfigValue, format_value, parse_config
from kafkalite.cluster.resource_types import BROKER, CLUSTER_DEFAULT, TOPIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.cluster.configs.values import Value
    from kafkalite.cluster.image import ConfigsImage


class EffectiveConfig(NamedTuple):
    """One effective configuration of a topic; `source` is a number of `sources`."""

    name: str
    value: str | None
    source: int


def broker_defaults(broker: BrokerConfigs) -> dict[str, str]:
    """Return the defaults of topics, under the topics' names of the configurations."""
    defaults = {}
    for name, synonyms in TOPIC_SYNONYMS.items():
        value = broker.find_in_units(synonyms)
        if value is not None:
            defaults[name] = value
    if int(defaults["retention.ms"]) < 0:
        defaults["retention.ms"] = "-1"
    return defaults


def effective_topic_values(configs: ConfigsImage, static: BrokerConfigs, node_id: int, topic: str) -> dict[str, str]:
    """Return all configurations of a topic as text, Kafka's defaults included; null ones are absent."""
    values = {name: definition.default for name, definition in TOPIC_CONFIGS.items() if definition.default is not None}
    values.update(broker_defaults(effective_broker_config(configs, static, node_id)))
    values.update(configs.of(TOPIC, topic))
    return values


def resolve_topic_configs(
    configs: ConfigsImage, static: BrokerConfigs, node_id: int, topic_values: Mapping[str, str]
) -> list[EffectiveConfig]:
    """Return all configurations of a new topic, by name, each with the level that sets it.

    Args:
        topic_values: the configurations set on the topic itself.
    """
    levels = (
        (configs.of(BROKER, str(node_id)), sources.DYNAMIC_BROKER_CONFIG),
        (configs.of(BROKER, CLUSTER_DEFAULT), sources.DYNAMIC_DEFAULT_BROKER_CONFIG),
        (static.values, sources.STATIC_BROKER_CONFIG),
    )
    resolved = []
    for name in sorted(TOPIC_CONFIGS):
        definition = TOPIC_CONFIGS[name]
        if name in topic_values:
            resolved.append(EffectiveConfig(name, topic_values[name], sources.TOPIC_CONFIG))
        elif not definition.is_internal:
            resolved.append(_resolve(name, definition.default, levels))
    return resolved


def _resolve(name: str, default: str | None, levels: tuple[tuple[Mapping[str, str], int], ...]) -> EffectiveConfig:
    for values, source in levels:
        for synonym, factor in TOPIC_SYNONYMS.get(name, ()):
            if synonym in values:
                text = values[synonym]
                return EffectiveConfig(name, str(int(text) * factor) if factor != 1 else text, source)
    return EffectiveConfig(name, default, sources.DEFAULT_CONFIG)


def check_topic_configs(before: Mapping[str, str], after: Mapping[str, str], broker: BrokerConfigs) -> None:
    """Check all configurations of one topic, together with those it inherits from the broker.

    Args:
        before: its configurations before the change; empty for a new topic.
        after: its configurations after the change.
        broker: the broker's effective configuration.

    Raises:
        InvalidConfigValue: an unknown name, an invalid value or an invalid combination.
    """
    for name in after:
        if name not in TOPIC_CONFIGS:
            raise InvalidConfigValue(f"Unknown topic configuration: {name}")
    texts = {**broker_defaults(broker), **after}
    values = {name: parse_config(name, TOPIC_CONFIGS[name], text) for name, text in texts.items()}
    for name, definition in TOPIC_CONFIGS.items():
        values.setdefault(name, parse_config(name, definition, definition.default))
    _check_compaction_lag(values)
    if values["remote.storage.enable"]:
        _check_tiered(values, is_tiered_broker=broker.get_bool("remote.log.storage.system.enable"))
    elif before.get("remote.storage.enable", "").lower() == "true" and not values["remote.log.delete.on.disable"]:
        raise InvalidConfigValue(
            "Remote storage cannot be turned off while remote data is kept: set remote.log.delete.on.disable=true to "
            "delete it, or keep remote.storage.enable=true with remote.log.copy.disable=true to only read it."
        )


def _check_compaction_lag(values: Mapping[str, Value]) -> None:
    low, high = _number(values["min.compaction.lag.ms"]), _number(values["max.compaction.lag.ms"])
    if low > high:
        raise InvalidConfigValue(f"min.compaction.lag.ms ({low}) is more than max.compaction.lag.ms ({high})")


def _check_tiered(values: Mapping[str, Value], *, is_tiered_broker: bool) -> None:
    """Check the rules of topics with remote storage (KIP-405)."""
    if not is_tiered_broker:
        raise InvalidConfigValue("remote.storage.enable: this broker has no tiered storage.")
    if values["cleanup.policy"] not in ([], ["delete"]):
        raise InvalidConfigValue("remote.storage.enable needs cleanup.policy=delete or an empty one.")
    for unit in ("bytes", "ms"):
        whole, local = _number(values[f"retention.{unit}"]), _number(values[f"local.retention.{unit}"])
        if whole >= 0 and local != -2 and (local == -1 or local > whole):
            raise InvalidConfigValue(
                f"Invalid value {local} for configuration local.retention.{unit}: "
                f"it must not be more than retention.{unit} ({whole})"
            )
        if values["remote.log.copy.disable"] and local not in (-2, whole):
            raise InvalidConfigValue(
                f"remote.log.copy.disable needs local.retention.{unit} to be the same as retention.{unit}."
            )


def _number(value: Value) -> int:
    return int(format_value(value) or 0)
