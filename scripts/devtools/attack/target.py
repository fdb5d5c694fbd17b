"""The broker under attack: its address, its memory, and connections to it."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass

CONNECT_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 20.0
SAMPLE_S = 0.02


class NotLoopback(ValueError):
    """The address is not of this machine alone; the message names it."""


def parse_loopback(text: str) -> tuple[str, int]:
    """Return host and port of "host:port".

    Raises:
        ValueError: the text has another form.
        NotLoopback: the address is not a loopback one.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal():
        raise ValueError(f"{text!r} is not HOST:PORT")
    host = host.strip("[]")
    for *_, address in socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(address[0]).is_loopback:
            raise NotLoopback(f"{text} is no loopback address ({address[0]}): only this machine's brokers are attacked")
    return host, int(port)


@dataclass(frozen=True)
class Target:
    """A broker. `pid` None: its memory is not known."""

    name: str
    host: str
    port: int
    pid: int | None = None

    def connect(self) -> socket.socket:
        """Return a new connection."""
        made = socket.create_connection((self.host, self.port), CONNECT_TIMEOUT_S)
        made.settimeout(ANSWER_TIMEOUT_S)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def resident_mb(self) -> float | None:
        """Return the resident memory in MB (10^6 bytes); None if it cannot be read."""
        if self.pid is None:
            return None
        try:
            with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:
            return None


def reset(connection: socket.socket) -> None:
    """Close a connection with a reset, as a process does that ends with unread bytes."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class MemoryWatch:
    """Samples the resident memory of a target; `peak_mb` is None if it cannot be read."""

    def __init__(self, target: Target) -> None:
        self.peak_mb = target.resident_mb()
        self._target = target
        self._ended = threading.Event()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Sample as long as the block runs."""
        thread = threading.Thread(target=self._sample, name="memory", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(SAMPLE_S):
            now_mb = self._target.resident_mb()
            if now_mb is not None:
                self.peak_mb = max(self.peak_mb or 0.0, now_mb)
