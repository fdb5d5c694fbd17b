"""The records inside a batch of magic 2, read completely from uncompressed bytes.

Nothing here is called for a batch that is only stored; `record_walk` checks those.

Source: DefaultRecord, KIP-82 (headers), KIP-98.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.records.record_walk import InvalidRecord
from kafkalite.records.varints import read_varint, read_varlong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.model.buffers import Buffer

    Headers = list[tuple[str, bytes | None]]

_INT64_SPAN = 1 << 64
_INT64_MAX = (1 << 63) - 1
_SEQUENCE_SPAN = 1 << 31


class Record(NamedTuple):
    """One record. `timestamp` is -1 if there is none, `sequence` -1 if the producer is not idempotent."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    sequence: int


def to_int64(value: int) -> int:
    """Return `value` in 64-bit arithmetic: sums of client-chosen fields may overflow."""
    if -_INT64_MAX <= value <= _INT64_MAX:
        return value
    return (value + _INT64_MAX + 1) % _INT64_SPAN - _INT64_MAX - 1


def increment_sequence(sequence: int, increment: int) -> int:
    """Return the sequence number `increment` records after `sequence`; 0 follows 2147483647."""
    return (sequence + increment) % _SEQUENCE_SPAN


def read_records(
    payload: Buffer,
    record_count: int,
    *,
    base_offset: int,
    base_timestamp: int,
    log_append_time_ms: int | None,
    base_sequence: int,
) -> Iterator[Record]:
    """Read all records.

    Header keys that are not UTF-8 keep their bytes as surrogate escapes, so that writing them again changes nothing.

    Args:
        payload: the uncompressed records alone.
        log_append_time_ms: the timestamp of every record, or None if each has its own.

    Raises:
        InvalidRecord: as `record_walk.walk_records`, once iteration reaches the fault.
    """
    position = 0
    size = len(payload)
    for _ in range(record_count):
        try:
            length, start = read_varint(payload, position)
            end = start + length
            if length < 0 or end > size:
                raise InvalidRecord(f"a record claims {length} bytes where {size - start} are left")
            timestamp_delta, position = read_varlong(payload, start + 1)
            offset_delta, position = read_varint(payload, position)
            key, position = _read_bytes(payload, position, end)
            value, position = _read_bytes(payload, position, end)
            headers, position = _read_headers(payload, position, end)
        except (IndexError, ValueError):
            raise InvalidRecord(f"no valid record at byte {position} of {size}") from None
        if position != end:
            raise InvalidRecord(f"a record's fields end {position - end} bytes after its length")
        yield Record(
            to_int64(base_offset + offset_delta),
            to_int64(base_timestamp + timestamp_delta) if log_append_time_ms is None else log_append_time_ms,
            key,
            value,
            headers,
            increment_sequence(base_sequence, offset_delta) if base_sequence >= 0 else -1,
        )
    if position != size:
        raise InvalidRecord(f"{size - position} bytes are left after the last of {record_count} records")


def _read_bytes(payload: Buffer, position: int, end: int) -> tuple[bytes | None, int]:
    size, position = read_varint(payload, position)
    if size < 0:
        return None, position
    stop = position + size
    if stop > end:
        raise ValueError("a field is longer than its record")
    return bytes(payload[position:stop]), stop


def _read_headers(payload: Buffer, position: int, end: int) -> tuple[Headers, int]:
    count, position = read_varint(payload, position)
    if not 0 <= count <= end - position:
        raise InvalidRecord(f"a record has {count} headers")
    headers: Headers = []
    for _ in range(count):
        key, position = _read_bytes(payload, position, end)
        if key is None:
            raise InvalidRecord("a header has no key")
        value, position = _read_bytes(payload, position, end)
        headers.append((key.decode("utf-8", "surrogateescape"), value))
    return headers, position
