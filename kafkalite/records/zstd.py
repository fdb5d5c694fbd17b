"""zstd frames, measured before decompression: their block headers bound the allocated memory.

Source: RFC 8878 (the zstd format); KIP-110, KIP-390.
"""

from __future__ import annotations

from struct import Struct
from struct import error as StructError

from kafkalite.records.codecs import ZSTD, DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.opened_room import make_room

_UINT32 = Struct("<I")
_MAGIC = 0xFD2FB528
_SKIPPABLE_MAGIC = 0x184D2A50
_BLOCK_MAX_BYTES = 128 * 1024
_DEFAULT_LEVEL = 3


def compress_zstd(view: memoryview, level: int | None) -> bytes:
    """Compress `view` to one frame; `level` None is Kafka's default, 3."""
    from cramjam import zstd

    return bytes(zstd.compress(view, level=_DEFAULT_LEVEL if level is None else level))


def decompress_zstd(data: memoryview, max_bytes: int) -> memoryview:
    """Decompress all frames in `data`.

    Raises:
        InvalidCompressedData: the data are damaged.
        DecompressedTooLarge: the result is larger than allowed.
    """
    from cramjam import DecompressionError, zstd

    bound = _measure(data)
    out = make_room(min(bound, max_bytes))
    try:
        count = zstd.decompress_into(data, out)
    except DecompressionError as error:
        if bound > max_bytes and "whole buffer" in str(error):
            raise DecompressedTooLarge(ZSTD, max_bytes) from None
        raise InvalidCompressedData(ZSTD, error) from None
    return out[:count]


def _measure(data: memoryview) -> int:
    """Return the maximum output size of the frames in `data`, in bytes, from their block headers."""
    position = bound = 0
    if not data:
        raise InvalidCompressedData(ZSTD, "it is empty")
    try:
        while position < len(data):
            magic = _UINT32.unpack_from(data, position)[0]
            if magic & 0xFFFFFFF0 == _SKIPPABLE_MAGIC:
                position += 8 + _UINT32.unpack_from(data, position + 4)[0]
            elif magic == _MAGIC:
                position, frame_bound = _measure_frame(data, position + 4)
                bound += frame_bound
            else:
                raise InvalidCompressedData(ZSTD, "no frame begins where one should")
    except (IndexError, StructError):
        raise InvalidCompressedData(ZSTD, "it ends early") from None
    return bound


def _measure_frame(data: memoryview, position: int) -> tuple[int, int]:
    descriptor = data[position]
    is_single_segment = descriptor >> 5 & 1
    content_size_bytes = (is_single_segment, 2, 4, 8)[descriptor >> 6]
    position += 1 + (not is_single_segment) + (0, 1, 2, 4)[descriptor & 3] + content_size_bytes
    bound = 0
    while True:
        block = data[position] | data[position + 1] << 8 | data[position + 2] << 16
        size, kind = block >> 3, block >> 1 & 3
        position += 3 + (1 if kind == 1 else size)
        bound += size if kind < 2 else _BLOCK_MAX_BYTES
        if block & 1:
            return position + (4 if descriptor & 4 else 0), bound
