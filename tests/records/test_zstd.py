"""zstd frames: with and without a content size, several in a row, and skippable ones."""

from __future__ import annotations

import cramjam
import pytest

from kafkalite.records.codecs import DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.zstd import _measure, compress_zstd, decompress_zstd

DATA = bytes(range(256)) * 1000
RAW_FRAME = b"\x28\xb5\x2f\xfd" + b"\x20\x03" + b"\x19\0\0" + b"abc"
RUN_FRAME = b"\x28\xb5\x2f\xfd" + b"\x00\x58" + b"\x53\x9c\0" + b"z"


def test_frames_other_writers_make() -> None:
    streamed = cramjam.zstd.Compressor()
    streamed.compress(DATA)
    for packed in (bytes(cramjam.zstd.compress(DATA)), bytes(streamed.finish()), compress_zstd(memoryview(DATA), 19)):
        assert decompress_zstd(memoryview(packed), len(DATA)) == DATA
        assert _measure(memoryview(packed)) >= len(DATA)


def test_blocks_stored_and_repeated() -> None:
    assert decompress_zstd(memoryview(RAW_FRAME), 3) == b"abc"
    assert _measure(memoryview(RUN_FRAME)) == 0x9C53 >> 3
    assert decompress_zstd(memoryview(RUN_FRAME), 5002) == b"z" * (0x9C53 >> 3)
    with pytest.raises(DecompressedTooLarge):
        decompress_zstd(memoryview(RUN_FRAME), 5001)


def test_frames_in_a_row_and_skippable_ones() -> None:
    skippable = b"\x53\x2a\x4d\x18" + b"\x04\0\0\0" + b"skip"
    assert decompress_zstd(memoryview(RAW_FRAME + skippable + RAW_FRAME), 6) == b"abcabc"


@pytest.mark.parametrize("data", [b"", b"\0" * 20, RAW_FRAME + b"rubbish", b"\x53\x2a\x4d\x18\xff\xff\xff\xff"])
def test_no_frames(data: bytes) -> None:
    with pytest.raises(InvalidCompressedData):
        decompress_zstd(memoryview(data), 100)
