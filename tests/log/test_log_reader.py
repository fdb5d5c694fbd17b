"""Reads return whole batches, and cost a sequential reader one file read each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log.partition_log import PartitionLog
from kafkalite.model.limits import READ_CURSOR_MAX_COUNT, STORED_RANGE_MIN_BYTES
from kafkalite.records.batch import iterate_batches
from kafkalite.storage.files import FilePartitionStore
from kafkalite.storage.stored_range import StoredRange
from tests.log.harness import NOW_MS, Harness, append, append_marker, make_batch, read_values

SMALL_SEGMENTS = {"internal.segment.bytes": "1000", "index.interval.bytes": "150"}


def make_log(config: dict[str, str] | None = None) -> PartitionLog:
    return Harness(config=SMALL_SEGMENTS if config is None else config).open()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files read, one entry per read."""
    names: list[str] = []
    genuine = FilePartitionStore.read

    def read(self: FilePartitionStore, name: str, position: int, size: int) -> bytes:
        names.append(name)
        return genuine(self, name, position, size)

    monkeypatch.setattr(FilePartitionStore, "read", read)
    return names


def batches_of(log: PartitionLog, offset: int, max_bytes: int, **how: bool) -> list[tuple[int, int]]:
    """Return (first, last offset) of the batches of one read."""
    records = log.read(offset, max_bytes, **how).records
    found = [(header.base_offset, header.last_offset) for header in iterate_batches(records)]
    assert sum(header.size_bytes for header in iterate_batches(records)) == len(records)
    return found


def test_an_offset_inside_a_batch_returns_the_whole_batch() -> None:
    log = make_log()
    append(log, b"0", b"1", b"2")
    append(log, b"3", b"4")
    assert batches_of(log, 1, 10_000) == [(0, 2), (3, 4)]
    assert batches_of(log, 4, 10_000) == [(3, 4)]


def test_the_limit_cuts_at_a_batch() -> None:
    log = make_log()
    size = len(make_batch(b"0"))
    for _ in range(5):
        append(log, b"0")
    for max_bytes in range(size, 5 * size):
        assert len(batches_of(log, 0, max_bytes)) == max_bytes // size


@pytest.mark.parametrize("max_bytes", [0, 1, 11, 12, 60, 61, 70])
def test_a_first_batch_over_the_limit_is_whole_or_not_there(max_bytes: int) -> None:
    log = make_log()
    append(log, b"x" * 50)
    append(log, b"y")
    assert batches_of(log, 0, max_bytes) == [(0, 0)]
    assert batches_of(log, 0, max_bytes, min_one_batch=False) == []


def test_sequential_reads_cost_one_file_read_each(reads: list[str]) -> None:
    log = make_log({"index.interval.bytes": "150"})
    for number in range(200):
        append(log, b"%d" % number)
    offset = 0
    log.read(0, 100)
    while offset < 200:
        reads.clear()
        offset = batches_of(log, offset, 400)[-1][1] + 1
        assert len(reads) <= (1 if offset > 10 else 2)


def test_a_reader_at_the_end_reads_the_next_append_alone(reads: list[str]) -> None:
    log = make_log()
    for number in range(30):
        append(log, b"%d" % number)
        reads.clear()
        assert batches_of(log, number, 100_000) == [(number, number)]
        assert len(reads) <= 2
        assert log.read(number + 1, 100).records == b""


def test_reads_go_on_in_the_next_segment() -> None:
    log = make_log()
    for number in range(60):
        append(log, b"%d" % number)
    assert log.segment_count >= 4
    assert read_values(log) == [(number, b"%d" % number) for number in range(60)]
    assert read_values(log, 37, 10) == [(number, b"%d" % number) for number in range(37, 60)]


def test_large_cut_reads_begin_to_look_at_the_nearest_index_entry() -> None:
    log = make_log({"index.interval.bytes": "4096"})
    for number in range(3_000):
        append(log, b"%d" % number)
    size = log.size_bytes
    assert size > 200_000
    for max_bytes in range(70_000, 75_000, 83):
        found = batches_of(log, 5, max_bytes)
        records = log.read(5, max_bytes).records
        assert found[0] == (5, 5)
        assert max_bytes - 80 < len(records) <= max_bytes
        assert log.read(found[-1][1] + 1, 100).records  # the cursor left behind is a good one


def test_a_large_batch_at_the_cut_leaves_the_ones_before_it() -> None:
    log = make_log({"index.interval.bytes": "4096"})
    append(log, b"x" * 70_000)
    append(log, b"y" * 70_000)
    append(log, b"z")
    assert batches_of(log, 0, 70_100) == [(0, 0)]
    assert batches_of(log, 0, 100_000) == [(0, 0)]
    assert batches_of(log, 1, 70_100) == [(1, 1)]
    assert batches_of(log, 2, 70_100) == [(2, 2)]


def test_cursors_are_bounded() -> None:
    log = make_log({})
    for number in range(100):
        append(log, b"%d" % number)
    for number in range(100):
        log.read(number, 80)
    assert len(log._reader._cursors) == READ_CURSOR_MAX_COUNT


