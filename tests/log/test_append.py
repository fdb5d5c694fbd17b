"""Appends are visible as a whole or not at all, including those of another thread and those of several batches."""

from __future__ import annotations

import errno

import pytest

from kafkalite.log.append import LateAppend
from kafkalite.log.partition_log import PartitionLog
from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import DETACHED_WRITE_MIN_BYTES
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.builder import build_batch
from kafkalite.records.validation import RecordsRejected
from kafkalite.storage.detached_write import DetachedWrite
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.harness import NOW_MS, Harness, append, read_values

LARGE = b"x" * (DETACHED_WRITE_MIN_BYTES + 1)


class Detached(Harness):
    """A log whose large writes end under the control of the test."""

    def start(self) -> None:
        super().start()
        self.writes: list[DetachedWrite] = []
        self.directory.run_write = self.writes.append

    def begin(self, *values: bytes, **producer: int) -> LateAppend:
        """Begin to append a batch of values, of which one is large."""
        late = self.append(*values, **producer)
        assert isinstance(late, LateAppend)
        return late

    def append(self, *values: bytes, **producer: int) -> AppendResult | LateAppend:
        batch = build_batch([(None, value) for value in values], now_ms=NOW_MS, **producer)
        return self.open().append(memoryview(batch), now_ms=NOW_MS, is_lasting=True)

    def write(self) -> None:
        """Do the work of the other thread, and end the write."""
        while self.writes:
            write = self.writes.pop(0)
            write.run()
            write.complete()


def lengths(log: PartitionLog) -> list[tuple[int, int]]:
    return [(offset, len(value)) for offset, value in read_values(log)]


def test_nothing_is_seen_before_the_write_is_complete() -> None:
    harness = Detached()
    log = harness.open()
    append(log, b"first")
    late = harness.begin(LARGE, b"more")
    assert (log.end_offset, log.high_watermark, log.next_offset) == (1, 1, 3)
    [write] = harness.writes
    write.run()
    assert read_values(log) == [(0, b"first")]
    write.complete()
    assert (log.end_offset, log.high_watermark, log.next_offset) == (3, 3, 3)
    assert read_values(log) == [(0, b"first"), (1, LARGE), (2, b"more")]
    assert late.result is not None and (late.result.base_offset, late.result.last_offset) == (1, 2)
    assert log.late is None


def test_those_who_wait_are_called_once() -> None:
    harness = Detached()
    late = harness.begin(LARGE)
    called: list[str] = []
    late.then(lambda: called.append("ended"))
    harness.write()
    assert called == ["ended"] and late.is_done and late.error is None


def test_the_next_append_has_its_turn_after_the_write() -> None:
    harness = Detached()
    log = harness.open()
    harness.begin(LARGE)
    small = harness.begin(b"small")
    assert log.next_offset == 2 and not small.is_done
    harness.write()
    assert small.is_done and read_values(log) == [(0, LARGE), (1, b"small")]
    assert log.late is None


def test_records_that_have_to_wait_are_copied_unless_they_last() -> None:
    harness = Detached()
    harness.begin(LARGE)
    batch = build_batch([(None, b"passing")], now_ms=NOW_MS)
    harness.open().append(memoryview(batch), now_ms=NOW_MS)
    batch[:] = bytes(len(batch))
    harness.write()
    assert read_values(harness.open(), 1) == [(1, b"passing")]


def test_a_refusal_of_an_append_that_had_to_wait_is_told_at_its_end() -> None:
    harness = Detached()
    harness.begin(LARGE, producer_id=7, producer_epoch=0, base_sequence=0)
    gap = harness.begin(b"x", producer_id=7, producer_epoch=0, base_sequence=5)
    retry = harness.begin(LARGE, producer_id=7, producer_epoch=0, base_sequence=0)
    harness.write()
    assert isinstance(gap.error, ApiError) and gap.result is None
    assert retry.result is not None and retry.result.is_duplicate and retry.result.base_offset == 0
    assert lengths(harness.open()) == [(0, len(LARGE))]


@pytest.mark.parametrize("move", ["roll", "flush"])
def test_a_roll_and_a_flush_wait_too(move: str) -> None:
    harness = Detached()
    log = harness.open()
    harness.begin(LARGE)
    harness.begin(b"small")
    harness.writes[0].run()
    getattr(log, move)()
    assert log.late is None and log.end_offset == 2


