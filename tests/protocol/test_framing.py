"""Frames come out whole however the stream was cut, and memory follows the bytes that came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.model.limits import FRAME_FIRST_ALLOCATION_BYTES, FRAME_TRUSTED_ALLOCATION_BYTES
from kafkalite.protocol.framing import FrameReceiver, FrameSizeViolation


def prefixed(frame: bytes) -> bytes:
    return len(frame).to_bytes(4, "big") + frame


def feed(receiver: FrameReceiver, stream: bytes, piece_sizes: list[int]) -> list[bytes]:
    """Push a stream through in pieces (the last size repeats); returns copies of the frames."""
    frames: list[bytes] = []
    position = index = 0
    while position < len(stream):
        size = piece_sizes[min(index, len(piece_sizes) - 1)]
        buffer = receiver.get_buffer()
        piece = stream[position : position + min(size, len(buffer))]
        buffer[: len(piece)] = piece
        frames += [bytes(frame) for frame in receiver.received(len(piece))]
        position += len(piece)
        index += 1
    return frames


@given(
    frames=st.lists(st.binary(max_size=300), max_size=8),
    piece_sizes=st.lists(st.integers(1, 400), min_size=1, max_size=10),
    shared_bytes=st.integers(8, 256),
)
@settings(max_examples=200)
def test_frames_come_out_whole_however_the_stream_is_cut(
    frames: list[bytes], piece_sizes: list[int], shared_bytes: int
) -> None:
    receiver = FrameReceiver(bytearray(shared_bytes), max_frame_bytes=1000)
    assert feed(receiver, b"".join(map(prefixed, frames)), piece_sizes) == frames
    assert not receiver.is_mid_frame


def test_two_connections_share_one_buffer_without_mixing() -> None:
    shared = bytearray(64)
    first, second = FrameReceiver(shared, 1000), FrameReceiver(shared, 1000)
    assert feed(first, prefixed(b"a" * 40)[:30], [64]) == []
    assert feed(second, prefixed(b"b" * 20), [64]) == [b"b" * 20]
    assert feed(first, prefixed(b"a" * 40)[30:], [64]) == [b"a" * 40]


@pytest.mark.parametrize("length", [-1, -(2**31), 1001, 2**31 - 1])
def test_a_length_that_cannot_be_trusted_is_refused_with_its_first_bytes(length: int) -> None:
    receiver = FrameReceiver(bytearray(64), max_frame_bytes=1000)
    head = length.to_bytes(4, "big", signed=True)
    with pytest.raises(FrameSizeViolation) as caught:
        feed(receiver, head + b"rest", [64])
    assert caught.value.length == length
    assert caught.value.first_bytes == head + b"rest"


def test_a_length_that_comes_byte_by_byte_is_refused_too() -> None:
    receiver = FrameReceiver(bytearray(64), max_frame_bytes=1000)
    with pytest.raises(FrameSizeViolation):
        feed(receiver, b"GET / HTTP/1.1", [1])


def test_a_large_claim_costs_only_what_has_come() -> None:
    receiver = FrameReceiver(bytearray(64), max_frame_bytes=100 * 1024 * 1024)
    feed(receiver, (100 * 1024 * 1024).to_bytes(4, "big") + b"x" * 32, [64])
    assert len(receiver.get_buffer()) <= FRAME_FIRST_ALLOCATION_BYTES


@pytest.mark.parametrize("first_piece_bytes", [3, 5, 1024, FRAME_FIRST_ALLOCATION_BYTES + 1])
def test_a_frame_larger_than_every_first_allocation_grows_to_its_size(first_piece_bytes: int) -> None:
    frame = bytes(range(256)) * ((2 * FRAME_TRUSTED_ALLOCATION_BYTES + 512) // 256)
    receiver = FrameReceiver(bytearray(64 * 1024), max_frame_bytes=len(frame))
    assert feed(receiver, prefixed(frame), [first_piece_bytes, 1 << 20]) == [frame]


def test_a_frame_handed_over_is_not_overwritten_by_the_next() -> None:
    receiver = FrameReceiver(bytearray(16), max_frame_bytes=1000)
    stream = prefixed(b"a" * 50)
    buffer = receiver.get_buffer()
    buffer[:16] = stream[:16]
    assert receiver.received(16) == []
    buffer = receiver.get_buffer()
    buffer[: len(stream) - 16] = stream[16:]
    [kept] = receiver.received(len(stream) - 16)
    feed(receiver, prefixed(b"b" * 50), [16])
    assert bytes(kept) == b"a" * 50
