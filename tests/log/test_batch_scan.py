"""Scans of batches by their headers."""

from __future__ import annotations

import pytest

from kafkalite.log.batch_scan import (
    find_batch_position,
    find_whole_end,
    find_whole_end_in_file,
    read_batch,
    scan_headers,
)
from kafkalite.model.exceptions import StorageFault
from tests.log.harness import make_batch
from tests.log.memory_store import make_store

BATCHES = [
    make_batch(b"a", base_offset=10),
    make_batch(b"b" * 70_000, b"c", base_offset=11),
    make_batch(b"d", b"e", b"f", base_offset=20),
]
DATA = b"".join(BATCHES)
STARTS = [0, len(BATCHES[0]), len(BATCHES[0]) + len(BATCHES[1])]


def test_the_end_of_the_whole_batches_is_found_for_every_cut_in_headers() -> None:
    for cut in (*range(STARTS[1] + 100), *range(STARTS[2] - 5, len(DATA) + 1)):
        expected = (0, -1)
        for start, batch, end_offset in zip(STARTS, BATCHES, (11, 13, 23), strict=True):
            if cut >= start + len(batch):
                expected = (start + len(batch), end_offset)
        assert find_whole_end(DATA[:cut], 0) == expected, cut


def test_the_search_begins_at_a_batch() -> None:
    assert find_whole_end(DATA, STARTS[2]) == (len(DATA), 23)
    assert find_whole_end(DATA[:-1], STARTS[2]) == (STARTS[2], -1)


def test_in_a_file_the_same_end_is_found_by_the_headers_alone() -> None:
    store = make_store()
    store.append("a.log", DATA)
    for start in STARTS:
        for cut in (
            *range(start, start + 100),
            *range(STARTS[1], STARTS[1] + 100),
            *range(STARTS[2] - 5, len(DATA) + 1),
        ):
            if cut >= start:
                assert find_whole_end_in_file(store, "a.log", start, cut) == find_whole_end(DATA[:cut], start), cut


def test_a_file_that_holds_no_batches_is_a_fault() -> None:
    store = make_store()
    store.append("a.log", bytes(100))
    with pytest.raises(StorageFault, match="no batch begins at 0"):
        find_whole_end_in_file(store, "a.log", 0, 100)
    with pytest.raises(StorageFault, match="the file ends at 100, not at 200"):
        find_whole_end_in_file(store, "a.log", 90, 200)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, 0), (10, 0), (11, 1), (12, 1), (13, 2), (20, 2), (22, 2), (23, None)],
)
def test_finds_the_batch_that_holds_an_offset_or_the_next(offset: int, expected: int | None) -> None:
    store = make_store()
    store.append("a.log", DATA)
    found = find_batch_position(store, "a.log", offset, 0, len(DATA))
    base_offsets = (10, 11, 20)
    if expected is None:
        assert found is None
    else:
        assert found == (STARTS[expected], len(BATCHES[expected]), base_offsets[expected])


def test_scans_all_headers_without_reading_large_batches() -> None:
    store = make_store()
    store.append("a.log", DATA)
    headers = list(scan_headers(store, "a.log", 0, len(DATA)))
    assert [header.position for header in headers] == STARTS
    assert [header.end_offset for header in headers] == [11, 13, 23]
    data, header = read_batch(store, "a.log", headers[2])
    assert data == bytes(BATCHES[2])
    assert header.position == 0


def test_bytes_that_are_no_batches_are_a_fault() -> None:
    store = make_store()
    store.append("a.log", bytes(200))
    with pytest.raises(StorageFault, match="no batch"):
        list(scan_headers(store, "a.log", 0, 200))
    with pytest.raises(StorageFault, match="no batch"):
        find_batch_position(store, "a.log", 0, 0, 200)
    with pytest.raises(StorageFault):
        find_batch_position(store, "a.log", 0, 0, 500)
