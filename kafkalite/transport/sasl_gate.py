"""A gate before the router on connections of a listener with SASL, until the client has authenticated.

The connection hands its frames to a gate first. After authentication the gate removes itself, so that ordinary requests
pass no check at all; only if sessions end (``connections.max.reauth.ms``) it stays and checks the clock. A refusal is
delayed, since guessing should not be fast.

Source: SaslServerAuthenticator, Selector.DelayedAuthenticationFailureClose, SocketServer.processCompletedReceives.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kafkalite.broker.router import SlicedReply
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.api_keys import API_VERSIONS, SASL_HANDSHAKE
from kafkalite.protocol.connection import LastReply
from kafkalite.protocol.primitives import FrameWriter
from kafkalite.security.authenticator import Authenticator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from kafkalite.broker.context import ConnectionContext
    from kafkalite.broker.router import PendingResponse, Router
    from kafkalite.protocol.connection import Connection, Reply
    from kafkalite.security.authenticator import Mechanism
    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import Timer, TimerQueue

    Answer: TypeAlias = "FrameWriter | PendingResponse | SlicedReply | HeldBack | None"

_API_KEY_BYTES = 2
_LENGTH_BYTES = 4
_ERROR_CODE_POSITION = 8
"""The position of the error code in an answer to ApiVersions: after length and correlation id, in every version."""


class SaslListener:
    """The shared part of the gates of one listener.

    Args:
        mechanisms: in the order of the answer.
        max_receive_bytes: the longest frame before authentication.
        failure_delay_ms: the delay of a refusal; 0 = none.
    """

    def __init__(
        self,
        mechanisms: Sequence[Mechanism],
        max_receive_bytes: int,
        failure_delay_ms: int,
        clock: Clock,
        timers: TimerQueue,
    ) -> None:
        self.mechanisms = mechanisms
        self.max_receive_bytes = max_receive_bytes
        self.failure_delay_ms = failure_delay_ms
        self.clock = clock
        self.timers = timers

    def guard(self, connection: Connection, context: ConnectionContext, router: Router, max_frame_bytes: int) -> None:
        """Allow only authentication on a new connection; ``max_frame_bytes`` applies after it."""
        SaslGate(self, connection, context, router, max_frame_bytes)


class SaslGate:
    """The gate of one connection; see ``SaslListener``."""

    def __init__(
        self,
        listener: SaslListener,
        connection: Connection,
        context: ConnectionContext,
        router: Router,
        max_frame_bytes: int,
    ) -> None:
        self._listener = listener
        self._connection = connection
        self._context = context
        self._router = router
        self._max_frame_bytes = max_frame_bytes
        self._authenticator = Authenticator(listener.mechanisms, listener.clock.monotonic_ms)
        context.authenticator = self._authenticator
        connection.accept_frames(min(listener.max_receive_bytes, max_frame_bytes))
        connection.handle = self.handle_unauthenticated

    def handle_unauthenticated(self, frame: memoryview) -> Answer:
        """Answer a frame of a client that has not authenticated.

        Raises:
            ProtocolViolation: the connection must be closed.
        """
        authenticator = self._authenticator
        if authenticator.expects_bare_token:
            return self._go_on(_bare(authenticator.answer_bare_token(bytes(frame))))
        api_key = _api_key(frame)
        try:
            authenticator.check_request(api_key)
        except ApiError as error:
            return self._hold_back(self._router.refuse(self._context, frame, error))
        reply = self._router.handle(self._context, frame)
        if isinstance(reply, SlicedReply):  # no client sends so many requests before it has authenticated
            reply.abandon()
            raise ProtocolViolation("a request before authentication has too many tagged fields")
        assert reply is None or type(reply) is FrameWriter, "authentication never waits for anything"
        if api_key == API_VERSIONS:
            assert reply is not None
            authenticator.versions_answered(
                int.from_bytes(reply[_ERROR_CODE_POSITION : _ERROR_CODE_POSITION + 2], "big")
            )
        return self._go_on(reply)

    def handle_in_session(self, frame: memoryview) -> Answer:
        """Answer a frame of a client whose session will end.

        Raises:
            ProtocolViolation: the session has ended.
        """
        if _api_key(frame) == SASL_HANDSHAKE and self._authenticator.begin_again():
            self._connection.handle = self.handle_unauthenticated
            return self.handle_unauthenticated(frame)
        if self._authenticator.has_expired():
            raise ProtocolViolation("the SASL session has ended and the client did not re-authenticate")
        return self._router.handle(self._context, frame)

    def _go_on(self, reply: FrameWriter | None) -> Answer:
        authenticator = self._authenticator
        if authenticator.failure is not None:
            return self._hold_back(reply)
        if authenticator.is_complete:
            self._open()
        return reply

    def _open(self) -> None:
        connection = self._connection
        self._context.principal = self._authenticator.principal
        connection.accept_frames(self._max_frame_bytes)
        if self._authenticator.session_end_ms is None:
            connection.handle = partial(self._router.handle, self._context)
        else:
            connection.handle = self.handle_in_session

    def _hold_back(self, reply: FrameWriter | None) -> HeldBack:
        assert self._authenticator.failure is not None
        listener = self._listener
        return HeldBack(LastReply(self._authenticator.failure, reply), listener)


class HeldBack:
    """A last reply that is given after a delay, unless the client disconnects before."""

    def __init__(self, reply: LastReply, listener: SaslListener) -> None:
        self._reply = reply
        self._listener = listener
        self._timer: Timer | None = None

    def then(self, callback: Callable[[Reply], None]) -> None:
        """Call ``callback`` with the reply after the delay."""
        listener = self._listener
        if listener.failure_delay_ms <= 0:
            callback(self._reply)
            return
        deadline_ms = listener.clock.monotonic_ms() + listener.failure_delay_ms
        self._timer = listener.timers.schedule(deadline_ms, partial(callback, self._reply))

    def abandon(self) -> None:
        """Cancel the reply: the client is gone."""
        if self._timer is not None:
            self._timer.cancel()


def _api_key(frame: memoryview) -> int:
    return int.from_bytes(frame[:_API_KEY_BYTES], "big", signed=True)


def _bare(token: bytes | None) -> FrameWriter | None:
    """Return a token as a separate frame; None stays None."""
    if token is None:
        return None
    frame = FrameWriter(len(token).to_bytes(_LENGTH_BYTES, "big"))
    frame += token
    return frame
