"""Producing from the command line, read back with consume."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from kafkalite.cli.produce import LineRules, decode_escapes, parse_line, read_lines
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


def envelopes(run: Run, topic: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("consume", topic, "-e", "-o", "jsonl").lines]


@pytest.mark.parametrize(
    ("line", "rules", "record"),
    [
        (b"a:b:c", LineRules(b":", None, [], False), (b"a", b"b:c")),
        (b"abc", LineRules(b":", None, [], False), (None, b"abc")),
        (b"abc", LineRules(b":", b"k", [], False), (b"k", b"abc")),
        (b":", LineRules(b":", None, [], False), (b"", b"")),
        (b"k:", LineRules(b":", None, [], True), (b"k", None)),
        (b":v", LineRules(b":", None, [], True), (None, b"v")),
        (b"a\tb", LineRules(decode_escapes(r"\t"), None, [], False), (b"a", b"b")),
        (b"a%%b", LineRules(decode_escapes("%%"), None, [], False), (b"a", b"b")),
    ],
)
def test_lines(line: bytes, rules: LineRules, record: tuple[bytes | None, bytes | None]) -> None:
    assert parse_line(line, rules)[:2] == record


def test_lines_are_records(run: Run, topic: str) -> None:
    outcome = run("produce", topic, stdin="one\r\n\nzwölf\nlast without end".encode())
    assert outcome == Outcome(0, "", "")
    assert [envelope["value"] for envelope in envelopes(run, topic)] == ["one", "", "zwölf", "last without end"]


def test_keys_headers_partition_and_tombstones(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "3")
    arguments = ["-k", ":", "-H", "a=1", "-H", "a=2", "-p", "2", "-Z"]
    assert run("produce", topic, *arguments, stdin=b"k:v\nk:\n").exit_code == 0
    found = envelopes(run, topic)
    assert [(one["partition"], one["offset"], one["key"], one["value"]) for one in found] == [
        (2, 0, "k", "v"),
        (2, 1, "k", None),
    ]
    assert found[0]["headers"] == [["a", "1"], ["a", "2"]]


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
def test_compression(run: Run, topic: str, codec: str) -> None:
    text = "\n".join(f"line {number} {'x' * 200}" for number in range(500))
    assert run("produce", topic, "-z", codec, stdin=text.encode()).exit_code == 0
    assert run("consume", topic, "-e").output == text + "\n"


def test_files_by_line_and_whole(run: Run, topic: str, tmp_path: pathlib.Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"a\nb\n")
    second.write_bytes(b"\xff\nc")
    assert run("produce", topic, str(first), str(second)).exit_code == 0
    assert run("produce", topic, "--whole-file", str(first), str(second)).exit_code == 0
    assert run("consume", topic, "-e", "-f", "[%s]").output == "[a][b][\udcff][c][a\nb\n][\udcff\nc]"


def test_envelopes_name_topic_partition_and_time(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "2")
    line = {"topic": topic, "partition": 1, "ts": 1700000000123, "headers": [["h", "1"]], "key": "k", "value": "v"}
    assert run("produce", "--jsonl", stdin=json.dumps(line).encode() + b"\n\n").exit_code == 0
    assert envelopes(run, topic) == [line | {"offset": 0}]


def test_a_copy_of_a_topic_is_equal(run: Run, topic: str) -> None:
    run("produce", topic, "-k", ":", "-H", "x=y", stdin=b"a:\xff\xfe\nb:2\nthree\n")
    printed = run("consume", topic, "-e", "-o", "jsonl").output
    assert run("produce", f"{topic}-copy", "--jsonl", stdin=printed.encode()).exit_code == 0
    assert run("consume", f"{topic}-copy", "-e", "-o", "jsonl").output == printed.replace(topic, f"{topic}-copy")


def test_a_line_that_is_no_envelope_is_named(run: Run, topic: str) -> None:
    outcome = run("produce", topic, "--jsonl", stdin=b'{"value": "x"}\nzzz\n')
    assert outcome.exit_code == 1
    assert outcome.errors.startswith("kafkalite: line 2: not JSON")


def test_usage_errors(run: Run, topic: str) -> None:
    assert run("produce").exit_code == 2
    assert run("produce", topic, "-H", "novalue").exit_code == 2
    outcome = run("produce", "--jsonl", stdin=b'{"value": "x"}')
    assert (outcome.exit_code, outcome.errors) == (
        1,
        "kafkalite: the envelope names no topic and the command line neither\n",
    )


def test_what_the_broker_refuses_is_said(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-c", "max.message.bytes=100")
    outcome = run("produce", topic, stdin=b"x" * 1000)
    assert outcome.exit_code == 1
    assert outcome.errors.startswith(f"kafkalite: {topic}-0: MESSAGE_TOO_LARGE")


def test_a_partition_that_does_not_exist(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "1")
    outcome = run("produce", topic, "-p", "9", stdin=b"x")
    assert outcome.exit_code == 1
    assert "partition 9" in outcome.errors


def test_without_a_producer_id(run: Run, topic: str) -> None:
    assert run("produce", topic, "--no-idempotence", stdin=b"x").exit_code == 0
    assert run("consume", topic, "-e").output == "x\n"


def test_an_empty_input_is_checked_too(run: Run, topic: str) -> None:
    outcome = run("produce", topic)
    assert (outcome.exit_code, topic in run("topic", "list").output) == (1, False)
    assert f"there is no topic {topic}, and the input has no record that would create it" in outcome.errors
    run("topic", "create", topic, "-p", "2")
    assert run("produce", topic) == Outcome(0, "", "")
    outcome = run("produce", topic, "-p", "99")
    assert outcome.exit_code == 1
    assert outcome.errors == f"kafkalite: topic {topic} has no partition 99 (it has 2: 0 to 1)\n"


def test_null_headers_and_times_that_are_none(run: Run, topic: str) -> None:
    assert run("produce", topic, "--jsonl", stdin=b'{"headers": [["h", null]]}').exit_code == 0
    assert envelopes(run, topic)[0]["headers"] == [["h", None]]
    outcome = run("produce", topic, "--jsonl", stdin=b'{"value": "x", "ts": -2}')
    assert (outcome.exit_code, "ts: -2 is no time" in outcome.errors) == (1, True)


class Pieces:
    """A file whose bytes come in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = [*pieces, b""]

    def read1(self, _size: int) -> bytes:
        return self._pieces.pop(0)


@pytest.mark.parametrize(
    ("pieces", "chunks"),
    [
        ((b"a\nb\nc",), [[b"a", b"b"], [b"c"]]),
        ((b"a", b"b", b"c\nd\n"), [[b"abc", b"d"]]),
        ((b"a\n", b"\n", b"b"), [[b"a"], [b""], [b"b"]]),
        ((), []),
    ],
)
def test_lines_are_taken_as_they_come(pieces: tuple[bytes, ...], chunks: list[list[bytes]]) -> None:
    assert list(read_lines([Pieces(*pieces)])) == chunks


def test_what_came_before_a_bad_line_is_sent(run: Run, topic: str) -> None:
    assert run("produce", topic, "--jsonl", stdin=b'{"value": "x"}\nzzz\n').exit_code == 1
    assert [envelope["value"] for envelope in envelopes(run, topic)] == ["x"]
