"""The single path of an append: plan, write, commit.

`plan` checks the batches against the producer state and assigns their offsets; it changes nothing. The batches are
then written, at once or later (`LateAppend`). Only the log's commit moves its end. An append that fails before its
commit leaves no trace, and the next one is planned anew.

A storage may accept several appends before the first is done. A batch is planned during other writes if none of them
can still change its dependencies, the state of its producer and the segment. Otherwise it waits for them.

Source: UnifiedLog.append, ProducerStateManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.markers import read_marker
from kafkalite.log.producer_state import DuplicateBatch
from kafkalite.model.completion import Completion
from kafkalite.protocol import errors
from kafkalite.records.batch import CONTROL_FLAG, assign_offset
from kafkalite.records.validation import RecordsRejected

if TYPE_CHECKING:
    from kafkalite.log.producer_state import PreparedMarker, PreparedProducerAppend, ProducerStateManager
    from kafkalite.log.results import AppendResult
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.validation import ValidatedRecords
    from kafkalite.storage.append import Append

    Prepared = PreparedProducerAppend | PreparedMarker
    Producers = tuple[tuple[Prepared, int], ...]


class Plan:
    """Batches with their offsets, not yet written; created only by `plan`.

    Attributes:
        buffer: exactly the batches.
        headers: of the batches; their base offsets are still those of the client.
        end_offset: one past the last offset.
        producers: (update of the producer state at the commit, its offset), for batches with a producer.
        log_append_time_ms: -1 if the records keep the producer's time.
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
    """Assign offsets from `base_offset` on to validated batches, or return the earlier append of a retried batch.

    Args:
        validated: patched in place if its buffer is writable, else copied.
        is_from_client: False for control batches and groups of batches, which only the broker itself appends.
        transaction_version: 2 if the request adds its partitions to the transaction implicitly (KIP-890).

    Raises:
        ApiError: the producer is fenced or out of order, see `producer_state`.
        RecordsRejected: two batches have the same producer, whose state would have to advance between them.
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
    """Plan several batches of the broker itself, for one write."""
    buffer, headers = validated.buffer, validated.batches
    producer_ids = [header.producer_id for header in headers if header.producer_id >= 0]
    if len(set(producer_ids)) != len(producer_ids):
        raise RecordsRejected(errors.INVALID_RECORD, "several batches of one producer cannot be appended together")
    moved: list[tuple[Prepared, int]] = []
    end_offset = base_offset
    for header in headers:
        if header.producer_id >= 0:
            prepared = _prepare(buffer, header, producers, False, transaction_version)
            assert not isinstance(prepared, DuplicateBatch)  # only retries of clients are recognised
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
    """Check a batch against the producer state; return None for a control batch that ends no transaction."""
    if not header[6] & CONTROL_FLAG:
        return producers.prepare(header, is_from_client=is_from_client, transaction_version=transaction_version)
    marker = read_marker(buffer, header)
    if marker is None:
        return None
    return producers.prepare_marker(header, marker, transaction_version=transaction_version)


class LateAppend(Completion):
    """An append that is not in the log yet; created only by `PartitionLog.append`.

    Readers do not see it before it ends. Appends end in the order of their creation.

    Args:
        records: validated; they must not change until the append ends.
        is_from_client, transaction_version: as for `PartitionLog.append`.

    Attributes:
        planned: the batches with their offsets, from the start of the write on; None while they wait for others.
        write: the storage's handle, from then on.
        size_bytes: total size of the batches.
        record_count: number of offsets that the batches take.
        result: the offsets of the records, once they are in the log.
        error: an ApiError or a StorageFault; the append then left no trace in the log.
    """

    __slots__ = (
        "is_from_client",
        "planned",
        "producer_ids",
        "record_count",
        "records",
        "result",
        "size_bytes",
        "transaction_version",
        "write",
    )

    def __init__(self, records: ValidatedRecords, is_from_client: bool, transaction_version: int) -> None:
        super().__init__()
        self.records = records
        self.is_from_client = is_from_client
        self.transaction_version = transaction_version
        self.planned: Plan | None = None
        self.write: Append | None = None
        self.result: AppendResult | None = None
        self.size_bytes = len(records.buffer)
        self.record_count = sum(header.last_offset_delta + 1 for header in records.batches)
        self.producer_ids = {header.producer_id for header in records.batches if header.producer_id >= 0}
