"""Replies are counted however they are cut."""

from __future__ import annotations

import socket

import pytest

from scripts.devtools.benchmark.load import ReplyCounter

REPLIES = b"".join(len(body).to_bytes(4, "big") + body for body in (b"\0\0\0\1", b"\0\0\0\1" + bytes(300), b"abcd"))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_replies_in_parts_of_any_size(size: int) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        replies = ReplyCounter(ours)
        for first in range(0, len(REPLIES), size):
            theirs.sendall(REPLIES[first : first + size])
            replies.receive()
        assert (replies.count, replies.byte_count) == (3, len(REPLIES))
        theirs.close()
        with pytest.raises(ConnectionError):
            replies.receive()
