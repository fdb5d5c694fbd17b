"""Variable-length integers, tagged fields, lent records and frames with attachments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.protocol import primitives
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.primitives import ATTACH_MIN_BYTES, FrameWriter

QUICK = settings(max_examples=60, deadline=None, database=None, derandomize=True)


@pytest.mark.parametrize(
    ("value", "encoded"),
    [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02"), (16384, "808001"), ((1 << 32) - 1, "ffffffff0f")],
)
def test_unsigned_varints_as_kafka_writes_them(value: int, encoded: str) -> None:
    out = bytearray()
    primitives.write_uvarint(out, value)
    assert out.hex() == encoded
    assert primitives.read_uvarint(out, 0) == (value, len(out))


@pytest.mark.parametrize(("value", "encoded"), [(0, "00"), (-1, "01"), (1, "02"), (-64, "7f"), (64, "8001")])
def test_signed_varints_are_zigzag(value: int, encoded: str) -> None:
    data = bytes.fromhex(encoded)
    assert primitives.read_varint(data, 0) == primitives.read_varlong(data, 0) == (value, len(data))


@QUICK
@given(st.integers(-(1 << 31), (1 << 31) - 1), st.integers(-(1 << 63), (1 << 63) - 1))
def test_signed_varints_are_read_over_their_whole_range(short: int, long: int) -> None:
    out = bytearray()
    primitives.write_uvarint(out, zigzag(short))
    middle = len(out)
    primitives.write_uvarint(out, zigzag(long))
    assert primitives.read_varint(out, 0) == (short, middle)
    assert primitives.read_varlong(out, middle) == (long, len(out))


def zigzag(value: int) -> int:
    """Return the unsigned number that stands for a signed one: 0, -1, 1, -2 are 0, 1, 2, 3."""
    return 2 * value if value >= 0 else -2 * value - 1


@pytest.mark.parametrize("read", [primitives.read_uvarint, primitives.read_varint, primitives.read_varlong])
def test_endless_varints_are_violations(read: object) -> None:
    with pytest.raises(ProtocolViolation):
        read(b"\x80" * 20, 0)  # type: ignore[operator]


def test_a_compact_length_of_zero_is_null_and_refused() -> None:
    with pytest.raises(ProtocolViolation):
        primitives.read_compact_length(b"\x00", 0)
    assert primitives.read_compact_length(b"\x81\x01", 0) == (129, 2)


def test_tagged_fields_are_merged_in_the_order_of_tags() -> None:
    out = bytearray()
    primitives.write_tagged_fields(out, {5: b"five"}, {9: b"", 2: b"two"})
    assert out == b"\x03" + b"\x02\x03two" + b"\x05\x04five" + b"\x09\x00"
    assert primitives.read_tagged_fields(out, 1, out[0]) == ({2: b"two", 5: b"five", 9: b""}, len(out))


@pytest.mark.parametrize("encoded", [b"\x7f", b"\x01\x05\x7fab", b"\x02\x05\x01a"])
def test_tagged_fields_that_promise_too_much_are_violations(encoded: bytes) -> None:
    with pytest.raises((ProtocolViolation, IndexError)):
        primitives.read_tagged_fields(encoded, 1, encoded[0])


@pytest.mark.parametrize("count", [2, 1 << 30])
def test_numbers_and_ids_are_counted_before_they_are_read(count: int) -> None:
    with pytest.raises(ProtocolViolation):
        primitives.read_numbers(b"\0" * 7, 0, count, "i", 4)
    with pytest.raises(ProtocolViolation):
        primitives.read_uuids(b"\0" * 31, 0, count)


def test_a_frame_without_attachments_is_one_buffer() -> None:
    frame = FrameWriter()
    frame += b"abc"
    primitives.write_records(frame, b"small")
    assert frame.buffers() == [frame]
    assert bytes(frame) == b"abc\x00\x00\x00\x05small"
    assert frame.size() == len(frame)


def test_large_records_are_attached_and_never_copied() -> None:
    large = memoryview(bytes(ATTACH_MIN_BYTES))
    frame = FrameWriter()
    frame += b"start"
    primitives.write_compact_records(frame, large)
    primitives.write_records(frame, large)
    frame += b"end"
    buffers = frame.buffers()
    assert buffers[1] is large
    assert buffers[3] is large
    assert frame.size() == sum(map(len, buffers))
    plain = bytearray(b"start")
    primitives.write_compact_records(plain, large)
    primitives.write_records(plain, large)
    plain += b"end"
    assert b"".join(buffers) == plain


class _Range:
    """Stands for a range of a file: it knows its size and nothing else."""

    def __len__(self) -> int:
        return 10


def test_an_object_with_a_length_is_attached_whatever_its_size() -> None:
    frame = FrameWriter()
    file_range = _Range()
    primitives.write_records(frame, file_range)
    assert frame.attachments == [(4, file_range)]
    assert frame.size() == 14
    assert frame.buffers()[-1] is file_range


def test_null_records() -> None:
    out = bytearray()
    primitives.write_records(out, None)
    primitives.write_compact_records(out, None)
    assert out == b"\xff\xff\xff\xff\x00"
