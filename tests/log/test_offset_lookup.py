"""Offsets by time, and the special places."""

from __future__ import annotations

import pytest

from kafkalite.log.offset_lookup import NOT_FOUND
from kafkalite.log.partition_log import PartitionLog
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import INLINE_DECOMPRESSED_MAX_BYTES
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.codecs import GZIP
from tests.log.harness import NOW_MS, Harness, append, append_marker

SMALL_SEGMENTS = {"internal.segment.bytes": "500", "index.interval.bytes": "100"}


@pytest.fixture
def harness() -> Harness:
    return Harness(config=SMALL_SEGMENTS)


def append_at(log: PartitionLog, *timestamps: int) -> None:
    batch = build_batch([RecordData(None, b"v", timestamp) for timestamp in timestamps], now_ms=NOW_MS)
    log.append(memoryview(batch), now_ms=NOW_MS)


def test_an_empty_log_has_only_its_ends(harness: Harness) -> None:
    log = harness.open()
    log.lead(0)
    assert log.list_offset(-1) == (-1, 0, 0)
    assert log.list_offset(-2) == (-1, 0, 0)
    assert log.list_offset(-3) == NOT_FOUND
    assert log.list_offset(-4) == (-1, 0, 0)
    assert log.list_offset(-5) == NOT_FOUND
    assert log.list_offset(-6) == NOT_FOUND
    assert log.list_offset(0) == NOT_FOUND


def test_finds_the_first_record_at_or_after_a_time(harness: Harness) -> None:
    log = harness.open()
    times = [NOW_MS + number * 10 for number in range(60)]
    for start in range(0, 60, 3):
        append_at(log, *times[start : start + 3])
    assert log.segment_count >= 3
    for number, time_ms in enumerate(times):
        assert log.list_offset(time_ms) == (time_ms, number, 0)
        assert log.list_offset(time_ms - 9) == (time_ms, number, 0)
    assert log.list_offset(times[-1] + 1) == NOT_FOUND


def test_times_out_of_order_give_the_first_offset_that_is_late_enough(harness: Harness) -> None:
    log = harness.open()
    append_at(log, NOW_MS + 50, NOW_MS + 10)
    append_at(log, NOW_MS + 20, NOW_MS + 70, NOW_MS + 70)
    assert log.list_offset(NOW_MS + 11) == (NOW_MS + 50, 0, 0)
    assert log.list_offset(NOW_MS + 51) == (NOW_MS + 70, 3, 0)
    assert log.list_offset(-3) == (NOW_MS + 70, 3, 0)


def test_the_largest_time_is_found_in_any_segment_and_after_restarts(harness: Harness) -> None:
    log = harness.open()
    append_at(log, NOW_MS)
    append_at(log, NOW_MS + 900, NOW_MS + 1_000, NOW_MS + 1_000)
    for number in range(30):
        append_at(log, NOW_MS + number)
    assert log.segment_count >= 3
    for is_clean in (True, False, True):
        assert log.list_offset(-3) == (NOW_MS + 1_000, 2, 0)
        assert log.list_offset(NOW_MS + 950) == (NOW_MS + 1_000, 2, 0)
        log = harness.restart(clean=is_clean)


def test_records_before_the_log_start_are_not_found(harness: Harness) -> None:
    log = harness.open()
    append_at(log, NOW_MS, NOW_MS + 1, NOW_MS + 2)
    log.advance_log_start_offset(2)
    assert log.list_offset(NOW_MS) == (NOW_MS + 2, 2, 0)
    assert log.list_offset(-2) == (-1, 2, 0)


def test_undecided_records_are_not_found_by_committed_readers(harness: Harness) -> None:
    log = harness.open()
    append(log, b"v", timestamp=NOW_MS)
    append(
        log,
        b"v",
        timestamp=NOW_MS + 10,
        producer_id=1,
        producer_epoch=0,
        base_sequence=0,
        is_transactional=True,
    )
    assert log.list_offset(-1, is_read_committed=True).offset == 1
    assert log.list_offset(-1).offset == 2
    assert log.list_offset(NOW_MS + 5, is_read_committed=True) == NOT_FOUND
    assert log.list_offset(-3, is_read_committed=True) == NOT_FOUND
    assert log.list_offset(-2, is_read_committed=True).offset == 0
    assert log.list_offset(NOW_MS + 5).offset == 1
    append_marker(log, 1, is_commit=True)
    assert log.list_offset(NOW_MS + 5, is_read_committed=True).offset == 1


def test_log_append_time_is_what_counts() -> None:
    log = Harness(config={"message.timestamp.type": "LogAppendTime"}).open()
    for number in range(3):
        batch = build_batch([RecordData(None, b"v", 5), RecordData(None, b"v", 6)], now_ms=5)
        result = log.append(memoryview(batch), now_ms=NOW_MS + number)
        assert result.log_append_time_ms == NOW_MS + number
    assert log.list_offset(NOW_MS + 1) == (NOW_MS + 1, 2, 0)
    assert log.list_offset(-3) == (NOW_MS + 2, 4, 0)


def test_segment_times_for_the_oldest_clients(harness: Harness) -> None:
    log = harness.open()
    assert log.segment_times() == [(0, 0)]
    for number in range(20):
        append_at(log, NOW_MS + number)
    times = log.segment_times()
    assert len(times) == log.segment_count + 1
    assert times[0][0] == 0
    assert times[-1] == (20, harness.clock.now_ms())
    assert [time_ms for _, time_ms in times[:-1]] == sorted(time_ms for _, time_ms in times[:-1])


def append_large(log: PartitionLog, *times_ms: int) -> None:
    """Append a compressed batch that is larger than the limit of decompression on the loop."""
    records = [RecordData(None, bytes(INLINE_DECOMPRESSED_MAX_BYTES), time_ms) for time_ms in times_ms]
    log.append(memoryview(build_batch(records, now_ms=NOW_MS, compression=GZIP)), now_ms=NOW_MS)


def test_a_large_batch_is_opened_by_a_call_that_a_thread_may_make() -> None:
    log = Harness().open()
    append_large(log, NOW_MS, NOW_MS + 5)
    steps = log.list_offset_steps(NOW_MS + 1)
    call = next(steps)
    assert call is not None
    call.run()
    with pytest.raises(StopIteration) as ended:
        next(steps)
    assert ended.value.value[:2] == (NOW_MS + 5, 1)
    assert list(log.list_offset_steps(-1)) == list(log.list_offset_steps(-2)) == []


def test_a_log_that_is_closed_in_the_middle_of_a_search_is_no_fault_of_the_disk(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = Harness().open()
    append_large(log, NOW_MS + 5, NOW_MS)
    append_large(log, NOW_MS + 5)
    log.advance_log_start_offset(1)
    steps = log.list_offset_steps(NOW_MS + 5)
    call = next(steps)  # opens the first batch, where only a record before the log start is late enough
    assert call is not None
    call.run()
    log.close()
    with pytest.raises(StorageFault, match="the log was closed"):
        next(steps)
    assert not caplog.records
