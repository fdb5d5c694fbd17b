"""lz4 frames as Kafka writes and reads them.

Kafka's reader supports independent blocks only; frames with linked blocks are refused here too, since no Java consumer
could read them. Clients before Kafka 0.10 computed the header checksum over the wrong bytes, and message sets of magic
0 still do (KAFKA-3160).

Source: Kafka's Lz4BlockInputStream and Lz4BlockOutputStream; the lz4 frame format; xxHash.
"""

from __future__ import annotations

from struct import Struct

from kafkalite.records.codecs import LZ4, DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.opened_room import make_room

_UINT32 = Struct("<I")
_MAGIC = b"\x04\x22\x4d\x18"
_HEADER = _MAGIC + b"\x60\x40\x82"
"""Version 1, independent blocks of 64 KiB, no checksums."""
_BLOCK_BYTES = 64 * 1024
_STORED = 0x80000000
_END_MARK = b"\0\0\0\0"
_FAST_LEVEL = 9
"""The level below which Kafka uses the fast compressor instead of the thorough one (KIP-390)."""


def compress_lz4(view: memoryview, level: int | None, is_magic_zero: bool) -> bytes:
    """Compress `view` to one frame; `level` None is Kafka's default, its fast compressor."""
    if level is None or level == _FAST_LEVEL:
        frame = _compress_fast(view)
    else:
        frame = _compress_thoroughly(view, level)
    if is_magic_zero:
        frame = frame[:6] + bytes((_descriptor_checksum(frame[:6]),)) + frame[7:]
    return frame


def _compress_fast(view: memoryview) -> bytes:
    from cramjam import lz4

    parts = [_HEADER]
    for position in range(0, len(view), _BLOCK_BYTES):
        block = view[position : position + _BLOCK_BYTES]
        packed = bytes(lz4.compress_block(block, store_size=False))
        if len(packed) < len(block):
            parts.append(_UINT32.pack(len(packed)))
            parts.append(packed)
        else:
            parts.append(_UINT32.pack(len(block) | _STORED))
            parts.append(bytes(block))
    parts.append(_END_MARK)
    return b"".join(parts)


def _compress_thoroughly(view: memoryview, level: int) -> bytes:
    from cramjam import lz4

    compressor = lz4.Compressor(level=level, content_checksum=False, block_linked=False)
    compressor.compress(bytes(view))
    return bytes(compressor.finish())


def decompress_lz4(data: memoryview, max_bytes: int, is_magic_zero: bool) -> memoryview:
    """Decompress the frame at the start of `data`; later bytes are ignored, as in Kafka.

    Raises:
        InvalidCompressedData: the data are damaged.
        DecompressedTooLarge: the result is larger than allowed.
    """
    from cramjam import DecompressionError, lz4

    frame_end, bound = _measure(data)
    frame: memoryview | bytearray = data[:frame_end]
    if is_magic_zero:
        frame = _with_true_checksum(data[:frame_end])
    out = make_room(min(bound, max_bytes))
    try:
        count = lz4.decompress_into(frame, out)
    except DecompressionError as error:
        if bound > max_bytes and "whole buffer" in str(error):
            raise DecompressedTooLarge(LZ4, max_bytes) from None
        raise InvalidCompressedData(LZ4, error) from None
    return out[:count]


def _measure(data: memoryview) -> tuple[int, int]:
    """Walk the block headers of a frame.

    Returns: the position of the frame's end in `data`, and the highest size of its output in bytes.

    Raises:
        InvalidCompressedData: the frame has linked blocks, reserved bits or no end mark, which Kafka refuses too.
    """
    if len(data) < 7 or data[:4] != _MAGIC:
        raise InvalidCompressedData(LZ4, "no frame begins here")
    flags, block_descriptor = data[4], data[5]
    if flags >> 6 != 1 or flags & 0x03 or block_descriptor & 0x8F or block_descriptor < 0x40:
        raise InvalidCompressedData(LZ4, "unknown kind of frame")
    if not flags & 0x20:
        raise InvalidCompressedData(LZ4, "its blocks depend on each other, which Kafka does not allow")
    block_max_bytes = 1 << (2 * (block_descriptor >> 4) + 8)
    position = 15 if flags & 0x08 else 7
    checksum_size = 4 if flags & 0x10 else 0
    bound = 0
    while position + 4 <= len(data):
        size = _UINT32.unpack_from(data, position)[0]
        position += 4
        if size == 0:
            return position + (4 if flags & 0x04 else 0), bound
        if size & _STORED:
            size &= 0x7FFFFFFF
            bound += size
        else:
            bound += min(block_max_bytes, 255 * size)
        if size > block_max_bytes:
            raise InvalidCompressedData(LZ4, "a block is larger than its frame allows")
        position += size + checksum_size
    raise InvalidCompressedData(LZ4, "it ends early")


def _with_true_checksum(frame: memoryview) -> bytearray:
    copy = bytearray(frame)
    checksum_position = 14 if copy[4] & 0x08 else 6
    copy[checksum_position] = _descriptor_checksum(bytes(copy[4:checksum_position]))
    return copy


def _descriptor_checksum(descriptor: bytes) -> int:
    """Return the checksum byte of a frame descriptor: the second byte of its xxHash32."""
    from xxhash import xxh32_intdigest

    return xxh32_intdigest(descriptor) >> 8 & 0xFF
