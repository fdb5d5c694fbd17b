"""The order of segments."""

from __future__ import annotations

from kafkalite.log.config import LogConfig
from kafkalite.log.segment import Segment
from kafkalite.log.segments import Segments
from tests.log.memory_store import make_store

CONFIG = LogConfig.from_values({})


def make_segments(*base_offsets: int) -> Segments:
    store = make_store()
    return Segments([Segment(store, offset, CONFIG, created_ms=0, size=offset) for offset in base_offsets])


def test_floor_after_and_since() -> None:
    segments = make_segments(10, 20, 30)
    first, second, third = segments
    assert segments.floor(9) is None
    assert segments.floor(10) is first
    assert segments.floor(29) is second
    assert segments.floor(1_000) is third
    assert segments.after(first) is second
    assert segments.after(third) is None
    assert segments.since(0) == [first, second, third]
    assert segments.since(25) == [second, third]
    assert segments.since(30) == [third]


def test_changes_at_both_ends() -> None:
    segments = make_segments(10, 20)
    assert segments.size_bytes == 30
    last = Segment(make_store(), 30, CONFIG, created_ms=0, size=5)
    segments.add(last)
    assert segments.active is last
    assert segments.size_bytes == 35
    assert segments.remove_first().base_offset == 10
    assert segments.first.base_offset == 20
    assert segments.size_bytes == 25
    assert segments.remove_last() is last
    assert segments.active.base_offset == 20
    assert len(segments) == 1
    assert segments.size_bytes == 20
