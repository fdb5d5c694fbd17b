"""What is found at addresses of every kind."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from kafkalite.cli.diagnosis import probe as probing
from kafkalite.cli.diagnosis.probe import Listening, describe_bytes, probe
from tests.certificates import write_files
from tests.threaded_server import addresses, secured, threaded_server


@pytest.fixture(scope="module")
def listeners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[str, int]]]:
    """Addresses of a server's listeners: one of each kind."""
    with threaded_server(secured(write_files(tmp_path_factory.mktemp("keys")))) as server:
        yield addresses(server)


@pytest.mark.parametrize(
    ("listener", "protocol", "mechanisms"),
    [
        ("PLAINTEXT", "PLAINTEXT", None),
        ("TLS", "SSL", None),
        ("LOGIN", "SASL_PLAINTEXT", ("PLAIN", "SCRAM-SHA-256")),
        ("BOTH", "SASL_SSL", ("PLAIN", "SCRAM-SHA-256")),
    ],
)
def test_listeners_of_a_broker(
    listeners: dict[str, tuple[str, int]], listener: str, protocol: str, mechanisms: tuple[str, ...] | None
) -> None:
    found = probe(listeners[listener])
    assert (found.kind, found.security_protocol, found.mechanisms) == ("kafka", protocol, mechanisms)
    assert found.versions[18][1] >= 4


def test_a_listener_that_demands_a_certificate(listeners: dict[str, tuple[str, int]]) -> None:
    assert probe(listeners["MUTUAL"]) == Listening("kafka", has_tls=True, needs_certificate=True)


@pytest.fixture
def stranger() -> Iterator[Callable[[bytes | None], tuple[str, int]]]:
    """Start a server that answers every connection with these bytes and hangs up; None = says nothing."""
    opened: list[socket.socket] = []

    def start(answer: bytes | None) -> tuple[str, int]:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                if answer is None:
                    opened.append(connection)
                    continue
                with connection:
                    connection.recv(1024)
                    connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return listening.getsockname()

    yield start
    for one in opened:
        if one.fileno() >= 0:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()


def test_a_web_server(stranger: Callable[[bytes | None], tuple[str, int]]) -> None:
    found = probe(stranger(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))
    assert (found.kind, found.detail) == ("other", "HTTP")


def test_a_server_that_hangs_up(stranger: Callable[[bytes | None], tuple[str, int]]) -> None:
    assert probe(stranger(b"")) == Listening("closed")


def test_a_server_that_says_nothing(
    stranger: Callable[[bytes | None], tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "ANSWER_TIMEOUT_S", 0.1)
    assert probe(stranger(None)) == Listening("silent")


def test_a_server_that_answers_byte_by_byte(
    stranger: Callable[[bytes | None], tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = itertools.count()
    monkeypatch.setattr(probing.time, "monotonic", lambda: float(next(moments)))
    monkeypatch.setattr(socket.socket, "recv", lambda self, size: b"\x00")
    assert probe(stranger(b"")) == Listening("silent")


@pytest.mark.parametrize(
    "answer", [b"\x00\x00\x00\x06\x00\x00\x00\x01\x00\x00", b"\x00\x00\x00\x20half", b"\x7f\xff\xff\xff", b"\x00" * 8]
)
def test_damaged_answers(stranger: Callable[[bytes | None], tuple[str, int]], answer: bytes) -> None:
    assert probe(stranger(answer)).kind in ("other", "closed")


def test_nothing_accepts() -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        with pytest.raises(ConnectionRefusedError):
            probe(bound_only.getsockname())


@pytest.mark.parametrize(
    ("data", "shown"), [(b"HTTP/1.0", "HTTP"), (b"SSH-2.0-x", "SSH"), (b"\x00\xffabc", "'\\x00\\xffabc'")]
)
def test_protocols_by_their_first_bytes(data: bytes, shown: str) -> None:
    assert describe_bytes(data) == shown
