"""The codecs' names and numbers, and their errors."""

from __future__ import annotations

from kafkalite.records.codecs import CODEC_NAMES, ZSTD, DecompressedTooLarge, InvalidCompressedData, UnknownCodec


def test_names_stand_at_their_numbers() -> None:
    assert CODEC_NAMES == ("uncompressed", "gzip", "snappy", "lz4", "zstd")


def test_errors_say_what_was_wrong() -> None:
    assert "zstd" in str(InvalidCompressedData(ZSTD, "bad magic")) and "bad magic" in str(
        InvalidCompressedData(ZSTD, "bad magic")
    )
    assert "77" in str(DecompressedTooLarge(ZSTD, 77))
    assert "6" in str(UnknownCodec(6))
