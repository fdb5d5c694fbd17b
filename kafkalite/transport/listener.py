"""One bound endpoint: accepts connections and holds what they share.

A connection over ``max.connections``, or over the descriptors that the process has for connections, waits where the
system queues it until another one ends; the log says so.

Source: SocketServer.ConnectionQuotas (``max.connections``, ``max.connections.per.ip``, ``connections.max.idle.ms``).
"""

from __future__ import annotations

from functools import partial
from itertools import count
from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.transport.acceptor import Acceptor
from kafkalite.transport.binding import resolve
from kafkalite.transport.client_protocol import ClientProtocol
from kafkalite.transport.peer_log import PeerLog

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, BaseProtocol
    from collections.abc import Callable, Mapping
    from socket import socket
    from ssl import SSLContext

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
    """How many connections are accepted, and for how long they may be idle (ms; negative for ever).

    Args:
        overrides_per_ip: address -> its own limit, as ``max.connections.per.ip.overrides``.
    """

    __slots__ = ("max_count", "max_idle_ms", "max_per_ip", "overrides_per_ip")

    def __init__(self, max_count: int, max_per_ip: int, overrides_per_ip: dict[str, int], max_idle_ms: int) -> None:
        self.max_count = max_count
        self.max_per_ip = max_per_ip
        self.overrides_per_ip = overrides_per_ip
        self.max_idle_ms = max_idle_ms


def resolve_overrides(overrides: Mapping[str, int]) -> dict[str, int]:
    """Return address -> limit of overrides that may name hosts; a name that is not known stands for nobody."""
    resolved = {}
    for host, limit in overrides.items():
        for address in resolve(host):
            resolved[address] = limit
    return resolved


class Listener:
    """A listener of the broker.

    Args:
        name: as in ``listeners``.
        sock: bound already; listening begins with ``start``.
        receive_buffer: shared by all connections of the loop.
        memory: what large requests of all connections are counted against.
        room: the connections that all listeners may have together.
        work: where connections go on that have more to do than their share of a turn.
        end_turn: called after the replies of a turn were written.
        sasl: how clients authenticate; None = they need not.
        tls: keys and rules of encryption; None = there is none.
        peer_log: what warnings about clients go to, shared by the listeners of a server; None = one of its own.
        report_fault: is given the faults of the storage that end an answer.

    Attributes:
        limits: may be replaced at any time; connections above new limits stay, those that they allow are accepted.
    """

    def __init__(
        self,
        name: str,
        sock: socket,
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
        http_advice: str = "",
        sasl: SaslListener | None = None,
        tls: SSLContext | None = None,
        peer_log: PeerLog | None = None,
        report_fault: Callable[[StorageFault], None] = lambda fault: None,
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
        self.peer_log = peer_log or PeerLog(clock)
        self.report_fault = report_fault
        self._tls = tls
        self._limits = limits
        self._room = room
        self._sock = sock
        self._clients: dict[ClientProtocol, None] = {}
        self._count_per_ip: dict[str, int] = {}
        self._acceptor: Acceptor | None = None

    @property
    def address(self) -> tuple[str, int]:
        """The host and port that are bound."""
        host, port = self._sock.getsockname()[:2]
        return host, port

    @property
    def is_encrypted(self) -> bool:
        """Whether clients speak TLS."""
        return self._tls is not None

    @property
    def limits(self) -> ConnectionLimits:
        """The limits that hold now."""
        return self._limits

    @limits.setter
    def limits(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._resume()

    def __len__(self) -> int:
        return len(self._clients)

    def start(self, loop: AbstractEventLoop, backlog: int) -> None:
        """Begin to accept; at most ``backlog`` connections wait in the system."""
        warn = partial(self.peer_log.warn_of, f"listener {self.name}")
        self._acceptor = Acceptor(loop, self._sock, self._find_obstacle, self._protocol_factory(), warn)
        self._room.subscribe(self._resume)
        self._acceptor.start(backlog)

    def _protocol_factory(self) -> Callable[[], BaseProtocol]:
        """Return what makes the protocol of a new socket; the code of TLS is loaded where there is TLS."""
        tls = self._tls
        if tls is None:
            return lambda: ClientProtocol(self)
        from kafkalite.transport.tls_protocol import TlsProtocol  # noqa: PLC0415

        return lambda: TlsProtocol(tls, ClientProtocol(self), self.work)

    def stop_accepting(self) -> None:
        """Take no new connections; those that are there go on."""
        if self._acceptor is not None:
            self._acceptor.stop()
        else:
            self._sock.close()

    def close_clients(self) -> None:
        """Close every connection after its queued replies were sent."""
        for client in list(self._clients):
            client.close()

    def abort_clients(self) -> None:
        """Close every connection now."""
        for client in list(self._clients):
            client.abort()

    @staticmethod
    def next_connection_id() -> int:
        """Return a number no connection of this process had before."""
        return next(_connection_ids)

    def admit(self, client: ClientProtocol) -> str | None:
        """Count a new connection; returns why it is refused, or None."""
        if self._acceptor is not None:
            self._acceptor.connected()
        host = client.context.peer_host
        per_ip = self._count_per_ip.get(host, 0) + 1
        self._clients[client] = None
        self._count_per_ip[host] = per_ip
        self._room.take()
        allowed = self._limits.overrides_per_ip.get(host, self._limits.max_per_ip)
        return f"max.connections.per.ip is {allowed}" if per_ip > allowed else None

    def forget(self, client: ClientProtocol) -> None:
        """Count a connection no more: it ended."""
        del self._clients[client]
        host = client.context.peer_host
        left = self._count_per_ip[host] - 1
        if left:
            self._count_per_ip[host] = left
        else:
            del self._count_per_ip[host]
        self._room.give_back()

    def _find_obstacle(self) -> str | None:
        """Return why no further connection may be accepted now, or None."""
        assert self._acceptor is not None
        starting_count = self._acceptor.starting_count
        if len(self._clients) + starting_count >= self._limits.max_count:
            return f"max.connections is {self._limits.max_count}"
        if self._room.count + starting_count >= self._room.capacity:
            return f"{self._room.capacity} connections are all that the limit of open files leaves room for: raise it"
        return None

    def _resume(self) -> None:
        if self._acceptor is not None:
            self._acceptor.resume()

    def close_idle(self) -> None:
        """Close the connections on which nothing happened for too long."""
        max_idle_ms = self._limits.max_idle_ms
        if max_idle_ms < 0:
            return
        now_ms = self.clock.monotonic_ms()
        for client in list(self._clients):
            if client.is_closing:  # said already: time passed faster than the loop turned
                continue
            if not client.has_been_active(now_ms) and now_ms - client.last_active_ms > max_idle_ms:
                idle_ms = now_ms - client.last_active_ms
                if client.unfinished:
                    client.warn("closing connection from %s: %s did not end in %d ms", client.unfinished, idle_ms)
                else:
                    _log.info("closing connection from %s: idle for %d ms", client.context, idle_ms)
                client.close()
