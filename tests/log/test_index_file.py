"""Entries in pages: written late, read a few pages at a time, found by search."""

from __future__ import annotations

from struct import Struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log.index_file import IndexFile
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import INDEX_CACHED_PAGE_COUNT, INDEX_PAGE_BYTES
from tests.log.memory_store import make_store

LAYOUT = Struct(">ii")
PER_PAGE = INDEX_PAGE_BYTES // LAYOUT.size


def test_entries_wait_in_memory_for_a_page() -> None:
    store = make_store()
    index = IndexFile(store, "x.index", LAYOUT)
    for number in range(PER_PAGE - 1):
        index.append(number, number * 2)
        index.make_room()
    assert store.list() == []
    index.append(PER_PAGE - 1, 0)
    index.make_room()
    assert store.size("x.index") == INDEX_PAGE_BYTES
    assert index.entry(3) == (3, 6)


def test_a_written_index_is_read_back() -> None:
    store = make_store()
    index = IndexFile(store, "x.index", LAYOUT)
    count = PER_PAGE * (INDEX_CACHED_PAGE_COUNT + 4) + 7
    for number in range(count):
        index.append(number * 3, number)
    index.seal()
    again = IndexFile(store, "x.index", LAYOUT, store.size("x.index"))
    assert again.count == count
    for number in range(0, count, 97):
        assert again.entry(number) == (number * 3, number)
        assert again.find_floor(0, number * 3 + 2) == number
    assert again.find_floor(0, -1) == -1
    assert len(again._pages) <= INDEX_CACHED_PAGE_COUNT


def test_a_sealed_index_without_entries_is_an_empty_file() -> None:
    store = make_store()
    IndexFile(store, "x.index", LAYOUT).seal()
    assert store.read_whole("x.index") == b""


def test_a_torn_entry_is_overwritten() -> None:
    store = make_store()
    store.append("x.index", LAYOUT.pack(1, 2) + b"\0\0\0")
    index = IndexFile(store, "x.index", LAYOUT, store.size("x.index"))
    assert index.count == 1
    index.append(3, 4)
    index.write()
    assert store.read_whole("x.index") == LAYOUT.pack(1, 2) + LAYOUT.pack(3, 4)


def test_a_file_that_lost_its_end_is_a_fault() -> None:
    store = make_store()
    store.append("x.index", LAYOUT.pack(1, 2))
    index = IndexFile(store, "x.index", LAYOUT, 16)
    with pytest.raises(StorageFault):
        index.entry(1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=40), st.integers(0, 120), st.integers(0, 40), st.integers(0, 40))
def test_search_and_truncation_agree_with_a_list(steps: list[int], target: int, written: int, kept: int) -> None:
    store = make_store()
    index = IndexFile(store, "x.index", LAYOUT)
    values: list[int] = []
    for number, step in enumerate(steps):
        values.append((values[-1] if values else 0) + step)
        index.append(values[-1], number)
        if number == written:
            index.write()
    assert index.find_floor(0, target) == sum(value <= target for value in values) - 1
    index.truncate(kept)
    del values[kept:]
    index.append(1000, 7)
    values.append(1000)
    assert [index.entry(number)[0] for number in range(index.count)] == values
    index.write()
    assert store.size("x.index") == len(values) * 8 == index.size_bytes
