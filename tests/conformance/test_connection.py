"""Raw connections to brokers that answer, die, hang, drip and talk nonsense."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from kafkalite.conformance.connection import ANSWER_MAX_BYTES, NoAnswer, RawConnection, parse_address
from tests.conformance.patient import ManualPatience

Peer = Callable[[socket.socket], None]


@pytest.fixture
def connect() -> Iterator[Callable[..., RawConnection]]:
    """Return a function that connects to a peer, which is given its end of the connection in a thread."""
    opened: list[RawConnection] = []
    threads: list[threading.Thread] = []

    def open_connection(peer: Peer, patience: ManualPatience | None = None) -> RawConnection:
        with socket.create_server(("127.0.0.1", 0)) as server:
            opened.append(RawConnection(server.getsockname(), patience or ManualPatience()))
            accepted, _ = server.accept()

        def run() -> None:
            with accepted:
                peer(accepted)

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return opened[-1]

    yield open_connection
    for connection in opened:
        connection.close()
    for thread in threads:
        thread.join(10)


def says(*parts: bytes) -> Peer:
    """Return a peer that writes the parts and then waits until the other side closes."""

    def peer(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            for part in parts:
                connection.sendall(part)
            connection.recv(1)

    return peer


def says_and_closes(data: bytes) -> Peer:
    """Return a peer that writes and closes."""
    return lambda connection: connection.sendall(data)


def outcome_of(connection: RawConnection, timeout_s: float = 10.0, number: int | None = None) -> tuple[str, str]:
    with pytest.raises(NoAnswer) as caught:
        connection.receive_frame(timeout_s, number)
    return caught.value.outcome, caught.value.detail


def test_a_frame_comes_in_pieces(connect: Callable[..., RawConnection]) -> None:
    connection = connect(says(b"\0\0", b"\0\5\0\0", b"\0\7x"))
    assert connection.receive_frame(10.0, 7) == b"\0\0\0\7x"


def test_a_closed_connection_says_how_much_came(connect: Callable[..., RawConnection]) -> None:
    assert outcome_of(connect(says_and_closes(b""))) == ("closed", "connection closed")
    assert outcome_of(connect(says_and_closes(b"\0\0"))) == ("closed", "connection closed (2 of 4 bytes came)")
    half = connect(says_and_closes(b"\0\0\0\x09abc"))
    assert outcome_of(half) == ("closed", "connection closed (3 of 9 bytes came)")


def test_silence_says_how_much_came(connect: Callable[..., RawConnection]) -> None:
    assert outcome_of(connect(says()), 0.05) == ("silent", "no answer within 0.05 s")
    outcome, detail = outcome_of(connect(says(b"\0\0\0\x09abc")), 0.5)
    assert (outcome, detail) == ("silent", "no answer within 0.5 s (3 of 9 bytes came)")


@pytest.mark.parametrize("size", [-1, ANSWER_MAX_BYTES + 1, int.from_bytes(b"HTTP", "big")])
def test_a_length_that_no_answer_has(connect: Callable[..., RawConnection], size: int) -> None:
    connection = connect(says(size.to_bytes(4, "big", signed=True)))
    assert outcome_of(connection)[0] == f"undecodable: byte 0: a length of {size} bytes"


class TickingPatience(ManualPatience):
    """A second passes whenever somebody looks at the clock."""

    def now_s(self) -> float:
        self.manual_clock.advance(1000)
        return super().now_s()


def test_an_answer_without_an_end_is_read_until_the_deadline(connect: Callable[..., RawConnection]) -> None:
    def flood(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(ANSWER_MAX_BYTES.to_bytes(4, "big") + bytes(ANSWER_MAX_BYTES))

    connection = connect(flood, TickingPatience())
    outcome, detail = outcome_of(connection, 6.0)
    connection.close()
    assert outcome == "silent"
    assert detail.startswith("no answer within 6 s (") and detail.endswith(f" of {ANSWER_MAX_BYTES} bytes came)")


def test_the_answer_to_another_request(connect: Callable[..., RawConnection]) -> None:
    connection = connect(says(b"\0\0\0\4\0\0\0\5"))
    assert outcome_of(connection, number=6)[0] == "undecodable: byte 4: correlation id 5, the request has 6"


def test_abort_ends_a_wait_in_another_thread(connect: Callable[..., RawConnection]) -> None:
    connection = connect(says())
    threading.Thread(target=connection.abort).start()
    assert outcome_of(connection, 60.0)[0] == "closed"


def test_sending_to_a_peer_that_left_shows_when_the_answer_is_read(connect: Callable[..., RawConnection]) -> None:
    connection = connect(says_and_closes(b""))
    for _ in range(3):
        connection.send("Heartbeat", 0, b"x" * 100_000, None)
    assert outcome_of(connection)[0] == "closed"


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
    with pytest.raises(OSError):
        RawConnection(address, ManualPatience())


def test_addresses() -> None:
    assert parse_address("[::1]:9092") == ("::1", 9092)
    for text in ("nowhere", ":1", "host:", "host:x"):
        with pytest.raises(ValueError, match="HOST:PORT"):
            parse_address(text)
