"""Malformed text, as a Java virtual machine of version 17 decodes it."""

from __future__ import annotations

import pytest

from kafkalite.protocol.java_text import replace_as_java

BAD = "\ufffd"
DECODED = {
    b"orders": "orders",
    b"\xc3\xa9": "é",
    b"\xff": BAD,
    b"a\xffb": f"a{BAD}b",
    b"\xc0\x80": BAD * 2,
    b"\xe0\x80\x80": BAD * 3,
    b"\xe1\x80A": f"{BAD}A",
    b"\xf0\x9f\x98A": f"{BAD}A",
    b"\xf0\x9f": BAD,
    b"\xf4\x90\x80\x80": BAD * 4,
    b"\xed\xa0\x80": BAD,
    b"\xed\xbf": BAD,
    b"\xed\xa0\xe0": BAD * 2,
    b"\xed\xa0\xed\xa0\xf0\x7f": f"{BAD * 3}\x7f",
    b"\xed": BAD,
}


@pytest.mark.parametrize("data", DECODED)
def test_decoding(data: bytes) -> None:
    assert str(data, "utf-8", "as-java") == DECODED[data]


def test_nothing_else_is_replaced() -> None:
    error = UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
    with pytest.raises(UnicodeEncodeError):
        replace_as_java(error)
