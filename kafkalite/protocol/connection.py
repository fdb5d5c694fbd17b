"""The server's side of one client connection, without any I/O.

The shell around it does four things: it reads from the socket into ``get_buffer()`` and reports with
``received(count)``; after every call it writes what ``take_outgoing()`` returns; it stops reading while ``is_muted``
and closes once ``failure`` is set and everything was written; and while ``has_work`` it calls ``proceed()`` once in
each turn of its loop.

One request is in flight at a time: while a reply is pending, the frames that follow wait, and once there are any,
nothing more is read. That keeps replies in the order of their requests. Until then reading goes on: it is how the end
of a client that waits is noticed. Frames also wait while more is to be written than a client may leave unread, and
when the connection has had its share of a turn, so that a client that pipelines holds up itself alone.

Source: SocketServer.Processor (a channel is muted from the receipt of a request until its response was sent).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from kafkalite.model.limits import SLICE_MAX_MS, SLICE_MAX_REQUEST_COUNT, SMALL_REPLIES_BYTES
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.primitives import FrameWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kafkalite.protocol.framing import FrameReceiver

    Reply = FrameWriter | ProtocolViolation | None
    """A whole encoded frame, the reason to close, or None if the request has no reply."""


class PendingReply(Protocol):
    """A reply that comes later."""

    def then(self, callback: Callable[[Reply], None]) -> None:
        """Call ``callback(reply)`` once, as soon as it is known; at once where it is known already."""

    def abandon(self) -> None:
        """Forget the reply: it is not waited for any more."""


class LastReply(ProtocolViolation):
    """The connection ends, after a last reply; ``reply`` is a whole frame, or None for nothing."""

    def __init__(self, reason: str, reply: FrameWriter | None) -> None:
        super().__init__(reason)
        self.reply = reply


class Connection:
    """Frames in, replies out.

    Args:
        receiver: cuts the stream into frames.
        handle: answers one frame, which it may keep only while it runs.
        on_output: called when a pending reply arrived, so that the shell writes without having read.
        monotonic_ms: the clock that ends the connection's share of a turn.

    Attributes:
        failure: why the connection must be closed, or None.
        is_held: whether ``hold`` was called and ``release`` was not.
        handle: may be replaced at any time: the next frame goes to the new one.
    """

    __slots__ = (
        "_backlog",
        "_is_answering",
        "_monotonic_ms",
        "_on_output",
        "_outgoing",
        "_outgoing_bytes",
        "_pending",
        "_receiver",
        "failure",
        "get_buffer",
        "handle",
        "is_held",
    )

    def __init__(
        self,
        receiver: FrameReceiver,
        handle: Callable[[memoryview], FrameWriter | PendingReply | None],
        on_output: Callable[[], None],
        monotonic_ms: Callable[[], int],
    ) -> None:
        self._receiver = receiver
        self.handle = handle
        self._on_output = on_output
        self._monotonic_ms = monotonic_ms
        self._outgoing: list[Any] = []
        self._outgoing_bytes = 0
        self._backlog: deque[memoryview] = deque()
        self._pending: PendingReply | None = None
        self._is_answering = False
        self.is_held = False
        self.failure: ProtocolViolation | None = None
        self.get_buffer = receiver.get_buffer

    def accept_frames(self, max_frame_bytes: int) -> None:
        """Take frames of at most so many bytes, without their length prefix, from now on."""
        self._receiver.max_frame_bytes = max_frame_bytes

    @property
    def is_muted(self) -> bool:
        """Whether the shell must not read: frames wait, the client does not read, memory lacks, or it failed."""
        return self.is_held or bool(self._backlog) or self.failure is not None or self._receiver.awaits_memory

    @property
    def has_work(self) -> bool:
        """Whether frames wait for nothing but their turn."""
        return bool(self._backlog) and self._pending is None and not self.is_held and self.failure is None

    @property
    def is_busy(self) -> bool:
        """Whether the client waits for us: a reply is pending, or a frame waits for its turn."""
        return self._pending is not None or self.has_work

    def received(self, count: int) -> None:
        """Take ``count`` bytes that were read into the last ``get_buffer()``; answers what became complete."""
        try:
            frames = self._receiver.received(count)
        except ProtocolViolation as violation:
            self._fail(violation)
            return
        except (OSError, MemoryError) as problem:
            self._fail(ProtocolViolation(f"there is no memory for its request: {problem}"))
            return
        if self._pending is not None or self.is_muted:
            self._backlog.extend(map(self._receiver.keep, frames))
        elif len(frames) == 1:
            self._answer(frames[0])
        elif frames:
            waiting = deque(frames)
            self._answer_in_turn(waiting)
            if waiting and self.failure is None:
                self._backlog.extend(map(self._receiver.keep, waiting))

    def proceed(self) -> None:
        """Answer frames that wait, for one share of a turn."""
        if self.has_work and not self._is_answering:
            self._answer_in_turn(self._backlog)

    def take_outgoing(self) -> list[Any]:
        """Return what is to be written, in order, and forget it; empty when there is nothing.

        The pieces are bytes-like, or whatever else was attached to a reply and knows its length.
        """
        outgoing = self._outgoing
        if outgoing:
            self._outgoing = []
            self._outgoing_bytes = 0
        return outgoing

    def hold(self) -> None:
        """Answer no further frame until ``release``: the client does not read its replies."""
        self.is_held = True

    def release(self) -> None:
        """Go on after ``hold``, in a later ``proceed``."""
        self.is_held = False

    def close(self) -> None:
        """Drop everything at once: the socket is gone.

        References that lead back to the shell are cut, so that memory is free now and not when cycles are collected.
        """
        pending, self._pending = self._pending, None
        self._backlog.clear()
        self._outgoing = []
        if self.failure is None:
            self.failure = ProtocolViolation("closed")
        self._receiver.close()
        self._on_output = _do_nothing
        self.handle = _refuse_frame
        if pending is not None:
            pending.abandon()

    def _answer_in_turn(self, waiting: deque[memoryview]) -> None:
        """Answer frames, and take them out, until one has to wait or the share of the turn is used up."""
        end_ms = self._monotonic_ms() + SLICE_MAX_MS
        for _ in range(min(len(waiting), SLICE_MAX_REQUEST_COUNT)):
            self._answer(waiting.popleft())
            if self._pending is not None or self.failure is not None:
                return
            if self._outgoing_bytes >= SMALL_REPLIES_BYTES or self._monotonic_ms() >= end_ms:
                return

    def _answer(self, frame: memoryview) -> None:
        self._is_answering = True
        try:
            reply = self.handle(frame)
            if type(reply) is FrameWriter:
                self._send(reply)
            elif reply is not None:
                self._pending = reply  # type: ignore[assignment]  # the exact type above leaves only this
                reply.then(self._completed)  # type: ignore[union-attr]
        except ProtocolViolation as violation:
            self._fail(violation)
        finally:
            self._is_answering = False

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
        if not self._is_answering:  # else it was known at once, and is written with the others
            self._on_output()

    def _fail(self, violation: ProtocolViolation) -> None:
        if self.failure is None:
            self.failure = violation.with_traceback(None)  # which would lead back here
            self._backlog.clear()
            if isinstance(violation, LastReply) and violation.reply is not None:
                self._send(violation.reply)


def _do_nothing() -> None:
    pass


def _refuse_frame(frame: memoryview) -> None:
    raise ProtocolViolation("the connection is closed")
