"""An append of a large record set, cut so that its write may run in another thread.

Records are validated and given offsets where the log is used; then the write runs elsewhere, and only its completion
makes them part of the log. Meanwhile readers see the log as it was before. Whatever else would move the log waits for
the write first, so there is never more than one under way.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from kafkalite.log.producer_state import DuplicateBatch
from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StorageFault
from kafkalite.records.batch import assign_offset

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.log.producer_state import PreparedMarker, PreparedProducerAppend
    from kafkalite.log.segment import Segment
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.validation import ValidatedRecords
    from kafkalite.storage.detached_write import DetachedWrite


class PendingAppend:
    """An append under way; made by `begin_append` alone.

    Attributes:
        result: what the append gives once it is complete.
        fault: why it failed, None before it is complete or when all went well.
        on_complete: called once it is complete, where the log is used.
    """

    __slots__ = (
        "_end_offset",
        "_header",
        "_is_complete",
        "_log",
        "_prepared",
        "_segment",
        "_write",
        "_writing",
        "fault",
        "on_complete",
        "result",
    )

    def __init__(
        self,
        log: PartitionLog,
        segment: Segment,
        write: DetachedWrite,
        header: BatchHeader,
        prepared: PreparedProducerAppend | PreparedMarker | None,
        end_offset: int,
        log_append_time_ms: int,
    ) -> None:
        self._log = log
        self._segment = segment
        self._write = write
        self._header = header
        self._prepared = prepared
        self._end_offset = end_offset
        self._is_complete = False
        self._writing = Lock()
        self._writing.acquire()
        self.result = AppendResult(log.end_offset, end_offset - 1, log_append_time_ms, log.log_start_offset)
        self.fault: StorageFault | None = None
        self.on_complete: Callable[[], None] = _do_nothing
        log.pending = self

    def run(self) -> None:
        """Write; in any thread, once."""
        try:
            self._write.run()
        finally:
            self._writing.release()

    def settle(self) -> None:
        """Wait for the write, wherever it runs, and complete the append; where the log is used."""
        with self._writing:
            pass
        self.complete()

    def complete(self) -> None:
        """Make what was written part of the log, where the log is used; does nothing the second time.

        The fault of a failed write is left in `fault`; nothing has moved then.
        """
        if self._is_complete:
            return
        self._is_complete = True
        log = self._log
        log.pending = None
        base_offset = self.result.base_offset
        try:
            self._segment.complete_append(self._write, [self._header], base_offset)
        except StorageFault as fault:
            self.fault = fault
            log.note_fault(fault, can_heal=True)
        else:
            if log.fault is not None:
                log.note_recovery()
            log.end_offset = log.high_watermark = self._end_offset
            if self._prepared is not None:
                log.commit_producer(self._prepared, base_offset)
            self._flush_if_due(log)
        self.on_complete()

    def _flush_if_due(self, log: PartitionLog) -> None:
        if self._end_offset - log.recovery_point >= log.config.flush_messages:
            try:
                log.flush()
            except StorageFault as fault:
                self.fault = fault


def begin_append(
    log: PartitionLog, records: memoryview | ValidatedRecords, *, now_ms: int, transaction_version: int = 0
) -> PendingAppend | AppendResult:
    """Begin to append one batch of a client, as `PartitionLog.append` does, up to the write.

    Args:
        records: must stay as it is until the append is complete.

    Returns what is to be `run` and then `complete`d, or the result at once where the batch is a retry.
    Raises as `PartitionLog.append` does.
    """
    validated = log.admit(records, now_ms, True)
    buffer, header = validated.buffer, validated.batches[0]
    prepared = None
    if header.producer_id >= 0:
        outcome = log.prepare_producer(buffer, header, True, transaction_version)
        if isinstance(outcome, DuplicateBatch):
            return AppendResult(
                outcome.base_offset, outcome.last_offset, outcome.timestamp, log.log_start_offset, is_duplicate=True
            )
        prepared = outcome
    if buffer.readonly:
        buffer = memoryview(bytearray(buffer))
    base_offset = log.end_offset
    end_offset = base_offset + header.last_offset_delta + 1
    assign_offset(buffer, header, base_offset, log.leader_epoch)
    try:
        segment = log.segment_for(len(buffer), end_offset, header.max_timestamp, now_ms)
        write = segment.begin_append(buffer)
    except StorageFault as fault:
        log.fail(fault, can_heal=True)
    return PendingAppend(log, segment, write, header, prepared, end_offset, validated.log_append_time_ms)


def _do_nothing() -> None:
    """Nobody asked to be told."""
