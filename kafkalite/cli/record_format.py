"""kcat's format strings: ``%t/%p@%o %k=%s %h\\n``.

%t topic, %p partition, %o offset, %T timestamp in ms, %k key, %K its length, %s or %v value, %S its length, %R its
length as four bytes (big endian), %h headers as name=value pairs with commas, %% a percent sign; \\n \\r \\t \\xHH.
Lengths of null are -1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

FormatError = ValueError
Part = Callable[[Any], bytes]

ESCAPES = {"n": b"\n", "r": b"\r", "t": b"\t", "\\": b"\\", "0": b"\0"}
TOKEN = re.compile(r"%(.?)|\\(x[0-9a-fA-F]{2}|.?)|([^%\\]+)", re.DOTALL)


def length_of(data: bytes | None) -> int:
    """Return the length of bytes, -1 for null."""
    return -1 if data is None else len(data)


def format_headers(record: Any) -> bytes:
    """Return name=value pairs separated by commas."""
    return b",".join(
        name.encode("utf-8", "surrogateescape") + b"=" + (b"NULL" if value is None else value)
        for name, value in record.headers
    )


def token_parts(null_text: bytes) -> dict[str, Part]:
    """Return letter after % -> function that prints it; ``null_text`` replaces null keys and values."""

    def or_null(data: bytes | None) -> bytes:
        return null_text if data is None else data

    return {
        "t": lambda record: str(record.topic).encode(),
        "p": lambda record: b"%d" % record.partition,
        "o": lambda record: b"%d" % record.offset,
        "T": lambda record: b"%d" % record.timestamp,
        "k": lambda record: or_null(record.key),
        "K": lambda record: b"%d" % length_of(record.key),
        "s": lambda record: or_null(record.value),
        "v": lambda record: or_null(record.value),
        "S": lambda record: b"%d" % length_of(record.value),
        "R": lambda record: length_of(record.value).to_bytes(4, "big", signed=True),
        "h": format_headers,
        "%": lambda record: b"%",
    }


def compile_format(text: str, null_text: bytes = b"") -> Part:
    """Return a function from a record to its bytes.

    Raises:
        ValueError: a token does not exist.
    """
    tokens = token_parts(null_text)
    parts: list[Part] = []
    for match in TOKEN.finditer(text):
        letter, escape, literal = match.groups()
        if letter is not None:
            if letter not in tokens:
                raise FormatError(f"there is no format token %{letter} (there are: %{' %'.join(tokens)})")
            parts.append(tokens[letter])
        else:
            parts.append(constant(literal.encode() if literal is not None else escape_bytes(escape)))
    return lambda record: b"".join([part(record) for part in parts])


def escape_bytes(escape: str) -> bytes:
    """Return the characters of an escape sequence; unknown ones stay unchanged."""
    if escape.startswith("x") and len(escape) == 3:
        return bytes.fromhex(escape[1:])
    return ESCAPES.get(escape, b"\\" + escape.encode())


def constant(data: bytes) -> Part:
    """Return a part that prints the same for every record."""
    return lambda record: data
