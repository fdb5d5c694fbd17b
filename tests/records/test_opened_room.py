"""Room for decompressed bytes."""

from __future__ import annotations

from mmap import mmap

import pytest

from kafkalite.model.limits import PLAIN_ROOM_MAX_BYTES
from kafkalite.records.opened_room import make_room


@pytest.mark.parametrize("size", [0, 1, PLAIN_ROOM_MAX_BYTES, PLAIN_ROOM_MAX_BYTES + 1])
def test_room_is_writable_and_zero(size: int) -> None:
    room = make_room(size)
    assert len(room) == size and not room.readonly and room.format == "B"
    assert not any(room[:10]) and not any(room[-10:])
    if size:
        room[-1:] = b"x"
        assert room[size - 1] == ord("x")
    assert isinstance(room.obj, mmap) == (size > PLAIN_ROOM_MAX_BYTES)
