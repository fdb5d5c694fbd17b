"""The table of commands and what errors become."""

from __future__ import annotations

import importlib
import io
import sys

import click
import pytest

from kafkalite.cli import commands, conformance, topic
from kafkalite.cli.client import Target
from kafkalite.cli.commands import COMMANDS, is_there, run_command


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "serve"])
def test_every_command_of_the_table_is_there_and_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(importlib.import_module(COMMANDS[name][0]).command, click.Command)
    assert run_command([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: kafkalite " + name)


def test_unknown_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["nonsense"]) == 2
    assert "No such command 'nonsense'" in capsys.readouterr().err
    assert not is_there("kafkalite.cli.nonsense")


@pytest.mark.parametrize(
    ("raised", "exit_code"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (click.UsageError("x"), 2)]
)
def test_exit_codes(monkeypatch: pytest.MonkeyPatch, raised: BaseException, exit_code: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(commands.program, "main", fail)
    assert run_command([]) == exit_code


def test_bugs_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(commands.program, "main", fail)
    with pytest.raises(ZeroDivisionError):
        run_command([])


def test_a_reader_that_goes_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(commands.program, "main", fail)
    silenced: list[io.TextIOBase] = []
    monkeypatch.setattr(commands, "silence_standard_output", lambda: silenced.append(sys.stdout))
    assert run_command([]) == 0
    assert silenced


def test_options_before_a_command_are_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(conformance, "judge_broker", lambda bootstrap, *_, **__: asked.append(bootstrap) or 1 / 0)
    monkeypatch.setattr(topic, "connect", lambda target: asked.append(target) or 1 / 0)
    for arguments in (
        ["-b", "before:1", "conformance"],
        ["-b", "before:1", "conformance", "-b", "after:2"],
        ["-b", "before:1", "--command-config", "f", "topic", "list"],
        ["-b", "before:1", "topic", "list", "--bootstrap-server", "after:2"],
    ):
        with pytest.raises(ZeroDivisionError):
            run_command(arguments)
    assert asked == ["before:1", "after:2", Target("before:1", "f"), Target("after:2", None)]
    assert run_command(["--command-config", "f", "conformance"]) == 2
