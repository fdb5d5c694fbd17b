"""Record batches that the broker itself builds: internal topics, control records, conversions, and tests.

Source: DefaultRecordBatch, DefaultRecord, MemoryRecordsBuilder.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.records.batch import (
    ATTRIBUTES_POSITION,
    BATCH_HEADER_SIZE,
    CONTROL_FLAG,
    LOG_APPEND_TIME_FLAG,
    LOG_OVERHEAD_SIZE,
    TRANSACTIONAL_FLAG,
)
from kafkalite.records.compression import NONE, compress
from kafkalite.records.crc import crc32c
from kafkalite.records.varints import encode_varint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.model.buffers import Buffer

    Headers = Iterable[tuple[str, bytes | None]]

_HEADER = Struct(">qiibIhiqqqhii")
_UINT32 = Struct(">I")
_NULL_SIZE = encode_varint(-1)


class RecordData(NamedTuple):
    """The parts of a record. `timestamp` None means the time of building, -1 none."""

    key: Buffer | None = None
    value: Buffer | None = None
    timestamp: int | None = None
    headers: Headers = ()


def build_batch(
    records: Iterable[tuple[Buffer | None, Buffer | None] | RecordData],
    *,
    base_offset: int = 0,
    now_ms: int,
    compression: int = NONE,
    compression_level: int | None = None,
    log_append_time: bool = False,
    producer_id: int = -1,
    producer_epoch: int = -1,
    base_sequence: int = -1,
    is_transactional: bool = False,
    is_control: bool = False,
    leader_epoch: int = -1,
) -> bytearray:
    """Build one batch of magic 2 with consecutive offsets.

    Args:
        records: at least one pair of key and value, or RecordData.
        now_ms: the timestamp of records without one, and of the batch with `log_append_time`.
        compression: the codec's number; `compression_level` None is its default level.
        leader_epoch: -1 leaves it to the log.

    Raises:
        ValueError: there are no records.
    """
    encoder = RecordEncoder(now_ms)
    for record in records:
        encoder.add(record)
    record_count = len(encoder.parts)
    if not record_count:
        raise ValueError("a batch needs at least one record")
    payload = b"".join(encoder.parts)
    if compression:
        payload = compress(compression, payload, compression_level)
    attributes = (
        compression
        | (LOG_APPEND_TIME_FLAG if log_append_time else 0)
        | (TRANSACTIONAL_FLAG if is_transactional else 0)
        | (CONTROL_FLAG if is_control else 0)
    )
    return assemble_batch(
        payload,
        base_offset=base_offset,
        leader_epoch=leader_epoch,
        attributes=attributes,
        last_offset_delta=record_count - 1,
        base_timestamp=encoder.base_timestamp,
        max_timestamp=now_ms if log_append_time else encoder.max_timestamp,
        producer_id=producer_id,
        producer_epoch=producer_epoch,
        base_sequence=base_sequence,
        record_count=record_count,
    )


def assemble_batch(
    payload: Buffer,
    *,
    base_offset: int,
    leader_epoch: int,
    attributes: int,
    last_offset_delta: int,
    base_timestamp: int,
    max_timestamp: int,
    producer_id: int,
    producer_epoch: int,
    base_sequence: int,
    record_count: int,
) -> bytearray:
    """Return encoded records, compressed as `attributes` says, with their header and its CRC."""
    batch = bytearray(BATCH_HEADER_SIZE + len(payload))
    _HEADER.pack_into(
        batch,
        0,
        base_offset,
        len(batch) - LOG_OVERHEAD_SIZE,
        leader_epoch,
        2,
        0,
        attributes,
        last_offset_delta,
        base_timestamp,
        max_timestamp,
        producer_id,
        producer_epoch,
        base_sequence,
        record_count,
    )
    batch[BATCH_HEADER_SIZE:] = payload
    _UINT32.pack_into(batch, 17, crc32c(memoryview(batch)[ATTRIBUTES_POSITION:]))
    return batch


class RecordEncoder:
    """Encodes the records of one batch one after the other, with consecutive offsets.

    Args:
        now_ms: the timestamp of records without one.

    Attributes:
        base_timestamp: the first timestamp, -1 before the first record.
        max_timestamp: the highest one.
        parts: the bytes of each record.
    """

    __slots__ = ("_now_ms", "base_timestamp", "max_timestamp", "parts")

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self.base_timestamp = self.max_timestamp = -1
        self.parts: list[bytes] = []

    def add(self, record: tuple[Buffer | None, Buffer | None] | RecordData) -> None:
        """Encode one record: a pair of key and value, or RecordData."""
        timestamp = self._now_ms
        headers: Headers = ()
        if len(record) == 2:
            key, value = record
        else:
            key, value, given_timestamp, headers = record
            if given_timestamp is not None:
                timestamp = given_timestamp
        parts = self.parts
        if not parts:
            self.base_timestamp = self.max_timestamp = timestamp
        elif timestamp > self.max_timestamp:
            self.max_timestamp = timestamp
        parts.append(encode_record(timestamp - self.base_timestamp, len(parts), key, value, headers))


def encode_record(
    timestamp_delta: int, offset_delta: int, key: Buffer | None, value: Buffer | None, headers: Headers
) -> bytes:
    """Return the bytes of one record; a key, value or header value of None is null."""
    parts: list[Buffer] = [b"\0", encode_varint(timestamp_delta), encode_varint(offset_delta)]
    _add_bytes(parts, key)
    _add_bytes(parts, value)
    if headers:
        pairs = list(headers)
        parts.append(encode_varint(len(pairs)))
        for name, content in pairs:
            _add_bytes(parts, name.encode("utf-8", "surrogateescape"))
            _add_bytes(parts, content)
    else:
        parts.append(b"\0")
    body = b"".join(parts)
    return encode_varint(len(body)) + body


def _add_bytes(parts: list[Buffer], content: Buffer | None) -> None:
    if content is None:
        parts.append(_NULL_SIZE)
    else:
        parts.append(encode_varint(len(content)))
        parts.append(content)
