"""The new offsets of ``kafkalite group seek``: parsing of the options, and one target offset per partition.

Nothing here sends requests.

Source: org.apache.kafka.tools.consumer.group.OffsetsUtils (resetToOffset, resetByShiftBy, checkOffsetsRange: a target
outside the log is moved to its nearest end).
"""

from __future__ import annotations

from typing import NamedTuple

from kafkalite.cli.durations import parse_duration_ms
from kafkalite.cli.positions import Position, parse_position

CURRENT = "current"


class Selection(NamedTuple):
    """A topic, and which of its partitions: None = all."""

    topic: str
    partitions: tuple[int, ...] | None = None


class PartitionOffsets(NamedTuple):
    """The known offsets of a partition.

    Attributes:
        start: the first offset of the log.
        end: one past the last offset of the log.
        committed: the group's offset; None if it has none.
        at_time: the first offset at or after the requested time; None if no record is that new.
    """

    start: int
    end: int
    committed: int | None = None
    at_time: int | None = None


class Step(NamedTuple):
    """A partition's new offset, and the reason why it differs from the requested one; "" if it does not."""

    offset: int
    remark: str = ""


def parse_selection(text: str) -> Selection:
    """Return the selection of ``topic`` or ``topic:0,2``.

    Raises:
        ValueError: the text cannot be understood.
    """
    topic, colon, numbers = text.partition(":")
    if not topic:
        raise ValueError(f"{text!r} is not TOPIC or TOPIC:PARTITION,...")
    if not colon:
        return Selection(topic)
    parts = [part.strip() for part in numbers.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"{text!r} is not TOPIC or TOPIC:PARTITION,...")
    return Selection(topic, tuple(sorted({int(part) for part in parts})))


def parse_destination(text: str, now_ms: int) -> Position:
    """Return the destination of a seek.

    Beside the positions of ``parse_position``: ``current`` (the committed offset, else the end), and ``-1h``, which
    means the same as ``1h``.

    Raises:
        ValueError: the text cannot be understood.
    """
    stripped = text.strip().lower()
    if stripped == CURRENT:
        return Position(CURRENT)
    if stripped.startswith("-") and not stripped[1:].isdigit():
        try:
            return Position("time", now_ms - parse_duration_ms(stripped[1:]))
        except ValueError:
            pass
    return parse_position(text, now_ms)


def find_step(destination: Position, known: PartitionOffsets) -> Step:
    """Return the new offset of a partition.

    ``destination`` may also have the kind "shift": ``value`` is added to the committed offset.

    Raises:
        ValueError: a shift of a partition without a committed offset.
    """
    if destination.kind == "time":
        if known.at_time is None:
            return Step(known.end, "no record is that new: the end")
        return clamp(known.at_time, known)
    if destination.kind == "shift":
        if known.committed is None:
            raise ValueError("has no committed offset to shift")
        return clamp(known.committed + destination.value, known)
    if destination.kind == CURRENT:
        if known.committed is None:
            return Step(known.end, "nothing was committed: the end")
        return clamp(known.committed, known)
    wanted = {
        "start": known.start,
        "end": known.end,
        "offset": destination.value,
        "tail": max(known.start, known.end - destination.value),
    }[destination.kind]
    return clamp(wanted, known)


def clamp(offset: int, known: PartitionOffsets) -> Step:
    """Return an offset moved into the log."""
    if offset < known.start:
        return Step(known.start, f"{offset} is before the log: its start")
    if offset > known.end:
        return Step(known.end, f"{offset} is after the log: its end")
    return Step(offset)
