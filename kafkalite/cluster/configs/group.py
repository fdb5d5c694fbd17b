"""A group's configurations: what is valid on it, within the bounds that the broker sets.

Source: org.apache.kafka.coordinator.group.GroupConfig (KIP-848, KIP-932, KIP-1071).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.tables import GROUP_CONFIGS, GROUP_SYNONYMS
from kafkalite.cluster.configs.values import InvalidConfigValue, invalid, parse_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.configs.values import Value

_BOUNDS = tuple(
    (f"{kind}.{name}", f"group.{kind}.min.{name}", f"group.{kind}.max.{name}")
    for kind, name in (
        ("consumer", "heartbeat.interval.ms"),
        ("consumer", "session.timeout.ms"),
        ("share", "heartbeat.interval.ms"),
        ("share", "session.timeout.ms"),
        ("share", "record.lock.duration.ms"),
        ("share", "delivery.count.limit"),
        ("share", "partition.max.record.locks"),
        ("streams", "heartbeat.interval.ms"),
        ("streams", "session.timeout.ms"),
    )
)
"""(configuration of a group, its lower and its upper bound among the configurations of the broker)."""

_BOUNDS_WHERE_SET = tuple(
    (f"{kind}.{name}", f"group.{kind}.min.{name}", f"group.{kind}.max.{name}")
    for kind, name in (
        ("consumer", "assignment.interval.ms"),
        ("share", "assignment.interval.ms"),
        ("streams", "assignment.interval.ms"),
    )
)
"""The same, checked only where the group sets the value itself."""


def group_defaults(broker: BrokerConfigs) -> dict[str, str]:
    """Return what groups get where they say nothing themselves, under the groups' names of the configurations."""
    defaults = {name: definition.default for name, definition in GROUP_CONFIGS.items()}
    for name, synonyms in GROUP_SYNONYMS.items():
        defaults[name] = broker.find_in_units(synonyms)
    return {name: value for name, value in defaults.items() if value is not None}


def check_group_configs(values: Mapping[str, str], broker: BrokerConfigs) -> None:
    """Check all that is set on one group, together with what the broker gives it. Errors: InvalidConfigValue."""
    for name in values:
        if name not in GROUP_CONFIGS:
            raise InvalidConfigValue(f"Unknown group configuration: {name}")
    texts = {**group_defaults(broker), **values}
    parsed = {name: parse_config(name, GROUP_CONFIGS[name], text) for name, text in texts.items()}
    check_share_offset_reset(texts["share.auto.offset.reset"])
    for name, lowest, highest in _BOUNDS:
        _check_bounds(name, parsed[name], broker, lowest, highest)
    for name, lowest, highest in _BOUNDS_WHERE_SET:
        if name in values:
            _check_bounds(name, parsed[name], broker, lowest, highest)
    _check_bounds(
        "streams.num.standby.replicas",
        parsed["streams.num.standby.replicas"],
        broker,
        None,
        "group.streams.max.standby.replicas",
    )
    for kind in ("consumer", "share", "streams"):
        session, heartbeat = parsed[f"{kind}.session.timeout.ms"], parsed[f"{kind}.heartbeat.interval.ms"]
        if isinstance(session, int) and isinstance(heartbeat, int) and session <= heartbeat:
            raise InvalidConfigValue(f"{kind}.session.timeout.ms must be greater than {kind}.heartbeat.interval.ms")


def check_share_offset_reset(text: str) -> None:
    """Check where a share group begins: `earliest`, `latest` or `by_duration:` and a positive ISO 8601 duration.

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
    """Whether the text is amounts followed by these units, each at most once and in their order."""
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


def _check_bounds(name: str, value: Value, broker: BrokerConfigs, lowest: str | None, highest: str) -> None:
    if not isinstance(value, int):
        return
    if lowest is not None and value < broker.get_int(lowest):
        raise InvalidConfigValue(f"{name} must be greater than or equal to {lowest}")
    if value > broker.get_int(highest):
        raise InvalidConfigValue(f"{name} must be less than or equal to {highest}")
