"""What is valid on a topic, and what holds for it."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.configs.topic import broker_defaults, check_topic_configs, effective_topic_values
from kafkalite.cluster.configs.values import InvalidConfigValue
from kafkalite.cluster.image import ConfigsImage
from kafkalite.cluster.resource_types import BROKER, TOPIC

KAFKA = BrokerConfigs({})
TIERED = BrokerConfigs({"remote.log.storage.system.enable": "true"})


def test_a_topic_has_what_the_broker_gives_and_what_it_sets_itself() -> None:
    configs = ConfigsImage({(BROKER, ""): {"log.retention.ms": "5"}, (TOPIC, "t"): {"segment.bytes": "1048576"}})
    static = BrokerConfigs({"log.roll.hours": "1", "message.max.bytes": "10"})
    values = effective_topic_values(configs, static, 1, "t")
    assert [values[name] for name in ("retention.ms", "segment.bytes", "segment.ms", "max.message.bytes")] == [
        "5",
        "1048576",
        "3600000",
        "10",
    ]
    assert values["flush.ms"] == "9223372036854775807"
    assert "internal.segment.bytes" not in values
    assert effective_topic_values(configs, static, 1, "other")["segment.bytes"] == "1073741824"


def test_any_negative_retention_of_the_broker_is_none() -> None:
    assert broker_defaults(BrokerConfigs({"log.retention.hours": "-7"}))["retention.ms"] == "-1"


@pytest.mark.parametrize(
    "after",
    [
        {},
        {"retention.ms": "-1"},
        {"cleanup.policy": "compact, delete"},
        {"cleanup.policy": ""},
        {"min.compaction.lag.ms": "5", "max.compaction.lag.ms": "5"},
        {"compression.gzip.level": "-1"},
        {"internal.segment.bytes": "10"},
        {"leader.replication.throttled.replicas": "*"},
    ],
)
def test_valid_configurations_pass(after: dict[str, str]) -> None:
    check_topic_configs({}, after, KAFKA)


@pytest.mark.parametrize(
    "after",
    [
        {"no.such": "1"},
        {"retention.ms": "-2"},
        {"retention.ms": ""},
        {"segment.bytes": "1048575"},
        {"cleanup.policy": "shred"},
        {"compression.type": "GZIP"},
        {"compression.zstd.level": "23"},
        {"message.timestamp.type": "Never"},
        {"min.compaction.lag.ms": "6", "max.compaction.lag.ms": "5"},
        {"remote.storage.enable": "true"},
    ],
)
def test_invalid_configurations_are_refused(after: dict[str, str]) -> None:
    with pytest.raises(InvalidConfigValue):
        check_topic_configs({}, after, KAFKA)


def test_a_topic_is_checked_together_with_what_the_broker_gives() -> None:
    with pytest.raises(InvalidConfigValue, match=r"max\.compaction\.lag\.ms"):
        check_topic_configs(
            {}, {"min.compaction.lag.ms": "6"}, BrokerConfigs({"log.cleaner.max.compaction.lag.ms": "5"})
        )


@pytest.mark.parametrize(
    ("after", "is_valid"),
    [
        ({}, True),
        ({"cleanup.policy": ""}, True),
        ({"cleanup.policy": "compact"}, False),
        ({"local.retention.ms": "5"}, True),
        ({"local.retention.ms": "-1"}, False),
        ({"local.retention.ms": "5", "retention.ms": "4"}, False),
        ({"local.retention.ms": "-1", "retention.ms": "-1"}, True),
        ({"local.retention.bytes": "5", "retention.bytes": "4"}, False),
        ({"remote.log.copy.disable": "true"}, True),
        ({"remote.log.copy.disable": "true", "local.retention.ms": "5"}, False),
        ({"remote.log.copy.disable": "true", "local.retention.ms": "5", "retention.ms": "5"}, True),
    ],
)
def test_remote_storage_has_rules_of_its_own(after: dict[str, str], is_valid: bool) -> None:
    after = {"remote.storage.enable": "true", **after}
    if is_valid:
        check_topic_configs({}, after, TIERED)
    else:
        with pytest.raises(InvalidConfigValue):
            check_topic_configs({}, after, TIERED)


def test_remote_storage_is_not_turned_off_by_accident() -> None:
    before = {"remote.storage.enable": "true"}
    with pytest.raises(InvalidConfigValue):
        check_topic_configs(before, {}, TIERED)
    check_topic_configs(before, {"remote.log.delete.on.disable": "true"}, TIERED)
