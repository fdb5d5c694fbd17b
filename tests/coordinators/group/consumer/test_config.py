"""What consumer groups are told by the broker and by their own configurations."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.image import EMPTY_IMAGE, ConfigsImage
from kafkalite.coordinators.group.consumer.config import ConsumerGroupConfig


def config(own: dict[str, str] | None = None, **properties: str) -> ConsumerGroupConfig:
    values = {name.replace("_", "."): value for name, value in properties.items()}
    image = EMPTY_IMAGE._replace(configs=ConfigsImage({(32, "g"): own or {}}))
    return ConsumerGroupConfig(lambda: BrokerConfigs(values), lambda: image)


def test_defaults_are_kafkas() -> None:
    one = config()
    assert one.assignors == ["uniform", "range"]
    assert (one.session_timeout_ms("g"), one.heartbeat_interval_ms("g")) == (45_000, 5_000)
    assert (one.assignment_interval_ms("g"), one.regex_refresh_interval_ms) == (1_000, 600_000)
    assert one.max_size == one.classic_max_size == 2**31 - 1
    assert one.allows_upgrade and one.allows_downgrade and one.allows_classic_members


def test_a_group_says_otherwise_than_the_broker() -> None:
    one = config({"consumer.session.timeout.ms": "50000"}, group_consumer_session_timeout_ms="46000")
    assert (one.session_timeout_ms("g"), one.session_timeout_ms("other")) == (50_000, 46_000)


def test_a_groups_value_is_cut_to_bounds_that_have_changed_since() -> None:
    own = {"consumer.session.timeout.ms": "50000", "consumer.heartbeat.interval.ms": "6000"}
    bounds = {"group_consumer_max_session_timeout_ms": "46000", "group_consumer_min_heartbeat_interval_ms": "7000"}
    one = config(own, **bounds)
    assert (one.session_timeout_ms("g"), one.heartbeat_interval_ms("g")) == (46_000, 7_000)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("range", ["range"]),
        ("range, uniform", ["range", "uniform"]),
        ("org.apache.kafka.coordinator.group.assignor.RangeAssignor", ["range"]),
        ("com.example.Mine,uniform", ["uniform"]),
        ("com.example.Mine", ["uniform", "range"]),
    ],
)
def test_assignors(names: str, expected: list[str]) -> None:
    assert config(group_consumer_assignors=names).assignors == expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("bidirectional", (True, True, True)),
        ("UPGRADE", (True, False, True)),
        ("downgrade", (False, True, True)),
        ("disabled", (False, False, False)),
    ],
)
def test_migration_policies(policy: str, expected: tuple[bool, bool, bool]) -> None:
    one = config(group_consumer_migration_policy=policy)
    assert (one.allows_upgrade, one.allows_downgrade, one.allows_classic_members) == expected
