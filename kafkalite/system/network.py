"""The network door: endpoints that accept connections, and a connection as its server sees it.

Methods carry the names and the meaning that asyncio gives them, so that asyncio's own transports are connections of
this door: an adapter between them would cost every request a call. Deadlines are no part of it: timers hang on the
clock (`system.timers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Bytes = bytes | bytearray | memoryview


class Channel(Protocol):
    """One accepted connection. Bytes arrive in their order or not at all; after `close` or `abort` nothing is sent.

    Source: asyncio.Transport.
    """

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return the (host, port) of "sockname" or "peername"; "socket" is None where the system has no socket."""
        ...

    def write(self, data: Bytes) -> None:
        """Queue bytes, which the peer receives after all that was written before."""
        ...

    def get_write_buffer_size(self) -> int:
        """Return how many bytes are queued."""
        ...

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Call the owner's `pause_writing` above `high` queued bytes, `resume_writing` at `low` again."""
        ...

    def pause_reading(self) -> None:
        """Give the owner no bytes until `resume_reading`."""
        ...

    def resume_reading(self) -> None:
        """Give the owner bytes again."""
        ...

    def is_closing(self) -> bool:
        """Return whether the connection is closed or being closed, by either side."""
        ...

    def close(self) -> None:
        """Close once everything queued was sent; the owner hears `connection_lost`."""
        ...

    def abort(self) -> None:
        """Close now and drop what is queued; the owner hears `connection_lost`."""
        ...


class ConnectionOwner(Protocol):
    """The protocol of one connection, called by its endpoint in the thread of the broker.

    Source: asyncio.BufferedProtocol.
    """

    def connection_made(self, transport: Any) -> None:
        """Take a connection, as a `Channel`; called once and first."""
        ...

    def get_buffer(self, sizehint: int) -> memoryview:
        """Lend a buffer for the next bytes."""
        ...

    def buffer_updated(self, nbytes: int) -> None:
        """Take so many bytes that were written into the buffer."""
        ...

    def eof_received(self) -> bool | None:
        """Note that the peer sends no more; anything but True closes the connection."""
        ...

    def pause_writing(self) -> None:
        """Write no more: the peer does not read."""
        ...

    def resume_writing(self) -> None:
        """Write again."""
        ...

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the connection; called once and last."""
        ...


class Endpoint(Protocol):
    """A bound address.

    Attributes:
        starting_count: connections that are accepted and have no owner yet.
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
            find_obstacle: returns why no further connection may be accepted now, or None.
            make_owner: makes the `ConnectionOwner` of an accepted connection, which calls `connected` in its turn.
            warn: logs a warning, text with its arguments.

        Raises:
            OSError: another process listens there.
        """
        ...

    def resume(self) -> None:
        """Go on after a pause if there is no obstacle any more."""
        ...

    def connected(self) -> None:
        """Count a connection no more as starting: its owner has it."""
        ...

    def stop(self) -> None:
        """Accept nothing more and free the address; works more than once."""
        ...


class Network(Protocol):
    """The addresses of a broker."""

    def bind(self, host: str, port: int) -> Endpoint:
        """Return a bound address that does not listen yet; port 0 lets the network choose.

        Raises:
            OSError: the address is taken, or not ours, or the name of the host is unknown.
        """
        ...
