"""A listener on a free port of this machine with a scripted broker behind it, in the loop of the test.

Nothing sleeps: what is awaited is bytes, or the loop is given turns until something holds.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from kafkalite.broker.context import ConnectionContext
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import RECEIVE_BUFFER_BYTES
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.frame_buffer import RequestMemory
from kafkalite.protocol.primitives import FrameWriter
from kafkalite.system.clock import ManualClock
from kafkalite.system.work_queue import WorkQueue
from kafkalite.transport.acceptor import ConnectionRoom, SocketNetwork
from kafkalite.transport.admission import ConnectionLimits
from kafkalite.transport.listener import Listener

PATIENCE_S = 20.0
"""Longer than anything takes on a busy machine: what is not there by then does not come."""

MANY = 1 << 30


def run(scene: Any) -> Any:
    """Run a coroutine in a loop of its own, for a bounded time."""
    return asyncio.run(asyncio.wait_for(scene, PATIENCE_S))


async def until(holds: Callable[[], bool]) -> None:
    """Give the loop turns until something holds; what never does runs into the timeout of ``run``."""
    while not holds():
        await asyncio.sleep(0)


async def turns(count: int = 20) -> None:
    """Give the loop some turns: enough for everything that loopback has under way."""
    for _ in range(count):
        await asyncio.sleep(0)


class Later:
    """A reply that the test gives later."""

    def __init__(self) -> None:
        self.is_abandoned = False
        self._callback: Callable[[Any], None] = lambda reply: None

    def then(self, callback: Callable[[Any], None]) -> None:
        self._callback = callback

    def abandon(self) -> None:
        self.is_abandoned = True

    def give(self, text: bytes | None) -> None:
        self._callback(None if text is None else framed_reply(text))


def framed_reply(text: bytes) -> FrameWriter:
    """Return a whole frame."""
    out = FrameWriter()
    out += len(text).to_bytes(4, "big") + text
    return out


def frame(text: bytes) -> bytes:
    """Return a request as it goes over the wire."""
    return len(text).to_bytes(4, "big") + text


def limits(
    count: int = MANY, per_ip: int = MANY, overrides: dict[str, int] | None = None, idle_ms: int = 600_000
) -> ConnectionLimits:
    """Return limits, none where nothing is said."""
    return ConnectionLimits(count, per_ip, overrides or {}, idle_ms)


class Loopback:
    """The listener, and the broker behind it as a script.

    Attributes:
        answers: request -> its reply as bytes or as a whole frame, a ``Later``, None for no reply, or an exception; an
            echo by default.
        handled: every request, in order.
        ended_turns: how often the listener said that a turn was over.
        faults: of the storage, in the middle of answers.
    """

    def __init__(
        self,
        connection_limits: ConnectionLimits | None = None,
        max_frame_bytes: int = 1 << 20,
        *,
        backlog: int = 128,
        memory_bytes: int = -1,
        capacity: int = MANY,
    ) -> None:
        self.answers: dict[bytes, bytes | FrameWriter | Later | Exception | None] = {}
        self.handled: list[bytes] = []
        self.contexts: list[ConnectionContext] = []
        self.ended_turns = 0
        self.faults: list[StorageFault] = []
        self.clock = ManualClock(1_700_000_000_000)
        self.work = WorkQueue(self.clock, lambda: asyncio.get_running_loop().call_soon(self.work.run_turn))
        self.listener = Listener(
            "PLAINTEXT",
            SocketNetwork().bind("127.0.0.1", 0),
            self,  # type: ignore[arg-type]  # it has the one method that is used
            self.clock,
            connection_limits or limits(),
            receive_buffer=bytearray(RECEIVE_BUFFER_BYTES),
            memory=RequestMemory(memory_bytes, lambda: self.work.add(self.listener.admission.memory.admit_waiting)),
            room=ConnectionRoom(capacity),
            work=self.work,
            max_frame_bytes=max_frame_bytes,
            report_fault=self.faults.append,
            end_turn=self._end_turn,
            http_advice="Point a Kafka client at it.",
        )
        self._clients: list[Client] = []
        self._backlog = backlog

    def handle(self, context: ConnectionContext, request: memoryview) -> FrameWriter | Later | None:
        """Answer as a router does."""
        text = bytes(request)
        self.handled.append(text)
        self.contexts.append(context)
        answer = self.answers.get(text, b"re:" + text)
        if isinstance(answer, Exception):
            raise answer
        return framed_reply(answer) if type(answer) is bytes else answer  # type: ignore[return-value]  # the rest

    def _end_turn(self) -> None:
        self.ended_turns += 1

    async def __aenter__(self) -> Self:
        self.listener.start(self._backlog)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.listener.stop_accepting()
        for client in self._clients:
            client.close()
        self.listener.abort_clients()
        await until(lambda: len(self.listener) == 0)

    async def knock(self) -> Client:
        """Return a new client whose connection the listener may let wait, or refuse."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        client = Client(sock)
        self._clients.append(client)
        await asyncio.get_running_loop().sock_connect(sock, self.listener.address)
        return client

    async def connect(self, *, receive_buffer_bytes: int | None = None) -> Client:
        """Return a new client whose connection the listener has taken notice of."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer_bytes is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
        sock.setblocking(False)
        client = Client(sock)
        self._clients.append(client)
        count = len(self.listener)
        await asyncio.get_running_loop().sock_connect(sock, self.listener.address)
        await until(lambda: len(self.listener) != count)
        return client


class Client:
    """A socket that sends and receives bytes when the test says so."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        await asyncio.get_running_loop().sock_sendall(self._sock, data)

    async def ask(self, text: bytes) -> bytes:
        """Send a request and return its reply."""
        await self.send(frame(text))
        return await self.reply()

    async def reply(self) -> bytes:
        """Return the next reply."""
        return await self.receive(int.from_bytes(await self.receive(4), "big"))

    async def receive(self, size: int) -> bytes:
        """Return exactly so many bytes; raises ConnectionError where the connection ends before."""
        received = bytearray()
        while len(received) < size:
            chunk = await asyncio.get_running_loop().sock_recv(self._sock, size - len(received))
            if not chunk:
                raise ConnectionError(f"closed after {bytes(received)!r}")
            received += chunk
        return bytes(received)

    async def rest(self) -> bytes:
        """Return what comes until the connection ends."""
        received = bytearray()
        try:
            while chunk := await asyncio.get_running_loop().sock_recv(self._sock, 1 << 16):
                received += chunk
        except ConnectionResetError:
            pass
        return bytes(received)

    def finish_sending(self) -> None:
        """Close our half of the connection."""
        self._sock.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Go away without a word: the other side sees a reset."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._sock.close()

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()


__all__ = [
    "Client",
    "Later",
    "Loopback",
    "ProtocolViolation",
    "frame",
    "framed_reply",
    "limits",
    "run",
    "turns",
    "until",
]
