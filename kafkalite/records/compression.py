"""The four codecs of record batches, with a bound on the decompressed bytes.

The codec library is imported with the first batch that must be decompressed or compressed: batches normally pass
through the server unchanged. Sizes are bounded before memory is allocated: the frame headers of lz4, zstd and snappy
contain the maximum size of their output, and gzip is inflated only up to the bound.

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
    from kafkalite.model.buffers import Buffer

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


def compress(codec: int, data: Buffer, level: int | None = None, *, is_magic_zero: bool = False) -> bytes:
    """Compress the records of one batch.

    Args:
        codec: NONE, GZIP, SNAPPY, LZ4 or ZSTD.
        level: the codec's level; None is Kafka's default for it. Snappy has none.
        is_magic_zero: write the lz4 header checksum that message sets of magic 0 carry.

    Raises:
        UnknownCodec: the codec is unknown.
    """
    if codec == NONE:
        return bytes(data)
    if codec == GZIP:
        from kafkalite.records.gzip import compress_gzip

        return compress_gzip(data, level)
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


def decompress(codec: int, data: Buffer, *, max_bytes: int, is_magic_zero: bool = False) -> bytes | memoryview:
    """Decompress the records of one batch; in any thread, mostly without holding the interpreter.

    Args:
        max_bytes: the limit of the decompressed bytes.
        is_magic_zero: ignore the lz4 header checksum, which writers of magic 0 computed over the wrong bytes.

    Raises:
        InvalidCompressedData: the data are damaged.
        DecompressedTooLarge: the result is larger than allowed.
        UnknownCodec: the codec is unknown.
    """
    if codec == NONE:
        if len(data) > max_bytes:
            raise DecompressedTooLarge(codec, max_bytes)
        return bytes(data)
    if codec == GZIP:
        from kafkalite.records.gzip import decompress_gzip

        return decompress_gzip(memoryview(data), max_bytes)
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
