"""CRC-32C against its published check value."""

from __future__ import annotations

import pytest

from kafkalite.records.crc import crc32c


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_the_check_value(kind: type) -> None:
    assert crc32c(kind(b"123456789")) == 0xE3069283


def test_it_continues_from_what_came_before() -> None:
    assert crc32c(b"56789", crc32c(b"1234")) == crc32c(b"123456789")
    assert crc32c(b"1", 0) == crc32c(b"1")


def test_a_slice_of_a_larger_buffer() -> None:
    assert crc32c(memoryview(bytearray(b"xx123456789xx"))[2:-2]) == 0xE3069283
