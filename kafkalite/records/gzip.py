"""gzip members, inflated piece by piece up to a bound.

zlib releases the interpreter while it works; its output is copied in parts, so that other threads never wait.

Source: java.util.zip.GZIPInputStream, with which Kafka reads; RFC 1952; KIP-390 (levels).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.records.codecs import GZIP, DecompressedTooLarge, InvalidCompressedData
from kafkalite.records.opened_room import make_room

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer

_PIECE_BYTES = 16 * 1024
"""Bytes passed to zlib at a time: it copies the unused ones."""

_PART_BYTES = 256 * 1024
"""The bytes that zlib returns at a time."""

_HEADER_BYTES = 10
_HEADER_CRC_FLAG = 0x02
_EXTRA_FLAG = 0x04
_TEXT_FLAGS = (0x08, 0x10)
_DEFAULT_LEVEL = -1
_WITH_GZIP_HEADER = 31


def compress_gzip(data: Buffer, level: int | None) -> bytes:
    """Compress `data` to one member; `level` None is Kafka's default, zlib's own."""
    import zlib

    compressor = zlib.compressobj(_DEFAULT_LEVEL if level is None else level, zlib.DEFLATED, _WITH_GZIP_HEADER)
    return compressor.compress(data) + compressor.flush()


def decompress_gzip(data: memoryview, max_bytes: int) -> memoryview:
    """Decompress all members; bytes after them that are not a member are ignored, as in Java.

    Raises:
        InvalidCompressedData: the data are damaged.
        DecompressedTooLarge: the result is larger than allowed.
    """
    opened = _Opened(data, max_bytes)
    position = opened.read_member(data, 0)
    while _is_header(bytes(data[position : position + _PIECE_BYTES])):
        position = opened.read_member(data, position)
    return opened.room[: opened.size_bytes]


class _Opened:
    """The output of the members so far: `size_bytes` of `room`."""

    __slots__ = ("_max_bytes", "room", "size_bytes")

    def __init__(self, data: memoryview, max_bytes: int) -> None:
        # The last bytes are the output size of the last member, usually the only one; a false one costs one move.
        claimed_bytes = int.from_bytes(data[-4:], "little") if len(data) >= _HEADER_BYTES else 0
        self._max_bytes = max_bytes
        self.room = make_room(min(claimed_bytes, max_bytes))
        self.size_bytes = 0

    def read_member(self, data: memoryview, position: int) -> int:
        """Inflate the member at `position` and return the position after it; errors as from `decompress_gzip`."""
        import zlib

        inflater = zlib.decompressobj(_WITH_GZIP_HEADER)
        try:
            while not inflater.eof:
                piece: Buffer = data[position : position + _PIECE_BYTES]
                if not piece:
                    raise InvalidCompressedData(GZIP, "it ends early")
                position += len(piece)
                is_more_to_come = True
                while is_more_to_come:
                    part = inflater.decompress(piece, _PART_BYTES)
                    self._add(part)
                    piece = inflater.unconsumed_tail
                    # At the end of the member the tail is what follows it, in `unused_data` too.
                    is_more_to_come = not inflater.eof and (len(part) == _PART_BYTES or len(piece) > 0)
        except zlib.error as error:
            raise InvalidCompressedData(GZIP, error) from None
        return position - len(inflater.unused_data)

    def _add(self, part: bytes) -> None:
        end = self.size_bytes + len(part)
        if end > self._max_bytes:
            raise DecompressedTooLarge(GZIP, self._max_bytes)
        if end > len(self.room):
            larger = make_room(self._max_bytes)
            for begin in range(0, self.size_bytes, _PART_BYTES):
                stop = min(begin + _PART_BYTES, self.size_bytes)
                larger[begin:stop] = self.room[begin:stop]
            self.room = larger
        self.room[self.size_bytes : end] = part
        self.size_bytes = end


def _is_header(data: bytes) -> bool:
    """Return whether another member begins; as in Java, a damaged or truncated header is the end of the data."""
    if len(data) < _HEADER_BYTES or data[:3] != b"\x1f\x8b\x08":
        return False
    flags = data[3]
    position = _HEADER_BYTES
    if flags & _EXTRA_FLAG:
        position += 2 + int.from_bytes(data[position : position + 2], "little")
    for flag in _TEXT_FLAGS:
        if flags & flag:
            end = data.find(b"\0", position)
            if end < 0:
                return False
            position = end + 1
    if flags & _HEADER_CRC_FLAG:
        position += 2
    return position <= len(data)
