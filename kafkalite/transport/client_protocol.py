"""One accepted socket: only moves bytes between asyncio's transport and the sans-IO connection.

There is no task, future or coroutine per connection or request: everything happens in the callback for new bytes. A
connection with more work than its share of a turn continues in the queue of sliced work.
"""

from __future__ import annotations

from asyncio import BufferedProtocol
from functools import partial
from logging import getLogger
from socket import SO_ERROR, SOL_SOCKET
from typing import TYPE_CHECKING

from kafkalite.broker.context import ConnectionContext
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import SEND_HIGH_WATER_BYTES, SEND_PIECE_BYTES
from kafkalite.protocol.connection import Connection
from kafkalite.protocol.framing import FrameReceiver, FrameSizeViolation
from kafkalite.protocol.garbage import describe, http_reply, is_http
from kafkalite.protocol.primitives import FrameWriter
from kafkalite.transport.binding import plain_host
from kafkalite.transport.outbox import Outbox

if TYPE_CHECKING:
    from asyncio import Transport
    from typing import Any

    from kafkalite.transport.admission import Admission

_log = getLogger("kafkalite.transport")

_BYTES = frozenset((bytes, bytearray, memoryview, FrameWriter))
"""The types that a socket accepts; anything else in an answer is a range of a file."""


