"""Accepts the connections of one listening socket while there is room for them.

Connections for which there is no room stay in the system's queue, unanswered, and are accepted after another one has
ended. asyncio's own server cannot pause: without descriptors it retries for the whole queue in every turn, and logs a
traceback each time.

Source: SocketServer.Acceptor, ConnectionQuotas.waitForConnectionSlot.
"""

from __future__ import annotations

import errno
from asyncio import get_running_loop
from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.model.limits import ACCEPT_RETRY_MS, ACCEPT_TURN_MAX_COUNT
from kafkalite.transport.binding import bind_listener

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task, TimerHandle
    from collections.abc import Callable
    from socket import socket
    from typing import Any

_log = getLogger("kafkalite.transport")

_OUT_OF_RESOURCES = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM))


class ConnectionRoom:
    """The total number of connections of all listeners of a process, and its limit.

    Args:
        capacity: the descriptors available for connections.
    """

    __slots__ = ("_resume", "capacity", "count")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.count = 0
        self._resume: list[Callable[[], None]] = []

    def subscribe(self, resume: Callable[[], None]) -> None:
        """Call ``resume`` after the end of each connection."""
        self._resume.append(resume)

    def take(self) -> None:
        """Count a new connection."""
        self.count += 1

    def give_back(self) -> None:
        """Count the end of a connection."""
        self.count -= 1
        # Always, not only when all room had been taken: a listener also pauses for connections that are accepted and
        # not counted here yet, and those that end before the others are counted never fill the room.
        for resume in self._resume:
            resume()


class Acceptor:
    """A bound socket whose connections asyncio accepts: an endpoint of `system.network`.

    Args:
        sock: a bound socket.

    Attributes:
        starting_count: accepted connections without an owner yet.
    """

    _loop: AbstractEventLoop
    _find_obstacle: Callable[[], str | None]
    _make_owner: Callable[[], Any]
    _warn: Callable[..., None]

    def __init__(self, sock: socket) -> None:
        self._sock = sock
        self._tasks: set[Task[object]] = set()
        self.starting_count = 0
        self._retry: TimerHandle | None = None
        self._is_started = False
        self._is_accepting = False
        self._is_stopped = False

    @property
    def address(self) -> tuple[str, int]:
        """The host and port that are bound."""
        host, port = self._sock.getsockname()[:2]
        return host, port

    def start(
        self,
        backlog: int,
        find_obstacle: Callable[[], str | None],
        make_owner: Callable[[], Any],
        warn: Callable[..., None],
        loop: AbstractEventLoop | None = None,
    ) -> None:
        """Begin to listen and to accept, see `system.network.Endpoint`; by default on the running loop."""
        self._loop = loop or get_running_loop()
        self._find_obstacle = find_obstacle
        self._make_owner = make_owner
        self._warn = warn
        self._sock.listen(backlog)
        self._is_started = True
        self._begin()

    def resume(self) -> None:
        """Continue after a pause if there is no obstacle any more."""
        if not self._is_started or self._is_stopped or self._is_accepting:
            return
        if self._find_obstacle() is None:
            self._begin()

    def _begin(self) -> None:
        self._is_accepting = True
        self._loop.add_reader(self._sock.fileno(), self._accept)

    def connected(self) -> None:
        """Stop counting a connection as starting: it has an owner."""
        self.starting_count -= 1

    def stop(self) -> None:
        """Stop accepting and free the address; the system refuses the waiting connections."""
        self._pause()
        self._is_stopped = True
        if self._retry is not None:
            self._retry.cancel()
        self._sock.close()

    def _pause(self) -> None:
        if self._is_accepting:
            self._is_accepting = False
            self._loop.remove_reader(self._sock.fileno())

    def _accept(self) -> None:
        for _ in range(ACCEPT_TURN_MAX_COUNT):
            obstacle = self._find_obstacle()
            if obstacle is not None:
                self._pause()
                self._warn("new connections wait: %s", obstacle)
                return
            try:
                sock, _ = self._sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as problem:
                if problem.errno not in _OUT_OF_RESOURCES:
                    raise
                self._pause()
                self._retry = self._loop.call_later(ACCEPT_RETRY_MS / 1000, self.resume)
                _log.error(
                    "new connections wait: the system has no room for another one (%s): raise the limit of open files",
                    problem.strerror,
                )
                return
            sock.setblocking(False)
            self._connect(sock)

    def _connect(self, sock: socket) -> None:
        self.starting_count += 1
        task = self._loop.create_task(self._loop.connect_accepted_socket(self._make_owner, sock))
        self._tasks.add(task)
        task.add_done_callback(self._started)

    def _started(self, task: Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            self.connected()
            self._warn("a connection ended before it was served: %s", problem)
            self.resume()


class SocketNetwork:
    """The network of the machine; its endpoints start on a running asyncio loop."""

    __slots__ = ()

    def bind(self, host: str, port: int) -> Acceptor:
        """Return a bound address, see `binding.bind_listener`.

        Raises:
            CannotBind: the address cannot be bound.
        """
        return Acceptor(bind_listener(host, port))
