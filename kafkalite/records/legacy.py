"""Message sets of magic 0 and 1, read, and converted up when an old client produces; see also `down_conversion`.

In these formats every message is separate, and compression wraps a whole message set into the value of one message.
Offsets inside a wrapper of magic 1 count from the wrapper's first message, and the wrapper has the offset of its last.

Source: LegacyRecord, AbstractLegacyRecordBatch; KIP-31, KIP-32.
"""

from __future__ import annotations

import zlib
from struct import Struct
from struct import error as StructError
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.limits import DECOMPRESSED_BATCH_MAX_BYTES, RECORD_SLICE_COUNT
from kafkalite.records.batch import (
    CODEC_MASK,
    LOG_APPEND_TIME_FLAG,
    LOG_OVERHEAD_SIZE,
    InvalidBatch,
)
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.codec_steps import decompress_steps, finish
from kafkalite.records.codecs import ZSTD
from kafkalite.records.record_walk import InvalidRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kafkalite.model.buffers import Buffer
    from kafkalite.records.codec_steps import Steps


MAGIC_ZERO = 0
MAGIC_ONE = 1

_MESSAGE_MIN_SIZE = 14
"""CRC, magic, attributes and two null sizes: the smallest message of magic 0."""

_OVERHEAD = Struct(">qi")
_HEAD = Struct(">IbB")
_HEAD_SIZE = 6
_INT32 = Struct(">i")
_INT64 = Struct(">q")


class LegacyMessage(NamedTuple):
    """One message of a set; key and value are lent from the set's buffer.

    `position` and `size_bytes` span offset and size fields too. `timestamp` is -1 for magic 0.
    """

    position: int
    size_bytes: int
    offset: int
    magic: int
    attributes: int
    timestamp: int
    key: memoryview | None
    value: memoryview | None

    @property
    def compression_codec(self) -> int:
        """The codec's number; not NONE makes this message a wrapper."""
        return self.attributes & CODEC_MASK

    @property
    def is_log_append_time(self) -> bool:
        """Whether the timestamp was given by a broker."""
        return self.magic > 0 and self.attributes & LOG_APPEND_TIME_FLAG != 0


def read_message_set(buffer: Buffer) -> Iterator[LegacyMessage]:
    """Yield the messages of a set, wrappers unopened, with checked CRCs; one cut off at the end is left out.

    Raises:
        InvalidBatch: a size is impossible, the magic unknown or the CRC wrong.
        InvalidRecord: the fields do not fit.
    """
    view = memoryview(buffer)
    position = 0
    while len(view) - position >= LOG_OVERHEAD_SIZE:
        offset, size = _OVERHEAD.unpack_from(view, position)
        if size < _MESSAGE_MIN_SIZE:
            raise InvalidBatch(f"a message cannot be {size} bytes long")
        start = position + LOG_OVERHEAD_SIZE
        if start + size > len(view):
            return
        yield _read_message(view, position, offset, view[start : start + size])
        position = start + size


def _read_message(view: memoryview, position: int, offset: int, body: memoryview) -> LegacyMessage:
    crc, magic, attributes = _HEAD.unpack_from(body)
    if magic == 2:
        raise InvalidRecord("a record batch of magic 2 is among messages of an older format")
    if magic not in (MAGIC_ZERO, MAGIC_ONE):
        raise InvalidBatch(f"there is no message format of magic {magic}")
    computed = zlib.crc32(body[4:])
    if computed != crc:
        raise InvalidBatch(f"a message was damaged: its CRC is {crc}, that of its bytes {computed}")
    try:
        timestamp = _INT64.unpack_from(body, _HEAD_SIZE)[0] if magic else -1
        key, cursor = _read_bytes(body, _HEAD_SIZE + 8 * magic)
        value, _ = _read_bytes(body, cursor)
    except StructError:
        raise InvalidRecord(f"the fields of the message at offset {offset} are longer than it is") from None
    return LegacyMessage(position, LOG_OVERHEAD_SIZE + len(body), offset, magic, attributes, timestamp, key, value)


def _read_bytes(body: memoryview, cursor: int) -> tuple[memoryview | None, int]:
    size = _INT32.unpack_from(body, cursor)[0]
    cursor += 4
    if size < 0:
        return None, cursor
    if cursor + size > len(body):
        raise StructError
    return body[cursor : cursor + size], cursor + size


