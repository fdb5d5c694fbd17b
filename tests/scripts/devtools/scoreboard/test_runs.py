"""Running and storing: only what came to an end is kept."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from typing import Any

import pytest

from scripts.devtools.scoreboard import missing, runs, stored
from tests.scripts.devtools.scoreboard.boards import suite

REPORT = (
    '<testsuites><testsuite><testcase classname="compat_tests.test_garbage" name="test_a" /></testsuite></testsuites>'
)


@pytest.mark.parametrize(("exit_code", "is_stored"), [(0, True), (1, True), (2, False), (-15, False)])
def test_an_interrupted_run_replaces_nothing(monkeypatch: pytest.MonkeyPatch, exit_code: int, is_stored: bool) -> None:
    kept: list[Any] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        (report,) = (word.partition("=")[2] for word in command if word.startswith("--junitxml="))
        pathlib.Path(report).write_text(REPORT, encoding="utf-8")
        assert "--broker=kafka:3.9.2" in command
        return subprocess.CompletedProcess(command, exit_code)

    def store(*arguments: Any, is_whole: bool) -> list[str]:
        assert is_whole
        kept.append(arguments)
        return ["kept"]

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(stored, "store", store)
    lines = runs.run_own("fast", "kafka:3.9.2")
    assert bool(kept) == is_stored
    assert lines == ["kept"] if is_stored else "nothing is stored" in lines[0]
    if kept:
        ((case,), suites, broker) = kept[0]
        assert (case.test_id, suites, broker) == ("test_garbage.py::test_a", ("clients",), "kafka:3.9.2")


def test_an_upstream_suite_is_run_by_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", run)
    made = suite({}, {})
    made.command = "python -m a.suite --all"
    assert runs.run_upstream(made, "kafka") == ["a-suite: exit code 3"]
    assert commands == [[sys.executable, "-m", "a.suite", "--all", "--broker", "kafka"]]


def test_only_what_is_missing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 2)

    wanted: dict[str, list[str]] = {"clients": ["a/b"]}
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(missing, "forget_gone", lambda suites, broker, root: [])
    monkeypatch.setattr(missing, "find_missing", lambda suite, broker: wanted[suite])
    runs.run_own("fast", "kafkalite", only_missing=True)
    assert commands[0][-1] == f"{missing.SCENARIO}[a-b]" and "compat_tests/clients" not in commands[0]
    wanted["clients"] = [f"a/{number}" for number in range(runs.PART_CASES + 1)]
    assert len(runs.run_own("fast", "kafkalite", only_missing=True)) == 2
    assert commands.pop()[-1] == f"{missing.SCENARIO}[a-{runs.PART_CASES}]" and len(commands) == 2
    wanted["clients"] = []
    assert runs.run_own("fast", "kafkalite", only_missing=True) == ["fast: nothing is missing"]
    assert len(commands) == 2


def test_files_are_run_by_themselves() -> None:
    cases = [f"t.py::test_a[{number}]" for number in range(runs.PART_CASES + 1)]
    assert runs.parts_of(["b.py", *cases, "c.py"]) == [cases[:-1], cases[-1:], ["b.py"], ["c.py"]]


@pytest.mark.parametrize(
    ("which", "broker", "expression"),
    [
        ("fast", "kafkalite", "not slow"),
        ("slow", "kafka", "slow"),
        ("fast", "kafka:3.9.2", "not slow and old_formats"),
        ("slow", "kafka:3.9.2", "slow and old_formats"),
    ],
)
def test_marks_of_a_run(which: str, broker: str, expression: str) -> None:
    assert runs.marks(which, broker) == expression
