"""What is valid on a group, within the broker's bounds."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.configs.group import check_group_configs, is_duration
from kafkalite.cluster.configs.values import InvalidConfigValue

KAFKA = BrokerConfigs({})


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("consumer.session.timeout.ms", ["45000", "60000"], ["44999", "60001", "x"]),
        ("consumer.heartbeat.interval.ms", ["5000", "15000"], ["4999", "15001"]),
        ("share.session.timeout.ms", ["50000"], ["1", "70000"]),
        ("share.record.lock.duration.ms", ["15000", "60000"], ["14999", "60001"]),
        ("share.delivery.count.limit", ["2", "10"], ["1", "11"]),
        ("share.partition.max.record.locks", ["100", "4000"], ["99", "4001"]),
        ("share.isolation.level", ["read_committed"], ["committed"]),
        ("share.renew.acknowledge.enable", ["false"], ["maybe"]),
        ("share.auto.offset.reset", ["earliest", "latest", "by_duration:PT1H"], ["none", "Earliest", "by_duration"]),
        ("streams.num.standby.replicas", ["0", "2"], ["3"]),
        ("streams.session.timeout.ms", ["50000"], ["1"]),
        ("consumer.assignment.interval.ms", ["0", "15000"], ["99999999"]),
        ("streams.assignor.name", ["sticky"], ["uniform", ""]),
        ("streams.rack.aware.assignment.tags", ["", "zone", "zone, rack"], ["zone,rack, zone"]),
        ("streams.task.offset.interval.ms", ["15000"], ["14999"]),
        ("streams.num.warmup.replicas", ["0", "20"], ["21"]),
        ("errors.deadletterqueue.topic.name", ["", "dlq.orders"], ["__dlq"]),
        ("no.such.thing", [], ["1"]),
    ],
)
def test_values_keep_their_bounds(name: str, good: list[str], bad: list[str]) -> None:
    for value in good:
        check_group_configs({name: value}, KAFKA)
    for value in bad:
        with pytest.raises(InvalidConfigValue):
            check_group_configs({name: value}, KAFKA)


def test_a_session_outlasts_its_heartbeats() -> None:
    roomy = BrokerConfigs({"group.consumer.min.session.timeout.ms": "1"})
    check_group_configs({"consumer.session.timeout.ms": "5001"}, roomy)
    with pytest.raises(InvalidConfigValue, match="greater"):
        check_group_configs({"consumer.session.timeout.ms": "5000"}, roomy)


def test_what_a_group_does_not_set_is_not_checked() -> None:
    narrow = BrokerConfigs({"group.consumer.min.session.timeout.ms": "50000", "group.share.session.timeout.ms": "1"})
    check_group_configs({"consumer.heartbeat.interval.ms": "6000"}, narrow)
    with pytest.raises(InvalidConfigValue, match="50000"):
        check_group_configs({"consumer.session.timeout.ms": "49999"}, narrow)


@pytest.mark.parametrize("text", ["PT1H", "P1D", "P1DT2H3M4.5S", "PT0S", "pt5m", "PT0.25S"])
def test_durations_in_the_iso_form_are_known(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "1H", "PT1", "PT1H2H", "PT1S1M", "P1H", "P1DT", "PT-1S", "PT1.5H", "PT1..5S"]
)
def test_other_texts_are_no_durations(text: str) -> None:
    assert not is_duration(text)
