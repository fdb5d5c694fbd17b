"""Cuts a byte stream into length-prefixed frames, without doing any I/O.

The receiver lends the buffer that the socket reads into. While no frame is under way that is one buffer shared by all
connections of a listener, so ten thousand idle connections own nothing; a frame that did not arrive whole moves into
a buffer of its own, which is then filled exactly to the frame's end and handed over, never recycled.

Source: NetworkReceive (size prefix, ``socket.request.max.bytes``).
"""

from __future__ import annotations

from struct import Struct

from kafkalite.model.limits import FRAME_FIRST_ALLOCATION_BYTES, FRAME_TRUSTED_ALLOCATION_BYTES
from kafkalite.protocol.api_error import ProtocolViolation

_LENGTH = Struct(">i")
_LENGTH_BYTES = 4
_read_length = _LENGTH.unpack_from


class FrameSizeViolation(ProtocolViolation):
    """The length prefix is negative or over the limit: the bytes before it cannot be trusted either.

    Args:
        length: the prefix as a signed number, in bytes.
        first_bytes: what stood at the frame's start, at most 16 bytes, prefix included, to guess what was meant.
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
    """

    __slots__ = ("_filled", "_frame_bytes", "_own", "_own_view", "_shared_view", "max_frame_bytes")

    def __init__(self, shared: bytearray, max_frame_bytes: int) -> None:
        self._shared_view = memoryview(shared)
        self.max_frame_bytes = max_frame_bytes
        self._own: bytearray | None = None
        self._own_view: memoryview | None = None
        self._filled = 0
        self._frame_bytes = 0

    @property
    def is_mid_frame(self) -> bool:
        """Whether bytes of an unfinished frame are held."""
        return self._own is not None

    def get_buffer(self) -> memoryview:
        """Return where the next bytes go; never empty."""
        if self._own_view is None:
            return self._shared_view
        return self._own_view[self._filled :]

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
        if self._filled < len(self._own):
            return []
        return self._own_buffer_full()

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
            self._keep(view[position:end])
        return frames

    def _keep(self, rest: memoryview) -> None:
        """Move the start of an unfinished frame out of the shared buffer."""
        if len(rest) < _LENGTH_BYTES:
            self._frame_bytes = 0
            own = bytearray(_LENGTH_BYTES)
        else:
            self._frame_bytes = _LENGTH_BYTES + _read_length(rest, 0)[0]
            own = bytearray(self._next_size(len(rest)))
        own[: len(rest)] = rest
        self._own = own
        self._own_view = memoryview(own)
        self._filled = len(rest)

    def _own_buffer_full(self) -> list[memoryview]:
        assert self._own is not None and self._own_view is not None
        if self._frame_bytes == 0:  # only the length prefix was awaited, and it is here
            (length,) = _read_length(self._own, 0)
            if not 0 <= length <= self.max_frame_bytes:
                raise FrameSizeViolation(length, bytes(self._own))
            self._frame_bytes = _LENGTH_BYTES + length
        if len(self._own) < self._frame_bytes:
            self._grow()
            return []
        frame = self._own_view[_LENGTH_BYTES : self._frame_bytes]
        self._own = self._own_view = None
        return [frame]

    def _next_size(self, received_bytes: int) -> int:
        """Return the size of the next buffer: memory follows the bytes that really came, not what the prefix claims."""
        if received_bytes < FRAME_FIRST_ALLOCATION_BYTES:
            return min(self._frame_bytes, FRAME_FIRST_ALLOCATION_BYTES)
        return min(self._frame_bytes, max(FRAME_TRUSTED_ALLOCATION_BYTES, 2 * received_bytes))

    def _grow(self) -> None:
        assert self._own is not None
        grown = bytearray(self._next_size(self._filled))
        grown[: self._filled] = self._own
        self._own = grown
        self._own_view = memoryview(grown)
