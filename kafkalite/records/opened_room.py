"""Buffers for decompressed records.

A `bytearray` of a hundred megabytes is cleared while the interpreter is held, which stops all other threads for that
time. Anonymous memory costs nothing until it is written, which the codecs do without the interpreter.
"""

from __future__ import annotations

from kafkalite.model.limits import PLAIN_ROOM_MAX_BYTES


def make_room(size_bytes: int) -> memoryview:
    """Return writable zero bytes, released to the system with the last view of them."""
    if size_bytes <= PLAIN_ROOM_MAX_BYTES:
        return memoryview(bytearray(size_bytes))
    from mmap import mmap

    return memoryview(mmap(-1, size_bytes))
