"""Lookup of offsets by time, and of the special places of a log, for ListOffsets.

Source: UnifiedLog.fetchOffsetByTimestamp, Partition.fetchOffsetForTimestamp; KIP-79, KIP-734 (max timestamp), KIP-405
and KIP-1005 (tiers: this log has none).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.log.batch_scan import read_batch, scan_headers
from kafkalite.model.limits import RECORD_SLICE_COUNT
from kafkalite.records.batch import stored_payload
from kafkalite.records.codec_steps import decompress_steps
from kafkalite.records.codecs import NONE
from kafkalite.records.record_walk import find_record_steps

if TYPE_CHECKING:
    from kafkalite.log.epoch_cache import LeaderEpochCache
    from kafkalite.log.segment import Segment
    from kafkalite.log.segments import Segments
    from kafkalite.model.buffers import Buffer
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.codec_steps import Steps
    from kafkalite.storage.interface import PartitionStore


LATEST_TIMESTAMP = -1
EARLIEST_TIMESTAMP = -2
MAX_TIMESTAMP = -3
EARLIEST_LOCAL_TIMESTAMP = -4
LATEST_TIERED_TIMESTAMP = -5
EARLIEST_PENDING_UPLOAD_TIMESTAMP = -6


class FoundOffset(NamedTuple):
    """A place in the log; all three fields are -1 for none.

    Fields:
        timestamp: of the record at `offset`, -1 for a special place.
        leader_epoch: of the batch at `offset`, -1 if unknown.
    """

    timestamp: int
    offset: int
    leader_epoch: int


NOT_FOUND = FoundOffset(-1, -1, -1)
NO_TIME = -(1 << 64)
"""Less than every difference of timestamps."""


def find_offset_steps(
    store: PartitionStore, segments: Segments, epochs: LeaderEpochCache, timestamp: int, log_start_offset: int
) -> Steps[FoundOffset]:
    """Return the place of a timestamp, or of a special one other than LATEST_TIMESTAMP, in steps.

    Only a search by time takes several: it may have to decompress a batch and skip a million records in it.

    Raises:
        StorageFault: the disk failed, or the files have been removed meanwhile.
        ApiError: the records of a batch cannot be decompressed or skipped.
    """
    if timestamp in (EARLIEST_TIMESTAMP, EARLIEST_LOCAL_TIMESTAMP):
        return FoundOffset(-1, log_start_offset, epochs.epoch_for_offset(log_start_offset))
    if timestamp in (LATEST_TIERED_TIMESTAMP, EARLIEST_PENDING_UPLOAD_TIMESTAMP):
        return NOT_FOUND
    if timestamp == MAX_TIMESTAMP:
        return (yield from _find_max_timestamp(store, segments))
    return (yield from _find_by_timestamp(store, segments, timestamp, log_start_offset))


def _find_by_timestamp(
    store: PartitionStore, segments: Segments, timestamp: int, log_start_offset: int
) -> Steps[FoundOffset]:
    """Return the first record at or after `timestamp`; NOT_FOUND if all are earlier."""
    for segment in segments:
        if segment.max_timestamp >= timestamp:
            return (yield from _find_in_segment(store, segment, timestamp, log_start_offset))
    return NOT_FOUND


def _find_max_timestamp(store: PartitionStore, segments: Segments) -> Steps[FoundOffset]:
    """Return the first record with the largest timestamp of all; NOT_FOUND in an empty log."""
    latest = max(segments, key=lambda segment: segment.max_timestamp)
    largest = latest.max_timestamp
    start = latest.offset_index.find_position(latest.max_timestamp_offset)
    for number, header in enumerate(scan_headers(store, latest.log_name, start, latest.size), 1):
        if header.max_timestamp == largest:
            data, header = read_batch(store, latest.log_name, header)
            return (yield from _find_in_batch(data, header, largest, 0)) or NOT_FOUND
        if number % RECORD_SLICE_COUNT == 0:
            yield None
    return NOT_FOUND


def find_segment_times(
    segments: Segments, log_start_offset: int, end_offset: int, *, now_ms: int
) -> list[tuple[int, int]]:
    """Return (first offset, largest timestamp) of each segment, and (`end_offset`, `now_ms`) after a nonempty active
    one.

    Deviation: Kafka uses the time of the last change of a file, which changes when a data directory is copied.

    Raises:
        StorageFault: the files cannot be read.
    """
    times = [(max(segment.base_offset, log_start_offset), max(segment.max_timestamp, 0)) for segment in segments]
    if segments.active.size:
        times.append((end_offset, now_ms))
    return times


def _find_in_segment(
    store: PartitionStore, segment: Segment, timestamp: int, log_start_offset: int
) -> Steps[FoundOffset]:
    offset = max(segment.time_index.find_offset(timestamp), log_start_offset)
    start = segment.offset_index.find_position(offset)
    for number, header in enumerate(scan_headers(store, segment.log_name, start, segment.size), 1):
        if header.max_timestamp >= timestamp and header.last_offset >= log_start_offset:
            data, header = read_batch(store, segment.log_name, header)
            found = yield from _find_in_batch(data, header, timestamp, log_start_offset)
            if found is not None:
                return found
        if number % RECORD_SLICE_COUNT == 0:
            yield None
    return NOT_FOUND


def _find_in_batch(data: Buffer, header: BatchHeader, timestamp: int, from_offset: int) -> Steps[FoundOffset | None]:
    """Return the first record of a batch at or after a timestamp and an offset, which may be a million records on."""
    base_timestamp = header.base_timestamp
    payload: Buffer = stored_payload(data, header)
    if header.compression_codec != NONE:
        payload = yield from decompress_steps(header.compression_codec, payload)
    found = yield from find_record_steps(
        payload,
        header.record_count,
        from_timestamp_delta=NO_TIME if header.is_log_append_time else timestamp - base_timestamp,
        from_offset_delta=from_offset - header.base_offset,
    )
    if found is None:
        return None
    record_timestamp = header.max_timestamp if header.is_log_append_time else base_timestamp + found[0]
    return FoundOffset(record_timestamp, header.base_offset + found[1], header.partition_leader_epoch)
