"""One accepted socket: moves bytes between asyncio's transport and the sans-IO connection, and nothing else.

There is no task, future or coroutine per connection or request: everything happens inside the callback that told of
new bytes. One read per turn of the loop keeps a bulk sender from starving the others.
"""

from __future__ import annotations

from asyncio import BufferedProtocol, get_running_loop
from functools import partial
from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.broker.context import ConnectionContext
from kafkalite.model.limits import SEND_HIGH_WATER_BYTES, SMALL_REPLIES_BYTES
from kafkalite.protocol.connection import Connection
from kafkalite.protocol.framing import FrameReceiver, FrameSizeViolation
from kafkalite.protocol.garbage import describe, http_reply, is_http
from kafkalite.transport.binding import plain_host

if TYPE_CHECKING:
    from asyncio import Transport

    from kafkalite.protocol.primitives import Buffer
    from kafkalite.transport.listener import Listener

_log = getLogger("kafkalite.transport")


class ClientProtocol(BufferedProtocol):
    """The shell of one client connection.

    Args:
        listener: what accepted it and is told of its end.
    """

    __slots__ = (
        "_is_reading",
        "_is_waiting",
        "_listener",
        "_transport",
        "_was_active",
        "connection",
        "context",
        "last_active_ms",
    )

    _transport: Transport
    connection: Connection
    context: ConnectionContext

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._is_reading = True
        self._is_waiting = False
        self._was_active = False
        self.last_active_ms = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Set up the sans-IO side, or refuse where there are too many connections."""
        self._transport = transport
        listener = self._listener
        local = transport.get_extra_info("sockname")
        peer = transport.get_extra_info("peername") or ("unknown", 0)
        self.context = ConnectionContext(
            listener.next_connection_id(),
            listener.name,
            (plain_host(local[0]), local[1]),
            (plain_host(peer[0]), peer[1]),
        )
        receiver = FrameReceiver(listener.receive_buffer, listener.max_frame_bytes)
        self.connection = Connection(receiver, partial(listener.router.handle, self.context), self._flush)
        if listener.sasl is not None:
            listener.sasl.guard(self.connection, self.context, listener.router, listener.max_frame_bytes)
        transport.set_write_buffer_limits(high=SEND_HIGH_WATER_BYTES)
        self.last_active_ms = listener.clock.monotonic_ms()
        refusal = listener.admit(self)
        if refusal is not None:
            self._refuse(refusal)

    def wait(self) -> None:
        """Read nothing until `begin`: the listener has as many connections as it may have."""
        self._is_waiting = True
        get_running_loop().call_soon(self._pause_while_waiting)  # asyncio begins to read after connection_made

    def _pause_while_waiting(self) -> None:
        if self._is_waiting and not self._transport.is_closing():
            self._is_reading = False
            self._transport.pause_reading()

    def begin(self, refusal: str | None) -> None:
        """The connection has its turn, or is refused after all."""
        self._is_waiting = False
        self.last_active_ms = self._listener.clock.monotonic_ms()
        if refusal is not None:
            self._refuse(refusal)
        else:
            self._follow_mute()

    def _refuse(self, reason: str) -> None:
        _log.warning("refused connection from %s: %s", self.context, reason)
        self._transport.abort()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 -- asyncio gives it
        """Lend asyncio the buffer to read into."""
        return self.connection.get_buffer()

    def buffer_updated(self, nbytes: int) -> None:
        """Answer what has arrived, then wake who waited for it."""
        self._was_active = True
        self.connection.received(nbytes)
        self._flush()
        self._listener.end_turn()

    def eof_received(self) -> bool:
        """The client sends no more; what it asked for is answered no more either."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Let go of everything the connection held."""
        self.connection.close()
        self._listener.forget(self)

    def pause_writing(self) -> None:
        """The client does not read its replies: answer no further request until it does."""
        self.connection.hold()
        self._follow_mute()

    def resume_writing(self) -> None:
        """The client caught up."""
        self.connection.release()
        self._flush()

    def has_been_active(self, now_ms: int) -> bool:
        """Tell whether bytes came since the last call, or a request is still being answered; remember when.

        Reading the clock here, once per check, spares reading it with every request.
        """
        is_active = self._was_active or not self.connection.is_idle
        if is_active:
            self.last_active_ms = now_ms
        self._was_active = False
        return is_active

    @property
    def unfinished(self) -> str:
        """What the client has to do before it may ask for anything and has not finished; "" for nothing."""
        if not getattr(self._transport, "has_shaken_hands", True):
            return "the TLS handshake"
        authenticator = self.context.authenticator
        return "" if authenticator is None or authenticator.is_complete else "SASL authentication"

    def close(self) -> None:
        """Close after what is already queued was sent."""
        self._transport.close()

    def abort(self) -> None:
        """Close now and drop what is queued."""
        self._transport.abort()

    def _flush(self) -> None:
        """Write the replies that are ready, coalesced; close where the connection failed."""
        connection = self.connection
        while outgoing := connection.take_outgoing():
            self._write(outgoing)
        if connection.failure is not None:
            self._close_failed()
        else:
            self._follow_mute()

    def _write(self, outgoing: list[Buffer]) -> None:
        if len(outgoing) == 1:
            self._transport.write(outgoing[0])
        elif sum(map(len, outgoing)) <= SMALL_REPLIES_BYTES:
            self._transport.write(b"".join(outgoing))
        else:
            for buffer in outgoing:
                self._transport.write(buffer)

    def _follow_mute(self) -> None:
        """Read exactly while the connection wants to be given something."""
        wants_reading = not self.connection.is_muted
        if wants_reading != self._is_reading and not self._transport.is_closing():
            self._is_reading = wants_reading
            if wants_reading:
                self._transport.resume_reading()
            else:
                self._transport.pause_reading()

    def _close_failed(self) -> None:
        """Say in one line why, and close."""
        if self._transport.is_closing():
            return
        failure = self.connection.failure
        if isinstance(failure, FrameSizeViolation):
            _log.warning("closing connection from %s: %s", self.context, describe(failure.first_bytes))
            if is_http(failure.first_bytes):
                self._transport.write(http_reply(self._listener.http_advice))
        else:
            _log.warning("closing connection from %s: %s", self.context, failure)
        self._transport.close()
