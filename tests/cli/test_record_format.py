"""kcat's format tokens."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kafkalite.cli.record_format import compile_format


def record(**changes: Any) -> Any:
    fields = {"topic": "t", "partition": 1, "offset": 7, "timestamp": 1700000000000, "key": b"k", "value": b"value"}
    return SimpleNamespace(**(fields | {"headers": [("a", b"1"), ("a", b"2")]} | changes))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"%t/%p@%o %k=%v %h\n", b"t/1@7 k=value a=1,a=2\n"),
        ("%T", b"1700000000000"),
        ("%s %S %K", b"value 5 1"),
        ("%R", b"\x00\x00\x00\x05"),
        ("100%% ", b"100% "),
        (r"\t\x41\r\\n", b"\tA\r\\n"),
        (r"\q", rb"\q"),
        ("ä", "ä".encode()),
        ("", b""),
    ],
)
def test_tokens(text: str, printed: bytes) -> None:
    assert compile_format(text)(record()) == printed


def test_null_has_length_minus_one_and_the_text_that_was_asked_for() -> None:
    empty = record(key=None, value=None)
    assert compile_format("%k|%s|%K|%S|%R")(empty) == b"||-1|-1|\xff\xff\xff\xff"
    assert compile_format("%k|%s", b"NULL")(empty) == b"NULL|NULL"
    assert compile_format("%k|%s", b"NULL")(record(key=b"", value=b"")) == b"|"


def test_bytes_pass_as_they_are() -> None:
    assert compile_format("%s")(record(value=b"\xff\x00\n")) == b"\xff\x00\n"


@pytest.mark.parametrize("text", ["%q", "50%", "% s"])
def test_tokens_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="there is no format token"):
        compile_format(text)
