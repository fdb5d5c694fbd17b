"""Compression and decompression as parts of sliced work: small data at once, large data by a call worth a thread.

Source: Kafka does both in the thread of the request; here there is one thread for all requests.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar

from kafkalite.model.limits import (
    DECOMPRESSED_BATCH_MAX_BYTES,
    INLINE_COMPRESSED_MAX_BYTES,
    INLINE_DECOMPRESSED_MAX_BYTES,
)
from kafkalite.records.codecs import DecompressedTooLarge
from kafkalite.records.compression import compress, decompress

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.model.buffers import Buffer


T = TypeVar("T")


class CodecCall:
    """One call of a codec, whose C code releases the interpreter; `run` may be called in any thread, once.

    Attributes:
        size_bytes: the size of the result in memory, 0 before the end of the call.
    """

    __slots__ = ("_call", "_failure", "_result", "size_bytes")

    def __init__(self, call: Callable[[], Buffer]) -> None:
        self._call = call
        self._failure: BaseException | None = None
        self._result: Buffer = b""
        self.size_bytes = 0

    def run(self) -> None:
        """Make the call; its error is stored for `result`."""
        try:
            self._result = self._call()
            self.size_bytes = len(self._result)
        except BaseException as failure:  # a panic of the codec library is no Exception
            self._failure = failure

    def result(self) -> Buffer:
        """Return the result of the call, or raise its error."""
        if self._failure is not None:
            raise self._failure
        return self._result


Steps = Generator[CodecCall | None, None, T]
"""Work that may be interrupted at each None, and continues after a `CodecCall` only when that was run."""


def decompress_steps(
    codec: int, data: Buffer, *, max_bytes: int = DECOMPRESSED_BATCH_MAX_BYTES, is_magic_zero: bool = False
) -> Steps[Buffer]:
    """Decompress the records of one batch, as `compression.decompress`, with its errors."""
    if len(data) <= INLINE_COMPRESSED_MAX_BYTES:
        inline_bytes = min(max_bytes, INLINE_DECOMPRESSED_MAX_BYTES)
        try:
            return decompress(codec, data, max_bytes=inline_bytes, is_magic_zero=is_magic_zero)
        except DecompressedTooLarge:
            if max_bytes <= inline_bytes:
                raise
    call = CodecCall(lambda: decompress(codec, data, max_bytes=max_bytes, is_magic_zero=is_magic_zero))
    yield call
    return call.result()


def compress_steps(codec: int, data: Buffer, level: int | None, *, is_magic_zero: bool = False) -> Steps[Buffer]:
    """Compress the records of one batch, as `compression.compress`."""
    if len(data) <= INLINE_COMPRESSED_MAX_BYTES:
        return compress(codec, data, level, is_magic_zero=is_magic_zero)
    call = CodecCall(lambda: compress(codec, data, level, is_magic_zero=is_magic_zero))
    yield call
    return call.result()


def finish(steps: Steps[T]) -> T:
    """Run all steps at once and return their result, or raise their error."""
    while True:
        try:
            call = next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
        if call is not None:
            call.run()
