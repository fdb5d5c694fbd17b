"""Broker properties that affect answers: a conversation is compared only if they are the same as in the recording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

IN_FILE = 4
DEFAULT = 5
"""Kafka's codes for the source of a value: the broker's own file, or the default.

Source: org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource."""


@dataclass(frozen=True)
class Need:
    """The required `value` (None: any) and `source` (None: any) of a property."""

    value: str | None = None
    source: int | None = None

    def describe(self, name: str) -> str:
        """Return the need in the form of a properties file, as far as possible."""
        if self.value is None:
            return f"{name} at its default"
        return f"{name}={self.value}" + (", set in its file" if self.source == IN_FILE else "")

    def is_met_by(self, told: tuple[str | None, int]) -> bool:
        """Return whether a property with this (value, source) meets the need."""
        value, source = told
        return (self.value is None or self.value == value) and (self.source is None or self.source == source)


Needs = Mapping[str, Need]

Told = Mapping[str, tuple[str | None, int]]
"""Property -> (value, code of its source), as a broker describes them."""


TOPIC_DEFAULTS: Mapping[str, tuple[str, str]] = {
    "cleanup.policy": ("log.cleanup.policy", "delete"),
    "compression.type": ("compression.type", "producer"),
    "max.message.bytes": ("message.max.bytes", "1048588"),
    "message.timestamp.after.max.ms": ("log.message.timestamp.after.max.ms", "3600000"),
    "message.timestamp.before.max.ms": ("log.message.timestamp.before.max.ms", "9223372036854775807"),
    "message.timestamp.type": ("log.message.timestamp.type", "CreateTime"),
    "segment.bytes": ("log.segment.bytes", "1073741824"),
}
"""Property of a topic -> (property of the broker that it follows, default of Kafka), where it shows in the log."""


def missing_defaults(told: Told | None) -> dict[str, str]:
    """Return the properties that a topic needs so that the broker's changed defaults do not show in it."""
    return {
        name: default
        for name, (origin, default) in TOPIC_DEFAULTS.items()
        if told is not None and told.get(origin, (default, DEFAULT))[0] != default
    }


def unmet(needs: Needs, told: Told | None) -> list[str]:
    """Return a line for every need that the broker does not meet; `told` None: it does not describe its properties."""
    lines = []
    for name, need in needs.items():
        if told is None or name not in told:
            lines.append(f"{need.describe(name)} (the broker does not show it)")
        elif not need.is_met_by(told[name]):
            value, source = told[name]
            here = "the default" if need.value == value and source == DEFAULT else f"{value}"
            lines.append(f"{need.describe(name)} (here {here})")
    return lines
