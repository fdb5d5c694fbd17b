"""The loads, each bounded in time and count. What a broker answers to them does not matter, that it goes on does."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scripts.attack import loads
from scripts.attack.target import Target, reset
from scripts.benchmark.wire import api_versions_frame, receive

CASE_MAX_S = 12.0
"""How long a load goes on at most before its next step is not begun."""


@dataclass(frozen=True)
class Field:
    """What a case is given: the target, the topics made for it, its own random numbers, and its deadline."""

    target: Target
    topic: str
    full_topic: str
    compacted_topic: str
    rng: random.Random
    deadline_s: float

    @property
    def is_over(self) -> bool:
        """Whether the time of the case is used up."""
        return time.monotonic() > self.deadline_s


@dataclass(frozen=True)
class Case:
    """A load with its name in the table; `is_small` ones are part of the smoke test."""

    name: str
    run: Callable[[Field], None]
    is_small: bool = False


def _each(field: Field, parts: Iterable[bytes], *, waits: bool = True) -> None:
    """Send every part on a new connection; wait for an answer or the end of the connection where `waits`."""
    for part in parts:
        if field.is_over:
            return
        with contextlib.suppress(OSError), field.target.connect() as connection:
            connection.sendall(part)
            if waits:
                connection.settimeout(0.2)
                connection.recv(1 << 16)


def _one(request: Callable[[Field], bytes], count: int = 1) -> Callable[[Field], None]:
    """Return a case that sends one request on `count` connections at once and reads the answers."""

    def send(field: Field, data: bytes) -> None:
        with contextlib.suppress(OSError), field.target.connect() as connection:
            connection.settimeout(max(field.deadline_s - time.monotonic(), 0.1))
            connection.sendall(data)
            (size,) = struct.unpack(">i", receive(connection, 4))
            receive(connection, size)

    def run(field: Field) -> None:
        data = request(field)
        _together([lambda: send(field, data)] * count)

    return run


def _together(tasks: Iterable[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task, daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _idle(field: Field) -> None:
    threading.Event().wait(1.5)


def _flood_read(field: Field) -> None:
    def flood() -> None:
        with contextlib.suppress(OSError), field.target.connect() as connection:
            reader = threading.Thread(target=_drain, args=(field, connection), daemon=True)
            reader.start()
            for _ in range(200):
                connection.sendall(loads.all_metadata())
            connection.shutdown(socket.SHUT_WR)
            reader.join()

    _together([flood] * 2)


def _drain(field: Field, connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while not field.is_over and connection.recv(1 << 18):
            pass


def _flood_unread(request: Callable[[], bytes], count: int) -> Callable[[Field], None]:
    """Return a case that pipelines requests, reads nothing and resets the connection."""

    def run(field: Field) -> None:
        connection = field.target.connect()
        connection.settimeout(2.0)
        with contextlib.suppress(OSError):
            connection.sendall(request() * count)
        threading.Event().wait(0.2)
        reset(connection)
        threading.Event().wait(1.0)

    return run


def _half_close(field: Field) -> None:
    with contextlib.suppress(OSError), field.target.connect() as connection:
        connection.sendall(api_versions_frame() * 1000)
        connection.shutdown(socket.SHUT_WR)
        _drain(field, connection)


def _hold(field: Field, data: bytes, count: int, hold_s: float) -> None:
    """Open connections that each send some bytes, hold them for a while, and leave."""
    held: list[socket.socket] = []
    for _ in range(count):
        if field.is_over:
            break
        with contextlib.suppress(OSError):
            held.append(field.target.connect())
            held[-1].sendall(data)
    threading.Event().wait(hold_s)
    for connection in held:
        connection.close()


def _half_frames(field: Field) -> None:
    _hold(field, struct.pack(">i", 100_000_000) + bytes(20_000), 400, 1.0)


def _claimed_sizes(field: Field) -> None:
    sizes = (-1, -(2**31), 2**31 - 1, 0, 1, 7, 104_857_601)
    _each(field, (struct.pack(">i", size) + bytes(100) for size in sizes * 20), waits=False)


def _unread_fetches(field: Field) -> None:
    held = []
    for _ in range(20):
        connection = field.target.connect()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(loads.large_fetch(field.full_topic))
        held.append(connection)
    threading.Event().wait(3.0)
    for connection in held:
        reset(connection)


def _mutated_frames(field: Field) -> None:
    originals = [
        api_versions_frame()[4:],
        loads.all_metadata()[4:],
        loads.large_fetch(field.topic)[4:],
        loads.wide_offset_fetch(field.topic, 20)[4:],
        loads.create_topics([loads.ONLY_TRIED], validate_only=True)[4:],
    ]
    _each(field, (loads.framed(loads.mutate(field.rng.choice(originals), field.rng)) for _ in range(300)))


def _mutated_batches(field: Field) -> None:
    batch = loads.plain_batch(20, 50)
    requests = (loads.produce(field.topic, loads.mutate(batch, field.rng)) for _ in range(300))
    _each(field, requests)


def _garbage(field: Field) -> None:
    hello = bytes.fromhex("16030100fa010000f60303") + field.rng.randbytes(240)
    starts = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"SSH-2.0-x\r\n", hello, b"\0" * 64, b"\xff" * 64]
    _each(field, (field.rng.choice(starts) + field.rng.randbytes(field.rng.randrange(400)) for _ in range(200)))


def _connections(field: Field) -> None:
    for _ in range(3):
        _hold(field, b"", 400, 0.2)


CASES = (
    Case("nothing (idle)", _idle, is_small=True),
    Case("2 x 200 Metadata of 1,000 topics, pipelined and read", _flood_read),
    Case("500 Metadata of 1,000 topics, unread, then a reset", _flood_unread(loads.all_metadata, 500)),
    Case("13,000 ApiVersions, unread, then a reset", _flood_unread(api_versions_frame, 13_000), is_small=True),
    Case("1,000 ApiVersions, half closed, then read", _half_close, is_small=True),
    Case("140 sizes that cannot be", _claimed_sizes, is_small=True),
    Case("20 unread Fetches of 50 MB", _unread_fetches),
    Case("Metadata of 1,000,000 empty names", _one(lambda field: loads.empty_names(1_000_000))),
    Case("Metadata of 5,000,000 empty names", _one(lambda field: loads.empty_names(5_000_000))),
    Case("Metadata of 300,000 unknown names", _one(lambda field: loads.unknown_names(300_000))),
    Case("Fetch of 300,000 partitions", _one(lambda field: loads.wide_fetch(field.topic, 300_000))),
    Case("OffsetFetch of 1,000,000 partitions", _one(lambda field: loads.wide_offset_fetch(field.topic, 1_000_000))),
    Case("1,000,000 tagged fields", _one(lambda field: loads.tagged_fields(1_000_000))),
    Case(
        "CreateTopics of 1,000 x 5, only tried",
        _one(lambda field: loads.create_topics([f"tried-{n}" for n in range(1000)], 5, validate_only=True)),
    ),
    Case(
        "10 gzip batches that open to 200 MB each",
        _one(lambda field: loads.produce(field.compacted_topic, loads.bomb(200_000_000)), count=10),
    ),
    Case("300 mutated frames", _mutated_frames, is_small=True),
    Case("300 mutated batches", _mutated_batches, is_small=True),
    Case("200 times garbage", _garbage, is_small=True),
    Case("3 x 400 connections", _connections),
    Case("400 half frames of 100 MB", _half_frames),
)
"""The order of the table; what has ended a broker comes last."""


def handshake_cases(tls: Target | None, sasl: Target | None) -> list[Case]:
    """Return the loads on listeners with TLS and SASL, where such a listener is given."""
    cases = []
    if tls is not None:
        cases.append(Case("200 half TLS handshakes", _half_handshakes(tls, loads.TLS_HELLO_START)))
    if sasl is not None:
        cases.append(Case("200 half SASL handshakes", _half_handshakes(sasl, loads.sasl_start())))
    return cases


def _half_handshakes(target: Target, start: bytes) -> Callable[[Field], None]:
    return lambda field: _hold(replace(field, target=target), start, 200, 2.0)
