"""The time index in Kafka's format."""

from __future__ import annotations

from kafkalite.log.time_index import TimeIndex
from tests.log.memory_store import make_store


def test_only_later_timestamps_are_noted() -> None:
    store = make_store()
    index = TimeIndex(store, "00000000000000000100.timeindex", 100, max_bytes=120)
    assert (index.last_timestamp, index.last_offset) == (-1, 100)
    index.add(-1, 100)
    index.add(1_000, 105)
    index.add(1_000, 107)
    index.add(900, 108)
    index.add(2_000, 110)
    index.seal()
    assert store.read_whole(index.name).hex(" ", 4) == "00000000 000003e8 00000005 00000000 000007d0 0000000a"
    assert [index.find_offset(timestamp) for timestamp in (0, 999, 1_000, 1_999, 2_000, 5_000)] == [
        100,
        100,
        105,
        105,
        110,
        110,
    ]
    again = TimeIndex(store, index.name, 100, max_bytes=120, size_bytes=24)
    assert (again.last_timestamp, again.last_offset) == (2_000, 110)


def test_one_entry_is_kept_free_for_the_roll() -> None:
    index = TimeIndex(make_store(), "i", 0, max_bytes=36)
    for timestamp in (1, 2, 3):
        index.add(timestamp, timestamp)
    assert index.count == 2
    assert index.is_full
    index.add(9, 9, is_last=True)
    assert index.count == 3
    assert index.last_timestamp == 9


def test_truncation_takes_the_last_entry_back() -> None:
    index = TimeIndex(make_store(), "i", 0, max_bytes=360)
    for number in range(1, 5):
        index.add(number * 10, number * 100)
    index.truncate_to_offset(300)
    assert (index.count, index.last_timestamp, index.last_offset) == (2, 20, 200)
    index.truncate_to_offset(0)
    assert (index.count, index.last_timestamp, index.last_offset) == (0, -1, 0)
