"""Large answers in bounded pieces: what is read when, and what a full socket leaves where it is."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import SEND_PIECE_BYTES, SEND_TURN_BYTES
from kafkalite.transport.outbox import Outbox


class PlayedTransport:
    """Takes bytes until it is full."""

    def __init__(self, *, takes_bytes: int = 1 << 40) -> None:
        self.written = bytearray()
        self.takes_bytes = takes_bytes
        self.outbox: Outbox | None = None
        self.buffered_bytes = 0
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.written += data
        if len(self.written) >= self.takes_bytes:
            self.buffered_bytes = len(data)
            assert self.outbox is not None
            self.outbox.is_paused = True

    def get_write_buffer_size(self) -> int:
        return self.buffered_bytes

    def is_closing(self) -> bool:
        return self.is_closed


class Range:
    """A stored range over bytes or over a file."""

    def __init__(self, data: bytes, file: tuple[int, int] | None = None) -> None:
        self.data = data
        self.file = file
        self.reads: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self.data)

    def read(self, position: int, size: int) -> bytes:
        self.reads.append((position, size))
        return self.data[position : position + size]

    def descriptor(self) -> tuple[int, int] | None:
        return self.file


def outbox_of(transport: PlayedTransport, descriptor: int | None = None) -> Outbox:
    """Return an outbox that writes to a transport."""
    played: Any = transport
    transport.outbox = outbox = Outbox(played, descriptor)
    return outbox


def test_pieces_are_sent_in_order() -> None:
    transport = PlayedTransport()
    outbox = outbox_of(transport)
    stored = Range(b"s" * (SEND_PIECE_BYTES + 5))
    outbox.add([b"head", stored, memoryview(b"tail")])
    assert not outbox.send() and not outbox.pieces
    assert bytes(transport.written) == b"head" + stored.data + b"tail"
    assert stored.reads == [(0, SEND_PIECE_BYTES), (SEND_PIECE_BYTES, 5)]


def test_a_full_transport_leaves_the_rest_unread() -> None:
    transport = PlayedTransport(takes_bytes=1)
    outbox = outbox_of(transport)
    stored = Range(bytes(10 * SEND_PIECE_BYTES))
    outbox.add([stored])
    assert not outbox.send() and len(outbox.pieces) == 1
    assert len(transport.written) == SEND_PIECE_BYTES
    assert not outbox.send() and len(transport.written) == SEND_PIECE_BYTES
    transport.takes_bytes = 1 << 40
    outbox.is_paused = False
    assert not outbox.send() and not outbox.pieces and len(transport.written) == len(stored)


def test_large_bytes_are_handed_over_piece_by_piece() -> None:
    transport = PlayedTransport(takes_bytes=1)
    outbox = outbox_of(transport)
    outbox.add([bytes(5 * SEND_PIECE_BYTES)])
    outbox.send()
    assert len(transport.written) == SEND_PIECE_BYTES


def test_one_connection_sends_so_much_and_then_lets_the_others() -> None:
    transport = PlayedTransport()
    outbox = outbox_of(transport)
    outbox.add([Range(bytes(2 * SEND_TURN_BYTES + 1))])
    assert outbox.send() and len(transport.written) == SEND_TURN_BYTES
    assert outbox.send() and len(transport.written) == 2 * SEND_TURN_BYTES
    assert not outbox.send() and not outbox.pieces


def test_a_closed_transport_is_sent_nothing() -> None:
    transport = PlayedTransport()
    outbox = outbox_of(transport)
    outbox.add([b"late"])
    transport.is_closed = True
    assert not outbox.send() and transport.written == b""
    outbox.close()
    assert not outbox.pieces


def test_a_range_that_cannot_be_read_is_a_fault() -> None:
    class Broken(Range):
        def read(self, position: int, size: int) -> bytes:
            raise StorageFault("read", "a.log", "gone")

    outbox = outbox_of(PlayedTransport())
    outbox.add([Broken(b"12345")])
    with pytest.raises(StorageFault):
        outbox.send()


@pytest.fixture
def sockets() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    yield ours, theirs
    ours.close()
    theirs.close()


@pytest.mark.skipif(not hasattr(os, "sendfile"), reason="this system has no sendfile")
@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EIO, errno.EINVAL])
def test_what_sendfile_refuses_is_read(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full socket is told by the transport, a broken file by reading it, and not every file can be sent so."""

    def refuse(*arguments: int) -> int:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "sendfile", refuse)
    transport = PlayedTransport()
    outbox = outbox_of(transport, 7)
    outbox.add([Range(b"0123456789", (5, 0))])
    assert not outbox.send() and bytes(transport.written) == b"0123456789"


@pytest.mark.skipif(not hasattr(os, "sendfile"), reason="this system has no sendfile")
def test_a_peer_that_is_gone_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: int) -> int:
        raise BrokenPipeError(errno.EPIPE, "broken pipe")

    monkeypatch.setattr(os, "sendfile", refuse)
    outbox = outbox_of(PlayedTransport(), 7)
    outbox.add([Range(b"0123456789", (5, 0))])
    with pytest.raises(ConnectionError):
        outbox.send()


@pytest.mark.skipif(not hasattr(os, "sendfile"), reason="this system has no sendfile")
def test_a_file_goes_to_the_socket_without_being_read(
    tmp_path: Path, sockets: tuple[socket.socket, socket.socket]
) -> None:
    data = bytes(range(256)) * 40_000
    path = tmp_path / "a.log"
    path.write_bytes(b"before" + data + b"after")
    ours, theirs = sockets
    file = os.open(path, os.O_RDONLY)
    try:
        transport = PlayedTransport(takes_bytes=1)
        outbox = outbox_of(transport, ours.fileno())
        stored = Range(data, (file, 6))
        outbox.add([stored])
        received = bytearray()
        while outbox.pieces:
            outbox.send()
            # What the socket did not take went through the transport: the test delivers it.
            received += theirs.recv(len(data), socket.MSG_DONTWAIT)
            if transport.written:
                while True:
                    try:
                        received += theirs.recv(len(data), socket.MSG_DONTWAIT)
                    except BlockingIOError:
                        break
                received += transport.written
                transport.written.clear()
            transport.buffered_bytes = 0
            outbox.is_paused = False
        try:
            while True:
                received += theirs.recv(len(data), socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass
        assert bytes(received) == data
        assert sum(size for _, size in stored.reads) < len(data) / 2, "most of it never was in this process"
    finally:
        os.close(file)
