"""Appending: offsets, rolling, retries, transactions, and a disk that fails."""

from __future__ import annotations

import errno

import pytest

from kafkalite.log.checkpoints import decode_leader_epochs
from kafkalite.log.partition_log import PartitionLog
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import check_crc, iterate_batches
from kafkalite.records.validation import RecordsRejected
from kafkalite.storage.files import FilePartitionStore
from kafkalite.testing.simulated_disk import FLUSH, WRITE
from kafkalite.testing.simulated_files import READ, SimulatedFiles
from tests.log.harness import NOW_MS, Harness, append, append_marker, make_batch, read_values

NO_SPACE = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def harness() -> Harness:
    return Harness(SimulatedFiles())


def refusal(log: PartitionLog, batch: bytearray) -> int:
    with pytest.raises(ApiError) as caught:
        log.append(memoryview(batch), now_ms=NOW_MS)
    return caught.value.error_code


# ---- offsets -------------------------------------------------------------------------------------------------------


def test_offsets_follow_one_another_and_are_written_into_the_batches(harness: Harness) -> None:
    log = harness.open()
    log.lead(3)
    first = append(log, b"a", b"b", b"c")
    second = append(log, b"d")
    assert (first.base_offset, first.last_offset, second.base_offset, second.last_offset) == (0, 2, 3, 3)
    assert (first.is_duplicate, first.log_append_time_ms, first.log_start_offset) == (False, -1, 0)
    assert (log.end_offset, log.high_watermark, log.last_stable_offset) == (4, 4, 4)
    records = log.read(0, 10_000).records
    headers = list(iterate_batches(records))
    assert [(header.base_offset, header.partition_leader_epoch) for header in headers] == [(0, 3), (3, 3)]
    for header in headers:
        check_crc(records, header)
    assert log.size_bytes == len(records)


def test_a_record_set_is_one_write(harness: Harness) -> None:
    log = harness.open()
    append(log, b"first")
    before = len(harness.files.operations)
    append(log, *[b"x" * 100] * 200)
    assert [operation.kind for operation in harness.files.operations[before:]] == [WRITE]


def test_records_that_cannot_be_written_to_are_copied(harness: Harness) -> None:
    log = harness.open()
    log.append(memoryview(bytes(make_batch(b"a"))), now_ms=NOW_MS)
    log.append(memoryview(bytes(make_batch(b"b"))), now_ms=NOW_MS)
    assert read_values(log) == [(0, b"a"), (1, b"b")]


def test_several_batches_are_the_brokers_own_privilege(harness: Harness) -> None:
    log = harness.open()
    joined = make_batch(b"a", b"b") + make_batch(b"c", producer_id=5, producer_epoch=0, base_sequence=-1)
    assert refusal(log, joined) == errors.INVALID_RECORD
    result = log.append(memoryview(joined), now_ms=NOW_MS, is_from_client=False)
    assert (result.base_offset, result.last_offset) == (0, 2)
    assert read_values(log) == [(0, b"a"), (1, b"b"), (2, b"c")]
    of_one_producer = joined[-len(make_batch(b"c")) :] * 2
    with pytest.raises(RecordsRejected):
        log.append(memoryview(of_one_producer), now_ms=NOW_MS, is_from_client=False)
    assert log.end_offset == 3


