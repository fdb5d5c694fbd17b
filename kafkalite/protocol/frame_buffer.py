"""The buffers that large frames arrive in: memory that costs what was written to it, counted against one limit.

A ``bytearray`` is filled with zeros when it is made, so that every byte of it is resident at once; anonymous memory of
the system becomes resident page by page as bytes arrive. A client that announces 100 MB and sends 20 kB costs 20 kB.
Making memory resident costs more than everything else that is done to a megabyte, so a few buffers are used again.

Source: SimpleMemoryPool, ``queued.max.request.bytes`` (KIP-72).
"""

from __future__ import annotations

import mmap
import sys
from typing import TYPE_CHECKING

from kafkalite.model.limits import FRAME_TRUSTED_ALLOCATION_BYTES, SPARE_FRAME_BUFFER_COUNT

if TYPE_CHECKING:
    from collections.abc import Callable

UNLIMITED = -1
_NO_FILE = -1


class RequestMemory:
    """The memory that all connections together may hold in requests that are arriving or being answered.

    As in Kafka a request may begin while anything is left of the limit, and may then take more than is left: a limit
    below the size of one request slows clients down and never stops them.

    Args:
        limit_bytes: the limit; negative for none.
        wake: asked to call ``admit_waiting`` soon: memory was given back and requests wait for it.
    """

    __slots__ = ("_limit_bytes", "_spare", "_waiting", "_wake", "used_bytes")

    def __init__(self, limit_bytes: int = UNLIMITED, wake: Callable[[], object] = lambda: None) -> None:
        self._limit_bytes = limit_bytes
        self._spare = SpareBuffers()
        self._wake = wake
        self._waiting: dict[Callable[[], object], None] = {}
        self.used_bytes = 0

    def take(self, size_bytes: int) -> bool:
        """Count a request of so many bytes and return True, or return False if nothing is left for it."""
        if self._limit_bytes < 0:
            return True
        if self.used_bytes >= self._limit_bytes:
            return False
        self.used_bytes += size_bytes
        return True

    def buffer(self, size_bytes: int, claim_bytes: int) -> FrameBuffer:
        """Return a buffer for a request that was counted with ``claim_bytes``, of at least ``size_bytes``."""
        if self._limit_bytes < 0:  # nothing waits for memory: it may stay with us
            if size_bytes <= FRAME_TRUSTED_ALLOCATION_BYTES:
                return self._spare.lend()
            return FrameBuffer(size_bytes)
        buffer = FrameBuffer(size_bytes)
        buffer.claim(self, claim_bytes)
        return buffer

    def give_back(self, size_bytes: int) -> None:
        """Count a request no more; those that wait are admitted later, not within this call."""
        self.used_bytes -= size_bytes
        if self._waiting:
            self._wake()

    def wait(self, go_on: Callable[[], object]) -> None:
        """Have ``go_on`` called when it is worth to ask again."""
        self._waiting[go_on] = None

    def forget(self, go_on: Callable[[], object]) -> None:
        """Do not call ``go_on`` any more; does nothing if it does not wait."""
        self._waiting.pop(go_on, None)

    def admit_waiting(self) -> bool:
        """Let those that wait ask again, oldest first, while anything is left; return False, as finished work does."""
        while self._waiting and not 0 <= self._limit_bytes <= self.used_bytes:
            go_on = next(iter(self._waiting))
            del self._waiting[go_on]
            go_on()
        return False


class FrameBuffer(mmap.mmap):
    """Anonymous memory for one frame; what it counts for is given back with the last view of it."""

    _memory: RequestMemory | None = None
    _claim_bytes = 0

    def __new__(cls, size_bytes: int) -> FrameBuffer:
        """Return a buffer of so many zeros."""
        if sys.platform == "win32":
            return super().__new__(cls, _NO_FILE, size_bytes)
        # Private: shared memory would be slower, and count as a file in memory.
        return super().__new__(cls, _NO_FILE, size_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)

    def claim(self, memory: RequestMemory, size_bytes: int) -> None:
        """Give ``size_bytes`` back to ``memory`` when the buffer is freed."""
        self._memory = memory
        self._claim_bytes = size_bytes

    def drop_claim(self) -> None:
        """Give nothing back: another buffer counts in place of this one."""
        self._memory = None

    def __del__(self) -> None:
        if self._memory is not None:
            self._memory.give_back(self._claim_bytes)


class SpareBuffers:
    """A few buffers of `FRAME_TRUSTED_ALLOCATION_BYTES` that are lent again once the last view of them is gone."""

    __slots__ = ("_buffers",)

    def __init__(self) -> None:
        self._buffers: list[FrameBuffer] = []

    def lend(self) -> FrameBuffer:
        """Return a buffer that nothing refers to; what it holds is left from earlier."""
        for buffer in self._buffers:
            if sys.getrefcount(buffer) == _UNUSED_REFERENCE_COUNT:
                return buffer
        buffer = FrameBuffer(FRAME_TRUSTED_ALLOCATION_BYTES)
        if len(self._buffers) < SPARE_FRAME_BUFFER_COUNT:
            self._buffers.append(buffer)
        return buffer


_UNUSED_REFERENCE_COUNT = 3
"""References that `SpareBuffers.lend` itself holds: the list, its variable and the argument."""
