"""The JSON envelope, in and out."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafkalite.cli.envelope import EnvelopeError, OutgoingRecord, format_envelope, parse_envelope

OPTIONAL_BYTES = st.none() | st.binary(max_size=20)
HEADERS = st.lists(st.tuples(st.text(max_size=5), st.binary(max_size=5)), max_size=3)


@given(key=OPTIONAL_BYTES, value=OPTIONAL_BYTES, headers=HEADERS, timestamp=st.integers(0, 2**53))
def test_what_is_printed_can_be_read_back(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes]], timestamp: int
) -> None:
    record = SimpleNamespace(
        topic="t", partition=3, offset=9, timestamp=timestamp, key=key, value=value, headers=headers
    )
    line = format_envelope(record)
    assert "\n" not in line
    assert parse_envelope(line) == OutgoingRecord(key, value, headers, "t", 3, timestamp)


def test_utf8_is_text_and_other_bytes_are_base64() -> None:
    record = SimpleNamespace(
        topic="t", partition=0, offset=0, timestamp=1, key="ä".encode(), value=b"\xff", headers=[("h", None)]
    )
    envelope = json.loads(format_envelope(record))
    assert envelope["key"] == "ä"
    assert envelope["value"] == {"base64": "/w=="}
    assert envelope["headers"] == [["h", None]]


def test_json_that_is_no_text_is_kept_as_json() -> None:
    assert parse_envelope('{"value": {"a": [1, "ü"]}}').value == '{"a":[1,"ü"]}'.encode()
    assert parse_envelope('{"value": 5}').value == b"5"
    assert parse_envelope('{"value": {"base64": "AA==", "more": 1}}').value == b'{"base64":"AA==","more":1}'


def test_headers_may_be_an_object() -> None:
    assert parse_envelope('{"headers": {"a": "1", "b": "2"}}').headers == [("a", b"1"), ("b", b"2")]


def test_everything_may_be_absent() -> None:
    assert parse_envelope("{}") == OutgoingRecord(None, None, [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("zzz", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"partition": "1"}', "partition: '1' is not a whole number"),
        ('{"partition": true}', "is not a whole number"),
        ('{"topic": 5}', "topic: 5 is not a string"),
        ('{"key": {"base64": "!"}}', "is not base64"),
        ('{"key": {"base64": 5}}', "is not base64"),
        ('{"headers": [["a"]]}', "headers: neither"),
        ('{"headers": 5}', "headers: neither"),
        ('{"headers": [[1, "a"]]}', "the name of a header is a string"),
    ],
)
def test_what_is_refused(line: str, words: str) -> None:
    with pytest.raises(EnvelopeError, match=words):
        parse_envelope(line)