def open_wrapper(wrapper: LegacyMessage, *, max_bytes: int = DECOMPRESSED_BATCH_MAX_BYTES) -> list[LegacyMessage]:
    """Return the messages inside a wrapper with absolute offsets, and the wrapper's timestamp if it is the broker's.

    Raises:
        InvalidRecord: the wrapper is empty, nested or inconsistent.
        InvalidBatch: as `read_message_set`.
        Those of `compression.decompress`.
    """
    return finish(wrapper_steps(wrapper, max_bytes=max_bytes))


def wrapper_steps(
    wrapper: LegacyMessage, *, max_bytes: int = DECOMPRESSED_BATCH_MAX_BYTES
) -> Steps[list[LegacyMessage]]:
    """Open a wrapper as `open_wrapper`, in steps."""
    if wrapper.compression_codec == ZSTD or wrapper.value is None:
        raise InvalidRecord(f"no messages can be in a wrapper of magic {wrapper.magic} without value or with zstd")
    inside = yield from decompress_steps(
        wrapper.compression_codec, wrapper.value, max_bytes=max_bytes, is_magic_zero=wrapper.magic == MAGIC_ZERO
    )
    messages = yield from message_set_steps(inside)
    if not messages:
        raise InvalidRecord("a wrapper has no messages inside")
    base_offset = _base_offset(wrapper, messages[-1].offset)
    for index, message in enumerate(messages):
        if message.compression_codec:
            raise InvalidRecord("a message inside a wrapper is compressed itself")
        timestamp = wrapper.timestamp if message.magic and wrapper.is_log_append_time else message.timestamp
        messages[index] = message._replace(offset=base_offset + message.offset, timestamp=timestamp)
        if index % RECORD_SLICE_COUNT == RECORD_SLICE_COUNT - 1:
            yield None
    return messages


def message_set_steps(buffer: Buffer) -> Steps[list[LegacyMessage]]:
    """Read a message set as `read_message_set`, in steps."""
    messages = []
    for message in read_message_set(buffer):
        messages.append(message)
        if len(messages) % RECORD_SLICE_COUNT == 0:
            yield None
    return messages


def _base_offset(wrapper: LegacyMessage, last_inner_offset: int) -> int:
    if wrapper.magic == MAGIC_ZERO or wrapper.offset == 0:  # some librdkafka releases leave the wrapper's offset at 0
        return 0
    if wrapper.offset < last_inner_offset:
        raise InvalidRecord(f"a wrapper at offset {wrapper.offset} has a message at {last_inner_offset} inside")
    return wrapper.offset - last_inner_offset


def convert_to_v2(
    message_set: Buffer,
    *,
    now_ms: int,
    compression: int | None = None,
    compression_level: int | None = None,
    log_append_time: bool = False,
) -> bytearray:
    """Convert a message set to one batch of magic 2 with offsets from 0.

    Args:
        now_ms: the timestamp of all records with `log_append_time`.
        compression: the codec to write with; None keeps the wrapper's.

    Raises:
        InvalidRecord: there is no message, or a wrapper is not alone.
        Those of `read_message_set` and `open_wrapper`.
    """
    outer, messages = flatten_message_set(message_set)
    return build_converted(
        messages,
        now_ms=now_ms,
        compression=outer[-1].compression_codec if compression is None else compression,
        compression_level=compression_level,
        log_append_time=log_append_time,
    )


def flatten_message_set(message_set: Buffer) -> tuple[list[LegacyMessage], list[LegacyMessage]]:
    """Returns: the messages of the set itself, and those that carry data: the same ones, or what one wrapper holds.

    Raises:
        As `convert_to_v2`.
    """
    outer = list(read_message_set(message_set))
    if not outer:
        raise InvalidRecord("there is no message in the message set")
    if not any(message.compression_codec for message in outer):
        return outer, outer
    if len(outer) > 1:
        raise InvalidRecord("a compressed message must be alone in its set")
    return outer, open_wrapper(outer[0])


def build_converted(
    messages: Iterable[LegacyMessage],
    *,
    now_ms: int,
    compression: int,
    compression_level: int | None,
    log_append_time: bool,
) -> bytearray:
    """Build the batch of magic 2 that holds `messages` at offsets from 0."""
    return build_batch(
        [RecordData(message.key, message.value, message.timestamp) for message in messages],
        now_ms=now_ms,
        compression=compression,
        compression_level=compression_level,
        log_append_time=log_append_time,
    )
