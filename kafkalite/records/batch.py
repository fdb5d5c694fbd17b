"""Record batches of magic 2, read and patched in place: Produce and Fetch use only the 61-byte header.

Batches stay in the buffer they arrived in. The fields that the broker assigns (base offset, leader epoch) are outside
the CRC, so patching them costs no second pass over the records.

Source: DefaultRecordBatch, KIP-98, KIP-32 (timestamp types), KIP-534 (delete horizon).
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.limits import DECOMPRESSED_BATCH_MAX_BYTES
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import CORRUPT_MESSAGE
from kafkalite.records.compression import decompress
from kafkalite.records.crc import crc32c
from kafkalite.records.record import Record, increment_sequence, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.model.buffers import Buffer


__all__ = [
    "BATCH_HEADER_SIZE",
    "LOG_OVERHEAD_SIZE",
    "BatchHeader",
    "InvalidBatch",
    "Record",
    "assign_offset",
    "check_crc",
    "iterate_batches",
    "iterate_records",
    "read_batch_header",
    "record_payload",
    "set_log_append_time",
    "set_max_timestamp",
]

BATCH_HEADER_SIZE = 61
"""Bytes of a batch before its records."""

LOG_OVERHEAD_SIZE = 12
"""Base offset and length: the bytes that `batch_length` does not count."""

MAGIC_POSITION = 16
ATTRIBUTES_POSITION = 21
"""The position from which the CRC covers the batch."""

CODEC_MASK = 0x07
LOG_APPEND_TIME_FLAG = 0x08
TRANSACTIONAL_FLAG = 0x10
CONTROL_FLAG = 0x20
DELETE_HORIZON_FLAG = 0x40

_CRC_POSITION = 17
_MAX_TIMESTAMP_POSITION = 35
_HEADER = Struct(">qiibIhiqqqhii")
_UINT32 = Struct(">I")
_INT16 = Struct(">h")
_INT64 = Struct(">q")
_OFFSET_LENGTH_EPOCH = Struct(">qii")
_LENGTH = Struct(">i")

_unpack_header = _HEADER.unpack_from
_new_tuple = tuple.__new__


class InvalidBatch(ApiError):
    """Bytes that are not a record batch, or have a wrong checksum."""

    def __init__(self, message: str) -> None:
        super().__init__(CORRUPT_MESSAGE, message)


class BatchHeader(NamedTuple):
    """The header of one batch, and `position`, the start of the batch in its buffer.

    Timestamps are in ms since the epoch, -1 for none; producer fields are -1 if the producer is not idempotent.
    """

    position: int
    base_offset: int
    batch_length: int
    partition_leader_epoch: int
    magic: int
    crc: int
    attributes: int
    last_offset_delta: int
    base_timestamp: int
    max_timestamp: int
    producer_id: int
    producer_epoch: int
    base_sequence: int
    record_count: int

    @property
    def size_bytes(self) -> int:
        """The whole batch, header included."""
        return self.batch_length + LOG_OVERHEAD_SIZE

    @property
    def last_offset(self) -> int:
        """The offset of the last record, or of the last one before compaction."""
        return self.base_offset + self.last_offset_delta

    @property
    def end_offset(self) -> int:
        """The offset after the batch."""
        return self.base_offset + self.last_offset_delta + 1

    @property
    def last_sequence(self) -> int:
        """The sequence number of the last record, -1 if there are none."""
        if self.base_sequence == -1:
            return -1
        return increment_sequence(self.base_sequence, self.last_offset_delta)

    @property
    def compression_codec(self) -> int:
        """The codec's number, see `codecs`; 5 to 7 are not assigned."""
        return self.attributes & CODEC_MASK

    @property
    def is_log_append_time(self) -> bool:
        """Whether every record has the batch's `max_timestamp`, given by the broker."""
        return self.attributes & LOG_APPEND_TIME_FLAG != 0

    @property
    def is_transactional(self) -> bool:
        """Whether the batch belongs to a transaction."""
        return self.attributes & TRANSACTIONAL_FLAG != 0

    @property
    def is_control(self) -> bool:
        """Whether the records are markers for brokers and clients and not data."""
        return self.attributes & CONTROL_FLAG != 0

    @property
    def has_delete_horizon(self) -> bool:
        """Whether `base_timestamp` is the time from which compaction may drop tombstones (the cleaner is to come)."""
        return self.attributes & DELETE_HORIZON_FLAG != 0

    @property
    def has_producer_id(self) -> bool:
        """Whether an idempotent producer wrote the batch."""
        return self.producer_id > -1


def read_batch_header(buffer: Buffer, position: int = 0) -> BatchHeader:
    """Read the header at `position`; the records after it need not be in `buffer`.

    Raises:
        InvalidBatch: fewer than 61 bytes are there, or they are no header of magic 2.
    """
    if len(buffer) - position < BATCH_HEADER_SIZE:
        raise InvalidBatch(f"{len(buffer) - position} bytes are too few for a record batch")
    header: BatchHeader = _new_tuple(BatchHeader, (position,) + _unpack_header(buffer, position))  # noqa: RUF005 -- quicker
    if header[4] != 2:
        raise InvalidBatch(f"record batches of magic {header[4]} cannot be read")
    if header[2] < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE:
        raise InvalidBatch(f"a record batch cannot be {header[2]} bytes long")
    return header