def test_committed_reads_end_before_the_first_undecided_transaction() -> None:
    log = make_log()
    append(log, b"before")
    append(log, b"pending", producer_id=1, producer_epoch=0, base_sequence=0, is_transactional=True)
    append(log, b"behind")
    assert log.last_stable_offset == 1
    assert batches_of(log, 0, 10_000, is_read_committed=True) == [(0, 0)]
    assert log.read(1, 10_000, is_read_committed=True).records == b""
    assert log.read(1, 10_000, is_read_committed=True).aborted_transactions == []
    assert batches_of(log, 0, 10_000) == [(0, 0), (1, 1), (2, 2)]
    append_marker(log, 1, is_commit=False)
    assert log.last_stable_offset == 4
    fetched = log.read(0, 10_000, is_read_committed=True)
    assert fetched.aborted_transactions == [(1, 1)]
    assert len(list(iterate_batches(fetched.records))) == 4
    assert log.read(2, 10_000, is_read_committed=True).aborted_transactions == [(1, 1)]
    assert log.read(0, 10_000).aborted_transactions is None


def test_aborted_transactions_are_found_in_later_segments() -> None:
    log = make_log()
    append(log, b"pending", producer_id=1, producer_epoch=0, base_sequence=0, is_transactional=True)
    for _ in range(40):
        append(log, b"other")
    append_marker(log, 1, is_commit=False)
    assert log.segment_count >= 3
    assert log.read(0, 100, is_read_committed=True).aborted_transactions == [(1, 0)]
    assert log.read(20, 100, is_read_committed=True).aborted_transactions == [(1, 0)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 300)), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 160), st.integers(0, 1_500)), min_size=1, max_size=20),
)
def test_every_read_is_a_run_of_whole_batches(appends: list[tuple[int, int]], requests: list[tuple[int, int]]) -> None:
    log = make_log()
    expected: list[tuple[int, int, int]] = []
    for count, size in appends:
        batch = make_batch(*[b"x" * size] * count)
        if len(batch) > 1000:
            continue
        result = log.append(memoryview(batch), now_ms=NOW_MS)
        expected.append((result.base_offset, result.last_offset, len(batch)))
    for offset, max_bytes in requests:
        if offset >= log.end_offset:
            continue
        index = next(index for index, batch in enumerate(expected) if batch[1] >= offset)
        found = batches_of(log, offset, max_bytes)
        assert found
        assert found == [batch[:2] for batch in expected[index : index + len(found)]]
        sizes = [batch[2] for batch in expected[index : index + len(found)]]
        assert sum(sizes) <= max_bytes or len(found) == 1


def whole(log: PartitionLog, offset: int, max_bytes: int, **how: bool) -> tuple[bytes, bool]:
    """Return the bytes of one lending read, and whether they were lent."""
    records = log.read(offset, max_bytes, lends_ranges=True, **how).records
    if isinstance(records, StoredRange):
        return records.read(0, len(records)), True
    return bytes(records), False


@pytest.mark.parametrize("config", [{}, {"index.interval.bytes": "150"}, {"internal.segment.bytes": "100000"}])
def test_ranges_hold_what_a_read_returns(config: dict[str, str]) -> None:
    log = make_log(config)
    for number in range(3_000):
        append(log, b"%d" % number)
    append(log, b"x" * 90_000)
    lent_count = 0
    for max_bytes in (100, STORED_RANGE_MIN_BYTES - 1, *range(STORED_RANGE_MIN_BYTES, 75_000, 331), 180_000, 1 << 20):
        for offset in (0, 5, 1_700, 2_999, 3_000):
            expected = log.read(offset, max_bytes).records
            found, is_lent = whole(log, offset, max_bytes)
            assert found == expected, (offset, max_bytes)
            assert is_lent <= (len(found) >= STORED_RANGE_MIN_BYTES)
            lent_count += is_lent
    assert lent_count > 50


def test_a_range_is_found_by_few_small_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    log = make_log({"index.interval.bytes": "4096"})
    for number in range(100):
        append(log, b"%d" % number * 5_000)
    sizes: list[int] = []
    genuine = FilePartitionStore.read

    def read(self: FilePartitionStore, name: str, position: int, size: int) -> bytes:
        sizes.append(size)
        return genuine(self, name, position, size)

    monkeypatch.setattr(FilePartitionStore, "read", read)
    assert len(log.read(0, 500_000, lends_ranges=True).records) > 480_000
    assert len(sizes) <= 6 and sum(sizes) < 64 * 1024


def test_a_first_batch_over_the_limit_is_lent_or_read_whole() -> None:
    log = make_log({})
    append(log, b"x" * 200_000)
    append(log, b"y")
    found, _ = whole(log, 0, 100_000)
    assert [header.base_offset for header in iterate_batches(memoryview(found))] == [0]
    assert whole(log, 0, 100_000, min_one_batch=False) == (b"", False)