class ClientProtocol(BufferedProtocol):
    """The shell of one client connection.

    Args:
        admission: counts it, and holds the objects that it shares with the listener's other connections.
    """

    __slots__ = (
        "__weakref__",
        "_admission",
        "_is_queued",
        "_is_reading",
        "_outbox",
        "_receiver",
        "_transport",
        "_was_active",
        "connection",
        "context",
        "last_active_ms",
    )

    _transport: Transport
    _outbox: Outbox
    _receiver: FrameReceiver
    connection: Connection
    context: ConnectionContext

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._is_queued = False
        self._is_reading = True
        self._was_active = False
        self.last_active_ms = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Create the sans-IO side, or refuse the connection if there are too many."""
        self._transport = transport
        admission = self._admission
        local = transport.get_extra_info("sockname")
        peer = transport.get_extra_info("peername") or ("unknown", 0)
        self.context = ConnectionContext(
            admission.next_connection_id(),
            admission.name,
            (plain_host(local[0]), local[1]),
            (plain_host(peer[0]), peer[1]),
        )
        receiver = self._receiver = FrameReceiver(admission.receive_buffer, admission.max_frame_bytes, admission.memory)
        handle = partial(admission.router.handle, self.context)
        self.connection = Connection(receiver, handle, self._flush, admission.clock.monotonic_ms)
        sock = transport.get_extra_info("socket")
        self._outbox = Outbox(transport, None if admission.is_encrypted or sock is None else sock.fileno())
        if admission.sasl is not None:
            admission.sasl.guard(self.connection, self.context, admission.router, admission.max_frame_bytes)
        transport.set_write_buffer_limits(high=SEND_HIGH_WATER_BYTES, low=0)
        self.last_active_ms = admission.clock.monotonic_ms()
        refusal = admission.admit(self)
        if refusal is not None:
            self._refuse(refusal)

    def _refuse(self, reason: str) -> None:
        self.warn("refused connection from %s: %s", reason)
        self._transport.abort()

    def warn(self, template: str, *arguments: object) -> None:
        """Log a problem of the connection; the first argument, the client's address, is added here."""
        self._admission.peer_log.warn_of(self.context.peer_host, template, self.context, *arguments)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 -- asyncio gives it
        """Lend asyncio the buffer to read into."""
        return self.connection.get_buffer()

    def buffer_updated(self, nbytes: int) -> None:
        """Answer the requests that arrived, then wake waiting requests."""
        self._was_active = True
        self.connection.received(nbytes)
        self._flush()
        self._admission.end_turn()

    def eof_received(self) -> bool:
        """Close the connection: the client sends no more, and its outstanding requests get no answer."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Release all resources of the connection."""
        self.connection.close()
        self._outbox.close()
        self._admission.memory.forget(self._memory_is_back)
        self._admission.forget(self)

    def pause_writing(self) -> None:
        """Stop answering requests until the client reads its replies."""
        self._outbox.is_paused = True
        self.connection.hold()
        self._follow_mute()

    def resume_writing(self) -> None:
        """Answer requests again: the client has read its replies."""
        self._was_active = True
        self._outbox.is_paused = False
        self._flush()

    def has_been_active(self, now_ms: int) -> bool:
        """Return whether bytes came or went since the last call, or the client waits for a reply; store the time.

        An incomplete frame without new bytes, or an unread reply, is no activity. The clock is read here, once per
        check, instead of with every request.
        """
        is_active = self._was_active or self.connection.is_busy
        if is_active:
            self.last_active_ms = now_ms
        self._was_active = False
        return is_active

    @property
    def unfinished(self) -> str:
        """The step before the first request that the client has not finished; "" for none."""
        if not getattr(self._transport, "has_shaken_hands", True):
            return "the TLS handshake"
        authenticator = self.context.authenticator
        return "" if authenticator is None or authenticator.is_complete else "SASL authentication"

    @property
    def is_closing(self) -> bool:
        """Whether the connection is being closed, by us or because it failed."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close after sending the queued bytes."""
        self._transport.close()

    def abort(self) -> None:
        """Close now and drop the queued bytes."""
        self._transport.abort()

    def _flush(self) -> None:
        """Write the replies that are ready; continue later with the others, or close a failed connection."""
        connection, outbox = self.connection, self._outbox
        outgoing = connection.take_outgoing()
        if outgoing or outbox.pieces:
            self._write(outgoing)
        if connection.failure is not None:
            if not outbox.pieces:
                self._close_failed()
            return
        if outbox.pieces or outbox.is_paused:
            connection.hold()
        elif connection.is_held:
            connection.release()
        if connection.has_work:
            self._queue()
        self._follow_mute()

    def _queue(self) -> None:
        """Continue in a later turn of the loop, after the other connections."""
        if not self._is_queued:
            self._is_queued = True
            self._admission.work.add(self._proceed)

    def _proceed(self) -> bool:
        """Send bytes and answer requests that waited for their turn."""
        self._is_queued = False
        if not self._is_gone():
            self._was_active = True
            self.connection.proceed()
            self._flush()
        return False  # `_flush` queues the connection again if more is left

    def _is_gone(self) -> bool:
        """Detect a peer that left while nothing was read from it: its requests need no answer."""
        transport = self._transport
        if transport.is_closing():
            return True
        sock = transport.get_extra_info("socket")
        if sock is None or sock.getsockopt(SOL_SOCKET, SO_ERROR) == 0:
            return False
        self.connection.close()
        transport.abort()
        return True

    def _write(self, outgoing: list[Any]) -> None:
        """Write replies: small ones at once and coalesced, others as far as the socket accepts them."""
        transport, outbox = self._transport, self._outbox
        if transport.is_closing():
            outbox.close()
            return
        if not outbox.pieces:
            size = 0
            for piece in outgoing:
                size = size + len(piece) if piece.__class__ in _BYTES else SEND_PIECE_BYTES + 1
            if size <= SEND_PIECE_BYTES:
                transport.write(outgoing[0] if len(outgoing) == 1 else b"".join(outgoing))
                return
        outbox.add(outgoing)
        self._send_outbox()

    def _send_outbox(self) -> None:
        """Send waiting bytes, as far as the socket accepts them."""
        try:
            if self._outbox.send():
                self._queue()
        except StorageFault as fault:
            _log.error("closing connection from %s in the middle of an answer: %s", self.context, fault)
            self._admission.report_fault(fault)
            self._drop()
        except OSError:  # the peer is gone, which asyncio would notice only with its next write
            self._drop()

    def _drop(self) -> None:
        self._outbox.close()
        self.connection.close()
        self._transport.abort()

    def _follow_mute(self) -> None:
        """Read exactly while the connection wants bytes."""
        wants_reading = not self.connection.is_muted
        if wants_reading != self._is_reading and not self._transport.is_closing():
            self._is_reading = wants_reading
            if wants_reading:
                self._transport.resume_reading()
                return
            self._transport.pause_reading()
            if self._receiver.awaits_memory:
                self._admission.memory.wait(self._memory_is_back)

    def _memory_is_back(self) -> None:
        """Continue with a frame that had to wait for memory."""
        self._was_active = True
        self._receiver.go_on()
        self._follow_mute()

    def _close_failed(self) -> None:
        """Log the reason in one line, and close."""
        if self._transport.is_closing():
            return
        failure = self.connection.failure
        if isinstance(failure, FrameSizeViolation):
            self.warn("closing connection from %s: %s", describe(failure.first_bytes))
            if is_http(failure.first_bytes):
                self._transport.write(http_reply(self._admission.http_advice))
        else:
            self.warn("closing connection from %s: %s", failure)
        self._transport.close()
