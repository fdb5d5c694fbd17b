"""lz4 frames: Kafka's own kind, other kinds of frames, and the old header checksum."""

from __future__ import annotations

from typing import Any

import cramjam
import pytest

from kafkalite.records.codecs import InvalidCompressedData
from kafkalite.records.lz4 import compress_lz4, decompress_lz4
from tests.records.oracles import GOLDEN

DATA = bytes(range(256)) * 1000


def test_the_header_is_java_s() -> None:
    java_new = GOLDEN["m2_lz4"][61:68]
    java_old = GOLDEN["m0_lz4"][26:33]
    assert compress_lz4(memoryview(b"x"), None, False)[:7] == java_new
    assert compress_lz4(memoryview(b"x"), None, True)[:7] == java_old


@pytest.mark.parametrize("level", [None, 1, 9, 12])
def test_other_readers_open_it(level: int | None) -> None:
    assert bytes(cramjam.lz4.decompress(compress_lz4(memoryview(DATA), level, False))) == DATA
    assert bytes(cramjam.lz4.decompress(compress_lz4(memoryview(b""), level, False))) == b""


def test_incompressible_blocks_are_stored() -> None:
    noise = bytes((number * number * 31 + number // 7) % 251 for number in range(300))
    packed = compress_lz4(memoryview(noise), None, False)
    assert len(packed) <= len(noise) + 15
    assert decompress_lz4(memoryview(packed), 300, False) == noise


def frame(**options: Any) -> bytes:
    compressor = cramjam.lz4.Compressor(**options)
    compressor.compress(DATA)
    return bytes(compressor.finish())


@pytest.mark.parametrize("content_checksum", [False, True])
def test_frames_with_checksums(content_checksum: bool) -> None:
    packed = bytearray(frame(block_linked=False, content_checksum=content_checksum))
    assert decompress_lz4(memoryview(packed), len(DATA), False) == DATA
    packed[30] ^= 1
    with pytest.raises(InvalidCompressedData):
        decompress_lz4(memoryview(packed), len(DATA), False)


def test_what_follows_the_frame_is_ignored() -> None:
    packed = compress_lz4(memoryview(DATA), None, False)
    assert decompress_lz4(memoryview(packed + b"rubbish"), len(DATA), False) == DATA


def test_linked_blocks_are_refused_as_kafka_refuses_them() -> None:
    with pytest.raises(InvalidCompressedData, match="depend on each other"):
        decompress_lz4(memoryview(frame(block_linked=True)), len(DATA), False)


def test_only_magic_zero_forgives_the_header_checksum() -> None:
    old = compress_lz4(memoryview(DATA), None, True)
    assert decompress_lz4(memoryview(old), len(DATA), True) == DATA
    assert decompress_lz4(memoryview(compress_lz4(memoryview(DATA), None, False)), len(DATA), True) == DATA
    with pytest.raises(InvalidCompressedData):
        decompress_lz4(memoryview(old), len(DATA), False)


@pytest.mark.parametrize(
    "header",
    [b"\x60\x40", b"\x20\x40", b"\xa0\x40", b"\x62\x40", b"\x61\x40", b"\x60\x30", b"\x60\xc0", b"\x60\x41"],
)
def test_unknown_frames(header: bytes) -> None:
    with pytest.raises(InvalidCompressedData):
        decompress_lz4(memoryview(b"\x04\x22\x4d\x18" + header + b"\0" * 20), 100, False)
