"""Positions as people write them."""

from __future__ import annotations

import pytest

from kafkalite.cli.positions import Position, parse_position

NOW_MS = 1_700_000_000_000


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("start", Position("start")),
        ("Earliest", Position("start")),
        ("end", Position("end")),
        ("17", Position("offset", 17)),
        ("-5", Position("tail", 5)),
        ("-0", Position("tail", 0)),
        ("10m", Position("time", NOW_MS - 600_000)),
        ("1.5h", Position("time", NOW_MS - 5_400_000)),
        ("250ms", Position("time", NOW_MS - 250)),
        ("1970-01-01T00:00:01+00:00", Position("time", 1000)),
        ("1970-01-01T00:00:01.5Z", Position("time", 1500)),
    ],
)
def test_positions(text: str, position: Position) -> None:
    assert parse_position(text, NOW_MS) == position


@pytest.mark.parametrize("text", ["", "soon", "-x", "5y", "--", "10 m x"])
def test_what_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no position"):
        parse_position(text, NOW_MS)
