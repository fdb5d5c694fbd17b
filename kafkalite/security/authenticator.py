"""SASL on one connection: the allowed order of requests, and their answers. No bytes of the wire, no socket, no clock.

A connection begins unauthenticated. ApiVersions may come once, then SaslHandshake names a mechanism, then its tokens
are exchanged: in SaslAuthenticate requests after SaslHandshake 1, as bare frames after SaslHandshake 0. If the session
has an end, another SaslHandshake renews it, with the same mechanism and the same principal.

Source: org.apache.kafka.common.security.authenticator.SaslServerAuthenticator, KafkaChannel (KIP-43, 152, 368).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.api_keys import API_VERSIONS, NAMES, SASL_AUTHENTICATE, SASL_HANDSHAKE
from kafkalite.protocol.messages.sasl_authenticate_response import SaslAuthenticateResponse
from kafkalite.protocol.messages.sasl_handshake_response import SaslHandshakeResponse
from kafkalite.security.exchange import AuthenticationRefused, CredentialsRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafkalite.security.exchange import SaslExchange

MIN_REAUTHENTICATION_INTERVAL_MS = 1000
"""Shortest interval of re-authentication; an earlier one gets the answer of a connection without sessions."""

_FIRST_VERSION_OF_REQUESTS = 1
"""Version of SaslHandshake from which on tokens follow in SaslAuthenticate requests."""

_FIRST_VERSION_OF_LIFETIME = 1
"""Version of SaslAuthenticate from which on the answer has the lifetime of the session."""


class State(Enum):
    """The state of an authentication; the names are Kafka's."""

    INITIAL_REQUEST = auto()
    HANDSHAKE_OR_VERSIONS_REQUEST = auto()
    HANDSHAKE_REQUEST = auto()
    AUTHENTICATE = auto()
    COMPLETE = auto()
    FAILED = auto()
    REAUTH_PROCESS_HANDSHAKE = auto()
    REAUTH_BAD_MECHANISM = auto()


class Mechanism(NamedTuple):
    """A mechanism of a listener: its name, the factory of its exchanges, the length of a session (ms; 0 = no end)."""

    name: str
    begin: Callable[[], SaslExchange]
    max_session_ms: int


