"""One connection to one broker: requests and responses as messages, in the highest version that both sides support.

A connection opens with TCP, TLS, ApiVersions and SASL, in this order, as in Kafka's clients.

Source: NetworkClient, SaslClientAuthenticator, KIP-35 (ApiVersions), KIP-152 (SaslAuthenticate), KIP-511.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.client.errors import (
    AuthenticationFailed,
    BrokerError,
    ConnectionFailed,
    NotKafka,
    UnsupportedByBroker,
    check,
    error_text,
)
from kafkalite.client.wire import FIRST_FRAME_MAX_BYTES, FRAME_MAX_BYTES, Wire, open_socket, start_tls
from kafkalite.model.version import __version__
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.api_keys import API_VERSIONS, PRODUCE
from kafkalite.protocol.errors import UNSUPPORTED_SASL_MECHANISM, UNSUPPORTED_VERSION
from kafkalite.protocol.headers import read_response_header, write_request_header
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest
from kafkalite.protocol.primitives import UnsupportedFieldError
from kafkalite.protocol.registry import API_NAMES, response_class, response_header_version
from kafkalite.security.client_exchange import start_exchange
from kafkalite.security.exchange import AuthenticationRefused

if TYPE_CHECKING:
    import ssl

    from kafkalite.client.addresses import Address
    from kafkalite.client.config import ClientConfig, SaslOptions
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

SOFTWARE_NAME = "kafkalite-client"


class _Sent(NamedTuple):
    """A request whose response is outstanding."""

    api_key: int
    version: int
    correlation_id: int


class Connection:
    """An open connection. After an error other than UnsupportedByBroker it is closed and of no further use.

    Args:
        wire: the connected socket.
        address: of the peer, for errors.

    Attributes:
        ranges: API key -> (lowest, highest) version that the broker has; empty before ``negotiate``.
    """

    def __init__(self, wire: Wire, address: Address, client_id: str, clock: Clock) -> None:
        self._wire = wire
        self.address = address
        self._client_id = client_id
        self._clock = clock
        self._correlation_id = 0
        self._sent: deque[_Sent] = deque()
        self.ranges: dict[int, tuple[int, int]] = {}
        self.is_closed = False

    def close(self) -> None:
        """Close the socket."""
        self.is_closed = True
        self._wire.close()

    def highest_version(self, request: Any, max_version: int | None = None) -> int:
        """Return the highest version of a request (class or message) that both sides support.

        Args:
            max_version: the caller's own upper bound; None for none.

        Raises:
            UnsupportedByBroker: there is no common version.
        """
        name = API_NAMES[request.API_KEY]
        if request.API_KEY not in self.ranges:
            raise UnsupportedByBroker(f"the broker at {self.address} does not offer {name}")
        lowest, highest = self.ranges[request.API_KEY]
        version: int = min(
            highest, request.HIGHEST_VERSION, request.HIGHEST_VERSION if max_version is None else max_version
        )
        if version < max(lowest, request.LOWEST_VERSION):
            raise UnsupportedByBroker(
                f"the broker at {self.address} has {name} in the versions {lowest} to {highest}, of which this client "
                f"has none"
            )
        return version

    def ask(self, request: Any, *, timeout_ms: int, max_version: int | None = None) -> Any:
        """Send a request and return its response.

        Raises:
            UnsupportedByBroker: there is no common version; nothing was sent.
            TimedOut, Disconnected, NotKafka: the connection is closed.
        """
        deadline_ms = self._clock.monotonic_ms() + timeout_ms
        self.send(request, deadline_ms, max_version)
        return self.receive(deadline_ms)

    def send(self, request: Any, deadline_ms: int, max_version: int | None = None) -> None:
        """Send a request without waiting for its response; errors as from ``ask``."""
        self._send(request, self.highest_version(request, max_version), deadline_ms)

    def receive(self, deadline_ms: int) -> Any:
        """Return the response of the oldest outstanding request; errors as from ``ask``."""
        sent = self._sent.popleft()
        name = API_NAMES[sent.api_key]
        try:
            max_bytes = FRAME_MAX_BYTES if self.ranges else FIRST_FRAME_MAX_BYTES
            frame = memoryview(self._wire.receive(deadline_ms, name, max_bytes))
            correlation_id, position = read_response_header(
                frame, 0, response_header_version(sent.api_key, sent.version)
            )
            if correlation_id != sent.correlation_id:
                raise NotKafka(f"{self.address} answered {name} out of order: it does not speak Kafka's protocol")
            if sent.api_key == API_VERSIONS and sent.version > 0:
                return _read_api_versions(frame, position, sent.version)
            response, _ = response_class(sent.api_key).read(frame, position, sent.version)
            return response
        except ProtocolViolation as problem:
            self.close()
            raise NotKafka(f"{self.address} answered {name} with bytes that cannot be read: {problem}") from None
        except Exception:
            self.close()
            raise

    def _send(self, request: Any, version: int, deadline_ms: int) -> None:
        name = API_NAMES[request.API_KEY]
        self._correlation_id += 1
        frame = bytearray()
        write_request_header(frame, request.API_KEY, version, self._correlation_id, self._client_id)
        try:
            request.write(frame, version)
        except UnsupportedFieldError as problem:
            raise UnsupportedByBroker(f"the broker at {self.address} is too old for this: {problem}") from None
        try:
            self._wire.send(frame, deadline_ms, name)
        except Exception:
            self.close()
            raise
        if request.API_KEY != PRODUCE or request.acks != 0:
            self._sent.append(_Sent(request.API_KEY, version, self._correlation_id))

    def negotiate(self, deadline_ms: int) -> None:
        """Request the broker's versions.

        Raises:
            BrokerError: the broker refuses; further errors as from ``ask``.
        """
        request = ApiVersionsRequest(client_software_name=SOFTWARE_NAME, client_software_version=__version__)
        version = ApiVersionsRequest.HIGHEST_VERSION
        self._send(request, version, deadline_ms)
        response = self.receive(deadline_ms)
        if response.error_code == UNSUPPORTED_VERSION:
            # Such an answer has version 0 and contains, since Kafka 2.4, the supported versions.
            own = {entry.api_key: entry.max_version for entry in response.api_keys}
            self._send(ApiVersionsRequest(), min(own.get(API_VERSIONS, 0), 2), deadline_ms)
            response = self.receive(deadline_ms)
        check(response.error_code, None, f"{self.address}: ApiVersions")
        self.ranges = {entry.api_key: (entry.min_version, entry.max_version) for entry in response.api_keys}

    def authenticate(self, sasl: SaslOptions, nonce: str, deadline_ms: int) -> None:
        """Authenticate the client.

        Raises:
            AuthenticationFailed: the broker refuses the client; further errors as from ``ask``.
        """
        timeout_ms = deadline_ms - self._clock.monotonic_ms()
        handshake = self.ask(SaslHandshakeRequest(mechanism=sasl.mechanism), timeout_ms=timeout_ms)
        if handshake.error_code == UNSUPPORTED_SASL_MECHANISM:
            raise AuthenticationFailed(
                f"{self.address} does not offer the SASL mechanism {sasl.mechanism}; it offers "
                f"{', '.join(sorted(handshake.mechanisms)) or 'none'} (sasl.mechanism)"
            )
        if handshake.error_code:
            raise AuthenticationFailed(
                f"{self.address} refuses SASL ({error_text(handshake.error_code, None)}): the listener has none, "
                "so security.protocol must be PLAINTEXT or SSL"
            )
        exchange = start_exchange(sasl.mechanism, sasl.user, sasl.password, nonce)
        token: bytes | None = exchange.first()
        while token is not None:
            response = self.ask(
                SaslAuthenticateRequest(auth_bytes=token), timeout_ms=deadline_ms - self._clock.monotonic_ms()
            )
            if response.error_code:
                reason = response.error_message or error_text(response.error_code, None)
                raise AuthenticationFailed(f"{self.address} refuses the user {sasl.user}: {reason}")
            try:
                token = exchange.evaluate(bytes(response.auth_bytes))
            except AuthenticationRefused as problem:
                raise AuthenticationFailed(f"{self.address}: {problem}") from None


def open_connection(
    address: Address, config: ClientConfig, context: ssl.SSLContext | None, clock: Clock, entropy: Entropy
) -> Connection:
    """Return a connection that is ready for requests.

    Args:
        context: for TLS; None where ``config.tls`` is None.
    Raises:
        ConnectionFailed: the host cannot be reached, or speaks no TLS, or speaks nothing but TLS.
        AuthenticationFailed, NotKafka, TimedOut, Disconnected.
    """
    deadline_ms = clock.monotonic_ms() + config.connect_timeout_ms
    opened = open_socket(address, deadline_ms, clock)
    if context is not None:
        opened = start_tls(opened, context, address, deadline_ms, clock)
    connection = Connection(Wire(opened, str(address), clock), address, config.client_id, clock)
    try:
        connection.negotiate(deadline_ms)
        if config.sasl is not None:
            nonce = (entropy.uuid() + entropy.uuid()).hex()
            connection.authenticate(config.sasl, nonce, deadline_ms)
    except BrokerError as problem:
        connection.close()
        raise ConnectionFailed(str(problem)) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _read_api_versions(frame: memoryview, position: int, version: int) -> Any:
    """Return the answer to ApiVersions, in version 0 where the broker does not have the version asked for.

    Source: KIP-511, ApiVersionsResponse.parse.
    """
    message = response_class(API_VERSIONS)
    if int.from_bytes(frame[position : position + 2], "big", signed=True) == UNSUPPORTED_VERSION:
        version = 0
    response, _ = message.read(frame, position, version)
    return response
