"""Appends are seen whole or not at all, those that are written in another thread and those of several batches too."""

from __future__ import annotations

import errno
import threading

import pytest

from kafkalite.log.append import LateAppend
from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.builder import build_batch
from kafkalite.records.validation import RecordsRejected
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.harness import NOW_MS, Harness, append, read_values


def begin(harness: Harness, *values: bytes, **producer: int) -> LateAppend:
    batch = build_batch([(None, value) for value in values], now_ms=NOW_MS, **producer)
    pending = harness.open().begin_append(memoryview(batch), now_ms=NOW_MS)
    assert isinstance(pending, LateAppend)
    return pending


def test_nothing_is_seen_before_the_write_is_complete() -> None:
    harness = Harness()
    log = harness.open()
    append(log, b"first")
    pending = begin(harness, b"large", b"larger")
    assert (log.end_offset, log.high_watermark) == (1, 1)
    pending.run()
    assert read_values(log) == [(0, b"first")]
    pending.complete()
    assert (log.end_offset, log.high_watermark) == (3, 3)
    assert read_values(log) == [(0, b"first"), (1, b"large"), (2, b"larger")]
    assert (pending.result.base_offset, pending.result.last_offset) == (1, 2)


def test_completion_is_told_once() -> None:
    pending = begin(Harness(), b"large")
    told: list[str] = []
    pending.on_complete = lambda: told.append("complete")
    pending.run()
    pending.complete()
    pending.complete()
    assert told == ["complete"]


def test_the_next_append_waits_for_the_write_in_the_other_thread() -> None:
    harness = Harness()
    log = harness.open()
    pending = begin(harness, b"large")
    writer = threading.Thread(target=pending.run)
    writer.start()
    append(log, b"small")
    writer.join()
    assert read_values(log) == [(0, b"large"), (1, b"small")]
    assert log.pending is None


def test_a_roll_and_a_flush_wait_too() -> None:
    for move in ("roll", "flush"):
        harness = Harness()
        log = harness.open()
        begin(harness, b"large").run()
        getattr(log, move)()
        assert log.pending is None and log.end_offset == 1


def test_closing_waits_and_the_next_start_finds_the_records() -> None:
    harness = Harness()
    begin(harness, b"large").run()
    assert read_values(harness.restart(clean=True)) == [(0, b"large")]


def test_a_killed_process_keeps_what_was_written_and_nothing_torn() -> None:
    harness = Harness()
    append(harness.open(), b"first")
    begin(harness, b"large").run()
    assert read_values(harness.restart(clean=False)) == [(0, b"first"), (1, b"large")]
    harness = Harness()
    append(harness.open(), b"first")
    begin(harness, b"large")  # never written
    assert read_values(harness.restart(clean=False)) == [(0, b"first")]


def test_a_retry_is_answered_at_once_with_its_first_offsets() -> None:
    harness = Harness()
    producer = {"producer_id": 7, "producer_epoch": 0, "base_sequence": 0}
    pending = begin(harness, b"large", **producer)
    pending.run()
    pending.complete()
    batch = build_batch([(None, b"large")], now_ms=NOW_MS, **producer)
    again = harness.open().begin_append(memoryview(batch), now_ms=NOW_MS)
    assert isinstance(again, AppendResult) and again.is_duplicate and again.base_offset == 0


def test_a_gap_is_refused_before_anything_is_written() -> None:
    harness = Harness()
    pending = begin(harness, b"large", producer_id=7, producer_epoch=0, base_sequence=0)
    pending.run()
    pending.complete()
    gap = build_batch([(None, b"x")], now_ms=NOW_MS, producer_id=7, producer_epoch=0, base_sequence=5)
    with pytest.raises(ApiError):
        harness.open().begin_append(memoryview(gap), now_ms=NOW_MS)
    assert harness.open().pending is None


def test_a_failed_write_leaves_nothing_behind_and_the_next_append_is_taken() -> None:
    files = SimulatedFiles()
    harness = Harness(files=files)
    log = harness.open()
    append(log, b"first")
    pending = begin(harness, b"large")
    files.fail(WRITE, OSError(errno.EIO, "Input/output error"))
    pending.run()
    pending.complete()
    assert isinstance(pending.fault, StorageFault)
    assert (log.end_offset, log.high_watermark) == (1, 1)
    assert log.fault is pending.fault
    append(log, b"second")
    assert log.fault is None
    assert read_values(log) == [(0, b"first"), (1, b"second")]


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
