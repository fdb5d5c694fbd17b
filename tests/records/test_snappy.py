"""Snappy: block streams and bare blocks."""

from __future__ import annotations

import cramjam
import pytest
from aiokafka.codec import snappy_decode, snappy_encode

from kafkalite.records.codecs import DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.snappy import compress_snappy, decompress_snappy

DATA = bytes(range(256)) * 300
HEADER = b"\x82SNAPPY\0\0\0\0\x01\0\0\0\x01"


def test_streams_of_several_blocks_both_ways() -> None:
    packed = compress_snappy(memoryview(DATA))
    assert packed.startswith(HEADER)
    assert snappy_decode(packed) == DATA
    assert decompress_snappy(memoryview(snappy_encode(DATA)), 1 << 20) == DATA


def test_a_bare_block() -> None:
    assert decompress_snappy(memoryview(bytes(cramjam.snappy.compress_raw(DATA))), len(DATA)) == DATA
    assert decompress_snappy(memoryview(b"\0"), 0) == b""


def test_streams_in_a_row() -> None:
    packed = compress_snappy(memoryview(b"one ")) + compress_snappy(memoryview(b"two"))
    assert decompress_snappy(memoryview(packed), 100) == b"one two"


def test_writers_with_the_wrong_byte_order_in_the_version() -> None:
    packed = HEADER[:8] + b"\x01\0\0\0\x01\0\0\0" + compress_snappy(memoryview(b"words"))[16:]
    assert decompress_snappy(memoryview(packed), 100) == b"words"


def test_length_fields_that_lie() -> None:
    block = bytes(cramjam.snappy.compress_raw(b"words"))
    for data in (b"\xff\xff\xff\xff\x0f" + block[1:], b"\x06" + block[1:], b"\x04" + block[1:]):
        with pytest.raises(InvalidCompressedData):
            decompress_snappy(memoryview(data), 1 << 30)
    with pytest.raises(InvalidCompressedData):
        decompress_snappy(memoryview(HEADER + b"\xff\xff\xff\xff" + block), 100)


def test_the_bound_counts_all_blocks() -> None:
    packed = compress_snappy(memoryview(bytes(40_000)))
    with pytest.raises(DecompressedTooLarge):
        decompress_snappy(memoryview(packed), 39_999)
