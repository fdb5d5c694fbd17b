"""Variable-length integers, both ways and beside a client's own coder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.record.util import decode_varint

from kafkalite.records.varints import encode_varint, read_varint, read_varlong

INT32 = st.integers(-(1 << 31), (1 << 31) - 1)
INT64 = st.integers(-(1 << 63), (1 << 63) - 1)


@given(INT32)
def test_int32_round_trip(value: int) -> None:
    coded = encode_varint(value)
    assert read_varint(b"\xff" + coded + b"\xff", 1) == (value, 1 + len(coded))
    assert decode_varint(bytearray(coded), 0) == (value, len(coded))


@given(INT64)
def test_int64_round_trip(value: int) -> None:
    coded = encode_varint(value)
    assert read_varlong(coded, 0) == (value, len(coded))


@pytest.mark.parametrize("value", [-64, -1, 0, 1, 63])
def test_small_numbers_take_one_byte(value: int) -> None:
    assert len(encode_varint(value)) == 1


def test_the_longest_forms() -> None:
    assert read_varint(b"\xff\xff\xff\xff\x0f", 0) == (-(1 << 31), 5)
    assert read_varlong(b"\xff" * 9 + b"\x01", 0) == (-(1 << 63), 10)
    with pytest.raises(ValueError, match="five"):
        read_varint(b"\xff" * 5 + b"\x00", 0)
    with pytest.raises(ValueError, match="ten"):
        read_varlong(b"\xff" * 10 + b"\x00", 0)


@pytest.mark.parametrize("read", [read_varint, read_varlong])
def test_bytes_that_are_not_there(read: object) -> None:
    with pytest.raises(IndexError):
        read(b"\x80", 0)  # type: ignore[operator]
