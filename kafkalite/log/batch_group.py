"""Several batches appended as one record set, which only the broker itself does: for clients it is one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.producer_state import DuplicateBatch
from kafkalite.protocol import errors
from kafkalite.records.batch import assign_offset
from kafkalite.records.validation import RecordsRejected

if TYPE_CHECKING:
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.log.producer_state import PreparedMarker, PreparedProducerAppend
    from kafkalite.records.batch import BatchHeader


def append_group(
    log: PartitionLog, buffer: memoryview, headers: list[BatchHeader], now_ms: int, transaction_version: int
) -> int:
    """Append validated batches of the broker itself in one write and return the new end offset.

    Raises:
        RecordsRejected: two batches are of one producer, whose state would have to move between them.
        ApiError, StorageFault: as `PartitionLog.append`.
    """
    producer_ids = [header.producer_id for header in headers if header.producer_id >= 0]
    if len(set(producer_ids)) != len(producer_ids):
        raise RecordsRejected(errors.INVALID_RECORD, "several batches of one producer cannot be appended together")
    prepared: list[PreparedProducerAppend | PreparedMarker | None] = []
    for header in headers:
        if header.producer_id >= 0:
            one = log.prepare_producer(buffer, header, False, transaction_version)
            assert not isinstance(one, DuplicateBatch)  # retries are recognised for clients alone
            prepared.append(one)
        else:
            prepared.append(None)
    if buffer.readonly:
        buffer = memoryview(bytearray(buffer))
    offsets = []
    base_offset = end_offset = log.end_offset
    for header in headers:
        offsets.append(end_offset)
        assign_offset(buffer, header, end_offset, log.leader_epoch)
        end_offset += header.last_offset_delta + 1
    max_timestamp = max(header.max_timestamp for header in headers)
    log.write(buffer, headers, base_offset, end_offset, max_timestamp, now_ms)
    log.end_offset = log.high_watermark = end_offset
    for producer, offset in zip(prepared, offsets, strict=True):
        if producer is not None:
            log.commit_producer(producer, offset)
    return end_offset
