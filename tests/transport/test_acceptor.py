"""Accepting with pauses: no room, no descriptors, and connections that end before they begin."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable
from typing import Any

import pytest

from kafkalite.model.limits import ACCEPT_TURN_MAX_COUNT
from kafkalite.transport.acceptor import Acceptor, ConnectionRoom


class PlayedSocket:
    """Has connections to accept, or an error."""

    def __init__(self) -> None:
        self.waiting_count = 0
        self.problem: OSError | None = None
        self.accept_count = 0
        self.is_closed = False

    def fileno(self) -> int:
        return 5

    def listen(self, backlog: int) -> None:
        assert backlog == 7

    def accept(self) -> tuple[Any, Any]:
        self.accept_count += 1
        if self.problem is not None:
            raise self.problem
        if not self.waiting_count:
            raise BlockingIOError
        self.waiting_count -= 1
        return socket.socket(), ("127.0.0.1", 1)

    def close(self) -> None:
        self.is_closed = True


class PlayedTask:
    """A connection on its way to its protocol."""

    def __init__(self) -> None:
        self.problem: Exception | None = None
        self.done: Callable[[Any], None] = lambda task: None

    def add_done_callback(self, done: Callable[[Any], None]) -> None:
        self.done = done

    def cancelled(self) -> bool:
        return False

    def exception(self) -> Exception | None:
        return self.problem


class PlayedLoop:
    """Calls back when the test says so."""

    def __init__(self) -> None:
        self.reader: Callable[[], None] | None = None
        self.later: list[Callable[[], None]] = []
        self.tasks: list[PlayedTask] = []

    def add_reader(self, fd: int, callback: Callable[[], None]) -> None:
        assert fd == 5 and self.reader is None
        self.reader = callback

    def remove_reader(self, fd: int) -> None:
        assert fd == 5
        self.reader = None

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> Any:
        self.later.append(callback)
        return self

    def cancel(self) -> None:
        self.later.clear()

    def connect_accepted_socket(self, make_protocol: Callable[[], Any], sock: socket.socket) -> None:
        assert not sock.getblocking()
        sock.close()

    def create_task(self, coroutine: None) -> PlayedTask:
        self.tasks.append(PlayedTask())
        return self.tasks[-1]


class Scene:
    def __init__(self) -> None:
        self.loop = PlayedLoop()
        self.sock = PlayedSocket()
        self.obstacle: str | None = None
        loop: Any = self.loop
        sock: Any = self.sock
        warn = logging.getLogger("warnings").warning
        self.acceptor = Acceptor(sock)
        self.acceptor.start(7, lambda: self.obstacle, lambda: loop, warn, loop)

    def turn(self, waiting_count: int = 0) -> None:
        self.sock.waiting_count += waiting_count
        assert self.loop.reader is not None, "it accepts nothing"
        self.loop.reader()


def test_one_turn_accepts_what_waits_up_to_a_bound() -> None:
    scene = Scene()
    scene.turn(ACCEPT_TURN_MAX_COUNT + 5)
    assert len(scene.loop.tasks) == scene.acceptor.starting_count == ACCEPT_TURN_MAX_COUNT
    scene.turn()
    assert len(scene.loop.tasks) == ACCEPT_TURN_MAX_COUNT + 5


def test_without_room_it_pauses_until_it_is_resumed(caplog: pytest.LogCaptureFixture) -> None:
    scene = Scene()
    scene.obstacle = "max.connections is 1"
    scene.turn(3)
    assert scene.loop.reader is None and scene.sock.accept_count == 0
    assert caplog.messages == ["new connections wait: max.connections is 1"]
    scene.obstacle = None
    scene.acceptor.resume()
    scene.acceptor.resume()
    scene.turn()
    assert len(scene.loop.tasks) == 3


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM])
def test_without_descriptors_it_tries_again_later_and_says_so_once(
    number: int, caplog: pytest.LogCaptureFixture
) -> None:
    scene = Scene()
    scene.sock.problem = OSError(number, "Too many open files")
    scene.turn(3)
    assert scene.sock.accept_count == 1 and scene.loop.reader is None
    assert len(caplog.messages) == 1 and "raise the limit of open files" in caplog.messages[0]
    scene.sock.problem = None
    [again] = scene.loop.later
    again()
    scene.turn()
    assert len(scene.loop.tasks) == 3


def test_a_connection_that_was_aborted_meanwhile_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    scene = Scene()
    scene.sock.problem = ConnectionAbortedError()
    scene.turn()
    assert scene.loop.reader is not None and caplog.messages == []


def test_a_connection_is_starting_until_its_protocol_has_it_or_it_failed(caplog: pytest.LogCaptureFixture) -> None:
    scene = Scene()
    scene.turn(2)
    scene.acceptor.connected()
    assert scene.acceptor.starting_count == 1
    first, second = scene.loop.tasks
    first.done(first)
    second.problem = OSError("gone")
    second.done(second)
    assert scene.acceptor.starting_count == 0
    assert caplog.messages == ["a connection ended before it was served: gone"]


def test_stopped_is_stopped() -> None:
    scene = Scene()
    scene.acceptor.stop()
    scene.acceptor.stop()
    scene.acceptor.resume()
    assert scene.loop.reader is None and scene.sock.is_closed


def test_connections_that_end_while_others_start_let_it_go_on() -> None:
    """Accepted connections are counted one by one: the room is never full although accepting had to pause for them."""
    scene, room = Scene(), ConnectionRoom(4)

    def find_obstacle() -> str | None:
        return "full" if room.count + scene.acceptor.starting_count >= room.capacity else None

    scene.acceptor._find_obstacle = find_obstacle
    room.subscribe(scene.acceptor.resume)
    scene.turn(6)
    assert scene.loop.reader is None and scene.acceptor.starting_count == 4
    scene.acceptor.connected()
    room.take()
    assert scene.loop.reader is None, "nothing has ended yet"
    room.give_back()
    scene.turn()
    assert len(scene.loop.tasks) == 5


def test_room_tells_its_listeners_when_a_connection_ended() -> None:
    room = ConnectionRoom(2)
    resumed: list[int] = []
    room.subscribe(lambda: resumed.append(room.count))
    room.take()
    room.take()
    room.give_back()
    room.give_back()
    assert resumed == [1, 0]
