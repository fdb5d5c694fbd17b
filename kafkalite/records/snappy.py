"""Snappy in the formats of Kafka's clients: a stream of blocks in the format of snappy-java ("xerial"), or one block.

Source: SnappyInputStream and SnappyOutputStream of snappy-java; the snappy block format.
"""

from __future__ import annotations

from struct import Struct

from kafkalite.records.codecs import SNAPPY, DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.opened_room import make_room

_INT32 = Struct(">i")
_STREAM_MAGIC = b"\x82SNAPPY\x00"
_STREAM_HEADER = _STREAM_MAGIC + b"\x00\x00\x00\x01\x00\x00\x00\x01"
_BLOCK_BYTES = 32 * 1024
_MAX_RATIO = 22
"""No snappy element yields more than 64 bytes from 3."""


def compress_snappy(view: memoryview) -> bytes:
    """Compress `view` to a block stream, the format that every Kafka client can read."""
    from cramjam import snappy

    parts = [_STREAM_HEADER]
    for position in range(0, len(view), _BLOCK_BYTES):
        block = bytes(snappy.compress_raw(view[position : position + _BLOCK_BYTES]))
        parts.append(_INT32.pack(len(block)))
        parts.append(block)
    return b"".join(parts)


def decompress_snappy(data: memoryview, max_bytes: int) -> memoryview:
    """Decompress either format. One to three bytes after the last block are ignored, as in snappy-java.

    Raises:
        InvalidCompressedData: the data are damaged.
        DecompressedTooLarge: the result is larger than allowed.
    """
    blocks = _split(data) if data[:8] == _STREAM_MAGIC else [data]
    sizes = [_measure(block) for block in blocks]
    size = sum(sizes)
    if size > max_bytes:
        raise DecompressedTooLarge(SNAPPY, max_bytes)
    out = make_room(size)
    position = 0
    for block, block_size in zip(blocks, sizes, strict=True):
        _decompress_block(block, out[position : position + block_size])
        position += block_size
    return out


def _split(data: memoryview) -> list[memoryview]:
    """Return the blocks of a stream."""
    if len(data) < len(_STREAM_HEADER):
        raise InvalidCompressedData(SNAPPY, "it ends early")
    blocks = []
    position = len(_STREAM_HEADER)
    while position + 4 <= len(data):
        if data[position : position + 8] == _STREAM_MAGIC:  # streams may be concatenated
            position += len(_STREAM_HEADER)
            continue
        end = position + 4 + _INT32.unpack_from(data, position)[0]
        if not position + 4 <= end <= len(data):
            raise InvalidCompressedData(SNAPPY, "a block is longer than the data")
        blocks.append(data[position + 4 : end])
        position = end
    return blocks


def _measure(block: memoryview) -> int:
    """Return the declared output size of a block, after checking that it is possible."""
    from cramjam import DecompressionError, snappy

    if not block:
        raise InvalidCompressedData(SNAPPY, "it is empty")
    try:
        size: int = snappy.decompress_raw_len(block)
    except DecompressionError as error:
        raise InvalidCompressedData(SNAPPY, error) from None
    if size > _MAX_RATIO * len(block):
        raise InvalidCompressedData(SNAPPY, "its length field cannot be true")
    return size


def _decompress_block(block: memoryview, room: memoryview) -> None:
    from cramjam import DecompressionError, snappy

    try:
        count = snappy.decompress_raw_into(block, room)
    except DecompressionError as error:
        raise InvalidCompressedData(SNAPPY, error) from None
    if count != len(room):
        raise InvalidCompressedData(SNAPPY, "its length field is not true")
