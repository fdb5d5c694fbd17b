"""The network door: endpoints that accept connections, and the server's side of a connection.

Methods have the names and the meaning of asyncio's, so that asyncio's own transports are connections of this door: an
adapter between them would cost every request a call. Deadlines are no part of it: timers follow the clock
(`system.timers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Bytes = bytes | bytearray | memoryview


class Channel(Protocol):
    """One accepted connection. Bytes arrive in order or not at all; writes after `close` or `abort` have no effect.

    Source: asyncio.Transport.
    """

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return the (host, port) of "sockname" or "peername"; "socket" is None if the system has no socket."""
        ...

    def write(self, data: Bytes) -> None:
        """Queue bytes, which the peer receives after all earlier ones."""
        ...

    def get_write_buffer_size(self) -> int:
        """Return the number of queued bytes."""
        ...

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Call the owner's `pause_writing` above `high` queued bytes, `resume_writing` at `low` again."""
        ...

    def pause_reading(self) -> None:
        """Stop delivering bytes to the owner until `resume_reading`."""
        ...

    def resume_reading(self) -> None:
        """Deliver bytes to the owner again."""
        ...

    def is_closing(self) -> bool:
        """Return whether the connection is closed or being closed, by either side."""
        ...

    def close(self) -> None:
        """Close after sending the queued bytes; then the owner's `connection_lost` is called."""
        ...

    def abort(self) -> None:
        """Close now and drop the queued bytes; then the owner's `connection_lost` is called."""
        ...


class ConnectionOwner(Protocol):
    """The protocol of one connection, called by its endpoint in the thread of the broker.

    Source: asyncio.BufferedProtocol.
    """

    def connection_made(self, transport: Any) -> None:
        """Take over a connection, a `Channel`; called once and first."""
        ...

    def get_buffer(self, sizehint: int) -> memoryview:
        """Lend a buffer for the next bytes."""
        ...

    def buffer_updated(self, nbytes: int) -> None:
        """Process that many bytes that were written into the buffer."""
        ...

    def eof_received(self) -> bool | None:
        """Note that the peer sends no more; any result but True closes the connection."""
        ...

    def pause_writing(self) -> None:
        """Stop writing: the peer does not read."""
        ...

    def resume_writing(self) -> None:
        """Resume writing."""
        ...

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the connection; called once and last."""
        ...


class Endpoint(Protocol):
    """A bound address.

    Attributes:
        starting_count: accepted connections without an owner yet.
    """

    starting_count: int

    @property
    def address(self) -> tuple[str, int]:
        """The host and port that are bound."""
        ...

    def start(
        self,
        backlog: int,
        find_obstacle: Callable[[], str | None],
        make_owner: Callable[[], Any],
        warn: Callable[..., None],
    ) -> None:
        """Begin to accept.

        Args:
            backlog: the number of connections that may wait to be accepted.
            find_obstacle: returns the reason why no further connection may be accepted now, or None.
            make_owner: creates the `ConnectionOwner` of an accepted connection, which then calls `connected`.
            warn: logs a warning, text with its arguments.

        Raises:
            OSError: another process listens there.
        """
        ...

    def resume(self) -> None:
        """Continue after a pause if there is no obstacle any more."""
        ...

    def connected(self) -> None:
        """Stop counting a connection as starting: it has an owner."""
        ...

    def stop(self) -> None:
        """Stop accepting and free the address; may be called more than once."""
        ...


class Network(Protocol):
    """The addresses of a broker."""

    def bind(self, host: str, port: int) -> Endpoint:
        """Return a bound address that does not listen yet; port 0 lets the network choose.

        Raises:
            OSError: the address is taken, or not ours, or the name of the host is unknown.
        """
        ...
