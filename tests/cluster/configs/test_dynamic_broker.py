"""Which of a broker's configurations can change while it runs."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.configs.dynamic_broker import check_names_and_types, check_transition, is_dynamic
from kafkalite.cluster.configs.values import InvalidConfigValue


@pytest.mark.parametrize(
    ("name", "dynamic"),
    [
        ("message.max.bytes", True),
        ("log.retention.ms", True),
        ("log.retention.hours", False),
        ("num.partitions", False),
        ("auto.create.topics.enable", False),
        ("listeners", True),
        ("leader.replication.throttled.rate", True),
        ("no.such.thing", False),
    ],
)
def test_what_is_dynamic_is_kafkas_choice(name: str, dynamic: bool) -> None:
    assert is_dynamic(name) is dynamic


@pytest.mark.parametrize(
    ("values", "one_broker", "all_brokers"),
    [
        ({"message.max.bytes": "5"}, True, True),
        ({"message.max.bytes": "x"}, False, False),
        ({"message.max.bytes": "-1"}, False, False),
        ({"some.plugin.config": "x"}, True, True),
        ({"log.retention.hours": "1"}, False, False),
        ({"ssl.keystore.password": "x"}, False, False),
        ({"listener.name.tls.ssl.keystore.password": "x"}, True, False),
        ({"listener.name.tls.max.connections": "5"}, True, True),
        ({"listener.name.tls.max.connections": "x"}, False, False),
        ({"sasl.enabled.mechanisms": "PLAIN"}, True, False),
        ({"cordoned.log.dirs": ""}, True, False),
        ({"compression.type": "zzz"}, False, False),
    ],
)
def test_names_types_and_levels_are_checked(values: dict[str, str], one_broker: bool, all_brokers: bool) -> None:
    for is_per_broker, is_valid in ((True, one_broker), (False, all_brokers)):
        if is_valid:
            check_names_and_types(values, is_per_broker=is_per_broker)
        else:
            with pytest.raises(InvalidConfigValue):
                check_names_and_types(values, is_per_broker=is_per_broker)


BEFORE = {"num.io.threads": "8", "log.dirs": "/data", "listeners": "PLAINTEXT://:9092"}


@pytest.mark.parametrize(
    ("change", "is_valid"),
    [
        ({}, True),
        ({"num.io.threads": "4"}, True),
        ({"num.io.threads": "16"}, True),
        ({"num.io.threads": "3"}, False),
        ({"num.io.threads": "17"}, False),
        ({"num.io.threads": "0"}, False),
        ({"log.cleaner.threads": "2"}, True),
        ({"log.cleaner.threads": "3"}, False),
        ({"log.cleaner.dedupe.buffer.size": "1048576"}, False),
        ({"log.roll.ms": "0"}, False),
        ({"log.roll.jitter.ms": "-1"}, False),
        ({"log.retention.ms": "0"}, False),
        ({"log.retention.ms": "-5"}, True),
        ({"log.local.retention.ms": "604800001"}, False),
        ({"log.local.retention.ms": "-1"}, False),
        ({"log.local.retention.bytes": "5"}, True),
        ({"log.local.retention.bytes": "5", "log.retention.bytes": "4"}, False),
        ({"cordoned.log.dirs": "/data"}, True),
        ({"cordoned.log.dirs": "/other"}, False),
        ({"listeners": "PLAINTEXT://:9093"}, False),
        ({"listener.name.plaintext.max.connections": "5"}, False),
    ],
)
def test_the_result_of_a_change_is_checked(change: dict[str, str], is_valid: bool) -> None:
    before, after = BrokerConfigs(BEFORE), BrokerConfigs({**BEFORE, **change})
    if is_valid:
        check_transition(before, after)
    else:
        with pytest.raises(InvalidConfigValue):
            check_transition(before, after)
