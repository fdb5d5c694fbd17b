"""Variable-length integers of records: zigzag-coded, seven bits a byte, least significant group first.

Source: KIP-98, Kafka's ByteUtils. At most five bytes for an int32, ten for an int64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer

_SINGLE_BYTES = [bytes((value << 1 if value >= 0 else (-value << 1) - 1,)) for value in (*range(64), *range(-64, 0))]


def encode_varint(value: int) -> bytes:
    """Return the encoded form of `value`, a signed integer of at most 64 bits."""
    if -64 <= value < 64:
        return _SINGLE_BYTES[value]
    rest = value << 1 if value >= 0 else (-value << 1) - 1
    out = bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def read_varint(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read an int32.

    Returns: the value and the position after it.

    Raises:
        IndexError: the buffer ends early.
        ValueError: there are more than five bytes.
    """
    byte = buffer[position]
    position += 1
    if byte < 0x80:
        return byte >> 1 ^ -(byte & 1), position
    rest = byte & 0x7F
    byte = buffer[position]
    position += 1
    if byte < 0x80:
        rest |= byte << 7
        return rest >> 1 ^ -(rest & 1), position
    rest |= (byte & 0x7F) << 7
    shift = 14
    while True:
        byte = buffer[position]
        position += 1
        rest |= (byte & 0x7F) << shift
        if byte < 0x80:
            rest &= 0xFFFFFFFF
            return rest >> 1 ^ -(rest & 1), position
        shift += 7
        if shift > 28:
            raise ValueError("a varint is longer than five bytes")


def read_varlong(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read an int64.

    Returns: the value and the position after it.

    Raises:
        IndexError: the buffer ends early.
        ValueError: there are more than ten bytes.
    """
    byte = buffer[position]
    position += 1
    if byte < 0x80:
        return byte >> 1 ^ -(byte & 1), position
    rest = byte & 0x7F
    shift = 7
    while True:
        byte = buffer[position]
        position += 1
        rest |= (byte & 0x7F) << shift
        if byte < 0x80:
            rest &= 0xFFFFFFFFFFFFFFFF
            return rest >> 1 ^ -(rest & 1), position
        shift += 7
        if shift > 63:
            raise ValueError("a varlong is longer than ten bytes")
