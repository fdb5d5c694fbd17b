"""The connections of one listener: their count, their limits, and their shared objects.

A connection over ``max.connections``, or over the descriptors that the process has for connections, waits in the
system's queue until another one ends, with a log line.

Source: SocketServer.ConnectionQuotas (``max.connections``, ``max.connections.per.ip``, ``connections.max.idle.ms``).
"""

from __future__ import annotations

from itertools import count
from logging import getLogger
from typing import TYPE_CHECKING, Protocol

from kafkalite.transport.peer_log import PeerLog

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.context import ConnectionContext
    from kafkalite.broker.router import Router
    from kafkalite.model.exceptions import StorageFault
    from kafkalite.protocol.frame_buffer import RequestMemory
    from kafkalite.system.clock import Clock
    from kafkalite.system.work_queue import WorkQueue
    from kafkalite.transport.acceptor import ConnectionRoom
    from kafkalite.transport.sasl_gate import SaslListener

_log = getLogger("kafkalite.transport")
_connection_ids = count(1)


class ConnectionLimits:
    """The limits of a listener: the count of its connections, and their idle time (ms; negative = no limit).

    Args:
        overrides_per_ip: address -> its limit, as in ``max.connections.per.ip.overrides``.
    """

    __slots__ = ("max_count", "max_idle_ms", "max_per_ip", "overrides_per_ip")

    def __init__(self, max_count: int, max_per_ip: int, overrides_per_ip: dict[str, int], max_idle_ms: int) -> None:
        self.max_count = max_count
        self.max_per_ip = max_per_ip
        self.overrides_per_ip = overrides_per_ip
        self.max_idle_ms = max_idle_ms


class Connected(Protocol):
    """The interface of a connection to its admission."""

    context: ConnectionContext
    last_active_ms: int

    @property
    def unfinished(self) -> str:
        """The step before the first request that the client has not finished; "" for none."""
        ...

    @property
    def is_closing(self) -> bool:
        """Whether the connection is closing but not gone yet."""
        ...

    def has_been_active(self, now_ms: int) -> bool:
        """Return whether bytes were received or sent since the last call, and store the time."""
        ...

    def warn(self, template: str, *arguments: object) -> None:
        """Log a warning about the connection; the first argument of the template is its address."""
        ...

    def close(self) -> None:
        """Close after sending the queued replies."""
        ...

    def abort(self) -> None:
        """Close now."""
        ...


class Admission:
    """Counts the connections of one listener and holds their shared objects.

    Args:
        name: the listener's, as in ``listeners``.
        receive_buffer: shared by all connections of the loop.
        memory: the budget of the large requests of all connections.
        room: the connections that all listeners may have together.
        work: the queue of connections that have more to do than their share of a turn.
        end_turn: called after the replies of a turn were written.
        sasl: the authentication of clients; None = there is none.
        is_encrypted: whether clients speak TLS.
        peer_log: receives warnings about clients, shared by the listeners of a server; None = a separate one.
        report_fault: receives the faults of the storage that end an answer.
        connected: called with each connection that its protocol has taken over.
        resume: called when further connections may be accepted.

    Attributes:
        clients: the open connections, in the order of their arrival.
    """

    def __init__(
        self,
        name: str,
        router: Router,
        clock: Clock,
        limits: ConnectionLimits,
        *,
        receive_buffer: bytearray,
        memory: RequestMemory,
        room: ConnectionRoom,
        work: WorkQueue,
        max_frame_bytes: int,
        end_turn: Callable[[], None],
        http_advice: str,
        sasl: SaslListener | None,
        is_encrypted: bool,
        peer_log: PeerLog | None,
        report_fault: Callable[[StorageFault], None],
        connected: Callable[[], None],
        resume: Callable[[], None],
    ) -> None:
        self.name = name
        self.router = router
        self.clock = clock
        self.receive_buffer = receive_buffer
        self.memory = memory
        self.work = work
        self.max_frame_bytes = max_frame_bytes
        self.end_turn = end_turn
        self.http_advice = http_advice
        self.sasl = sasl
        self.is_encrypted = is_encrypted
        self.peer_log = peer_log or PeerLog(clock)
        self.report_fault = report_fault
        self.clients: dict[Connected, None] = {}
        self._limits = limits
        self._room = room
        self._connected = connected
        self._resume = resume
        self._count_per_ip: dict[str, int] = {}

    @property
    def limits(self) -> ConnectionLimits:
        """The present limits; connections above new ones stay."""
        return self._limits

    @limits.setter
    def limits(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._resume()

    @staticmethod
    def next_connection_id() -> int:
        """Return a number that no other connection of this process has had."""
        return next(_connection_ids)

    def admit(self, client: Connected) -> str | None:
        """Count a new connection; return the reason for refusing it, or None."""
        self._connected()
        host = client.context.peer_host
        per_ip = self._count_per_ip.get(host, 0) + 1
        self.clients[client] = None
        self._count_per_ip[host] = per_ip
        self._room.take()
        allowed = self._limits.overrides_per_ip.get(host, self._limits.max_per_ip)
        return f"max.connections.per.ip is {allowed}" if per_ip > allowed else None

    def forget(self, client: Connected) -> None:
        """Stop counting a connection that ended."""
        del self.clients[client]
        host = client.context.peer_host
        left = self._count_per_ip[host] - 1
        if left:
            self._count_per_ip[host] = left
        else:
            del self._count_per_ip[host]
        self._room.give_back()

    def find_obstacle(self, starting_count: int) -> str | None:
        """Return the reason why no further connection may be accepted now, or None.

        Args:
            starting_count: accepted connections that are not admitted yet.
        """
        if len(self.clients) + starting_count >= self._limits.max_count:
            return f"max.connections is {self._limits.max_count}"
        if self._room.count + starting_count >= self._room.capacity:
            return f"{self._room.capacity} connections are all that the limit of open files leaves room for: raise it"
        return None

    def close_clients(self) -> None:
        """Close every connection after its queued replies were sent."""
        for client in list(self.clients):
            client.close()

    def abort_clients(self) -> None:
        """Close every connection now."""
        for client in list(self.clients):
            client.abort()

    def close_idle(self) -> None:
        """Close the connections that are idle for too long."""
        max_idle_ms = self._limits.max_idle_ms
        if max_idle_ms < 0:
            return
        now_ms = self.clock.monotonic_ms()
        for client in list(self.clients):
            if client.is_closing:  # already logged: time passed faster than the loop turned
                continue
            if not client.has_been_active(now_ms) and now_ms - client.last_active_ms > max_idle_ms:
                idle_ms = now_ms - client.last_active_ms
                if client.unfinished:
                    client.warn("closing connection from %s: %s did not end in %d ms", client.unfinished, idle_ms)
                else:
                    _log.info("closing connection from %s: idle for %d ms", client.context, idle_ms)
                client.close()
