"""Consuming from the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def numbers(run: Run, topic: str) -> str:
    """A topic of one partition with the values 0 to 9, one every 10 seconds from 2023-11-14T22:13:20Z."""
    run("topic", "create", topic, "-p", "1")
    lines = [json.dumps({"value": str(n), "ts": 1_700_000_000_000 + 10_000 * n, "key": f"k{n}"}) for n in range(10)]
    assert run("produce", topic, "--jsonl", stdin="\n".join(lines).encode()).exit_code == 0
    return topic


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "0123456789"),
        (["--from", "start", "-n", "3"], "012"),
        (["--from", "7"], "789"),
        (["--from", "-2"], "89"),
        (["--tail", "3"], "789"),
        (["--tail", "0"], ""),
        (["--tail", "100"], "0123456789"),
        (["--from", "end"], ""),
        (["--from", "99"], ""),
        (["--from", "2023-11-14T22:14:15+00:00"], "6789"),
        (["--from", "10m"], ""),
    ],
)
def test_where_reading_starts(run: Run, numbers: str, arguments: list[str], expected: str) -> None:
    assert run("consume", numbers, "-e", "-f", "%s", *arguments) == Outcome(0, expected, "")


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("end", "0123456789"),
        ("4", "0123"),
        ("-4", "012345"),
        ("start", ""),
        ("2023-11-14T22:13:50Z", "012"),
        ("10m", "0123456789"),
    ],
)
def test_where_reading_stops(run: Run, numbers: str, stop: str, expected: str) -> None:
    assert run("consume", numbers, "-f", "%s", "--until", stop) == Outcome(0, expected, "")


def test_formats(run: Run, numbers: str) -> None:
    outcome = run("consume", numbers, "--from", "3", "-n", "1", "-f", r"%t/%p@%o %T %k=%v\n")
    assert outcome.output == f"{numbers}/0@3 1700000030000 k3=3\n"
    envelope = {"topic": numbers, "partition": 0, "offset": 3, "ts": 1700000030000, "headers": [], "key": "k3"}
    outcome = run("consume", numbers, "--from", "3", "-n", "1", "-o", "jsonl")
    assert json.loads(outcome.output) == envelope | {"value": "3"}


def test_null_and_empty_differ_when_asked(run: Run, topic: str) -> None:
    run("produce", topic, "--jsonl", stdin=b'{"key": "k", "value": null}\n{"value": ""}\n')
    assert run("consume", topic, "-e", "-f", r"%k=%s %S\n").output == "k= -1\n= 0\n"
    assert run("consume", topic, "-e", "-Z", "-f", r"%k=%s\n").output == "k=NULL\nNULL=\n"


def test_several_topics_and_chosen_partitions(run: Run, topic: str) -> None:
    other = f"{topic}-b"
    for name in (topic, other):
        run("topic", "create", name, "-p", "3")
        for partition in ("0", "1", "2"):
            run("produce", name, "-p", partition, stdin=f"{partition}\n".encode())
    outcome = run("consume", topic, other, "-p", "0", "-p", "2", "-e", "-f", r"%t %p\n")
    assert sorted(outcome.lines) == sorted(f"{name} {partition}" for name in (topic, other) for partition in (0, 2))


def test_nothing_to_wait_for_any_longer(run: Run, numbers: str) -> None:
    started = time.monotonic()
    outcome = run("consume", numbers, "--from", "8", "-n", "5", "--timeout", "500ms", "-f", "%s")
    assert (outcome.exit_code, outcome.output) == (1, "89")
    assert 0.5 <= time.monotonic() - started < 20
    assert run("consume", numbers, "--from", "8", "--timeout", "200ms", "-f", "%s") == Outcome(0, "89", "")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (["-f", "%q"], 2, "there is no format token %q"),
        (["--from", "soon"], 2, "'soon' is no position"),
        (["--until", "2999-01-01T00:00:00Z"], 2, "the time is in the future"),
        (["-e", "--until", "5"], 2, "exclude each other"),
        (["-p", "7"], 1, "has no partition 7 (it has 1)"),
    ],
)
def test_what_is_refused(run: Run, numbers: str, arguments: list[str], exit_code: int, words: str) -> None:
    outcome = run("consume", numbers, *arguments)
    assert outcome.exit_code == exit_code
    assert words in outcome.errors


def test_a_topic_that_does_not_exist_is_not_made(run: Run, topic: str) -> None:
    outcome = run("consume", topic, "-e")
    assert outcome.exit_code == 1
    assert outcome.errors == f"kafkalite: there is no topic {topic}; create it with: kafkalite topic create {topic}\n"
    assert topic not in run("topic", "list").output
