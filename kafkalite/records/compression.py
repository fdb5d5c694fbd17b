"""The four codecs of record batches, with a bound on what decompressing may produce.

The codec library is imported when the first compressed batch must be opened or made: batches normally pass through
the server as they are. Sizes are bounded before memory is taken: the frame headers of lz4, zstd and snappy say how much
can come out of them at most, and gzip is inflated up to the bound and no further.

Source: Kafka's `org.apache.kafka.common.compress` classes; KIP-110 (zstd), KIP-390 (levels).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.records.codecs import (
    GZIP,
    LZ4,
    NONE,
    SNAPPY,
    ZSTD,
    DecompressedTooLarge,
    InvalidCompressedData,
    UnknownCodec,
)

if TYPE_CHECKING:
    Buffer = bytes | bytearray | memoryview

__all__ = [
    "GZIP",
    "LZ4",
    "NONE",
    "SNAPPY",
    "ZSTD",
    "DecompressedTooLarge",
    "InvalidCompressedData",
    "UnknownCodec",
    "compress",
    "decompress",
]

_GZIP_MAX_MEMBERS = 64
"""Nobody writes more than one; each one costs a copy of what follows it."""


def compress(codec: int, data: Buffer, level: int | None = None, *, is_magic_zero: bool = False) -> bytes:
    """Compress the records of one batch.

    Args:
        codec: NONE, GZIP, SNAPPY, LZ4 or ZSTD.
        level: the codec's level; None is Kafka's default for it. Snappy has none.
        is_magic_zero: write the lz4 header checksum that message sets of magic 0 carry.
    Errors: UnknownCodec.
    """
    if codec == NONE:
        return bytes(data)
    if codec == GZIP:
        return _compress_gzip(data, -1 if level is None else level)
    if codec == SNAPPY:
        from kafkalite.records.snappy import compress_snappy

        return compress_snappy(memoryview(data))
    if codec == LZ4:
        from kafkalite.records.lz4 import compress_lz4

        return compress_lz4(memoryview(data), level, is_magic_zero)
    if codec == ZSTD:
        from kafkalite.records.zstd import compress_zstd

        return compress_zstd(memoryview(data), level)
    raise UnknownCodec(codec)


def decompress(codec: int, data: Buffer, *, max_bytes: int, is_magic_zero: bool = False) -> bytes:
    """Open the records of one batch.

    Args:
        max_bytes: how much may come out.
        is_magic_zero: ignore the lz4 header checksum, which writers of magic 0 computed over the wrong bytes.
    Errors: InvalidCompressedData, DecompressedTooLarge, UnknownCodec.
    """
    if codec == NONE:
        if len(data) > max_bytes:
            raise DecompressedTooLarge(codec, max_bytes)
        return bytes(data)
    if codec == GZIP:
        return _decompress_gzip(data, max_bytes)
    if codec == SNAPPY:
        from kafkalite.records.snappy import decompress_snappy

        return decompress_snappy(memoryview(data), max_bytes)
    if codec == LZ4:
        from kafkalite.records.lz4 import decompress_lz4

        return decompress_lz4(memoryview(data), max_bytes, is_magic_zero)
    if codec == ZSTD:
        from kafkalite.records.zstd import decompress_zstd

        return decompress_zstd(memoryview(data), max_bytes)
    raise UnknownCodec(codec)


def _compress_gzip(data: Buffer, level: int) -> bytes:
    import zlib

    compressor = zlib.compressobj(level, zlib.DEFLATED, 31)
    return compressor.compress(data) + compressor.flush()


def _decompress_gzip(data: Buffer, max_bytes: int) -> bytes:
    """Inflate all members; what follows them without being a member is ignored, as Java's GZIPInputStream does."""
    import zlib

    parts: list[bytes] = []
    left = max_bytes
    rest: Buffer = data
    while len(parts) < _GZIP_MAX_MEMBERS:
        inflater = zlib.decompressobj(31)
        try:
            part = inflater.decompress(rest, left + 1)
        except zlib.error as error:
            raise InvalidCompressedData(GZIP, error) from None
        if len(part) > left:
            raise DecompressedTooLarge(GZIP, max_bytes)
        if not inflater.eof:
            raise InvalidCompressedData(GZIP, "it ends early")
        parts.append(part)
        left -= len(part)
        rest = inflater.unused_data
        if rest[:2] != b"\x1f\x8b":
            return parts[0] if len(parts) == 1 else b"".join(parts)
    raise InvalidCompressedData(GZIP, "it has too many members")
