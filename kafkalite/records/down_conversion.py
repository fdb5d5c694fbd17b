"""Batches of magic 2 converted down to message sets of magic 0 or 1, for clients that fetch in an old format.

These formats have no control batches and no headers, which are dropped. Headers are not even read: one record may have
millions, and the record's length determines the start of the next one.

Source: RecordsUtil and LazyDownConversionRecords of Kafka 3.9; KIP-31, KIP-32.
"""

from __future__ import annotations

import zlib
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.limits import DECOMPRESSED_BATCH_MAX_BYTES, RECORD_SLICE_COUNT
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import UNKNOWN_SERVER_ERROR, UNSUPPORTED_COMPRESSION_TYPE
from kafkalite.records.batch import LOG_APPEND_TIME_FLAG, iterate_batches, stored_payload
from kafkalite.records.codec_steps import compress_steps, decompress_steps, finish
from kafkalite.records.codecs import ZSTD
from kafkalite.records.record import to_int64
from kafkalite.records.record_walk import InvalidRecord
from kafkalite.records.varints import read_varint, read_varlong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.model.buffers import Buffer
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.codec_steps import Steps


_OVERHEAD = Struct(">qi")
_INT32 = Struct(">i")
_INT64 = Struct(">q")
_UINT32 = Struct(">I")


class _Content(NamedTuple):
    """The part of a record that an old format supports; key and value are lent from the batch."""

    offset: int
    timestamp: int
    key: memoryview | None
    value: memoryview | None


def convert_to_legacy(batches: Buffer, magic: int, *, from_offset: int) -> bytearray:
    """Convert batches at once; see `legacy_steps`."""
    return finish(legacy_steps(batches, magic, from_offset=from_offset))


def legacy_steps(batches: Buffer, magic: int, *, from_offset: int) -> Steps[bytearray]:
    """Convert batches of magic 2 for a client that knows magic 0 or 1 only, in steps.

    Records before `from_offset` are dropped from uncompressed batches, where each becomes a separate message; a
    compressed batch stays one wrapper.

    Returns:
        The message set; empty if no record is left.

    Raises:
        ApiError: UNSUPPORTED_COMPRESSION_TYPE for a zstd batch; UNKNOWN_SERVER_ERROR for a wrapper of more than
            DECOMPRESSED_BATCH_MAX_BYTES.
        InvalidBatch, InvalidRecord: the batches are damaged.
        Those of `compression.decompress`.
    """
    converted = bytearray()
    for header in iterate_batches(batches):
        if header.is_control or header.record_count == 0:
            continue
        if header.compression_codec == ZSTD:
            raise ApiError(UNSUPPORTED_COMPRESSION_TYPE, "clients that read this old format do not know zstd")
        if header.compression_codec:
            yield from _wrap(converted, batches, header, magic)
            continue
        flags = _flags(header, magic)
        payload = stored_payload(batches, header)
        for index, content in enumerate(_iterate_contents(payload, header), 1):
            if content.offset >= from_offset:
                _add_message(converted, magic, content.offset, flags, content)
            if index % RECORD_SLICE_COUNT == 0:
                yield None
    return converted


def _flags(header: BatchHeader, magic: int) -> int:
    return LOG_APPEND_TIME_FLAG if magic and header.is_log_append_time else 0


def _wrap(converted: bytearray, batches: Buffer, header: BatchHeader, magic: int) -> Steps[None]:
    """Add one message whose value is the compressed message set of a batch."""
    codec = header.compression_codec
    payload = memoryview((yield from decompress_steps(codec, stored_payload(batches, header))))
    flags = _flags(header, magic)
    message_set = bytearray()
    base_offset = last_offset = None
    timestamp = -1
    for index, content in enumerate(_iterate_contents(payload, header), 1):
        last_offset = content.offset
        if base_offset is None:
            base_offset = last_offset if magic else 0
        timestamp = max(timestamp, content.timestamp)
        _add_message(message_set, magic, last_offset - base_offset, flags, content)
        if len(message_set) > DECOMPRESSED_BATCH_MAX_BYTES:
            reason = f"the batch at offset {header.base_offset} would be larger than {DECOMPRESSED_BATCH_MAX_BYTES}"
            raise ApiError(UNKNOWN_SERVER_ERROR, f"{reason} bytes in an old message format")
        if index % RECORD_SLICE_COUNT == 0:
            yield None
    assert last_offset is not None  # the batch has records
    value = yield from compress_steps(codec, message_set, None, is_magic_zero=magic == 0)
    wrapper = _Content(last_offset, timestamp, None, memoryview(value))
    _add_message(converted, magic, last_offset, flags | codec, wrapper)


def _iterate_contents(payload: memoryview, header: BatchHeader) -> Iterator[_Content]:
    """Yield the part of each record that an old format supports.

    Raises:
        InvalidRecord: iteration reached a damaged record.
    """
    log_append_time_ms = header.max_timestamp if header.is_log_append_time else None
    position, size = 0, len(payload)
    for number in range(header.record_count):
        try:
            length, start = read_varint(payload, position)
            end = start + length
            if length < 0 or end > size:
                raise InvalidRecord(f"record {number} claims {length} bytes where {size - start} are left")
            timestamp_delta, position = read_varlong(payload, start + 1)
            offset_delta, position = read_varint(payload, position)
            key, position = _read_field(payload, position, end)
            value, position = _read_field(payload, position, end)
        except (IndexError, ValueError):
            raise InvalidRecord(f"record {number} is not valid at byte {position} of {size}") from None
        position = end
        yield _Content(
            to_int64(header.base_offset + offset_delta),
            to_int64(header.base_timestamp + timestamp_delta) if log_append_time_ms is None else log_append_time_ms,
            key,
            value,
        )


def _read_field(payload: memoryview, position: int, end: int) -> tuple[memoryview | None, int]:
    size, position = read_varint(payload, position)
    if size < 0:
        return None, position
    stop = position + size
    if stop > end:
        raise ValueError("a field is longer than its record")
    return payload[position:stop], stop


def _add_message(converted: bytearray, magic: int, offset: int, attributes: int, content: _Content) -> None:
    key, value = content.key, content.value
    body = b"".join(
        (
            bytes((magic, attributes)),
            _INT64.pack(content.timestamp) if magic else b"",
            _INT32.pack(-1 if key is None else len(key)),
            key or b"",
            _INT32.pack(-1 if value is None else len(value)),
            value or b"",
        )
    )
    converted += _OVERHEAD.pack(offset, 4 + len(body))
    converted += _UINT32.pack(zlib.crc32(body))
    converted += body
