"""The unsent bytes of one connection: large buffers and ranges of files, in bounded pieces.

A range of a file is not read before the socket accepts it: ``sendfile`` moves it inside the system if the connection is
not encrypted, else it is read piece by piece. A client that does not read its answer thus costs one or two pieces in
asyncio's buffer, however large the answer is.

Source: DefaultRecordsSend, FileRecords.writeTo, SslTransportLayer.transferFrom.
"""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING

from kafkalite.model.limits import SEND_PIECE_BYTES, SEND_TURN_BYTES

if TYPE_CHECKING:
    from asyncio import Transport
    from typing import Protocol

    from kafkalite.model.buffers import Buffer

    class StoredRange(Protocol):
        """Bytes of a file that are read when they are sent."""

        def __len__(self) -> int:
            """Return the size in bytes."""

        def read(self, position: int, size: int) -> bytes:
            """Return exactly ``size`` bytes from a position within the range.

            Raises:
                StorageFault: the file cannot be read.
            """

        def descriptor(self) -> tuple[int, int] | None:
            """Return a descriptor, open for now, and the start of the range in its file; None without a file."""


_CAN_SEND_FILES = hasattr(os, "sendfile")


class Outbox:
    """Pieces in the order of the wire, sent while the socket accepts them.

    Args:
        transport: writes the bytes that are read here.
        descriptor: that of the socket, for ``sendfile``; None if bytes must pass through the transport.

    Attributes:
        pieces: the waiting bytes, in the order of the wire; to be read only.
        is_paused: set by the owner while the transport takes no more.
    """

    __slots__ = ("_descriptor", "_position", "_transport", "is_paused", "pieces")

    def __init__(self, transport: Transport, descriptor: int | None) -> None:
        self._transport = transport
        self._descriptor = descriptor if _CAN_SEND_FILES else None
        self.pieces: deque[Buffer | StoredRange] = deque()
        self._position = 0
        self.is_paused = False

    def add(self, pieces: list[Buffer | StoredRange]) -> None:
        """Queue pieces; ``send`` sends them."""
        self.pieces.extend(pieces)

    def send(self) -> bool:
        """Send until nothing is left, the transport is full, or the connection has used its share of a turn.

        Returns whether more could be sent at once.

        Raises:
            StorageFault: a range cannot be read; the sent part of the answer is useless.
            ConnectionError, OSError: the peer is gone.
        """
        left_bytes = SEND_TURN_BYTES
        pieces, transport = self.pieces, self._transport
        while pieces and not self.is_paused and not transport.is_closing():
            if left_bytes <= 0:
                return True
            piece = pieces[0]
            sent = self._send_some(piece)
            left_bytes -= sent
            self._position += sent
            if self._position >= len(piece):
                pieces.popleft()
                self._position = 0
        return False

    def close(self) -> None:
        """Drop the unsent bytes."""
        self.pieces.clear()

    def _send_some(self, piece: Buffer | StoredRange) -> int:
        """Send the next bytes of a piece and return their number."""
        position = self._position
        size = min(len(piece) - position, SEND_PIECE_BYTES)
        if isinstance(piece, (bytes, bytearray, memoryview)):
            self._transport.write(piece if size == len(piece) else memoryview(piece)[position : position + size])
            return size
        if self._descriptor is not None and self._transport.get_write_buffer_size() == 0:
            sent = self._send_file(piece, self._descriptor)
            if sent:
                return sent
        self._transport.write(piece.read(position, size))
        return size

    def _send_file(self, piece: StoredRange, sock: int) -> int:
        """Return the number of bytes that the system moved from the file to the socket; 0 if it accepts none now."""
        place = piece.descriptor()
        if place is None:
            return 0
        file, start = place
        try:
            return os.sendfile(sock, file, start + self._position, len(piece) - self._position)
        except ConnectionError:
            raise
        except OSError:  # the socket is full, as the transport reports, or the file fails, as reading it reports
            return 0
