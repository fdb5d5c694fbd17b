"""Positions at which reading starts and ends: ``start``, ``end``, an offset, ``-N``, ``10m`` (ago), an ISO time."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from kafkalite.cli.durations import UNITS_MS, parse_duration_ms


class Position(NamedTuple):
    """A place in a partition.

    ``kind`` is "start", "end", "offset", "tail" (``value`` records before the end) or "time" (ms since 1970).
    """

    kind: str
    value: int = 0


def parse_position(text: str, now_ms: int) -> Position:
    """Return the position of a text.

    Raises:
        ValueError: the text cannot be understood.
    """
    stripped = text.strip()
    lowered = stripped.lower()
    if lowered in ("start", "beginning", "earliest"):
        return Position("start")
    if lowered in ("end", "latest"):
        return Position("end")
    if stripped.isascii() and stripped.isdigit():
        return Position("offset", int(stripped))
    if stripped.startswith("-") and stripped[1:].isascii() and stripped[1:].isdigit():
        return Position("tail", int(stripped[1:]))
    if (
        lowered.endswith(tuple(UNITS_MS))
        and lowered[:1].isdigit()
        and lowered.rstrip("mshd").replace(".", "").isdigit()
    ):
        return Position("time", now_ms - parse_duration_ms(lowered))
    return Position("time", parse_time_ms(stripped))


def parse_time_ms(text: str) -> int:
    """Return an ISO 8601 time as milliseconds since 1970; a time without an offset is local.

    Raises:
        ValueError: the text cannot be understood.
    """
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is no position: start, end, an offset, -N (before the end), 10m (ago) or an ISO time"
        ) from None
    return round(moment.timestamp() * 1000)
