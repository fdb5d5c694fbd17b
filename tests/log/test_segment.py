"""One segment: the content of its files after an append, and reads on demand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kafkalite.log.config import LogConfig
from kafkalite.log.segment import Segment, segment_file_name
from kafkalite.log.transaction_index import AbortedTransaction
from kafkalite.model.exceptions import StorageFault
from kafkalite.records.batch import BatchHeader, assign_offset, iterate_batches
from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.files import SystemFiles
from tests.log.harness import NOW_MS, make_batch
from tests.log.memory_store import make_store

SIZE = len(make_batch(b"k", b"v"))
"""Of each batch here: two fit between index entries, so that every second one has an entry."""

CONFIG = LogConfig.from_values({"index.interval.bytes": str(2 * SIZE - 1), "segment.index.bytes": "80"})


@pytest.fixture
def store() -> FilePartitionStore:
    return make_store()


def make_segment(store: FilePartitionStore, base_offset: int = 100) -> Segment:
    return Segment(store, base_offset, CONFIG, created_ms=NOW_MS, size=0)


def reopen(store: FilePartitionStore, base_offset: int = 100) -> Segment:
    return Segment(store, base_offset, CONFIG, created_ms=NOW_MS, existing=set(store.list()))


def append(segment: Segment, batches: memoryview, headers: list[BatchHeader], base_offset: int) -> None:
    write = segment.append(batches)
    segment.note_append(len(batches), headers, base_offset, write.position)


def fill(segment: Segment, base_offset: int, *timestamps: int) -> None:
    """Append one batch of two records per timestamp."""
    for timestamp in timestamps:
        batch = memoryview(make_batch(b"k", b"v", timestamp=timestamp))
        headers = list(iterate_batches(batch))
        assign_offset(batch, headers[0], base_offset, 0)
        append(segment, batch, headers, base_offset)
        base_offset += 2


def test_an_index_entry_is_the_last_offset_of_the_batch_behind_the_interval(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    fill(segment, 100, *range(1_000, 1_008))
    entries = [segment.offset_index.entry(number) for number in range(segment.offset_index.count)]
    assert entries == [(5, 2 * SIZE), (9, 4 * SIZE), (13, 6 * SIZE)]
    assert [segment.time_index.entry(number) for number in range(3)] == [(1_002, 5), (1_004, 9), (1_006, 13)]


def test_several_batches_of_one_append_are_indexed_one_by_one(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    joined = bytearray()
    for number in range(6):
        joined += make_batch(b"k", b"v", timestamp=1_000 + number)
    headers = list(iterate_batches(joined))
    append(segment, joined, headers, 100)
    assert segment.offset_index.count == 2
    assert (segment.max_timestamp, segment.max_timestamp_offset) == (1_005, 111)


def test_the_largest_timestamp_keeps_the_first_batch_that_has_it(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    assert (segment.max_timestamp, segment.max_timestamp_offset) == (-1, 100)
    fill(segment, 100, 5_000, 9_000, 9_000, 4_000)
    assert (segment.max_timestamp, segment.max_timestamp_offset) == (9_000, 103)


def test_sealing_ends_the_time_index_with_the_largest_timestamp(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    fill(segment, 100, 5_000, 9_000, 4_000)
    segment.seal()
    again = reopen(store)
    assert (again.time_index.last_timestamp, again.time_index.last_offset) == (9_000, 103)
    assert (again.max_timestamp, again.max_timestamp_offset) == (9_000, 103)
    assert not again.is_index_missing
    assert again.read_end_offset() == 106


def test_sealing_an_empty_segment_creates_its_files(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    segment.time_index  # noqa: B018 -- loads it, as an append that failed would have
    segment.seal()
    assert sorted(store.list()) == [segment_file_name(100, suffix) for suffix in (".index", ".log", ".timeindex")]
    assert reopen(store).read_end_offset() == 100


def test_an_opened_segment_reads_nothing_before_it_is_asked(
    store: FilePartitionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment = make_segment(store)
    fill(segment, 100, 1, 2)
    segment.seal()
    names = set(store.list())
    for method in ("read", "size", "append"):
        monkeypatch.setattr(FilePartitionStore, method, lambda *_: pytest.fail("touched a file"))
    Segment(store, 100, CONFIG, created_ms=NOW_MS, existing=names).seal()


def test_finds_batches_with_and_without_index_entries(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    fill(segment, 100, *range(1_000, 1_012))
    for offset in range(95, 124):
        found = segment.find_batch(offset)
        expected = max(0, (offset - 100) // 2)
        assert found == (expected * SIZE, SIZE, 100 + expected * 2)
    assert segment.find_batch(124) is None


def test_waits_by_the_time_of_records_or_by_the_wall_clock(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    fill(segment, 100, 1_000, 9_000)
    assert segment.waited_ms(NOW_MS + 5, 1_700) == 700
    assert reopen(store).waited_ms(NOW_MS + 5, 1_700) == 700
    timeless = make_segment(store, 500)
    fill(timeless, 500, -1)
    assert timeless.waited_ms(NOW_MS + 5, -1) == 5


def test_a_failed_append_changes_nothing(store: FilePartitionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = make_segment(store)
    fill(segment, 100, 1_000)

    def refuse(*_: object, **how: bool) -> int:
        raise StorageFault("write", "a.log", "no space left")

    monkeypatch.setattr(FilePartitionStore, "append", refuse)
    with pytest.raises(StorageFault):
        fill(segment, 102, 9_999)
    monkeypatch.undo()
    assert segment.size == SIZE
    assert segment.max_timestamp == 1_000
    fill(segment, 102, 2_000)
    assert segment.find_batch(102) == (SIZE, SIZE, 102)


def test_truncation_takes_log_and_indexes_back(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    fill(segment, 100, 1_000, 9_000, 2_000, 3_000, 9_500)
    segment.transaction_index.append(AbortedTransaction(1, 100, 103, 104))
    segment.transaction_index.append(AbortedTransaction(1, 104, 107, 108))
    segment.truncate_to_offset(105)
    assert segment.size == 2 * SIZE
    assert segment.find_batch(104) is None
    assert (segment.max_timestamp, segment.max_timestamp_offset) == (9_000, 103)
    assert len(segment.transaction_index) == 1
    fill(segment, 104, 4_000)
    assert segment.read_end_offset() == 106


def test_indexes_are_full_before_they_overflow(store: FilePartitionStore) -> None:
    segment = make_segment(store)
    fill(segment, 100, *range(30))
    assert segment.is_index_full
    assert segment.offset_index.count <= 10
    assert segment.time_index.count <= 6


def test_the_newest_record_has_a_time_or_the_segment_has(tmp_path: Path) -> None:
    directory = FileLogDirectory(SystemFiles(), str(tmp_path), SeededEntropy(1))
    directory.create("t-0")
    segment = Segment(directory.open("t-0", epoch=1), 0, LogConfig.from_values({}), created_ms=77, size=0)
    assert segment.newest_ms == 77, "an empty one has no file yet"
    batch = memoryview(make_batch(b"v", timestamp=-1))
    append(segment, batch, list(iterate_batches(batch)), 0)
    assert segment.newest_ms == (tmp_path / "t-0" / segment.log_name).stat().st_mtime_ns // 1_000_000
    fill(segment, 1, 1_000)
    assert segment.newest_ms == 1_000
