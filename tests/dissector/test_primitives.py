"""Encodings against bytes written out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from construct import Construct, Int16sb, Int32sb

from kafkalite.dissector.field import DissectionError
from kafkalite.dissector.primitives import (
    FIXED_FORMATS,
    CompactLength,
    Counted,
    Misfit,
    Optional,
    Sized,
    TaggedFields,
    Text,
    Traced,
    Uvarint,
    Varint,
    Varlong,
    parse_traced,
)

STRING = Text(Int16sb, is_nullable=False)
NULLABLE_STRING = Text(Int16sb, is_nullable=True)
COMPACT_STRING = Text(CompactLength(), is_nullable=True)
INT8_ARRAY = Counted(CompactLength(), Traced("[]", "int8", FIXED_FORMATS["int8"]), is_nullable=True)
TAGGED = TaggedFields({0: Traced("zero", "int16", FIXED_FORMATS["int16"]), 2: Traced("two", "string", COMPACT_STRING)})
NULLABLE_INT16 = Optional(FIXED_FORMATS["int16"], is_tagged=False)
TAGGED_NULLABLE_INT16 = Optional(FIXED_FORMATS["int16"], is_tagged=True)

CASES: list[tuple[Construct, Any, str]] = [
    (FIXED_FORMATS["int16"], -2, "fffe"),
    (FIXED_FORMATS["uint16"], 65534, "fffe"),
    (FIXED_FORMATS["uint32"], 4294967295, "ffffffff"),
    (FIXED_FORMATS["int64"], 258, "0000000000000102"),
    (FIXED_FORMATS["float64"], 1.5, "3ff8000000000000"),
    (FIXED_FORMATS["bool"], True, "01"),
    (Uvarint, 300, "ac02"),
    (Varint, -1, "01"),
    (Varint, 64, "8001"),
    (Varlong, -(1 << 63), "ffffffffffffffffff01"),
    (STRING, "", "0000"),
    (STRING, "é", "0002c3a9"),
    (NULLABLE_STRING, None, "ffff"),
    (COMPACT_STRING, None, "00"),
    (COMPACT_STRING, "a", "0261"),
    (COMPACT_STRING, "a" * 127, "8001" + "61" * 127),
    (Sized(Int32sb, is_nullable=True), None, "ffffffff"),
    (Sized(Int32sb, is_nullable=True), b"\x07", "0000000107"),
    (INT8_ARRAY, None, "00"),
    (INT8_ARRAY, [], "01"),
    (INT8_ARRAY, [5, -1], "0305ff"),
    (NULLABLE_INT16, None, "ff"),
    (NULLABLE_INT16, 9, "010009"),
    (TAGGED_NULLABLE_INT16, None, "00"),
    (TAGGED_NULLABLE_INT16, 9, "010009"),
    (TAGGED, {}, "00"),
    (TAGGED, {0: 7, 1: b"\xee\xee", 2: "a"}, "03 00020007 0102eeee 02020261"),
]


def parse(format_: Construct, data: bytes) -> Any:
    return parse_traced(format_, memoryview(data), 0, "value", "")


@pytest.mark.parametrize(("format_", "value", "expected"), CASES)
def test_known_bytes(format_: Construct, value: Any, expected: str) -> None:
    data = bytes.fromhex(expected)
    assert format_.build(value) == data
    field = parse(format_, data + b"more")
    assert (field.value, field.end) == (value, len(data))


REFUSED: list[tuple[Construct, str, str]] = [
    (STRING, "ffff", "is null"),
    (STRING, "0003 6161", "claims 3 bytes, 2 left"),
    (Text(CompactLength(), is_nullable=False), "00", "is null"),
    (COMPACT_STRING, "818002" + "61" * 0x8000, "is a string of 32768 bytes"),
    (INT8_ARRAY, "ffffffff07 00", "claims 2147483646 elements, 1 bytes left"),
    (INT8_ARRAY, "ffffffff0f 00", None),  # the count wraps below zero, which is null
    (Uvarint, "8080808080 01", "more than 5 bytes"),
    (Varlong, "80" * 10 + "01", "more than 10 bytes"),
    (Uvarint, "80", "the bytes end inside this field"),
    (TAGGED, "01 00 03 000700", "takes 2 bytes, its size says 3"),
    (TAGGED, "01 05 04 00", "claims 4 bytes for tag 5, 1 left"),
    (TAGGED, "ffffffff0f", "claims -1 tagged fields"),
]


@pytest.mark.parametrize(("format_", "data", "reason"), REFUSED)
def test_bytes_that_do_not_fit(format_: Construct, data: str, reason: str | None) -> None:
    if reason is None:
        assert parse(format_, bytes.fromhex(data)).value is None
        return
    with pytest.raises(DissectionError) as caught:
        parse(format_, bytes.fromhex(data))
    assert reason in caught.value.reason


@pytest.mark.parametrize("format_", [STRING, Counted(Int32sb, Traced("[]", "int32", Int32sb), is_nullable=False)])
def test_null_is_not_built_where_it_is_not_allowed(format_: Construct) -> None:
    with pytest.raises(Misfit, match="null is not allowed"):
        format_.build(None)


def test_bytes_that_are_not_utf8_survive() -> None:
    value = parse(STRING, b"\x00\x02\xffa").value
    assert STRING.build(value) == b"\x00\x02\xffa"


def test_a_tagged_field_begins_at_its_tag() -> None:
    field = parse(TAGGED, bytes.fromhex("01 00 02 0007"))
    assert (field.children[0].name, field.children[0].start, field.children[0].end) == ("zero", 1, 5)
