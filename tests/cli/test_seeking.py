"""New offsets of a group, without a broker."""

from __future__ import annotations

import pytest

from kafkalite.cli.positions import Position
from kafkalite.cli.seeking import (
    PartitionOffsets,
    Selection,
    Step,
    find_step,
    parse_destination,
    parse_selection,
)

NOW_MS = 1_700_000_000_000
HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("orders", Selection("orders")),
        ("orders:0", Selection("orders", (0,))),
        ("orders:2,0,2", Selection("orders", (0, 2))),
    ],
)
def test_selections(text: str, expected: Selection) -> None:
    assert parse_selection(text) == expected


@pytest.mark.parametrize("text", ["", ":1", "orders:", "orders:x", "orders:-1", "orders:1,"])
def test_malformed_selections(text: str) -> None:
    with pytest.raises(ValueError, match="is not TOPIC or TOPIC:PARTITION"):
        parse_selection(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start", Position("start")),
        ("latest", Position("end")),
        ("17", Position("offset", 17)),
        ("-5", Position("tail", 5)),
        ("1h", Position("time", NOW_MS - HOUR_MS)),
        ("-1h", Position("time", NOW_MS - HOUR_MS)),
        ("2023-11-14T22:13:20+00:00", Position("time", NOW_MS)),
        ("current", Position("current")),
    ],
)
def test_destinations(text: str, expected: Position) -> None:
    assert parse_destination(text, NOW_MS) == expected


@pytest.mark.parametrize("text", ["", "soon", "-", "-soon"])
def test_malformed_destinations(text: str) -> None:
    with pytest.raises(ValueError, match="is no position"):
        parse_destination(text, NOW_MS)


LOG = PartitionOffsets(start=10, end=20, committed=15)


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        (Position("start"), 10),
        (Position("end"), 20),
        (Position("offset", 12), 12),
        (Position("tail", 3), 17),
        (Position("tail", 100), 10),
        (Position("shift", -2), 13),
        (Position("shift", 4), 19),
        (Position("current"), 15),
    ],
)
def test_offsets_inside_the_log(destination: Position, expected: int) -> None:
    assert find_step(destination, LOG) == Step(expected)


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        (Position("offset", 3), Step(10, "3 is before the log: its start")),
        (Position("offset", 21), Step(20, "21 is after the log: its end")),
        (Position("shift", -6), Step(10, "9 is before the log: its start")),
        (Position("shift", 6), Step(20, "21 is after the log: its end")),
    ],
)
def test_offsets_outside_are_moved_and_said(destination: Position, expected: Step) -> None:
    assert find_step(destination, LOG) == expected


def test_times() -> None:
    moment = Position("time", NOW_MS)
    assert find_step(moment, LOG._replace(at_time=14)) == Step(14)
    assert find_step(moment, LOG) == Step(20, "no record is that new: the end")


def test_nothing_committed() -> None:
    fresh = LOG._replace(committed=None)
    assert find_step(Position("current"), fresh) == Step(20, "nothing was committed: the end")
    with pytest.raises(ValueError, match="has no committed offset to shift"):
        find_step(Position("shift", 1), fresh)
