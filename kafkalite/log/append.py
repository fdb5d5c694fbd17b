"""The one road of an append: plan, write, commit.

`plan` asks the producer state and gives the batches their offsets; it moves nothing. Then the batches are written,
which is done at once or later (`LateAppend`). The log's commit, and nothing else, moves its end. An append that fails
before it leaves no trace, and the next one is planned anew.

A storage may take several appends before the first of them is done. A batch is planned while others are being written
where nothing it depends on can still change: not the producer's state, not the segment. Else it waits for them.

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
    if not header[6] & CONTROL_FLAG:
        return producers.prepare(header, is_from_client=is_from_client, transaction_version=transaction_version)
    marker = read_marker(buffer, header)
    if marker is None:
        return None
    return producers.prepare_marker(header, marker, transaction_version=transaction_version)


class LateAppend(Completion):
    """An append that is not in the log yet; made by `PartitionLog.append` alone. Readers see the log as it was until it
    ends, which it does after all that were made before it.

    Args:
        records: validated, and not changed by anyone else until the end.
        is_from_client, transaction_version: as `PartitionLog.append` has them.

    Attributes:
        planned: the batches with their offsets, once they are being written; None while they wait for others.
        write: of the storage, from then on.
        size_bytes: of the batches.
        record_count: the number of their offsets.
        result: the offsets of the records, once they are in the log.
        error: an ApiError or a StorageFault; the log is then as if the append had never been.
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
