"""Cuts a byte stream into length-prefixed frames, without doing any I/O.

The receiver lends the buffer that the socket reads into. Between frames that is one buffer shared by all connections of
a listener, so ten thousand idle connections own no memory. A frame that did not arrive whole moves into a separate
buffer, which grows with the received bytes up to the frame's end and is handed over, never recycled.

Source: NetworkReceive (size prefix, ``socket.request.max.bytes``).
"""

from __future__ import annotations

from struct import Struct

from kafkalite.model.limits import (
    FRAME_FIRST_ALLOCATION_BYTES,
    FRAME_TRUST_FACTOR,
    FRAME_TRUSTED_ALLOCATION_BYTES,
    FRAME_UNCOUNTED_MAX_BYTES,
)
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.frame_buffer import FrameBuffer, RequestMemory

_LENGTH = Struct(">i")
_LENGTH_BYTES = 4
_read_length = _LENGTH.unpack_from


class FrameSizeViolation(ProtocolViolation):
    """The length prefix is negative or over the limit: the bytes before it cannot be trusted either.

    Args:
        length: the prefix as a signed number, in bytes.
        first_bytes: of the frame, at most 16, prefix included, to guess the client's protocol.
    """

    def __init__(self, length: int, first_bytes: bytes) -> None:
        super().__init__(f"frame length {length}")
        self.length = length
        self.first_bytes = first_bytes


class FrameReceiver:
    """The receiving half of one connection.

    Call ``get_buffer``, read from the socket into it, then ``received(count)``, in turn. The frames that ``received``
    returns are views: those into the shared buffer are only valid until the next ``get_buffer`` of any connection.

    Args:
        shared: the buffer that all connections of this thread share.
        max_frame_bytes: the longest frame accepted, without its length prefix.
        memory: the budget of frames that do not fit into small buffers.

    Attributes:
        awaits_memory: whether a frame is too large for the memory left; nothing may be received until ``go_on``.
    """

    __slots__ = (
        "_filled",
        "_frame_bytes",
        "_has_claim",
        "_memory",
        "_own",
        "_own_view",
        "_shared",
        "_shared_view",
        "_size",
        "awaits_memory",
        "max_frame_bytes",
    )

    def __init__(self, shared: bytearray, max_frame_bytes: int, memory: RequestMemory | None = None) -> None:
        self._shared = shared
        self._shared_view = memoryview(shared)
        self.max_frame_bytes = max_frame_bytes
        self._memory = memory or _UNLIMITED_MEMORY
        self._own: bytearray | FrameBuffer | None = None
        self._own_view: memoryview | None = None
        self._filled = 0
        self._size = 0
        self._frame_bytes = 0
        self._has_claim = False
        self.awaits_memory = False

    @property
    def is_mid_frame(self) -> bool:
        """Whether bytes of an unfinished frame are held."""
        return self._own is not None

    def get_buffer(self) -> memoryview:
        """Return where the next bytes go; never empty."""
        if self._own_view is None:
            return self._shared_view
        return self._own_view[self._filled : self._size]

    def received(self, count: int) -> list[memoryview]:
        """Take note of ``count`` bytes written at the start of the last ``get_buffer``.

        Returns:
            the frames now complete, each without its length prefix; empty when none is.

        Raises:
            FrameSizeViolation: a length prefix is negative or over the limit.
        """
        if self._own is None:
            return self._cut(self._shared_view, count)
        self._filled += count
        if self._filled < self._size:
            return []
        return self._own_buffer_full()

    def keep(self, frame: memoryview) -> memoryview:
        """Return a frame that may be kept: itself where it has a buffer to itself, else a copy."""
        return frame if frame.obj is not self._shared else memoryview(bytearray(frame))

    def go_on(self) -> bool:
        """Ask again for the memory of the frame under way; return whether receiving may go on."""
        if self.awaits_memory:
            self.awaits_memory = False
            self._grow()
        return not self.awaits_memory

    def close(self) -> None:
        """Let go of the bytes of an unfinished frame; nothing more is received."""
        self._own = self._own_view = None
        self.awaits_memory = False

    def _cut(self, view: memoryview, end: int) -> list[memoryview]:
        frames: list[memoryview] = []
        position = 0
        while end - position >= _LENGTH_BYTES:
            (length,) = _read_length(view, position)
            if not 0 <= length <= self.max_frame_bytes:
                raise FrameSizeViolation(length, bytes(view[position : min(end, position + 16)]))
            frame_end = position + _LENGTH_BYTES + length
            if frame_end > end:
                break
            frames.append(view[position + _LENGTH_BYTES : frame_end])
            position = frame_end
        if position < end:
            self._keep_start(view[position:end])
        return frames

    def _keep_start(self, rest: memoryview) -> None:
        """Move the start of an unfinished frame out of the shared buffer."""
        self._has_claim = False
        if len(rest) < _LENGTH_BYTES:
            self._frame_bytes = 0
            self._move(rest, bytearray(_LENGTH_BYTES))
        else:
            self._frame_bytes = _LENGTH_BYTES + _read_length(rest, 0)[0]
            self._move_on(rest)

    def _own_buffer_full(self) -> list[memoryview]:
        assert self._own is not None and self._own_view is not None
        if self._frame_bytes == 0:  # only the length prefix was awaited, and it is here
            (length,) = _read_length(self._own, 0)
            if not 0 <= length <= self.max_frame_bytes:
                raise FrameSizeViolation(length, bytes(self._own))
            self._frame_bytes = _LENGTH_BYTES + length
        if self._size < self._frame_bytes:
            self._grow()
            return []
        frame = self._own_view[_LENGTH_BYTES : self._frame_bytes]
        self._own = self._own_view = None
        return [frame]

    def _grow(self) -> None:
        assert self._own_view is not None
        self._move_on(self._own_view[: self._filled])

    def _move_on(self, received: memoryview) -> None:
        """Move what came into a buffer as large as that makes credible, or wait for the memory."""
        frame_bytes, received_bytes = self._frame_bytes, len(received)
        if received_bytes < FRAME_FIRST_ALLOCATION_BYTES:
            self._move(received, bytearray(min(frame_bytes, FRAME_FIRST_ALLOCATION_BYTES)))
        elif frame_bytes <= FRAME_UNCOUNTED_MAX_BYTES:
            self._move(received, bytearray(frame_bytes))
        elif self._has_claim or self._memory.take(frame_bytes):
            size_bytes = max(FRAME_TRUSTED_ALLOCATION_BYTES, FRAME_TRUST_FACTOR * received_bytes)
            larger = self._memory.buffer(min(frame_bytes, size_bytes), frame_bytes)
            if isinstance(self._own, FrameBuffer):
                self._own.drop_claim()
            self._has_claim = True
            self._move(received, larger)
        else:
            self._move(received, bytearray(received_bytes))
            self.awaits_memory = True

    def _move(self, received: memoryview, own: bytearray | FrameBuffer) -> None:
        view = memoryview(own)
        # A buffer that was lent may be longer than the frame: what follows the frame goes into the shared one.
        self._size = min(len(own), self._frame_bytes or _LENGTH_BYTES)
        self._filled = len(received)
        view[: self._filled] = received
        self._own = own
        self._own_view = view


_UNLIMITED_MEMORY = RequestMemory()
