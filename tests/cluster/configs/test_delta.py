"""Config records."""

from __future__ import annotations

from kafkalite.cluster.configs.delta import ConfigsDelta
from kafkalite.cluster.image import ConfigsImage
from kafkalite.cluster.resource_types import BROKER, GROUP, TOPIC
from kafkalite.protocol.internal_records.config_record import ConfigRecord

IMAGE = ConfigsImage({(TOPIC, "a"): {"flush.ms": "1", "retention.ms": "2"}, (BROKER, ""): {"z": "3"}})


def record(resource: tuple[int, str], name: str, value: str | None) -> ConfigRecord:
    return ConfigRecord(resource_type=resource[0], resource_name=resource[1], name=name, value=value)


def test_values_are_set_and_removed() -> None:
    delta = ConfigsDelta(IMAGE)
    delta.replay(record((TOPIC, "a"), "flush.ms", None))
    delta.replay(record((TOPIC, "a"), "retention.ms", "5"))
    delta.replay(record((TOPIC, "b"), "cleanup.policy", ""))
    image = delta.apply()
    assert image.of(TOPIC, "a") == {"retention.ms": "5"}
    assert image.of(TOPIC, "b") == {"cleanup.policy": ""}
    assert image.of(TOPIC, "c") == {}
    assert list(delta.changed) == [(TOPIC, "a"), (TOPIC, "b")]
    assert IMAGE.of(TOPIC, "a") == {"flush.ms": "1", "retention.ms": "2"}


def test_a_resource_without_values_is_gone() -> None:
    delta = ConfigsDelta(IMAGE)
    delta.replay(record((BROKER, ""), "z", None))
    delta.remove_topic("a")
    delta.remove_topic("never there")
    assert delta.apply().by_resource == {}
    assert list(delta.changed) == [(BROKER, ""), (TOPIC, "a")]


def test_a_value_set_again_counts_as_a_change() -> None:
    delta = ConfigsDelta(IMAGE)
    delta.replay(record((BROKER, ""), "z", "3"))
    assert list(delta.changed) == [(BROKER, "")]
    assert delta.apply() == IMAGE


def test_nothing_replayed_is_the_same_image() -> None:
    assert ConfigsDelta(IMAGE).apply() is IMAGE


def test_a_configuration_that_is_not_supported_any_more_is_left_out() -> None:
    """As the log of a release before 4.0 has them."""
    delta = ConfigsDelta(IMAGE)
    delta.replay(record((TOPIC, "a"), "message.format.version", "2.8"))
    delta.replay(record((GROUP, "g"), "no.such", "1"))
    delta.replay(record((BROKER, "1"), "my.plugin", "1"))
    assert delta.apply() == ConfigsImage({**IMAGE.by_resource, (BROKER, "1"): {"my.plugin": "1"}})
    assert list(delta.unsupported) == ["message.format.version", "no.such"]
