"""One bound endpoint: listens, accepts connections and hands them to their admission."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kafkalite.transport.admission import Admission, ConnectionLimits
from kafkalite.transport.client_protocol import ClientProtocol

if TYPE_CHECKING:
    from asyncio import BaseProtocol
    from collections.abc import Callable
    from ssl import SSLContext

    from kafkalite.broker.router import Router
    from kafkalite.model.exceptions import StorageFault
    from kafkalite.protocol.frame_buffer import RequestMemory
    from kafkalite.system.clock import Clock
    from kafkalite.system.network import Endpoint
    from kafkalite.system.work_queue import WorkQueue
    from kafkalite.transport.acceptor import ConnectionRoom
    from kafkalite.transport.peer_log import PeerLog
    from kafkalite.transport.sasl_gate import SaslListener


class Listener:
    """A listener of the broker.

    Args:
        name: as in ``listeners``.
        endpoint: a bound one; listening begins with ``start``.
        receive_buffer: shared by all connections of the loop.
        memory: the budget of the large requests of all connections.
        room: the connections that all listeners may have together.
        work: the queue of connections that have more to do than their share of a turn.
        end_turn: called after the replies of a turn were written.
        sasl: the authentication of clients; None = there is none.
        tls: keys and rules of encryption; None = there is none.
        peer_log: receives warnings about clients, shared by the listeners of a server; None = a separate one.
        report_fault: receives the faults of the storage that end an answer.

    Attributes:
        admission: the connections and their shared objects.
    """

    def __init__(
        self,
        name: str,
        endpoint: Endpoint,
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
        self.admission = Admission(
            name,
            router,
            clock,
            limits,
            receive_buffer=receive_buffer,
            memory=memory,
            room=room,
            work=work,
            max_frame_bytes=max_frame_bytes,
            end_turn=end_turn,
            http_advice=http_advice,
            sasl=sasl,
            is_encrypted=tls is not None,
            peer_log=peer_log,
            report_fault=report_fault,
            connected=endpoint.connected,
            resume=endpoint.resume,
        )
        self._tls = tls
        self._room = room
        self._endpoint = endpoint

    @property
    def address(self) -> tuple[str, int]:
        """The host and port that are bound."""
        return self._endpoint.address

    @property
    def limits(self) -> ConnectionLimits:
        """The present limits; connections above new ones stay, those that they allow are accepted."""
        return self.admission.limits

    @limits.setter
    def limits(self, limits: ConnectionLimits) -> None:
        self.admission.limits = limits

    def __len__(self) -> int:
        return len(self.admission.clients)

    def start(self, backlog: int) -> None:
        """Begin to accept; at most ``backlog`` connections wait in the system.

        Raises:
            OSError: another process listens there.
        """
        warn = partial(self.admission.peer_log.warn_of, f"listener {self.name}")
        self._room.subscribe(self._endpoint.resume)
        self._endpoint.start(backlog, self._find_obstacle, self._protocol_factory(), warn)

    def _protocol_factory(self) -> Callable[[], BaseProtocol]:
        """Return the factory of protocols of new sockets; the code of TLS is loaded only if the listener has TLS."""
        admission, tls = self.admission, self._tls
        if tls is None:
            return lambda: ClientProtocol(admission)
        from kafkalite.transport.tls_protocol import TlsProtocol  # noqa: PLC0415

        return lambda: TlsProtocol(tls, ClientProtocol(admission), admission.work)

    def stop_accepting(self) -> None:
        """Accept no new connections; existing ones continue."""
        self._endpoint.stop()

    def close_clients(self) -> None:
        """Close every connection after sending its queued replies."""
        self.admission.close_clients()

    def abort_clients(self) -> None:
        """Close every connection now."""
        self.admission.abort_clients()

    def close_idle(self) -> None:
        """Close the connections that are idle for too long."""
        self.admission.close_idle()

    def _find_obstacle(self) -> str | None:
        return self.admission.find_obstacle(self._endpoint.starting_count)
