"""DescribeConfigs on the metadata: the effective values of a resource, their sources, and their synonyms.

The handler adds documentation on request: the names are Kafka's, the texts ours.

Source: kafka.server.ConfigHelper (KIP-133, KIP-226, KIP-569).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs import sources
from kafkalite.cluster.configs.broker import (
    BrokerConfigs,
    effective_broker_config,
    find_definition,
    normalize_broker_value,
    synonyms_of,
)
from kafkalite.cluster.configs.tables import (
    BROKER_CONFIGS,
    GROUP_CONFIGS,
    GROUP_SYNONYMS,
    TOPIC_CONFIGS,
    TOPIC_SYNONYMS,
)
from kafkalite.cluster.configs.topic import effective_topic_values
from kafkalite.cluster.configs.values import TYPE_CODES, normalize
from kafkalite.cluster.resource_types import BROKER, CLIENT_METRICS, CLUSTER_DEFAULT, GROUP, TOPIC
from kafkalite.protocol.messages.describe_configs_response import DescribeConfigsResourceResult, DescribeConfigsSynonym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kafkalite.cluster.configs.tables import ConfigDefinition
    from kafkalite.cluster.image import ConfigsImage

    Wanted = Callable[[str], bool]


class ConfigDescriber:
    """Describes the resources of one image.

    Args:
        configs: the dynamic configurations.
        static: the broker's properties at its start.
        node_id: the id of this broker.
    """

    __slots__ = ("_configs", "_levels", "_node_id", "_static")

    def __init__(self, configs: ConfigsImage, static: BrokerConfigs, node_id: int) -> None:
        # One id has two names; either may be set. Source: KafkaConfig.populateSynonyms.
        static = BrokerConfigs({**static.values, "node.id": str(node_id), "broker.id": str(node_id)})
        self._configs = configs
        self._static = static
        self._node_id = node_id
        self._levels = (
            (configs.of(BROKER, str(node_id)), sources.DYNAMIC_BROKER_CONFIG),
            (configs.of(BROKER, CLUSTER_DEFAULT), sources.DYNAMIC_DEFAULT_BROKER_CONFIG),
            (static.values, sources.STATIC_BROKER_CONFIG),
        )

    def describe_topic(self, name: str, is_wanted: Wanted) -> list[DescribeConfigsResourceResult]:
        """Return the configurations of an existing topic, by name."""
        effective = effective_topic_values(self._configs, self._static, self._node_id, name)
        own = self._configs.of(TOPIC, name)
        return [
            self._entry(config, effective.get(config), TOPIC_CONFIGS.get(config), self._topic_synonyms(config, own))
            for config in _chosen([*TOPIC_CONFIGS, *own], is_wanted)
            if config in own or not TOPIC_CONFIGS[config].is_internal
        ]

    def describe_broker(self, is_wanted: Wanted) -> list[DescribeConfigsResourceResult]:
        """Return all configurations of this broker, by name."""
        effective = effective_broker_config(self._configs, self._static, self._node_id)
        known = [name for name, d in BROKER_CONFIGS.items() if not d.is_internal and not d.is_dynamic_only]
        return [
            self._broker_entry(
                name, normalize_broker_value(name, effective.values.get(name) or _default(name)), self._synonyms(name)
            )
            for name in _chosen([*known, *effective.values], is_wanted)
        ]

    def describe_broker_defaults(self, is_wanted: Wanted) -> list[DescribeConfigsResourceResult]:
        """Return the dynamic defaults of all brokers, by name."""
        defaults = self._configs.of(BROKER, CLUSTER_DEFAULT)
        described = []
        for name in _chosen(defaults, is_wanted):
            synonyms = [s for s in self._synonyms(name) if s.source == sources.DYNAMIC_DEFAULT_BROKER_CONFIG]
            described.append(self._broker_entry(name, defaults[name], synonyms))
        return described

    def describe_group(self, name: str, is_wanted: Wanted) -> list[DescribeConfigsResourceResult]:
        """Return the configurations of a group, whether it exists or not, by name."""
        broker = effective_broker_config(self._configs, self._static, self._node_id)
        own = self._configs.of(GROUP, name)
        described = []
        for config in _chosen([*GROUP_CONFIGS, *own], is_wanted):
            definition = GROUP_CONFIGS.get(config)
            broker_names = GROUP_SYNONYMS.get(config)
            is_set = config in own or any(synonym in broker.values for synonym, _ in broker_names or ())
            if definition is not None and definition.is_internal and not is_set:
                continue
            if broker_names is not None:
                synonyms = self._synonyms(broker_names[0][0])
                value = broker.find_in_units(broker_names)
            else:
                value = None if definition is None else definition.default
                synonyms = [_synonym(config, value, sources.DEFAULT_CONFIG)] if definition is not None else []
            if config in own:
                value = own[config]
                synonyms = [_synonym(config, _normalized(config, value, definition), sources.GROUP_CONFIG), *synonyms]
            described.append(self._entry(config, value, definition, synonyms))
        return described

    def describe_client_metrics(self, name: str, is_wanted: Wanted) -> list[DescribeConfigsResourceResult]:
        """Return the configurations of a client metrics subscription, whether it exists or not, by name."""
        from kafkalite.cluster.configs.client_metrics import CLIENT_METRICS_CONFIGS

        own = self._configs.of(CLIENT_METRICS, name)
        described = []
        for config in _chosen([*CLIENT_METRICS_CONFIGS, *own], is_wanted):
            definition = CLIENT_METRICS_CONFIGS.get(config)
            value = own.get(config) if definition is None else own.get(config, definition.default)
            synonyms = [_synonym(config, value, sources.CLIENT_METRICS_CONFIG)] if config in own else []
            described.append(self._entry(config, value, definition, synonyms))
        return described

    def _topic_synonyms(self, name: str, own: Mapping[str, str]) -> list[DescribeConfigsSynonym]:
        broker_names = TOPIC_SYNONYMS.get(name)
        synonyms = self._synonyms(broker_names[0][0]) if broker_names else []
        if name in own:
            value = _normalized(name, own[name], TOPIC_CONFIGS.get(name))
            synonyms.insert(0, _synonym(name, value, sources.TOPIC_CONFIG))
        return synonyms

    def _synonyms(self, name: str) -> list[DescribeConfigsSynonym]:
        """Return every level that sets a broker's configuration, in descending precedence, starting with `name`."""
        definition = find_definition(name)
        is_sensitive = definition is None or definition.is_sensitive
        names = synonyms_of(name)
        found = [
            _synonym(synonym, None if is_sensitive else values[synonym], source)
            for values, source in self._levels
            for synonym in names
            if synonym in values
        ]
        for synonym in names:
            default = _default(synonym)
            if default is not None:
                found.append(_synonym(synonym, None if is_sensitive else default, sources.DEFAULT_CONFIG))
        while found and found[0].name != name:
            del found[0]
        return found

    def _broker_entry(
        self, name: str, value: str | None, synonyms: list[DescribeConfigsSynonym]
    ) -> DescribeConfigsResourceResult:
        definition = BROKER_CONFIGS.get(name)
        entry = self._entry(name, value, find_definition(name), synonyms)
        entry.read_only = definition is None or definition.dynamic == "read-only"
        return entry

    def _entry(
        self,
        name: str,
        value: str | None,
        definition: ConfigDefinition | None,
        synonyms: list[DescribeConfigsSynonym],
    ) -> DescribeConfigsResourceResult:
        is_sensitive = definition is None or definition.is_sensitive
        return DescribeConfigsResourceResult(
            name=name,
            value=None if is_sensitive else _normalized(name, value, definition),
            config_source=synonyms[0].source if synonyms else sources.DEFAULT_CONFIG,
            is_sensitive=is_sensitive,
            synonyms=synonyms,
            config_type=0 if definition is None else TYPE_CODES[definition.type],
            documentation=None,
        )


def _chosen(names: Iterable[str], is_wanted: Wanted) -> list[str]:
    return sorted({name for name in names if is_wanted(name)})


def _default(name: str) -> str | None:
    definition = BROKER_CONFIGS.get(name)
    return None if definition is None or definition.is_dynamic_only else definition.default


def _normalized(name: str, value: str | None, definition: ConfigDefinition | None) -> str | None:
    return value if definition is None else normalize(name, value, definition.type)


def _synonym(name: str, value: str | None, source: int) -> DescribeConfigsSynonym:
    return DescribeConfigsSynonym(name=name, value=value, source=source)
