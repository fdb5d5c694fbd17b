"""gzip members as Java's GZIPInputStream reads them."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest

from kafkalite.records.codecs import DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.gzip import compress_gzip, decompress_gzip

DATA = bytes(range(256)) * 3000
"""More than one part of what zlib returns at a time."""


def opened(data: bytes, max_bytes: int = 1 << 24) -> bytes:
    return bytes(decompress_gzip(memoryview(data), max_bytes))


@pytest.mark.parametrize("level", [None, 1, 9])
def test_round_trip(level: int | None) -> None:
    for data in (b"", b"x", DATA):
        packed = compress_gzip(data, level)
        assert opened(packed) == data == gzip.decompress(packed)


def test_a_header_with_every_field() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("name", "wb", fileobj=out) as file:
        file.write(b"named")
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = body.compress(b"all") + body.flush()
    head = b"\x1f\x8b\x08\x1f" + bytes(6) + b"\x03\x00abc" + b"name\0" + b"comment\0"
    full = head + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + raw
    full += zlib.crc32(b"all").to_bytes(4, "little") + (3).to_bytes(4, "little")
    assert opened(out.getvalue() + full) == b"namedall"


def test_a_size_that_lies_costs_nothing_but_a_move() -> None:
    """The size after the last member is what it says, and zlib checks it: what follows it is what lies."""
    packed = gzip.compress(DATA)
    for lie in (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\1\0\0\0"):
        assert opened(packed + lie) == DATA


@pytest.mark.parametrize("position", [-1, -4, -5, -8])
def test_a_trailer_that_is_not_true(position: int) -> None:
    packed = bytearray(gzip.compress(b"data"))
    packed[position] ^= 1
    with pytest.raises(InvalidCompressedData):
        opened(bytes(packed))


def test_the_bound() -> None:
    packed = gzip.compress(DATA)
    assert opened(packed, len(DATA)) == DATA
    for max_bytes in (0, 1, len(DATA) - 1):
        with pytest.raises(DecompressedTooLarge):
            opened(packed, max_bytes)
