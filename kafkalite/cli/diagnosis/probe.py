"""Probes of an address: plain Kafka, Kafka over TLS, SASL or not, something else, or nothing.

The probe speaks first as a Kafka client without security, then with TLS without checking the certificate, and asks for
the SASL mechanisms on a connection that it then closes. It sends no credentials.

Source: SaslServerAuthenticator (a SASL listener answers ApiVersions and SaslHandshake before anything else),
KafkaApis.handleSaslHandshakeRequest (every other listener answers ILLEGAL_SASL_STATE).
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.errors import ILLEGAL_SASL_STATE
from kafkalite.protocol.headers import read_response_header, write_request_header
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest
from kafkalite.protocol.registry import response_class, response_header_version

CONNECT_TIMEOUT_S = 3.0
ANSWER_TIMEOUT_S = 5.0
MIN_TIMEOUT_S = 0.001
"""Shortest timeout of a socket: zero would make it non-blocking, which fails in another way."""

MORE_TIMEOUT_S = 0.2
"""The wait for the rest of a line that only describes the finding to a person."""

CLIENT_ID = "kafkalite-doctor"
MAX_ANSWER_BYTES = 1 << 20
"""Maximum size of a first answer of Kafka: ApiVersions takes a few hundred bytes."""

TLS_ALERT = b"\x15\x03"
PROBED_MECHANISM = "PLAIN"


class Listening(NamedTuple):
    """The finding at an address.

    Attributes:
        kind: "kafka"; "other" (speaks another protocol), "silent" (accepts and says nothing), "closed" (accepts and
            hangs up).
        has_tls: whether TLS is spoken; of "kafka" and "other".
        needs_certificate: whether the listener refuses TLS clients without a certificate; nothing else is known then.
        mechanisms: SASL mechanisms of a SASL listener; None where clients need not authenticate.
        versions: API key -> (lowest, highest version).
        detail: of "other": the first bytes, or the protocol's name.
    """

    kind: str
    has_tls: bool = False
    needs_certificate: bool = False
    mechanisms: tuple[str, ...] | None = None
    versions: dict[int, tuple[int, int]] = {}
    detail: str = ""

    @property
    def security_protocol(self) -> str:
        """Kafka's name of the security: the value of ``security.protocol`` that a client needs."""
        transport = "SSL" if self.has_tls else "PLAINTEXT"
        return transport if self.mechanisms is None else f"SASL_{transport}"


class _NoAnswer(Exception):
    """There was no answer in Kafka's protocol; ``args[0]`` is the ``Listening`` instead."""


def probe(address: tuple[str, int]) -> Listening:
    """Return the kind of listener at an address that is known to accept connections.

    Raises:
        OSError: it no longer accepts.
    """
    try:
        return _ask(address, None)
    except _NoAnswer as failure:
        plain: Listening = failure.args[0]
    if plain.kind == "other" and not plain.has_tls:
        return plain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # only detects TLS; trusts nothing and sends no secret
    try:
        return _ask(address, context)
    except _NoAnswer as failure:
        encrypted: Listening = failure.args[0]
    except OSError:
        return plain
    return encrypted if encrypted.has_tls else plain


def _ask(address: tuple[str, int], context: ssl.SSLContext | None) -> Listening:
    """Return the description of a Kafka listener.

    Raises:
        _NoAnswer, OSError: there is no Kafka listener.
    """
    with _connected(address, context) as connection:
        response = _exchange(connection, ApiVersionsRequest(), 0)
    versions = {item.api_key: (item.min_version, item.max_version) for item in response.api_keys}
    has_tls = context is not None
    with _connected(address, context) as connection:
        try:
            answer = _exchange(connection, SaslHandshakeRequest(mechanism=PROBED_MECHANISM), 1)
        except _NoAnswer:  # a broker without SASL that does not know the request
            return Listening("kafka", has_tls, versions=versions)
    is_open = answer.error_code == ILLEGAL_SASL_STATE
    return Listening("kafka", has_tls, mechanisms=None if is_open else tuple(answer.mechanisms), versions=versions)