def iterate_batches(buffer: Buffer) -> Iterator[BatchHeader]:
    """Yield the headers of all whole batches in `buffer`; a batch cut off at its end is left out.

    Raises:
        InvalidBatch: iteration reached bytes that are not a header.
    """
    position = 0
    size = len(buffer)
    while size - position >= BATCH_HEADER_SIZE:
        header = read_batch_header(buffer, position)
        position += header[2] + LOG_OVERHEAD_SIZE
        if position > size:
            return
        yield header
    if size - position > MAGIC_POSITION:
        _check_beginning(buffer, position, size)


def _check_beginning(buffer: Buffer, position: int, size: int) -> None:
    """Check that fewer bytes than a header are the start of a truncated batch."""
    length = _LENGTH.unpack_from(buffer, position + 8)[0]
    if length < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE or buffer[position + MAGIC_POSITION] != 2:
        raise InvalidBatch(f"the last {size - position} bytes are no beginning of a record batch")


def check_crc(buffer: Buffer, header: BatchHeader) -> None:
    """Check the checksum of the batch at `header.position`.

    Raises:
        InvalidBatch: they differ, or the batch is not whole.
    """
    position = header[0]
    end = position + header[2] + LOG_OVERHEAD_SIZE
    if end > len(buffer):
        raise InvalidBatch(f"a record batch of {header.size_bytes} bytes has only {len(buffer) - position}")
    computed = crc32c(memoryview(buffer)[position + ATTRIBUTES_POSITION : end])
    if computed != header[5]:
        raise InvalidBatch(f"the record batch was damaged: its CRC is {header[5]}, that of its bytes {computed}")


def assign_offset(buffer: bytearray | memoryview, header: BatchHeader, base_offset: int, leader_epoch: int) -> None:
    """Write base offset and leader epoch into the batch at `header.position`; the CRC does not cover them."""
    _OFFSET_LENGTH_EPOCH.pack_into(buffer, header[0], base_offset, header[2], leader_epoch)


def set_log_append_time(buffer: bytearray | memoryview, header: BatchHeader, now_ms: int) -> BatchHeader:
    """Set the broker's time for all records of the batch, and update its CRC.

    Returns: the header after the change.
    """
    return set_max_timestamp(buffer, header, now_ms, is_log_append_time=True)


def set_max_timestamp(
    buffer: bytearray | memoryview, header: BatchHeader, max_timestamp: int, *, is_log_append_time: bool
) -> BatchHeader:
    """Write timestamp type, maximum timestamp and the new CRC; change nothing if they are already right.

    Returns: the header after the change.
    """
    if header.is_log_append_time == is_log_append_time and header.max_timestamp == max_timestamp:
        return header
    position = header[0]
    attributes = header[6] & ~LOG_APPEND_TIME_FLAG | (LOG_APPEND_TIME_FLAG if is_log_append_time else 0)
    _INT16.pack_into(buffer, position + ATTRIBUTES_POSITION, attributes)
    _INT64.pack_into(buffer, position + _MAX_TIMESTAMP_POSITION, max_timestamp)
    crc = crc32c(memoryview(buffer)[position + ATTRIBUTES_POSITION : position + header.size_bytes])
    _UINT32.pack_into(buffer, position + _CRC_POSITION, crc)
    return header._replace(attributes=attributes, max_timestamp=max_timestamp, crc=crc)


def stored_payload(buffer: Buffer, header: BatchHeader) -> memoryview:
    """Return the records of the batch at `header.position` as stored, compressed or not; lent from `buffer`.

    Raises:
        InvalidBatch: the batch is not whole.
    """
    end = header[0] + header.size_bytes
    if end > len(buffer):
        raise InvalidBatch(f"a record batch of {header.size_bytes} bytes has only {len(buffer) - header[0]}")
    return memoryview(buffer)[header[0] + BATCH_HEADER_SIZE : end]


def record_payload(
    buffer: Buffer, header: BatchHeader, *, max_bytes: int = DECOMPRESSED_BATCH_MAX_BYTES
) -> bytes | memoryview:
    """Return the records of the batch at `header.position`, uncompressed; lent from `buffer` if they are stored so.

    Raises:
        InvalidBatch: the batch is not whole.
        Those of `compression.decompress`.
    """
    payload = stored_payload(buffer, header)
    codec = header[6] & CODEC_MASK
    return decompress(codec, payload, max_bytes=max_bytes) if codec else payload


def iterate_records(
    buffer: Buffer, header: BatchHeader, *, max_bytes: int = DECOMPRESSED_BATCH_MAX_BYTES
) -> Iterator[Record]:
    """Yield the records of the batch at `header.position`, keys and values copied.

    Args:
        max_bytes: the limit of the decompressed bytes.

    Raises:
        InvalidBatch, InvalidRecord: the batch or a record is damaged; some only once iteration reaches the fault.
        Those of `compression.decompress`.
    """
    return read_batch_records(record_payload(buffer, header, max_bytes=max_bytes), header)


def read_batch_records(payload: Buffer, header: BatchHeader) -> Iterator[Record]:
    """Yield the records in the uncompressed `payload` of a batch, keys and values copied.

    Raises:
        InvalidRecord: iteration reached a damaged record.
    """
    return read_records(
        payload,
        header.record_count,
        base_offset=header.base_offset,
        base_timestamp=header.base_timestamp,
        log_append_time_ms=header.max_timestamp if header.is_log_append_time else None,
        base_sequence=header.base_sequence,
    )
