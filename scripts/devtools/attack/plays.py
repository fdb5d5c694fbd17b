"""The ways in which loads are sent: parts one by one, one request on several connections, floods, crowds that wait."""

from __future__ import annotations

import concurrent.futures
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence

from scripts.devtools.attack.case import Field, Misbehaved, Play, Prepare, Tally
from scripts.devtools.attack.target import reset
from scripts.devtools.benchmark.load import ReplyCounter

PART_WAIT_S = 0.2
SEND_WAIT_S = 2.0
ONE_MOMENT_S = 0.2
RECEIVE_BYTES = 1 << 20
START_BYTES = 4096


def pause(seconds: float) -> None:
    """Wait while the broker and the quiet client go on."""
    threading.Event().wait(seconds)


def each(field: Field, parts: Iterable[bytes], *, waits: bool = True) -> str:
    """Send every part on a new connection; wait for an answer or the end of the connection where `waits`."""
    tally = Tally()
    for part in parts:
        if field.is_over:
            tally.is_cut = True
            break
        connection = tally.connect(field.target)
        if connection is None:
            continue
        with connection:
            try:
                connection.sendall(part)
                if waits:
                    connection.settimeout(PART_WAIT_S)
                    tally.add("answered" if connection.recv(1 << 16) else "closed by the broker")
                else:
                    tally.add("sent")
            except OSError as problem:
                tally.fail(problem)
    return tally.account()


def answered(reply: bytes) -> str:
    """Return the word for an answer, whatever it says."""
    return "answered"


def one(request: Callable[[Field], bytes], count: int = 1, *, word: Callable[[bytes], str] = answered) -> Prepare:
    """Return a load that sends one request on `count` connections at once and awaits the answers.

    `word` is given the answer without its length, a large one cut off, and returns what it says.
    """

    def prepare(field: Field) -> Play:
        data = request(field)
        return lambda: _ask_together(field, data, count, word)

    return prepare


def _ask_together(field: Field, data: bytes, count: int, word: Callable[[bytes], str]) -> str:
    tally, started_s = Tally(), time.monotonic()
    together([lambda: _ask(field, data, tally, word)] * count)
    return f"{tally.account()} in {time.monotonic() - started_s:.1f} s"


def _ask(field: Field, data: bytes, tally: Tally, word: Callable[[bytes], str]) -> None:
    connection = tally.connect(field.target)
    if connection is None:
        return
    with connection:
        try:
            connection.settimeout(field.left_s)
            connection.sendall(data)
            tally.add(word(_receive_start(field, connection)))
        except OSError as problem:
            tally.fail(problem)


def _receive_start(field: Field, connection: socket.socket) -> bytes:
    """Read a whole answer and return its first bytes: copying all of a large one would hold up the quiet client."""
    buffer = bytearray(RECEIVE_BYTES)
    received, end, start = 0, 4, b""
    while received < end:
        if field.is_over:
            raise TimeoutError
        connection.settimeout(field.left_s)
        size = connection.recv_into(buffer)
        if not size:
            raise ConnectionError("closed by the broker")
        start += bytes(buffer[: min(size, max(START_BYTES - len(start), 0))])
        received += size
        if received >= 4:
            end = 4 + int.from_bytes(start[:4], "big")
    return start[4:end]


def together(tasks: Sequence[Callable[[], None]]) -> None:
    """Run the tasks in a thread each; raise the first error of theirs."""
    with concurrent.futures.ThreadPoolExecutor(len(tasks)) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


def count_answers(field: Field, connection: socket.socket, expected: int) -> int:
    """Read until so many answers have come, the connection ends or the time is up; return how many came."""
    replies = ReplyCounter(connection)
    with contextlib.suppress(OSError):  # what did not come is what the caller tells
        while replies.count < expected and not field.is_over:
            connection.settimeout(field.left_s)
            replies.receive()
    return replies.count


def flood_read(request: Callable[[], bytes], count: int, connections: int) -> Prepare:
    """Return a load that pipelines `count` requests on some connections and reads the answers beside."""

    def flood(field: Field, tally: Tally) -> None:
        connection = tally.connect(field.target)
        if connection is None:
            return
        with connection, concurrent.futures.ThreadPoolExecutor(1) as pool:
            reading = pool.submit(count_answers, field, connection, count)
            try:
                for _ in range(count):
                    connection.sendall(request())
            except OSError as problem:
                tally.fail(problem)
            tally.add(f"of {count * connections:,} answered", reading.result())

    def run(field: Field) -> str:
        tally = Tally()
        together([lambda: flood(field, tally)] * connections)
        return tally.account()

    return lambda field: lambda: run(field)


def flood_unread(request: Callable[[], bytes], count: int) -> Prepare:
    """Return a load that pipelines requests, reads nothing and resets the connection."""

    def run(field: Field, data: bytes) -> str:
        tally = Tally()
        connection = tally.connect(field.target)
        if connection is None:
            return tally.account()
        connection.settimeout(SEND_WAIT_S)
        sent = 0
        try:
            while sent < len(data):
                sent += connection.send(data[sent : sent + (1 << 20)])
        except TimeoutError:
            pass  # the broker reads no more: as it should, and the account says how far
        except OSError as problem:
            tally.fail(problem)
        pause(ONE_MOMENT_S)
        reset(connection)
        tally.add(f"of {len(data):,} bytes taken", sent)
        pause(1.0)
        return tally.account()

    def prepare(field: Field) -> Play:
        data = request() * count
        return lambda: run(field, data)

    return prepare


def half_close(request: Callable[[], bytes], count: int) -> Prepare:
    """Return a load that sends requests, ends its own direction, and must be answered every one."""

    def run(field: Field) -> str:
        tally = Tally()
        connection = tally.connect(field.target)
        if connection is None:
            return tally.account()
        with connection:
            try:
                connection.sendall(request() * count)
                connection.shutdown(socket.SHUT_WR)
            except OSError as problem:
                tally.fail(problem)
            answered = count_answers(field, connection, count)
        if answered < count:
            raise Misbehaved(f"{answered:,} of {count:,} requests were answered to a half-closed connection")
        return f"{answered:,} of {count:,} answered"

    return lambda field: lambda: run(field)


def hold(field: Field, data: bytes, count: int, hold_s: float, *, waves: int = 1, receive_bytes: int = 0) -> str:
    """Open connections that each send some bytes and read nothing, hold them for a while, and leave; `waves` times.

    `receive_bytes` other than 0 is the size of their receive buffer, and lets them leave with a reset.
    """
    tally = Tally()
    for _ in range(waves):
        held = list(_open(field, tally, data, count, receive_bytes))
        pause(hold_s)
        for connection in held:
            tally.add("closed by the broker" if _is_closed(connection) else "held")
            if receive_bytes:
                reset(connection)
            else:
                connection.close()
    return tally.account()


def _open(field: Field, tally: Tally, data: bytes, count: int, receive_bytes: int) -> Iterable[socket.socket]:
    for _ in range(count):
        if field.is_over:
            tally.is_cut = True
            return
        connection = tally.connect(field.target)
        if connection is None:
            continue
        try:
            if receive_bytes:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
            connection.sendall(data)
        except OSError as problem:
            connection.close()
            tally.fail(problem)
        else:
            yield connection


def _is_closed(connection: socket.socket) -> bool:
    """Return whether the broker has ended a connection; bytes that it sent stay unread."""
    connection.setblocking(False)
    try:
        return not connection.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