@contextlib.contextmanager
def _connected(address: tuple[str, int], context: ssl.SSLContext | None) -> Iterator[socket.socket]:
    """Yield a connection, with TLS if there is a context.

    Raises:
        _NoAnswer: the listener does not speak TLS.
        OSError: the connection failed.
    """
    connection = socket.create_connection(address, CONNECT_TIMEOUT_S)
    try:
        connection.settimeout(ANSWER_TIMEOUT_S)
        if context is not None:
            try:
                connection = context.wrap_socket(connection)
            except ssl.SSLError as error:
                raise _NoAnswer(_after_tls_failure(error)) from error
            except OSError as error:
                raise _NoAnswer(Listening("closed")) from error
        yield connection
    finally:
        connection.close()


def _after_tls_failure(error: ssl.SSLError) -> Listening:
    """Return the kind of listener that a failed handshake, or a failed first read after one, indicates."""
    reason = (error.reason or "").upper()
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason or "BAD_CERTIFICATE" in reason:
        return Listening("kafka", has_tls=True, needs_certificate=True)
    return Listening("closed")


def _exchange(connection: socket.socket, request: Any, version: int) -> Any:
    """Return the answer to one request.

    Raises:
        _NoAnswer: there is none in Kafka's protocol.
    """
    body = bytearray()
    write_request_header(body, request.API_KEY, version, 1, CLIENT_ID)
    request.write(body, version)
    deadline = time.monotonic() + ANSWER_TIMEOUT_S
    try:
        connection.sendall(len(body).to_bytes(4, "big") + body)
        head = _read(connection, 4, deadline)
        has_tls = isinstance(connection, ssl.SSLSocket)
        if head.startswith(TLS_ALERT):
            raise _NoAnswer(Listening("other", has_tls=True))
        size = int.from_bytes(head, "big")
        if not 4 <= size <= MAX_ANSWER_BYTES:
            raise _NoAnswer(Listening("other", has_tls, detail=describe_bytes(head + _read_some(connection))))
        frame = _read(connection, size, deadline)
    except TimeoutError as error:
        raise _NoAnswer(Listening("silent")) from error
    except ssl.SSLError as error:
        raise _NoAnswer(_after_tls_failure(error)) from error
    except (EOFError, ConnectionError) as error:
        raise _NoAnswer(Listening("closed")) from error
    try:
        _, position = read_response_header(frame, 0, response_header_version(request.API_KEY, version))
        response, _ = response_class(request.API_KEY).read(frame, position, version)
    except ProtocolViolation as error:
        raise _NoAnswer(Listening("other", has_tls, detail=describe_bytes(head + frame))) from error
    return response


def _read(connection: socket.socket, size: int, deadline: float) -> bytes:
    """Return exactly ``size`` bytes, all of them before the deadline.

    Raises:
        EOFError: the peer closed the connection.
        TimeoutError, OSError: the peer is silent, or the socket failed.
    """
    data = bytearray()
    while len(data) < size:
        connection.settimeout(max(deadline - time.monotonic(), MIN_TIMEOUT_S))
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError
        if time.monotonic() > deadline:  # a server that sends a byte now and then is not a broker
            raise TimeoutError
        data += part
    return bytes(data)


def _read_some(connection: socket.socket) -> bytes:
    """Return the bytes that have come; empty if there are none."""
    connection.settimeout(MORE_TIMEOUT_S)
    try:
        return connection.recv(60)
    except OSError:
        return b""


def describe_bytes(data: bytes) -> str:
    """Return the name of a protocol by its first bytes, else these bytes as text."""
    if data.startswith((b"HTTP/", b"<!DOCTYPE", b"<html")):
        return "HTTP"
    if data.startswith(b"SSH-"):
        return "SSH"
    return repr(data[:40])[1:]
