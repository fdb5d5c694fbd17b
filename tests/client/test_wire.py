"""Sockets: deadlines, frames and words for what fails."""

from __future__ import annotations

import socket
import ssl

import pytest

from kafkalite.client.errors import Disconnected, NotKafka, TimedOut
from kafkalite.client.wire import Wire, describe_garbage, os_error_text, tls_error_text
from kafkalite.system.clock import ManualClock


@pytest.fixture
def pair() -> tuple[Wire, socket.socket]:
    """Return a wire and the socket at its other end; its clock stands at 0 ms."""
    near, far = socket.socketpair()
    return Wire(near, "peer:1", ManualClock()), far


def test_frames_arrive_in_pieces(pair: tuple[Wire, socket.socket]) -> None:
    wire, far = pair
    wire.send(b"hello", 1000, "Test")
    assert far.recv(100) == b"\0\0\0\5hello"
    far.sendall(b"\0\0\0\4ab")
    far.sendall(b"cd\0\0\0\5rest")
    assert wire.receive(1000, "Test") == b"abcd"
    far.close()
    with pytest.raises(Disconnected, match="peer:1 closed the connection instead of answering Test"):
        wire.receive(1000, "Test")
    wire.close()


def test_a_deadline_that_has_passed(pair: tuple[Wire, socket.socket]) -> None:
    wire, far = pair
    with pytest.raises(TimedOut, match="peer:1 did not answer Test in time"):
        wire.send(b"x", 0, "Test")
    with pytest.raises(TimedOut):
        wire.receive(20, "Test")
    wire.close()
    far.close()


@pytest.mark.parametrize("prefix", [b"\0\0\0\3", b"\xff\xff\xff\xff", b"\0\0\1\1"])
def test_lengths_that_cannot_be(pair: tuple[Wire, socket.socket], prefix: bytes) -> None:
    wire, far = pair
    far.sendall(prefix)
    with pytest.raises(NotKafka, match="peer:1 does not speak Kafka's protocol"):
        wire.receive(1000, "Test", 256)
    wire.close()
    far.close()


def test_words() -> None:
    assert describe_garbage(b"HTTP") == "is an HTTP server, not a Kafka broker"
    assert os_error_text(TimeoutError()) == "timed out"
    assert os_error_text(ConnectionRefusedError(111, "Connection refused")) == "connection refused"
    assert tls_error_text(ssl.SSLEOFError()) == "the broker closed the connection"
    assert tls_error_text(ConnectionResetError()) == "the broker closed the connection"
