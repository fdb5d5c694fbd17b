"""Codecs in sliced work: what is done at once, what becomes a call for a thread, and what such a call keeps."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.model.limits import (
    DECOMPRESSED_BATCH_MAX_BYTES,
    INLINE_COMPRESSED_MAX_BYTES,
    INLINE_DECOMPRESSED_MAX_BYTES,
)
from kafkalite.records.codec_steps import CodecCall, Steps, compress_steps, decompress_steps, finish
from kafkalite.records.codecs import GZIP, LZ4, SNAPPY, ZSTD, DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.compression import compress

CODECS = (GZIP, SNAPPY, LZ4, ZSTD)


def calls_of(steps: Steps[Any]) -> tuple[list[CodecCall], Any]:
    calls = []
    while True:
        try:
            call = next(steps)
        except StopIteration as end:
            return calls, end.value
        assert call is not None
        call.run()
        calls.append(call)


@pytest.mark.parametrize("codec", CODECS)
def test_small_data_need_no_call(codec: int) -> None:
    data = bytes(INLINE_DECOMPRESSED_MAX_BYTES)
    assert calls_of(decompress_steps(codec, compress(codec, data))) == ([], data)
    assert calls_of(compress_steps(codec, b"data", None))[0] == []


@pytest.mark.parametrize("codec", CODECS)
def test_large_data_are_a_call(codec: int) -> None:
    data = bytes(INLINE_DECOMPRESSED_MAX_BYTES + 1)
    packed = compress(codec, data)
    [call], opened = calls_of(decompress_steps(codec, packed))
    assert opened == data and call.size_bytes == len(data)
    assert len(packed) < INLINE_COMPRESSED_MAX_BYTES
    [call], packed_again = calls_of(compress_steps(codec, data, None))
    assert packed_again == packed and call.size_bytes == len(packed)


def test_what_a_call_raises_comes_out_where_its_result_is_asked_for() -> None:
    bad = compress(GZIP, bytes(INLINE_DECOMPRESSED_MAX_BYTES + 1))[:-1]
    steps = decompress_steps(GZIP, bad)
    call = next(steps)
    assert call is not None
    call.run()
    with pytest.raises(InvalidCompressedData):
        next(steps)
    assert call.size_bytes == 0

    class PanicError(BaseException):
        """What a library in another language raises."""

    def panic() -> bytes:
        raise PanicError

    panicked = CodecCall(panic)
    panicked.run()
    with pytest.raises(PanicError):
        panicked.result()


def test_a_bomb_is_refused_at_the_bound() -> None:
    packed = compress(ZSTD, bytes(DECOMPRESSED_BATCH_MAX_BYTES + 1))
    with pytest.raises(DecompressedTooLarge, match=str(DECOMPRESSED_BATCH_MAX_BYTES)):
        finish(decompress_steps(ZSTD, packed))
