"""The context of a request for its handler, and answers that come later."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kafkalite.security.authenticator import Authenticator

ANONYMOUS = "User:ANONYMOUS"
"""The principal of who did not say who he is. Source: KafkaPrincipal.ANONYMOUS."""


class ConnectionContext:
    """One client connection, as far as handlers may know it.

    Attributes:
        connection_id: unique in this process, for logs.
        listener_name: the listener it came in by, as in ``listeners`` ("PLAINTEXT").
        local_host, local_port: the address of ours that the client reached.
        peer_host, peer_port: the client's address.
        authenticator: on a listener with SASL, what knows how far the client has authenticated; None on others.
        principal: the client's name in Kafka's form ("User:ANONYMOUS" without authentication).
        client_software_name, client_software_version: from ApiVersions v3+ (KIP-511), "unknown" before.
    """

    __slots__ = (
        "authenticator",
        "client_software_name",
        "client_software_version",
        "connection_id",
        "listener_name",
        "local_host",
        "local_port",
        "peer_host",
        "peer_port",
        "principal",
    )

    def __init__(
        self,
        connection_id: int,
        listener_name: str,
        local_address: tuple[str, int],
        peer_address: tuple[str, int],
    ) -> None:
        self.connection_id = connection_id
        self.listener_name = listener_name
        self.local_host, self.local_port = local_address
        self.peer_host, self.peer_port = peer_address
        self.principal = ANONYMOUS
        self.authenticator: Authenticator | None = None
        self.client_software_name = "unknown"
        self.client_software_version = "unknown"

    def __str__(self) -> str:
        return f"{self.peer_host}:{self.peer_port}"


class RequestContext:
    """One request: its header and the connection it came by. ``client_id`` is None where the client sent null.

    Attributes:
        is_large: whether the request may hold so many elements that handling it at once would take long.
    """

    __slots__ = ("api_key", "api_version", "client_id", "connection", "correlation_id")

    is_large = False

    def __init__(
        self,
        api_key: int,
        api_version: int,
        correlation_id: int,
        client_id: str | None,
        connection: ConnectionContext,
    ) -> None:
        self.api_key = api_key
        self.api_version = api_version
        self.correlation_id = correlation_id
        self.client_id = client_id
        self.connection = connection


class LargeRequestContext(RequestContext):
    """The context of a request of at least `SLICED_FRAME_MIN_BYTES`."""

    __slots__ = ()

    is_large = True


class Deferred:
    """A reply that is not known yet. The connection stays muted until it is completed.

    It is completed at most once; who completes it after the client went away is not told, for nothing is left to do.
    """

    __slots__ = ("_callback", "_completed", "_response", "on_abandon")

    def __init__(self) -> None:
        self._callback: Callable[[Any], None] | None = None
        self._completed = False
        self._response: Any = None
        self.on_abandon: Callable[[], None] | None = None

    @property
    def is_completed(self) -> bool:
        """Whether a response was given, delivered or not."""
        return self._completed

    def complete(self, response: Any) -> None:
        """Give the response. A second call is a bug.

        Args:
            response: a message, None for no reply, or an exception for a request that failed as a whole:
                ApiError with its code, ProtocolViolation to close the connection, anything else as a bug. Or a
                generator that yields wherever it may be interrupted and returns, or raises, one of these.
        """
        assert not self._completed, "a deferred reply was completed twice"
        self._completed = True
        # What waits and its reply refer to each other: cut, so that the reply is free once it was sent.
        self.on_abandon = None
        callback, self._callback = self._callback, None
        if callback is not None:
            callback(response)
        else:
            self._response = response

    def then(self, callback: Callable[[Any], None]) -> None:
        """Call ``callback(response)`` once: now where it is known already, else on completion."""
        if self._completed:
            response, self._response = self._response, None
            callback(response)
        else:
            self._callback = callback

    def abandon(self) -> None:
        """Drop the callback and let what waits clean up: the client is gone.

        Both are forgotten, so that what they hold is free now and not when cycles are collected.
        """
        self._callback = None
        on_abandon, self.on_abandon = self.on_abandon, None
        if on_abandon is not None:
            on_abandon()
