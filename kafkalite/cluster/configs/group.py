"""A group's configurations: their valid values, within the bounds that the broker sets.

Source: org.apache.kafka.coordinator.group.GroupConfig (KIP-848, KIP-932, KIP-1071).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.tables import GROUP_CONFIGS
from kafkalite.cluster.configs.values import InvalidConfigValue, invalid, parse_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.configs.values import Value

_BOUNDS: tuple[tuple[str, str | None, str | None], ...] = (
    *(
        (f"{kind}.{name}", f"group.{kind}.min.{name}", f"group.{kind}.max.{name}")
        for kind, name in (
            ("consumer", "heartbeat.interval.ms"),
            ("consumer", "session.timeout.ms"),
            ("consumer", "assignment.interval.ms"),
            ("share", "heartbeat.interval.ms"),
            ("share", "session.timeout.ms"),
            ("share", "record.lock.duration.ms"),
            ("share", "delivery.count.limit"),
            ("share", "partition.max.record.locks"),
            ("share", "assignment.interval.ms"),
            ("streams", "heartbeat.interval.ms"),
            ("streams", "session.timeout.ms"),
            ("streams", "assignment.interval.ms"),
        )
    ),
    ("streams.num.standby.replicas", None, "group.streams.max.standby.replicas"),
    ("streams.task.offset.interval.ms", "group.streams.min.task.offset.interval.ms", None),
    ("streams.num.warmup.replicas", None, "group.streams.max.warmup.replicas"),
)
"""(configuration of a group, its lower and its upper bound among the configurations of the broker)."""


def check_group_configs(values: Mapping[str, str], broker: BrokerConfigs) -> None:
    """Check the configurations set on one group against the broker's bounds and defaults.

    Raises:
        InvalidConfigValue: an unknown name, or a value that is not allowed.
    """
    for name in values:
        if name not in GROUP_CONFIGS:
            raise InvalidConfigValue(f"Unknown group configuration: {name}")
    parsed = {name: parse_config(name, GROUP_CONFIGS[name], text) for name, text in values.items()}
    if "share.auto.offset.reset" in values:
        check_share_offset_reset(values["share.auto.offset.reset"])
    for name, lowest, highest in _BOUNDS:
        _check_bounds(name, parsed.get(name), broker, lowest, highest)
    for kind in ("consumer", "share", "streams"):
        _check_session(kind, parsed, broker)
    _check_streams(values, broker)
    if values.get("errors.deadletterqueue.topic.name", "").startswith("__"):
        raise InvalidConfigValue("errors.deadletterqueue.topic.name: the topic's name must not begin with __")


def _check_session(kind: str, parsed: Mapping[str, Value], broker: BrokerConfigs) -> None:
    """Check that the session timeout exceeds the heartbeat interval, if the group sets one of them."""
    names = (f"{kind}.session.timeout.ms", f"{kind}.heartbeat.interval.ms")
    if parsed.keys().isdisjoint(names):
        return
    session, heartbeat = (parsed.get(name, broker.get_int(f"group.{name}")) for name in names)
    if isinstance(session, int) and isinstance(heartbeat, int) and session <= heartbeat:
        raise InvalidConfigValue(f"{names[0]} must be greater than {names[1]}")


def _check_streams(values: Mapping[str, str], broker: BrokerConfigs) -> None:
    assignor = values.get("streams.assignor.name")
    registered = [name.strip() for name in (broker.get("group.streams.assignors") or "").split(",")]
    if assignor is not None and assignor.strip() not in registered:
        raise InvalidConfigValue(
            f"streams.assignor.name {assignor!r} is not a registered task assignor. Registered assignors are: "
            f"{', '.join(registered)}."
        )
    tags = values.get("streams.rack.aware.assignment.tags", "").strip()
    names = [tag.strip() for tag in tags.split(",")]
    if len(set(names)) < len(names):
        raise InvalidConfigValue("streams.rack.aware.assignment.tags must not contain duplicate tag keys.")


def check_share_offset_reset(text: str) -> None:
    """Check a share group's initial position: `earliest`, `latest` or `by_duration:` and a positive ISO 8601 duration.

    Source: org.apache.kafka.coordinator.group.modern.share.ShareGroupAutoOffsetResetStrategy.
    """
    strategy, separator, duration = text.strip().partition(":")
    if strategy in ("earliest", "latest") and not separator:
        return
    if strategy != "by_duration" or not is_duration(duration):
        raise invalid("share.auto.offset.reset", text, "it must be earliest, latest or by_duration:<ISO 8601 duration>")


def is_duration(text: str) -> bool:
    """Return whether the text is a duration in days, hours, minutes and seconds (`PnDTnHnMn.nS`), not negative."""
    upper = text.upper()
    if not upper.startswith("P") or upper.endswith("T") or len(upper) < 3:
        return False
    days, separator, time = upper[1:].partition("T")
    return _has_amounts(days, "D") and (not separator or _has_amounts(time, "HMS"))


def _has_amounts(text: str, units: str) -> bool:
    """Return whether the text has amounts followed by these units, each at most once and in their order."""
    digits = ""
    for character in text:
        if character.isascii() and (character.isdigit() or character == "."):
            digits += character
            continue
        place = units.find(character)
        if place < 0 or not digits.strip(".") or ("." in digits and character != "S") or digits.count(".") > 1:
            return False
        digits, units = "", units[place + 1 :]
    return not digits


def _check_bounds(
    name: str, value: Value | None, broker: BrokerConfigs, lowest: str | None, highest: str | None
) -> None:
    if not isinstance(value, int):
        return
    if lowest is not None and value < broker.get_int(lowest):
        raise InvalidConfigValue(f"{name} must be greater than or equal to {lowest}, {broker.get_int(lowest)}")
    if highest is not None and value > broker.get_int(highest):
        raise InvalidConfigValue(f"{name} must be less than or equal to {highest}, {broker.get_int(highest)}")
