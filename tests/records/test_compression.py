"""The codecs: round trips, Java's bytes, bounds on what comes out, and damage."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import INVALID_RECORD, MESSAGE_TOO_LARGE, UNSUPPORTED_COMPRESSION_TYPE
from kafkalite.records.compression import (
    GZIP,
    LZ4,
    NONE,
    SNAPPY,
    ZSTD,
    DecompressedTooLarge,
    InvalidCompressedData,
    compress,
    decompress,
)

CODECS = (GZIP, SNAPPY, LZ4, ZSTD)
DATA = st.binary(max_size=300) | st.builds(
    lambda piece, count: piece * count, st.binary(max_size=9), st.integers(0, 30_000)
)


@settings(max_examples=60)
@given(DATA, st.sampled_from((NONE, *CODECS)), st.sampled_from((bytes, bytearray, memoryview)))
def test_round_trip(data: bytes, codec: int, kind: type) -> None:
    packed = compress(codec, kind(data))
    assert decompress(codec, kind(packed), max_bytes=len(data)) == data


@pytest.mark.parametrize(
    ("codec", "levels"), [(GZIP, (-1, 1, 6, 9)), (LZ4, (1, 3, 9, 12, 17)), (ZSTD, (-131072, -1, 0, 1, 3, 19, 22))]
)
def test_every_level_kafka_allows(codec: int, levels: tuple[int, ...]) -> None:
    data = b"".join(b"%d" % number for number in range(30_000))
    sizes = [len(compress(codec, data, level)) for level in levels]
    for level in levels:
        assert decompress(codec, compress(codec, data, level), max_bytes=1 << 20) == data
    assert len(set(sizes)) > 1


@pytest.mark.parametrize("codec", CODECS)
def test_bombs_are_refused_within_bounded_memory(codec: int) -> None:
    bomb = compress(codec, bytes(64 << 20))
    tracemalloc.start()
    with pytest.raises(DecompressedTooLarge) as caught:
        decompress(codec, bomb, max_bytes=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.error_code == MESSAGE_TOO_LARGE
    assert peak < 4 << 20


@pytest.mark.parametrize("codec", (NONE, *CODECS))
def test_the_bound_is_exact(codec: int) -> None:
    data = b"ab" * 5000
    packed = compress(codec, data)
    assert decompress(codec, packed, max_bytes=len(data)) == data
    with pytest.raises(DecompressedTooLarge):
        decompress(codec, packed, max_bytes=len(data) - 1)


@pytest.mark.parametrize("codec", CODECS)
def test_cut_off_anywhere(codec: int) -> None:
    packed = compress(codec, b"some words, some words again, and some more words" * 3)
    for size in range(len(packed)):
        if codec == SNAPPY and 16 <= size < 20:
            continue  # a stream without blocks, and what is no length of one
        with pytest.raises(InvalidCompressedData) as caught:
            decompress(codec, packed[:size], max_bytes=1 << 20)
        assert caught.value.error_code == INVALID_RECORD


@pytest.mark.parametrize("codec", CODECS)
def test_damaged_anywhere(codec: int) -> None:
    packed = bytearray(compress(codec, b"some words, some words again, and some more words" * 3))
    for position in range(len(packed)):
        for flip in (0x01, 0x80, 0xFF):
            packed[position] ^= flip
            try:
                assert len(decompress(codec, packed, max_bytes=4096)) <= 4096
            except ApiError:
                pass
            packed[position] ^= flip


@settings(max_examples=300)
@given(st.binary(max_size=80), st.sampled_from(CODECS), st.integers(0, 1000), st.booleans())
def test_random_bytes_raise_api_errors_only(data: bytes, codec: int, max_bytes: int, is_magic_zero: bool) -> None:
    heads = {
        GZIP: b"\x1f\x8b\x08\0",
        SNAPPY: b"\x82SNAPPY\0" + bytes(8),
        LZ4: b"\x04\x22\x4d\x18",
        ZSTD: b"\x28\xb5\x2f\xfd",
    }
    for candidate in (data, heads[codec] + data):
        try:
            assert len(decompress(codec, candidate, max_bytes=max_bytes, is_magic_zero=is_magic_zero)) <= max_bytes
        except ApiError:
            pass


@pytest.mark.parametrize("codec", [5, 6, 7])
def test_codecs_that_do_not_exist(codec: int) -> None:
    for call in (lambda: compress(codec, b"x"), lambda: decompress(codec, b"x", max_bytes=9)):
        with pytest.raises(ApiError) as caught:
            call()
        assert caught.value.error_code == UNSUPPORTED_COMPRESSION_TYPE


def test_gzip_members_in_a_row_and_what_follows_them() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    assert decompress(GZIP, packed, max_bytes=7) == b"one two"
    assert decompress(GZIP, packed + b"rubbish", max_bytes=7) == b"one two"
    with pytest.raises(DecompressedTooLarge):
        decompress(GZIP, packed, max_bytes=6)
    assert decompress(GZIP, gzip.compress(b"") * 1000 + packed, max_bytes=7) == b"one two"
    for damaged_header in (packed[:2], packed[:9], b"\x1f\x8b\x09" + packed[3:]):
        assert decompress(GZIP, packed + damaged_header, max_bytes=7) == b"one two"
    for damaged_data in (packed[:12], packed[:10] + b"\xff" * 20):
        with pytest.raises(InvalidCompressedData):
            decompress(GZIP, packed + damaged_data, max_bytes=70)