class Authenticator:
    """The authentication of one connection.

    Args:
        mechanisms: those of the listener, in the order of the answer.
        now_ms: reads a monotonic clock.

    Attributes:
        failure: the reason for closing the connection after the last answer, for the log; None for none.
        principal: "User:alice" after authentication; "" before.
        session_end_ms: the end of the session, None for none.
    """

    def __init__(self, mechanisms: Sequence[Mechanism], now_ms: Callable[[], int]) -> None:
        self._mechanisms = {mechanism.name: mechanism for mechanism in mechanisms}
        self._now_ms = now_ms
        self._exchange: SaslExchange | None = None
        self._mechanism = ""
        self._takes_bare_tokens = False
        self._last_begin_ms: int | None = None
        self.state = State.INITIAL_REQUEST
        self.failure: str | None = None
        self.principal = ""
        self.session_end_ms: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether ordinary requests are allowed."""
        return self.state is State.COMPLETE

    @property
    def expects_bare_token(self) -> bool:
        """Whether the next frame is a token of the mechanism, not a request."""
        return self.state is State.AUTHENTICATE and self._takes_bare_tokens

    @property
    def _is_again(self) -> bool:
        return bool(self.principal)

    @property
    def _word(self) -> str:
        return "re-authentication" if self._is_again else "authentication"

    def check_request(self, api_key: int) -> None:
        """Check that a request is allowed in the present state.

        Raises:
            ApiError: ILLEGAL_SASL_STATE, for the client; ``failure`` is set.
            ProtocolViolation: the connection must be closed without an answer.
        """
        name = NAMES.get(api_key, f"API key {api_key}")
        match self.state:
            case State.AUTHENTICATE if not self._takes_bare_tokens and api_key == SASL_AUTHENTICATE:
                return
            case State.AUTHENTICATE if not self._takes_bare_tokens and api_key in NAMES:
                message = f"Unexpected Kafka request of type {name} during SASL authentication."
                self._fail(message)
                raise ApiError(errors.ILLEGAL_SASL_STATE, message)
            case State.INITIAL_REQUEST | State.HANDSHAKE_OR_VERSIONS_REQUEST if api_key == API_VERSIONS:
                return
            case State.INITIAL_REQUEST | State.HANDSHAKE_OR_VERSIONS_REQUEST if api_key == SASL_HANDSHAKE:
                return
            case State.HANDSHAKE_REQUEST | State.REAUTH_PROCESS_HANDSHAKE if api_key == SASL_HANDSHAKE:
                return
            case State.REAUTH_BAD_MECHANISM:
                violation = ProtocolViolation("another SASL mechanism than before was asked for in re-authentication")
            case State.INITIAL_REQUEST:
                violation = ProtocolViolation(
                    f"{name} came before SASL authentication: the client's security.protocol is not that of the "
                    "listener, or it is no Kafka client"
                )
            case _:
                violation = ProtocolViolation(f"{name} came during SASL {self._word}")
        self._fail(str(violation))
        raise violation

    def versions_answered(self, error_code: int) -> None:
        """Note the answer to ApiVersions: after an error it may come again, else SaslHandshake must follow."""
        is_told = error_code == errors.NONE
        self.state = State.HANDSHAKE_REQUEST if is_told else State.HANDSHAKE_OR_VERSIONS_REQUEST

    def handshake(self, mechanism: str, version: int) -> SaslHandshakeResponse:
        """Answer a SaslHandshake that ``check_request`` allowed."""
        names = list(self._mechanisms)
        if mechanism not in self._mechanisms:
            self._fail(f"unsupported SASL mechanism {mechanism[:40]!r}")
            return SaslHandshakeResponse(error_code=errors.UNSUPPORTED_SASL_MECHANISM, mechanisms=names)
        if self._is_again and mechanism != self._mechanism:
            self.state = State.REAUTH_BAD_MECHANISM
        else:
            self._mechanism = mechanism
            self._exchange = self._mechanisms[mechanism].begin()
            self._takes_bare_tokens = version < _FIRST_VERSION_OF_REQUESTS
            self.state = State.AUTHENTICATE
        return SaslHandshakeResponse(mechanisms=names)

    def authenticate(self, token: bytes, version: int) -> SaslAuthenticateResponse:
        """Answer a SaslAuthenticate that ``check_request`` allowed."""
        try:
            answer = self._evaluate(token)
        except (AuthenticationRefused, CredentialsRefused) as refusal:
            message = str(refusal)
            if isinstance(refusal, CredentialsRefused):
                message = f"Authentication failed during {self._word} due to invalid credentials with SASL mechanism "
                message += self._mechanism
            self._fail(f"{self._mechanism}: {refusal}")
            return SaslAuthenticateResponse(error_code=errors.SASL_AUTHENTICATION_FAILED, error_message=message)
        is_told = self.is_complete and version >= _FIRST_VERSION_OF_LIFETIME
        lifetime_ms = self._mechanisms[self._mechanism].max_session_ms if is_told else 0
        return SaslAuthenticateResponse(error_message="", auth_bytes=answer, session_lifetime_ms=lifetime_ms)

    def answer_bare_token(self, token: bytes) -> bytes | None:
        """Return the answer to a bare token, None for none: a failure has no answer here."""
        try:
            return self._evaluate(token)
        except (AuthenticationRefused, CredentialsRefused) as refusal:
            self._fail(f"{self._mechanism}: {refusal}")
            return None

    def begin_again(self) -> bool:
        """Return whether a SaslHandshake after authentication begins another one."""
        now_ms = self._now_ms()
        last_ms = self._last_begin_ms
        if self.session_end_ms is None or (last_ms is not None and now_ms - last_ms < MIN_REAUTHENTICATION_INTERVAL_MS):
            return False
        self._last_begin_ms = now_ms
        self.state = State.REAUTH_PROCESS_HANDSHAKE
        return True

    def has_expired(self) -> bool:
        """Return whether the session has expired."""
        return self.session_end_ms is not None and self._now_ms() > self.session_end_ms

    def _evaluate(self, token: bytes) -> bytes:
        assert self._exchange is not None
        answer = self._exchange.evaluate(token)
        if self._exchange.is_complete:
            self._complete(f"User:{self._exchange.authorization_id}")
        return answer

    def _complete(self, principal: str) -> None:
        if self._is_again and principal != self.principal:
            change = f"{_dotted(self.principal)}: {_dotted(principal)}"
            raise AuthenticationRefused(f"Cannot change principals during re-authentication from {change}")
        lifetime_ms = self._mechanisms[self._mechanism].max_session_ms
        self.session_end_ms = self._now_ms() + lifetime_ms if lifetime_ms else None
        self.principal = principal
        self._exchange = None
        self.state = State.COMPLETE

    def _fail(self, reason: str) -> None:
        self.failure = f"SASL {self._word} failed: {reason}"
        self._exchange = None
        self.state = State.FAILED


def _dotted(principal: str) -> str:
    return principal.replace(":", ".", 1)
