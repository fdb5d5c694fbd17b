"""The offset index in Kafka's format."""

from __future__ import annotations

from kafkalite.log.offset_index import OffsetIndex
from tests.log.memory_store import make_store


def test_format_and_search() -> None:
    store = make_store()
    index = OffsetIndex(store, "00000000000000000100.index", 100, max_bytes=80)
    assert index.find_position(150) == 0
    assert index.last_position() == 0
    index.add(109, 0)
    index.add(119, 4500)
    index.add(129, 9000)
    index.seal()
    assert store.read_whole(index.name).hex(" ", 4) == "00000009 00000000 00000013 00001194 0000001d 00002328"
    assert [index.find_position(offset) for offset in (100, 109, 118, 119, 128, 500)] == [0, 0, 0, 4500, 4500, 9000]
    assert [index.find_position_before(position) for position in (0, 4499, 4500, 99_999)] == [0, 0, 4500, 9000]
    assert index.last_position() == 9000


def test_full_index_takes_no_more() -> None:
    index = OffsetIndex(make_store(), "i", 0, max_bytes=17)
    assert index.max_entry_count == 2
    index.add(1, 10)
    assert not index.is_full
    index.add(2, 20)
    assert index.is_full
    index.add(3, 30)
    assert index.count == 2


def test_truncation_removes_the_offset_and_all_after_it() -> None:
    index = OffsetIndex(make_store(), "i", 10, max_bytes=800)
    for number in range(5):
        index.add(20 + number * 10, number * 100)
    index.truncate_to_offset(40)
    assert index.count == 2
    assert index.find_position(1000) == 100
    index.truncate_to_offset(31)
    assert index.count == 2
    index.truncate_to_offset(0)
    assert index.count == 0
