"""Deleting the oldest records of a topic from the command line."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


def start_offsets(run: Run, topic: str) -> list[int]:
    """Return the start offset of each partition, from the table."""
    return [int(line.split()[4]) for line in run("topic", "describe", topic).lines[2:]]


@pytest.fixture
def filled(run: Run, topic: str) -> str:
    """Return a topic with four records in partition 0 and two in partition 1."""
    run("topic", "create", topic, "-p", "2")
    for partition, count in ((0, 4), (1, 2)):
        run("produce", topic, "-p", str(partition), stdin=b"x\n" * count)
    return topic


def test_before_an_offset(run: Run, filled: str) -> None:
    outcome = run("topic", "delete-records", filled, "--before", "3", "-p", "0")
    assert outcome.lines == [f"{filled}-0: 3 offset(s) before 3 deleted"]
    assert start_offsets(run, filled) == [3, 0]
    assert run("topic", "delete-records", filled, "--before", "1", "-p", "0").lines == [
        f"{filled}-0: 0 offset(s) before 1 deleted"
    ]
    assert run("consume", filled, "-p", "0", "--from", "start", "--until", "end").lines == ["x"]


def test_before_the_end_and_before_the_last_ones(run: Run, filled: str) -> None:
    assert run("topic", "delete-records", filled, "--before", "-3").exit_code == 0
    assert start_offsets(run, filled) == [1, 0]
    assert run("topic", "delete-records", filled, "--before", "end").lines == [
        f"{filled}-0: 3 offset(s) before 4 deleted",
        f"{filled}-1: 2 offset(s) before 2 deleted",
    ]
    assert start_offsets(run, filled) == [4, 2]


def test_before_a_time(run: Run, filled: str) -> None:
    assert run("topic", "delete-records", filled, "--before", "1h").exit_code == 0
    assert start_offsets(run, filled) == [0, 0]
    assert run("topic", "delete-records", filled, "--before", "2999-01-01").exit_code == 0
    assert start_offsets(run, filled) == [4, 2]


def test_a_dry_run_deletes_nothing(run: Run, filled: str) -> None:
    outcome = run("topic", "delete-records", filled, "--before", "end", "--dry-run")
    assert outcome.lines[1] == f"{filled}-1: 2 offset(s) before 2 would be deleted"
    assert start_offsets(run, filled) == [0, 0]


def test_what_cannot_be(run: Run, filled: str) -> None:
    behind = run("topic", "delete-records", filled, "--before", "9", "-p", "0")
    assert behind.exit_code == 1 and "OFFSET_OUT_OF_RANGE" in behind.errors
    assert "no partition 5" in run("topic", "delete-records", filled, "--before", "1", "-p", "5").errors
    assert "there is no topic" in run("topic", "delete-records", f"{filled}-not", "--before", "1").errors
    assert run("topic", "delete-records", filled, "--before", "soon").exit_code == 2
    assert run("topic", "delete-records", filled).exit_code == 2


def test_a_person_is_asked(run: Run, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("kafkalite.cli.delete_records.sys", terminal)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert run("topic", "delete-records", filled, "--before", "end").exit_code == 130
    assert start_offsets(run, filled) == [0, 0]
    assert run("topic", "delete-records", filled, "--before", "end", "--yes").exit_code == 0
