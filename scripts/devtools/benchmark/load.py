"""Load on a broker from this process: pipelined on one connection, or one request at a time on many.

Every loop is bounded in requests. Replies are measured off by their length prefix and not decoded, so that the
generator costs as little as it can; what is compared is the broker's own processor time.
"""

from __future__ import annotations

import selectors
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass

_read_length = struct.Struct(">i").unpack_from
SOCKET_TIMEOUT_S = 60.0
RECEIVE_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """The result of one run of a load: requests, their wall time, and each request's round trip in seconds."""

    request_count: int
    wall_s: float
    received_bytes: int
    round_trips_s: Sequence[float] = ()

    def percentile_ms(self, percent: float) -> float:
        """Return the round trip that ``percent`` of the requests stayed below, in ms."""
        ordered = sorted(self.round_trips_s)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000


def connect(host: str, port: int) -> socket.socket:
    """Return a connected socket without Nagle's delay."""
    sock = socket.create_connection((host, port), SOCKET_TIMEOUT_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def pipelined(host: str, port: int, request: bytes, request_count: int, in_flight: int) -> Load:
    """Send ``request_count`` equal requests over one connection, never more than ``in_flight`` unanswered."""
    with connect(host, port) as sock:
        replies = ReplyCounter(sock)
        started = time.perf_counter()
        sent = 0
        while sent < request_count:
            while sent < request_count and sent - replies.count < in_flight:
                sock.sendall(request)
                sent += 1
            replies.receive()
        while replies.count < request_count:
            replies.receive()
        return Load(
            request_count=request_count, wall_s=time.perf_counter() - started, received_bytes=replies.byte_count
        )


class ReplyCounter:
    """Counts the replies on a socket by their length prefixes, throwing their bodies away."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = memoryview(bytearray(RECEIVE_BYTES))
        self._head = b""
        self._left_bytes = 0
        self.count = 0
        self.byte_count = 0

    def receive(self) -> None:
        """Read once; several replies or a part of one may come."""
        size = self._sock.recv_into(self._buffer)
        if not size:
            raise ConnectionError("closed by the broker")
        self.byte_count += size
        position = 0
        while position < size:
            if self._left_bytes == 0:
                part = bytes(self._buffer[position : min(size, position + 4 - len(self._head))])
                self._head += part
                position += len(part)
                if len(self._head) < 4:
                    return
                (self._left_bytes,) = _read_length(self._head)
                self._head = b""
            step = min(self._left_bytes, size - position)
            self._left_bytes -= step
            position += step
            if self._left_bytes == 0:
                self.count += 1


def one_at_a_time(host: str, port: int, request: bytes, request_count: int, connection_count: int) -> Load:
    """Keep one request in flight on each of many connections until ``request_count`` were answered."""
    selector = selectors.DefaultSelector()
    socks = [connect(host, port) for _ in range(connection_count)]
    sent_at = dict.fromkeys(socks, 0.0)
    round_trips: list[float] = []
    received_bytes = 0
    try:
        for sock in socks:
            selector.register(sock, selectors.EVENT_READ)
        started = time.perf_counter()
        for sock in socks:
            sent_at[sock] = time.perf_counter()
            sock.sendall(request)
        sent = connection_count
        while len(round_trips) < sent:
            for key, _ in selector.select(SOCKET_TIMEOUT_S):
                ready: socket.socket = key.fileobj  # type: ignore[assignment]
                reply = ready.recv(65536)
                if not reply:
                    raise ConnectionError("closed by the broker")
                while len(reply) < 4 + _read_length(reply)[0]:
                    reply += ready.recv(65536)
                received_bytes += len(reply)
                now = time.perf_counter()
                round_trips.append(now - sent_at[ready])
                if sent < request_count:
                    sent_at[ready] = now
                    ready.sendall(request)
                    sent += 1
        wall_s = time.perf_counter() - started
    finally:
        selector.close()
        for sock in socks:
            sock.close()
    return Load(request_count=sent, wall_s=wall_s, received_bytes=received_bytes, round_trips_s=round_trips)
