"""TLS between one socket and its client protocol, transparent to both.

To asyncio this is the protocol of the socket, to the ``ClientProtocol`` it is the transport: bytes of the wire go into
Python's TLS engine and plain bytes come out, directly into the buffer that the connection lends. asyncio's own TLS does
not report a handshake that fails or never ends, and counts no connection before its end; here a connection is counted,
queued and checked for idleness from its start, as in Kafka.

Source: org.apache.kafka.common.network.SslTransportLayer.
"""

from __future__ import annotations

import ssl
from asyncio import Protocol, get_running_loop
from typing import TYPE_CHECKING, Any

from kafkalite.protocol.garbage import describe_without_tls
from kafkalite.security.distinguished_names import subject_of

if TYPE_CHECKING:
    from asyncio import Transport

    from kafkalite.model.buffers import Buffer
    from kafkalite.system.work_queue import WorkQueue
    from kafkalite.transport.client_protocol import ClientProtocol

_FIRST_BYTES = 16
"""Number of first bytes that are kept until the end of the handshake, to guess the client's intention."""


class TlsProtocol(Protocol):
    """The TLS of one connection.

    Args:
        context: that of the listener.
        client: reads and writes plain bytes.
        work: the queue in which steps of the handshake take turns: each costs a millisecond of arithmetic.

    Attributes:
        has_shaken_hands: whether the handshake is over.
    """

    _transport: Transport

    def __init__(self, context: ssl.SSLContext, client: ClientProtocol, work: WorkQueue) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._engine = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._client = client
        self._work = work
        self._is_queued = False
        self._first_bytes = b""
        self.has_shaken_hands = False
        self._is_paused = False
        self._is_closing = False

    # ---- to asyncio: the protocol of the socket --------------------------------------------------------------------

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Let the client protocol count the connection at once."""
        self._transport = transport
        self._client.connection_made(self)  # type: ignore[arg-type]  # it has what is used of a transport

    def data_received(self, data: bytes) -> None:
        """Receive bytes of the wire."""
        if not self.has_shaken_hands and len(self._first_bytes) < _FIRST_BYTES:
            self._first_bytes += data[:_FIRST_BYTES]
        self._incoming.write(data)
        if self.has_shaken_hands:
            self._advance()
        elif not self._is_queued:
            self._is_queued = True
            self._work.add(self._shake_hands)

    def eof_received(self) -> bool:
        """Close the socket: the client sends no more."""
        return self._client.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Release everything: the socket is gone."""
        if self._first_bytes and not self.has_shaken_hands and not self._is_closing:
            self._client.warn("connection from %s ended in the middle of the TLS handshake")
        self._is_closing = True
        client = self._client
        del self._client  # a reference cycle; without it both are freed when the caller returns
        client.connection_lost(exc)

    def pause_writing(self) -> None:
        """Pause writing: the socket accepts no more for now."""
        self._client.pause_writing()

    def resume_writing(self) -> None:
        """Resume writing: the socket accepts more."""
        self._client.resume_writing()

    # ---- to the client protocol: the transport ---------------------------------------------------------------------

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return a fact from the socket's transport."""
        return self._transport.get_extra_info(name, default)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set the number of unsent bytes above which writing is paused."""
        self._transport.set_write_buffer_limits(high, low)

    def is_closing(self) -> bool:
        """Return whether the transport is closing."""
        return self._is_closing or self._transport.is_closing()

    def is_reading(self) -> bool:
        """Return whether plain bytes are handed on."""
        return not self._is_paused and not self.is_closing()

    def pause_reading(self) -> None:
        """Stop handing on plain bytes and reading from the socket."""
        self._is_paused = True
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Continue, first with the bytes that already arrived."""
        self._is_paused = False
        self._transport.resume_reading()
        get_running_loop().call_soon(self._advance)

    def write(self, data: Buffer) -> None:
        """Send plain bytes."""
        if self.is_closing():
            return
        left = memoryview(data)
        try:
            while left:
                left = left[self._engine.write(left) :]
        except ssl.SSLError as problem:
            self._fail(problem)
            return
        self._send()

    def close(self) -> None:
        """Send TLS's closing alert and the remaining bytes, and close."""
        if not self._is_closing:
            self._is_closing = True
            if self.has_shaken_hands:
                try:
                    self._engine.unwrap()
                except ssl.SSLError:
                    pass  # without waiting for the client's closing alert
                self._send()
        self._transport.close()

    def abort(self) -> None:
        """Close now and drop the queued bytes."""
        self._is_closing = True
        self._transport.abort()

    # ---- the engine ------------------------------------------------------------------------------------------------

    def _shake_hands(self) -> bool:
        self._is_queued = False
        self._advance()
        return False

    def _advance(self) -> None:
        """Process the received bytes, as far as possible."""
        if self._is_closing:
            return
        try:
            if not self.has_shaken_hands:
                self._engine.do_handshake()
                self._handshake_ended()
            self._read()
        except ssl.SSLWantReadError:
            self._send()
        except ssl.SSLZeroReturnError:  # the client sent its closing alert
            self.close()
        except ssl.SSLError as problem:
            self._fail(problem)
        except ValueError as problem:  # a trusted certificate that cannot be parsed
            self._fail(problem)

    def _handshake_ended(self) -> None:
        self.has_shaken_hands = True
        self._first_bytes = b""
        certificate = self._engine.getpeercert(binary_form=True)
        if certificate:
            self._client.context.principal = f"User:{subject_of(certificate)}"
        self._send()

    def _read(self) -> None:
        """Hand on plain bytes until none are left or wanted.

        Raises:
            SSLError: no bytes are left (SSLWantReadError), or TLS failed.
        """
        client, engine = self._client, self._engine
        while not self._is_paused and not self.is_closing():
            buffer = client.get_buffer(-1)
            count = engine.read(len(buffer), buffer)
            if not count:
                self.close()
                return
            client.buffer_updated(int(count))

    def _send(self) -> None:
        data = self._outgoing.read()
        if data:
            self._transport.write(data)

    def _fail(self, problem: Exception) -> None:
        """Log the reason in one line, send TLS's alert to the client if there is one, and close."""
        self._send()
        reason = getattr(problem, "reason", None) or str(problem)
        if self.has_shaken_hands:
            self._client.warn("closing connection from %s: TLS failed: %s", reason)
        else:
            guess = describe_without_tls(self._first_bytes)
            self._client.warn("closing connection from %s: TLS handshake failed: %s", guess or reason)
        self._is_closing = True
        self._transport.close()
