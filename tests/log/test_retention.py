"""Each rule selects the right segments, the oldest first, and none that is still needed."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.log.config import LogConfig
from kafkalite.log.retention import before_start, count_deletable, over_size, too_old

NOW_MS = 1_000_000


class Piece:
    """A segment in the view of retention."""

    def __init__(self, base_offset: int, size: int = 100, newest_ms: int = 0) -> None:
        self.base_offset = base_offset
        self.size = size
        self.newest_ms = newest_ms


def count(pieces: list[Piece], rule: Any, *, end_offset: int = 40, high_watermark: int = 40) -> int:
    return count_deletable(pieces, end_offset, high_watermark, rule)  # type: ignore[arg-type]


def config(**values: str) -> LogConfig:
    return LogConfig.from_values({name.replace("_", "."): value for name, value in values.items()})


def always(segment: Any, following: Any) -> bool:
    return True


FOUR = [Piece(0), Piece(10), Piece(20), Piece(30)]


def test_the_last_one_goes_too_unless_it_is_empty() -> None:
    assert count(FOUR, always) == 4
    assert count([*FOUR[:3], Piece(30, size=0)], always) == 3
    assert count([Piece(0, size=0)], always, end_offset=0, high_watermark=0) == 0


@pytest.mark.parametrize(("high_watermark", "expected"), [(0, 0), (9, 0), (10, 1), (29, 2), (39, 3), (40, 4)])
def test_nothing_goes_that_reaches_the_high_watermark(high_watermark: int, expected: int) -> None:
    assert count(FOUR, always, high_watermark=high_watermark) == expected


@pytest.mark.parametrize(("start", "expected"), [(0, 0), (9, 0), (10, 1), (25, 2), (30, 3), (40, 3)])
def test_segments_before_the_start_go_but_never_the_last(start: int, expected: int) -> None:
    assert count(FOUR, before_start(start)) == expected


@pytest.mark.parametrize(
    ("retention_bytes", "expected"), [(0, 4), (1, 3), (100, 3), (101, 2), (199, 2), (200, 2), (400, 0), (401, 0)]
)
def test_as_many_go_as_leave_enough_bytes(retention_bytes: int, expected: int) -> None:
    rule = over_size(config(retention_bytes=str(retention_bytes)), 400)
    assert (0 if rule is None else count(FOUR, rule)) == expected


def test_without_a_limit_of_bytes_there_is_no_rule() -> None:
    assert over_size(config(), 1 << 60) is None


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ((0, 0, 0, 0), 4),
        ((NOW_MS - 1001, NOW_MS - 1000, 0, 0), 1),
        ((NOW_MS, 0, 0, 0), 0),
        ((0, NOW_MS + 5, 0, 0), 1),
    ],
)
def test_the_newest_record_decides_and_the_first_that_stays_ends_it(newest: tuple[int, ...], expected: int) -> None:
    pieces = [Piece(10 * index, newest_ms=time_ms) for index, time_ms in enumerate(newest)]
    rule = too_old(config(retention_ms="1000"), NOW_MS, lambda segment: None)
    assert count(pieces, rule) == expected


def test_a_segment_of_the_future_is_named() -> None:
    named: list[Any] = []
    piece = Piece(0, newest_ms=NOW_MS + 1)
    assert count([piece], too_old(config(retention_ms="0"), NOW_MS, named.append)) == 0
    assert named == [piece]


def test_a_log_that_is_kept_for_ever_has_no_rule_of_time() -> None:
    assert too_old(config(retention_ms="-1"), NOW_MS, print) is None