def test_what_validation_refuses_changes_nothing(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    damaged = make_batch(b"b")
    damaged[-1] ^= 1
    assert refusal(log, damaged) == errors.CORRUPT_MESSAGE
    assert refusal(log, make_batch(b"x" * 1_100_000)) == errors.MESSAGE_TOO_LARGE
    assert log.end_offset == 1
    assert log.fault is None


def test_a_batch_larger_than_a_segment_is_refused() -> None:
    log = Harness(config={"internal.segment.bytes": "200"}).open()
    assert refusal(log, make_batch(b"x" * 300)) == errors.RECORD_LIST_TOO_LARGE


def test_reads_outside_the_log_are_out_of_range(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    assert log.read(1, 100).records == b""
    for offset in (-1, 2):
        with pytest.raises(ApiError) as caught:
            log.read(offset, 100)
        assert caught.value.error_code == errors.OFFSET_OUT_OF_RANGE


# ---- rolling -------------------------------------------------------------------------------------------------------


def test_rolls_by_size() -> None:
    harness = Harness(config={"internal.segment.bytes": "300"})
    log = harness.open()
    size = len(make_batch(b"x" * 30))
    for _ in range(7):
        append(log, b"x" * 30)
    per_segment = 300 // size
    logs = [name for name in harness.names() if name.endswith(".log")]
    assert [int(name[:20]) for name in logs] == list(range(0, 7, per_segment))
    assert f"{per_segment:020d}.snapshot" in harness.names()


def test_rolls_by_the_time_of_records() -> None:
    log = Harness(config={"segment.ms": "1000"}).open()
    append(log, b"a", timestamp=NOW_MS)
    append(log, b"b", timestamp=NOW_MS + 1_000)
    assert log.segment_count == 1
    append(log, b"c", timestamp=NOW_MS + 1_001)
    assert log.segment_count == 2
    assert log.active_base_offset == 2


def test_rolls_when_an_index_is_full() -> None:
    log = Harness(config={"segment.index.bytes": "36", "index.interval.bytes": "1"}).open()
    for number in range(12):
        append(log, b"x", timestamp=NOW_MS + number)
    assert log.segment_count == 4


def test_rolls_before_relative_offsets_overflow(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    log.end_offset = log.high_watermark = 1 << 31
    append(log, b"b")
    assert log.segment_count == 2
    assert log.active_base_offset == 1 << 31


def test_rolls_on_demand_but_never_an_empty_segment(harness: Harness) -> None:
    log = harness.open()
    log.roll()
    assert log.segment_count == 1
    append(log, b"a")
    log.roll()
    log.roll()
    assert (log.segment_count, log.active_base_offset) == (2, 1)


def test_other_settings_count_from_the_next_append(harness: Harness) -> None:
    log = harness.open()
    append(log, b"x" * 100)
    log.update_config(Harness(config={"internal.segment.bytes": "200", "max.message.bytes": "190"}).config)
    append(log, b"x" * 100)
    assert log.segment_count == 2
    assert refusal(log, make_batch(b"x" * 180)) == errors.MESSAGE_TOO_LARGE


# ---- producers and transactions ------------------------------------------------------------------------------------


def idempotent(sequence: int, *values: bytes, epoch: int = 0, **fields: object) -> bytearray:
    return make_batch(*values, producer_id=7, producer_epoch=epoch, base_sequence=sequence, **fields)


def test_a_retry_is_answered_with_the_first_offsets(harness: Harness) -> None:
    log = harness.open()
    append(log, b"other")
    log.append(memoryview(idempotent(0, b"a", b"b")), now_ms=NOW_MS)
    log.append(memoryview(idempotent(2, b"c")), now_ms=NOW_MS)
    again = log.append(memoryview(idempotent(0, b"a", b"b")), now_ms=NOW_MS + 50)
    assert (again.base_offset, again.last_offset, again.is_duplicate) == (1, 2, True)
    assert again.log_append_time_ms == NOW_MS
    assert log.end_offset == 4
    assert refusal(log, idempotent(5, b"gap")) == errors.OUT_OF_ORDER_SEQUENCE_NUMBER
    log.append(memoryview(idempotent(0, b"d", epoch=1)), now_ms=NOW_MS)
    assert refusal(log, idempotent(3, b"late")) == errors.INVALID_PRODUCER_EPOCH
    assert [entry.producer_id for entry in log.producers()] == [7]


def test_a_failed_write_is_no_append_and_its_retry_no_duplicate() -> None:
    files = SimulatedFiles()
    harness = Harness(files)
    log = harness.open()
    log.append(memoryview(idempotent(0, b"a")), now_ms=NOW_MS)
    files.fail(WRITE, NO_SPACE, path_part=".log", written_bytes=30)
    with pytest.raises(StorageFault):
        log.append(memoryview(idempotent(1, b"b")), now_ms=NOW_MS)
    assert (log.end_offset, log.high_watermark) == (1, 1)
    assert read_values(log) == [(0, b"a")]
    assert log.list_offset(-1).offset == 1
    result = log.append(memoryview(idempotent(1, b"b")), now_ms=NOW_MS)
    assert (result.base_offset, result.is_duplicate) == (1, False)


def test_appends_go_on_after_a_failed_read() -> None:
    files = SimulatedFiles()
    log = Harness(files).open()
    append(log, b"a")
    files.fail(READ, OSError(errno.EIO, "Input/output error"), path_part=".log")
    with pytest.raises(StorageFault, match="Input/output"):
        log.read(0, 100)
    append(log, b"b")
    assert read_values(log) == [(0, b"a"), (1, b"b")]


def test_markers_end_transactions(harness: Harness) -> None:
    log = harness.open()
    log.append(memoryview(idempotent(0, b"a", is_transactional=True)), now_ms=NOW_MS)
    assert log.last_stable_offset == 0
    append_marker(log, 7, is_commit=True)
    assert log.last_stable_offset == 2
    log.append(memoryview(idempotent(1, b"b", is_transactional=True)), now_ms=NOW_MS)
    append_marker(log, 7, is_commit=False)
    assert f"{0:020d}.txnindex" in harness.names()
    assert log.read(0, 10_000, is_read_committed=True).aborted_transactions == [(7, 2)]
    marker = make_batch(b"x", producer_id=7, producer_epoch=0, is_transactional=True, is_control=True)
    assert refusal(log, marker) == errors.INVALID_RECORD


# ---- epochs --------------------------------------------------------------------------------------------------------


def test_an_epoch_begins_with_its_first_append(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    log.lead(5)
    assert log.end_offset_for_epoch(5) == (5, 1)
    append(log, b"b")
    append(log, b"c")
    assert log.end_offset_for_epoch(0) == (0, 1)
    assert log.end_offset_for_epoch(4) == (0, 1)
    assert log.end_offset_for_epoch(5) == (5, 3)
    assert log.end_offset_for_epoch(6) == (-1, -1)
    assert decode_leader_epochs(harness.read_file("leader-epoch-checkpoint")) == [(0, 0), (5, 1)]


# ---- the start of the log ------------------------------------------------------------------------------------------


def test_moving_the_start_removes_whole_segments_only() -> None:
    harness = Harness(config={"internal.segment.bytes": "300"})
    log = harness.open()
    for number in range(12):
        append(log, b"%d" % number * 20)
    base_offsets = [int(name[:20]) for name in harness.names() if name.endswith(".log")]
    assert len(base_offsets) >= 4
    assert log.advance_log_start_offset(base_offsets[2] + 1)
    assert log.delete_old_segments() == 2
    assert [int(name[:20]) for name in harness.names() if name.endswith(".log")] == base_offsets[2:]
    assert {int(name[:20]) for name in harness.names() if name.endswith(".snapshot")} == set(base_offsets[2:])
    assert log.is_start_above_first_segment
    assert not log.advance_log_start_offset(base_offsets[2])
    assert read_values(log, log.log_start_offset)[0][0] == base_offsets[2] + 1
    with pytest.raises(ApiError) as caught:
        log.read(base_offsets[2], 100)
    assert caught.value.error_code == errors.OFFSET_OUT_OF_RANGE
    with pytest.raises(ApiError):
        log.advance_log_start_offset(13)
    assert log.advance_log_start_offset(12)
    log.delete_old_segments()
    assert log.segment_count == 1
    assert log.read(12, 100).records == b""
    assert append(log, b"x").base_offset == 12


# ---- durability ----------------------------------------------------------------------------------------------------


def test_flush_moves_the_recovery_point(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    assert (log.recovery_point, log.has_unflushed) == (0, True)
    before = len(harness.files.operations)
    log.flush()
    flushed = [operation.path.rpartition("/")[2] for operation in harness.files.operations[before:]]
    assert {f"{0:020d}.log", "leader-epoch-checkpoint", "partition.metadata", "orders-0"} <= set(flushed)
    assert (log.recovery_point, log.has_unflushed) == (1, False)
    before = len(harness.files.operations)
    log.flush()
    assert len(harness.files.operations) == before
    append(log, b"b")
    log.flush()
    kinds = [operation.kind for operation in harness.files.operations[before:]]
    assert kinds == [WRITE, FLUSH]


def test_flush_after_so_many_records() -> None:
    log = Harness(SimulatedFiles(), config={"flush.messages": "3"}).open()
    append(log, b"a", b"b")
    assert log.recovery_point == 0
    append(log, b"c")
    assert log.recovery_point == 3


def test_a_flush_can_run_elsewhere(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    log.roll()
    append(log, b"b")
    assert log.has_unflushed_sealed
    job = log.begin_flush(log.active_base_offset)
    assert job is not None
    append(log, b"c")
    job.run()
    assert log.recovery_point == 0
    job.complete()
    assert log.recovery_point == 1
    assert not log.has_unflushed_sealed
    assert log.begin_flush(1) is None


def test_a_flush_elsewhere_survives_what_happens_meanwhile(harness: Harness) -> None:
    log = harness.open()
    append(log, b"a")
    log.roll()
    append(log, b"b")
    job = log.begin_flush(1)
    assert job is not None
    log.advance_log_start_offset(1)
    assert log.delete_old_segments() == 1  # the segment that is to be flushed
    job.run()
    job.complete()
    assert log.fault is None
    job = log.begin_flush(2)
    assert job is not None
    harness.manager.delete(log.topic_partition)
    job.run()
    job.complete()


def test_a_flush_that_fails_takes_the_log_offline() -> None:
    files = SimulatedFiles()
    log = Harness(files).open()
    append(log, b"a")
    files.fail(FLUSH, OSError(errno.EIO, "Input/output error"))
    job = log.begin_flush(1)
    assert job is not None
    job.run()
    with pytest.raises(StorageFault):
        job.complete()
    assert log.is_offline
    assert log.recovery_point == 0
    assert read_values(log) == [(0, b"a")]


def test_nothing_is_left_open_when_a_close_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    files = SimulatedFiles()
    log = Harness(files).open()
    append(log, b"a")
    files.fail(FLUSH, OSError(errno.EIO, "Input/output error"))
    closed: list[str] = []
    genuine = FilePartitionStore.close
    monkeypatch.setattr(FilePartitionStore, "close", lambda self: (closed.append("yes"), genuine(self)))
    with pytest.raises(StorageFault):
        log.close()
    assert closed == ["yes"]
    with pytest.raises(StorageFault):
        append(log, b"b")