def test_closing_waits_and_the_next_start_finds_the_records() -> None:
    harness = Detached()
    harness.begin(LARGE)
    harness.writes[0].run()
    assert read_values(harness.restart(clean=True)) == [(0, LARGE)]


def test_a_killed_process_keeps_what_was_written_and_nothing_torn() -> None:
    harness = Detached()
    append(harness.open(), b"first")
    harness.begin(LARGE)
    harness.writes[0].run()
    assert read_values(harness.restart(clean=False)) == [(0, b"first"), (1, LARGE)]
    harness = Detached()
    append(harness.open(), b"first")
    harness.begin(LARGE)  # never written
    assert read_values(harness.restart(clean=False)) == [(0, b"first")]


def test_a_retry_is_answered_at_once_with_its_first_offsets() -> None:
    harness = Detached()
    producer = {"producer_id": 7, "producer_epoch": 0, "base_sequence": 0}
    harness.begin(LARGE, **producer)
    harness.write()
    again = harness.append(LARGE, **producer)
    assert isinstance(again, AppendResult) and again.is_duplicate and again.base_offset == 0


def test_a_gap_is_refused_before_anything_is_written() -> None:
    harness = Detached()
    harness.begin(LARGE, producer_id=7, producer_epoch=0, base_sequence=0)
    harness.write()
    with pytest.raises(ApiError):
        harness.append(b"x", producer_id=7, producer_epoch=0, base_sequence=5)
    assert harness.open().late is None


def test_a_failed_write_leaves_nothing_behind_and_the_next_append_is_taken() -> None:
    files = SimulatedFiles()
    harness = Detached(files=files)
    log = harness.open()
    append(log, b"first")
    late = harness.begin(LARGE)
    files.fail(WRITE, OSError(errno.EIO, "Input/output error"))
    harness.write()
    assert isinstance(late.error, StorageFault) and late.result is None
    assert (log.end_offset, log.high_watermark) == (1, 1)
    assert log.fault is late.error
    append(log, b"second")
    assert log.fault is None
    assert read_values(log) == [(0, b"first"), (1, b"second")]


def test_after_a_failed_write_clients_have_their_turn_and_the_broker_does_not() -> None:
    """Appends of the broker itself depend on its earlier ones."""
    files = SimulatedFiles()
    harness = Detached(files=files)
    log = harness.open()
    harness.begin(LARGE)
    own = build_batch([(None, b"own")], now_ms=NOW_MS)
    own_late = log.append(memoryview(own), now_ms=NOW_MS, is_from_client=False, is_lasting=True)
    client_late = harness.begin(b"client")
    files.fail(WRITE, OSError(errno.EIO, "Input/output error"))
    harness.write()
    assert isinstance(own_late, LateAppend) and isinstance(own_late.error, StorageFault)
    assert client_late.error is None and read_values(log) == [(0, b"client")]


# ---- several batches of the broker itself ---------------------------------------------------------------------------


def test_batches_follow_each_other_without_a_gap() -> None:
    log = Harness().open()
    group = build_batch([(None, b"a"), (None, b"b")], now_ms=NOW_MS) + build_batch([(None, b"c")], now_ms=NOW_MS)
    result = log.append(memoryview(group), now_ms=NOW_MS, is_from_client=False)
    assert (result.base_offset, result.last_offset, log.end_offset) == (0, 2, 3)
    assert read_values(log) == [(0, b"a"), (1, b"b"), (2, b"c")]


def test_two_batches_of_one_producer_are_refused_whole() -> None:
    log = Harness().open()
    one = build_batch([(None, b"a")], now_ms=NOW_MS, producer_id=7, producer_epoch=0, base_sequence=0)
    two = build_batch([(None, b"b")], now_ms=NOW_MS, producer_id=7, producer_epoch=0, base_sequence=1)
    with pytest.raises(RecordsRejected):
        log.append(memoryview(one + two), now_ms=NOW_MS, is_from_client=False)
    assert log.end_offset == 0


def test_each_producer_of_a_group_is_remembered() -> None:
    log = Harness().open()
    group = bytearray()
    for producer_id in (7, 8):
        group += build_batch([(None, b"x")], now_ms=NOW_MS, producer_id=producer_id, producer_epoch=0, base_sequence=0)
    log.append(memoryview(group), now_ms=NOW_MS, is_from_client=False)
    assert sorted(entry.producer_id for entry in log.producers()) == [7, 8]
