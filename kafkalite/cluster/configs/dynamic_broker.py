"""The broker configurations that can change at run time, and the checks of such changes.

Source: org.apache.kafka.server.config.DynamicBrokerConfig.validateConfigs, kafka.server.DynamicBrokerConfig
(processReconfiguration and the BrokerReconfigurables), kafka.server.KafkaConfig.validateValues (KIP-226).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.broker import find_definition, listener_base
from kafkalite.cluster.configs.connection_overrides import OVERRIDES_PROPERTY, parse_connection_overrides
from kafkalite.cluster.configs.tables import BROKER_CONFIGS, TOPIC_SYNONYMS
from kafkalite.cluster.configs.values import InvalidConfigValue, parse_config, parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.cluster.configs.broker import BrokerConfigs

SECURITY_CONFIGS = frozenset(
    (
        "ssl.keystore.type",
        "ssl.keystore.location",
        "ssl.keystore.password",
        "ssl.key.password",
        "ssl.truststore.type",
        "ssl.truststore.location",
        "ssl.truststore.password",
        "ssl.keystore.certificate.chain",
        "ssl.keystore.key",
        "ssl.truststore.certificates",
    )
)
"""Configurations that can change for one listener only, under its prefix."""

CLUSTER_LEVEL_LISTENER_CONFIGS = frozenset(("max.connections", "max.connection.creation.rate", "num.network.threads"))

THREAD_COUNTS = ("background.threads", "num.io.threads", "num.recovery.threads.per.data.dir", "num.replica.fetchers")
CLEANER_THREADS = "log.cleaner.threads"
_MIB = 1024 * 1024


def is_dynamic(name: str) -> bool:
    """Return whether one of Kafka's configurations can change while the broker runs."""
    definition = BROKER_CONFIGS.get(name)
    return definition is not None and definition.dynamic != "read-only"


def check_names_and_types(values: Mapping[str, str], *, is_per_broker: bool) -> None:
    """Check that the values can be set dynamically. Unknown names pass: plugins have configurations too.

    Args:
        is_per_broker: whether they are set on one broker rather than as the default of all.

    Raises:
        InvalidConfigValue: a configuration that is fixed at start or not allowed at this level, or a value of the wrong
            type.
    """
    fixed = [name for name in values if name in BROKER_CONFIGS and not is_dynamic(name)]
    if fixed:
        raise InvalidConfigValue(f"Cannot be updated while the broker runs: {_listed(fixed)}")
    unprefixed = [name for name in values if name in SECURITY_CONFIGS]
    if unprefixed:
        raise InvalidConfigValue(f"Can be updated for one listener only, under its prefix: {_listed(unprefixed)}")
    for name, text in values.items():
        definition = find_definition(name)
        if definition is not None:
            parse_config(name, definition, text)
    if not is_per_broker:
        single = [name for name in values if _is_of_one_broker(name)]
        if single:
            raise InvalidConfigValue(f"Cannot be updated for all brokers, a broker id is needed: {_listed(single)}")


def check_transition(before: BrokerConfigs, after: BrokerConfigs) -> None:
    """Check the effective configuration after a change.

    Deviation: listeners and their security cannot change while the broker runs; Kafka opens and closes listeners.

    Raises:
        InvalidConfigValue: the change is not possible while the broker runs.
    """
    for name in after.values:
        if (name == "listeners" or listener_base(name)) and after.values[name] != before.values.get(name):
            raise InvalidConfigValue(f"{name}: listeners cannot change while this broker runs; restart it instead.")
    _check_log_times(after)
    for name in (*THREAD_COUNTS, CLEANER_THREADS):
        _check_thread_count(name, before.get_int(name), after.get_int(name))
    if after.get_int("log.cleaner.dedupe.buffer.size") // after.get_int(CLEANER_THREADS) <= _MIB:
        raise InvalidConfigValue("log.cleaner.dedupe.buffer.size must be more than 1 MiB for each cleaner thread.")
    _check_local_retention(after)
    _check_cordoned_directories(after)
    parse_connection_overrides(after.get(OVERRIDES_PROPERTY) or "")


def _is_of_one_broker(name: str) -> bool:
    base = listener_base(name)
    if base is not None:
        return base not in CLUSTER_LEVEL_LISTENER_CONFIGS
    definition = BROKER_CONFIGS.get(name)
    return definition is not None and definition.dynamic == "per-broker"


def _check_log_times(after: BrokerConfigs) -> None:
    for topic_name, lowest in (("segment.ms", 1), ("segment.jitter.ms", 0)):
        if int(after.find_in_units(TOPIC_SYNONYMS[topic_name]) or 0) < lowest:
            raise InvalidConfigValue(f"{TOPIC_SYNONYMS[topic_name][0][0]} must be at least {lowest}")
    if int(after.find_in_units(TOPIC_SYNONYMS["retention.ms"]) or 0) == 0:
        raise InvalidConfigValue("log.retention.ms must be at least 1, or -1 for no limit")


def _check_thread_count(name: str, before: int, after: int) -> None:
    if after == before:
        return
    if after <= 0:
        raise InvalidConfigValue(f"{name}={after}: it must be at least 1")
    if not before // 2 <= after <= before * 2:
        raise InvalidConfigValue(f"{name}={after}: one update may at most halve or double the current value {before}")


def _check_local_retention(after: BrokerConfigs) -> None:
    for unit in ("ms", "bytes"):
        whole = int(after.find_in_units(TOPIC_SYNONYMS[f"retention.{unit}"]) or -1)
        local = after.get_int(f"log.local.retention.{unit}")
        if whole >= 0 and local != -2 and not 0 <= local <= whole:
            raise InvalidConfigValue(f"log.local.retention.{unit}={local}: it must not be more than {whole}, the whole")


def _check_cordoned_directories(after: BrokerConfigs) -> None:
    directories = parse_value("log.dirs", after.get("log.dirs") or after.get("log.dir"), "list")
    cordoned = parse_value("cordoned.log.dirs", after.get("cordoned.log.dirs"), "list")
    for directory in cordoned if isinstance(cordoned, list) else ():
        if directory not in (directories if isinstance(directories, list) else ()):
            raise InvalidConfigValue(f"cordoned.log.dirs: {directory} is not one of log.dirs")


def _listed(names: list[str]) -> str:
    return f"[{', '.join(sorted(names))}]"
