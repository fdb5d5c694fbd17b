"""The one road of an append: plan, write, commit.

`plan` asks the producer state and gives the batches their offsets; it moves nothing. Then the batches are written, at
once or in another thread (`LateAppend`). The log's commit, and nothing else, moves its end. What fails before the
commit leaves no trace, and the next append is planned anew.

Source: UnifiedLog.append, ProducerStateManager.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from kafkalite.log.markers import read_marker
from kafkalite.log.producer_state import DuplicateBatch
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.records.batch import assign_offset
from kafkalite.records.validation import RecordsRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.log.producer_state import PreparedMarker, PreparedProducerAppend, ProducerStateManager
    from kafkalite.log.results import AppendResult
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.validation import ValidatedRecords
    from kafkalite.storage.detached_write import DetachedWrite

    Prepared = PreparedProducerAppend | PreparedMarker
    Producers = tuple[tuple[Prepared, int], ...]

_CONTROL_FLAG = 0x20


class Plan:
    """Batches with their offsets, not yet written; made by `plan` alone.

    Attributes:
        buffer: exactly the batches.
        headers: of the batches; their own base offsets are those of the client.
        end_offset: one past the last offset.
        producers: (what the producer state takes in at the commit, its offset), for batches with a producer.
        log_append_time_ms: -1 where records keep the producer's time.
    """

    __slots__ = (
        "base_offset",
        "buffer",
        "end_offset",
        "headers",
        "log_append_time_ms",
        "max_timestamp",
        "producers",
    )

    def __init__(
        self,
        buffer: memoryview,
        headers: list[BatchHeader],
        base_offset: int,
        end_offset: int,
        max_timestamp: int,
        producers: Producers,
        log_append_time_ms: int,
    ) -> None:
        self.buffer = buffer
        self.headers = headers
        self.base_offset = base_offset
        self.end_offset = end_offset
        self.max_timestamp = max_timestamp
        self.producers = producers
        self.log_append_time_ms = log_append_time_ms


def plan(
    validated: ValidatedRecords,
    producers: ProducerStateManager,
    base_offset: int,
    leader_epoch: int,
    is_from_client: bool,
    transaction_version: int,
) -> Plan | DuplicateBatch:
    """Give validated batches their offsets from `base_offset` on, or find that they were appended before.

    Args:
        validated: patched in place where its buffer can be written to, else copied.
        is_from_client: False for control batches and for several batches, which only the broker itself appends.
        transaction_version: 2 when the request adds partitions to transactions by itself (KIP-890).

    Raises:
        ApiError: the producer is fenced or out of order, see `producer_state`.
        RecordsRejected: two batches are of one producer, whose state would have to move between them.
    """
    buffer, headers = validated.buffer, validated.batches
    if len(headers) > 1:
        return _plan_group(validated, producers, base_offset, leader_epoch, transaction_version)
    header = headers[0]
    moved: Producers = ()
    if header[10] >= 0:
        prepared = _prepare(buffer, header, producers, is_from_client, transaction_version)
        if prepared is not None:
            if type(prepared) is DuplicateBatch:
                return prepared
            moved = ((prepared, base_offset),)  # type: ignore[assignment]  # mypy does not narrow by type()
    if buffer.readonly:
        buffer = memoryview(bytearray(buffer))
    assign_offset(buffer, header, base_offset, leader_epoch)
    end_offset = base_offset + header[7] + 1
    return Plan(buffer, headers, base_offset, end_offset, header[9], moved, validated.log_append_time_ms)


def _plan_group(
    validated: ValidatedRecords,
    producers: ProducerStateManager,
    base_offset: int,
    leader_epoch: int,
    transaction_version: int,
) -> Plan:
    """Plan several batches of the broker itself, to be appended in one write."""
    buffer, headers = validated.buffer, validated.batches
    producer_ids = [header.producer_id for header in headers if header.producer_id >= 0]
    if len(set(producer_ids)) != len(producer_ids):
        raise RecordsRejected(errors.INVALID_RECORD, "several batches of one producer cannot be appended together")
    moved: list[tuple[Prepared, int]] = []
    end_offset = base_offset
    for header in headers:
        if header.producer_id >= 0:
            prepared = _prepare(buffer, header, producers, False, transaction_version)
            assert not isinstance(prepared, DuplicateBatch)  # retries are recognised for clients alone
            if prepared is not None:
                moved.append((prepared, end_offset))
        end_offset += header.last_offset_delta + 1
    if buffer.readonly:
        buffer = memoryview(bytearray(buffer))
    offset = base_offset
    for header in headers:
        assign_offset(buffer, header, offset, leader_epoch)
        offset += header.last_offset_delta + 1
    max_timestamp = max(header.max_timestamp for header in headers)
    return Plan(buffer, headers, base_offset, end_offset, max_timestamp, tuple(moved), validated.log_append_time_ms)


def _prepare(
    buffer: memoryview,
    header: BatchHeader,
    producers: ProducerStateManager,
    is_from_client: bool,
    transaction_version: int,
) -> Prepared | DuplicateBatch | None:
    """Ask the producer state; None for a control batch that ends no transaction."""
    if not header[6] & _CONTROL_FLAG:
        return producers.prepare(header, is_from_client=is_from_client, transaction_version=transaction_version)
    marker = read_marker(buffer, header)
    if marker is None:
        return None
    return producers.prepare_marker(header, marker, transaction_version=transaction_version)


class LateAppend:
    """A planned append whose write may run in another thread; made by `PartitionLog.begin_append` alone.

    Readers see the log as it was until the append is complete. Whatever else would move the log settles it first, so
    there is never more than one.

    Args:
        write: the write that has begun.
        commit: takes the outcome into the log, and returns the fault of an append that failed.

    Attributes:
        result: the offsets that the records have once the append is complete.
        fault: why it failed, None before it is complete or when all went well.
        on_complete: called once it is complete, where the log is used.
    """

    __slots__ = ("_commit", "_is_complete", "_write", "_writing", "fault", "on_complete", "result")

    def __init__(
        self, write: DetachedWrite, commit: Callable[[DetachedWrite], StorageFault | None], result: AppendResult
    ) -> None:
        self._write = write
        self._commit = commit
        self._is_complete = False
        self._writing = Lock()
        self._writing.acquire()
        self.result = result
        self.fault: StorageFault | None = None
        self.on_complete: Callable[[], object] = _do_nothing

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
        """Make the records part of the log, where the log is used; does nothing the second time.

        The fault of a failed write is left in `fault`; nothing has moved then.
        """
        if not self._is_complete:
            self._is_complete = True
            self.fault = self._commit(self._write)
            self.on_complete()


def _do_nothing() -> None:
    """Nothing waits for the append."""
