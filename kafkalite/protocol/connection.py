"""The server's side of one client connection, without any I/O.

The shell around it does three things: it reads from the socket into ``get_buffer()`` and reports with
``received(count)``; after every call it writes what ``take_outgoing()`` returns; it stops reading while ``is_muted``
and closes once ``failure`` is set and everything was written.

One request is in flight at a time: while a reply is pending, the frames behind it wait, and once there are any, nothing
more is read. That is what keeps replies in the order of their requests. Until then reading goes on: it is how the end
of a client that waits is noticed. Frames also wait while more is to be written than a client may leave unread.

Source: SocketServer.Processor (a channel is muted from the receipt of a request until its response was sent).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kafkalite.model.limits import SMALL_REPLIES_BYTES
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.primitives import FrameWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.protocol.framing import FrameReceiver

    Buffer = bytes | bytearray | memoryview
    Reply = FrameWriter | ProtocolViolation | None
    """A whole encoded frame, the reason to close, or None where the request has no reply."""


class PendingReply(Protocol):
    """A reply that comes later."""

    def then(self, callback: Callable[[Reply], None]) -> None:
        """Call ``callback(reply)`` once, as soon as it is known; at once where it is known already."""

    def abandon(self) -> None:
        """Nobody waits for the reply any more."""


class LastReply(ProtocolViolation):
    """The connection ends, and what is told before that; ``reply`` is a whole frame, or None for nothing."""

    def __init__(self, reason: str, reply: FrameWriter | None) -> None:
        super().__init__(reason)
        self.reply = reply


class Connection:
    """Frames in, replies out.

    Args:
        receiver: cuts the stream into frames.
        handle: answers one frame, which it may keep only while it runs.
        on_output: called when a pending reply arrived, so that the shell writes without having read.

    Attributes:
        failure: why the connection must be closed, or None.
        handle: may be replaced at any time: the next frame goes to the new one.
    """

    __slots__ = (
        "_backlog",
        "_is_held",
        "_is_processing",
        "_on_output",
        "_outgoing",
        "_outgoing_bytes",
        "_pending",
        "_receiver",
        "failure",
        "get_buffer",
        "handle",
    )

    def __init__(
        self,
        receiver: FrameReceiver,
        handle: Callable[[memoryview], FrameWriter | PendingReply | None],
        on_output: Callable[[], None],
    ) -> None:
        self._receiver = receiver
        self.handle = handle
        self._on_output = on_output
        self._outgoing: list[Buffer] = []
        self._outgoing_bytes = 0
        self._backlog: list[memoryview] = []
        self._pending: PendingReply | None = None
        self._is_processing = False
        self._is_held = False
        self.failure: ProtocolViolation | None = None
        self.get_buffer = receiver.get_buffer

    def accept_frames(self, max_frame_bytes: int) -> None:
        """Take frames of at most so many bytes, without their length prefix, from now on."""
        self._receiver.max_frame_bytes = max_frame_bytes

    @property
    def is_muted(self) -> bool:
        """Whether the shell must not read: frames wait, the client does not read, or the connection failed."""
        return self._is_held or bool(self._backlog) or self.failure is not None

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered and no frame is under way."""
        return self._pending is None and not self._backlog and not self._receiver.is_mid_frame

    def received(self, count: int) -> None:
        """Take ``count`` bytes that were read into the last ``get_buffer()``; answers what became complete."""
        try:
            frames = self._receiver.received(count)
        except ProtocolViolation as violation:
            self._fail(violation)
            return
        if self._pending is not None or self.is_muted:
            self._backlog.extend(memoryview(bytearray(frame)) for frame in frames)
        elif frames:
            self._process(frames)

    def take_outgoing(self) -> list[Buffer]:
        """Return what is to be written, in order, and forget it; empty when there is nothing.

        To be called until it is empty: once something was written, frames that waited for that are answered.
        """
        if not self._outgoing and self._backlog and not self._is_processing:
            self._resume()
        outgoing = self._outgoing
        if outgoing:
            self._outgoing = []
            self._outgoing_bytes = 0
        return outgoing

    def hold(self) -> None:
        """Answer no further frame until ``release``: the client does not read its replies."""
        self._is_held = True

    def release(self) -> None:
        """Go on after ``hold``."""
        self._is_held = False
        self._resume()

    def close(self) -> None:
        """The socket is gone: drop what waits."""
        pending, self._pending = self._pending, None
        self._backlog.clear()
        self._outgoing = []
        if self.failure is None:
            self.failure = ProtocolViolation("closed")
        if pending is not None:
            pending.abandon()

    def _process(self, frames: list[memoryview]) -> None:
        self._is_processing = True
        try:
            for index, frame in enumerate(frames):
                reply = self.handle(frame)
                if reply is None:
                    continue
                if type(reply) is FrameWriter:
                    self._send(reply)
                else:
                    self._pending = reply  # type: ignore[assignment]  # the exact type above leaves only this
                    reply.then(self._completed)  # type: ignore[union-attr]
                if self._pending is not None or self._outgoing_bytes >= SMALL_REPLIES_BYTES:
                    self._backlog = [memoryview(bytearray(rest)) for rest in frames[index + 1 :]]
                    return
                if self.failure is not None:
                    return
        except ProtocolViolation as violation:
            self._fail(violation)
        finally:
            self._is_processing = False

    def _send(self, reply: FrameWriter) -> None:
        if reply.attachments:
            self._outgoing.extend(reply.buffers())
            self._outgoing_bytes += reply.size()
        else:
            self._outgoing.append(reply)
            self._outgoing_bytes += len(reply)

    def _completed(self, reply: Reply) -> None:
        if self.failure is not None:
            return
        self._pending = None
        if isinstance(reply, ProtocolViolation):
            self._fail(reply)
        elif reply is not None:
            self._send(reply)
        if not self._is_processing:
            self._resume()
            self._on_output()

    def _resume(self) -> None:
        if self._backlog and not self._is_held and self._pending is None and self.failure is None:
            backlog, self._backlog = self._backlog, []
            self._process(backlog)

    def _fail(self, violation: ProtocolViolation) -> None:
        if self.failure is None:
            self.failure = violation
            self._backlog.clear()
            if isinstance(violation, LastReply) and violation.reply is not None:
                self._send(violation.reply)
