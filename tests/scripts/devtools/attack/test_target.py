"""Which brokers may be attacked, and their memory."""

from __future__ import annotations

import os
import socket

import pytest

from scripts.devtools.attack.target import MemoryWatch, NotLoopback, Target, parse_loopback, reset


@pytest.mark.parametrize(("text", "address"), [("127.0.0.1:9092", ("127.0.0.1", 9092)), ("[::1]:9092", ("::1", 9092))])
def test_loopback_addresses(text: str, address: tuple[str, int]) -> None:
    assert parse_loopback(text) == address


@pytest.mark.parametrize("text", ["192.0.2.1:9092", "0.0.0.0:9092", "[2001:db8::1]:9092"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(NotLoopback):
        parse_loopback(text)


def test_what_is_no_address() -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        parse_loopback("localhost")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is read from /proc")
def test_the_peak_of_the_memory_is_kept() -> None:
    watch = MemoryWatch(Target("me", "127.0.0.1", 1, os.getpid()))
    with watch.watching():
        pass
    assert watch.peak_mb is not None and watch.peak_mb > 5


def test_memory_that_cannot_be_read_is_unknown() -> None:
    assert Target("x", "127.0.0.1", 1).resident_mb() is None
    watch = MemoryWatch(Target("x", "127.0.0.1", 1))
    with watch.watching():
        pass
    assert watch.peak_mb is None


def test_a_reset_is_seen_as_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        connection = Target("x", *server.getsockname()).connect()
        accepted, _ = server.accept()
        with accepted:
            reset(connection)
            with pytest.raises(ConnectionResetError):
                accepted.recv(1)
