"""One socket to a broker: connection, TLS and frames; every wait has a deadline."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

from kafkalite.client.errors import (
    AnsweredWithTls,
    ConnectionFailed,
    Disconnected,
    NotKafka,
    TimedOut,
    TlsRefused,
    Unreachable,
)

if TYPE_CHECKING:
    from kafkalite.client.addresses import Address
    from kafkalite.system.clock import Clock

FRAME_MAX_BYTES = 1 << 30
"""Maximum size of a broker's answer. Memory grows with the received bytes, not with the announced length."""

FIRST_FRAME_MAX_BYTES = 1 << 20
"""The same for the answer to ApiVersions: the first bytes of other protocols read as larger lengths."""

_CHUNK_BYTES = 1 << 20
_TLS_ALERT = b"\x15\x03"


class Wire:
    """Frames with a length prefix over a connected socket.

    Args:
        connected: a socket, TLS or not; closed with this object.
        name: of the peer, in errors.
    """

    def __init__(self, connected: socket.socket, name: str, clock: Clock) -> None:
        self._socket = connected
        self._name = name
        self._clock = clock

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def send(self, frame: bytes | bytearray, deadline_ms: int, what: str) -> None:
        """Send one frame; ``what`` is named in errors.

        Raises:
            TimedOut, Disconnected: the peer is silent or gone.
        """
        try:
            self._arm(deadline_ms, what)
            self._socket.sendall(len(frame).to_bytes(4, "big") + frame)
        except TimeoutError:
            raise self._timed_out(what) from None
        except OSError as problem:
            raise self._disconnected(what, problem) from None

    def receive(self, deadline_ms: int, what: str, max_bytes: int = FRAME_MAX_BYTES) -> bytearray:
        """Return the next frame without its length.

        Raises:
            TimedOut, Disconnected: the peer is silent or gone.
            NotKafka: the bytes are not a frame of Kafka's protocol.
        """
        prefix = bytes(self._receive_exactly(4, deadline_ms, what))
        size = int.from_bytes(prefix, "big", signed=True)
        if not 4 <= size <= max_bytes:
            kind = AnsweredWithTls if prefix.startswith(_TLS_ALERT) else NotKafka
            raise kind(f"{self._name} {describe_garbage(prefix)}")
        return self._receive_exactly(size, deadline_ms, what)

    def _receive_exactly(self, size: int, deadline_ms: int, what: str) -> bytearray:
        received = bytearray()
        while len(received) < size:
            try:
                self._arm(deadline_ms, what)
                chunk = self._socket.recv(min(size - len(received), _CHUNK_BYTES))
            except TimeoutError:
                raise self._timed_out(what) from None
            except OSError as problem:
                raise self._disconnected(what, problem) from None
            if not chunk:
                raise self._disconnected(what, None)
            received += chunk
        return received

    def _arm(self, deadline_ms: int, what: str) -> None:
        remaining_ms = deadline_ms - self._clock.monotonic_ms()
        if remaining_ms <= 0:
            raise self._timed_out(what)
        self._socket.settimeout(remaining_ms / 1000)

    def _timed_out(self, what: str) -> TimedOut:
        return TimedOut(f"{self._name} did not answer {what} in time")

    def _disconnected(self, what: str, problem: OSError | None) -> Disconnected:
        reason = f" ({os_error_text(problem)})" if problem is not None else ""
        return Disconnected(f"{self._name} closed the connection instead of answering {what}{reason}")


def describe_garbage(prefix: bytes) -> str:
    """Return a description of a peer that does not speak Kafka's protocol, from the first four bytes of its answer."""
    if prefix.startswith(_TLS_ALERT):
        return "speaks TLS"
    if prefix == b"HTTP":
        return "is an HTTP server, not a Kafka broker"
    return f"does not speak Kafka's protocol: its answer begins with {prefix!r}"


def open_socket(address: Address, deadline_ms: int, clock: Clock) -> socket.socket:
    """Return a connected TCP socket; every IP address of the host is tried in turn.

    Raises:
        Unreachable: no address accepts a connection.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise Unreachable(f"{address}: the host name cannot be resolved ({reason})") from None
    problems: list[str] = []
    for family, kind, protocol, _, endpoint in found:
        remaining_ms = deadline_ms - clock.monotonic_ms()
        if remaining_ms <= 0:
            problems.append("timed out")
            break
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(remaining_ms / 1000)
            opened.connect(endpoint)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return opened
        except OSError as problem:
            opened.close()
            problems.append(os_error_text(problem))
    raise Unreachable(f"{address}: {', '.join(dict.fromkeys(problems))}")


def start_tls(
    plain: socket.socket, context: ssl.SSLContext, address: Address, deadline_ms: int, clock: Clock
) -> ssl.SSLSocket:
    """Return the socket with TLS, after the handshake.

    Raises:
        ConnectionFailed: the handshake failed; the socket is closed.
    """
    try:
        plain.settimeout(max(1, deadline_ms - clock.monotonic_ms()) / 1000)
        return context.wrap_socket(plain, server_hostname=address.host)
    except ssl.SSLCertVerificationError as problem:
        plain.close()
        raise ConnectionFailed(
            f"{address}: the broker's certificate is not trusted: {problem.verify_message} (see "
            "ssl.truststore.location and ssl.endpoint.identification.algorithm)"
        ) from None
    except TimeoutError:
        plain.close()
        raise ConnectionFailed(f"{address}: the TLS handshake timed out") from None
    except (ssl.SSLError, OSError) as problem:
        plain.close()
        raise TlsRefused(f"{address}: the TLS handshake failed: {tls_error_text(problem)}") from None


def tls_error_text(problem: OSError) -> str:
    """Return the reason of a failed handshake, as a message."""
    if isinstance(problem, ssl.SSLEOFError | ConnectionError):
        return "the broker closed the connection"
    reason = getattr(problem, "reason", None) or problem.strerror or str(problem)
    return str(reason).replace("_", " ").lower()


def os_error_text(problem: OSError) -> str:
    """Return a socket's error, as a message."""
    if isinstance(problem, TimeoutError):
        return "timed out"
    if isinstance(problem, ssl.SSLError):
        return tls_error_text(problem)
    return (problem.strerror or str(problem)).lower()
