"""Snappy as Kafka's clients write it: a stream of blocks in the format of snappy-java ("xerial"), or one bare block.

Source: SnappyInputStream and SnappyOutputStream of snappy-java; the snappy block format.
"""

from __future__ import annotations

from struct import Struct

from kafkalite.records.codecs import SNAPPY, DecompressedTooLarge, InvalidCompressedData

_INT32 = Struct(">i")
_STREAM_MAGIC = b"\x82SNAPPY\x00"
_STREAM_HEADER = _STREAM_MAGIC + b"\x00\x00\x00\x01\x00\x00\x00\x01"
_BLOCK_BYTES = 32 * 1024
_MAX_RATIO = 22
"""No snappy element yields more than 64 bytes from 3."""


def compress_snappy(view: memoryview) -> bytes:
    """Compress `view` to a block stream, the form every Kafka client can read."""
    from cramjam import snappy

    parts = [_STREAM_HEADER]
    for position in range(0, len(view), _BLOCK_BYTES):
        block = bytes(snappy.compress_raw(view[position : position + _BLOCK_BYTES]))
        parts.append(_INT32.pack(len(block)))
        parts.append(block)
    return b"".join(parts)


def decompress_snappy(data: memoryview, max_bytes: int) -> bytes:
    """Open either form.

    Errors: InvalidCompressedData, DecompressedTooLarge.
    """
    if data[:8] != _STREAM_MAGIC:
        return _decompress_block(data, max_bytes, max_bytes)
    if len(data) < len(_STREAM_HEADER):
        raise InvalidCompressedData(SNAPPY, "it ends early")
    parts = []
    left = max_bytes
    position = len(_STREAM_HEADER)
    while position < len(data):
        if data[position : position + 8] == _STREAM_MAGIC:  # streams may be concatenated
            position += len(_STREAM_HEADER)
            continue
        if position + 4 > len(data):
            raise InvalidCompressedData(SNAPPY, "it ends early")
        end = position + 4 + _INT32.unpack_from(data, position)[0]
        if not position + 4 <= end <= len(data):
            raise InvalidCompressedData(SNAPPY, "a block is longer than the data")
        part = _decompress_block(data[position + 4 : end], left, max_bytes)
        parts.append(part)
        left -= len(part)
        position = end
    return b"".join(parts)


def _decompress_block(data: memoryview, left: int, max_bytes: int) -> bytes:
    from cramjam import DecompressionError, snappy

    if not data:
        raise InvalidCompressedData(SNAPPY, "it is empty")
    try:
        size = snappy.decompress_raw_len(data)
        if size > _MAX_RATIO * len(data):
            raise InvalidCompressedData(SNAPPY, "its length field cannot be true")
        if size > left:
            raise DecompressedTooLarge(SNAPPY, max_bytes)
        out = bytearray(size)
        count = snappy.decompress_raw_into(data, out)
    except DecompressionError as error:
        raise InvalidCompressedData(SNAPPY, error) from None
    if count != size:
        raise InvalidCompressedData(SNAPPY, "its length field is not true")
    return bytes(out)
