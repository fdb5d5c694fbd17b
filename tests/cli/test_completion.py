"""Completion scripts, and what a real shell makes of them."""

from __future__ import annotations

import os
import pathlib
import stat
import subprocess
import sys
from collections.abc import Callable

import pytest

from kafkalite.cli.main import main
from tests.cli.conftest import Outcome
from tests.running_server import environment

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def program(tmp_path: pathlib.Path) -> pathlib.Path:
    """A directory with a program ``kafkalite``."""
    path = tmp_path / "kafkalite"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kafkalite "$@"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def complete_in_bash(program: pathlib.Path, *words: str) -> list[str]:
    """Return what bash offers for the last of the words after a TAB."""
    script = (
        'eval "$(kafkalite completion bash)"\n'
        f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}\n"
        "function_name=$(complete -p kafkalite | sed 's/.*-F \\([^ ]*\\) .*/\\1/')\n"
        '"$function_name" kafkalite\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    variables = environment() | {"PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=program,
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.stderr == ""
    return finished.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("kafkalite", "gro"), ["group"]),
        (("kafkalite", "group", "de"), ["describe", "delete"]),
        (("kafkalite", "completion", ""), ["bash", "zsh", "fish"]),
        (("kafkalite", "group", "lag", "--wat"), ["--watch"]),
        (("kafkalite", "serve", "--ho"), ["--host"]),
        (("kafkalite", "--vers"), ["--version"]),
    ],
)
def test_a_real_bash_completes(program: pathlib.Path, words: tuple[str, ...], expected: list[str]) -> None:
    assert sorted(complete_in_bash(program, *words)) == sorted(expected)


def test_a_real_bash_completes_names(
    program: pathlib.Path, run: Callable[..., Outcome], topic: str, bootstrap: str
) -> None:
    run("topic", "create", topic)
    run("group", "seek", f"group-of-{topic}", topic, "--to", "end", "--create")
    assert complete_in_bash(program, "kafkalite", "group", "lag", "-b", bootstrap, f"group-of-{topic[:8]}") == [
        f"group-of-{topic}"
    ]
    assert complete_in_bash(program, "kafkalite", "-b", bootstrap, "config", "get", "topic", topic[:-1]) == [topic]
    assert complete_in_bash(program, "kafkalite", "group", "lag", "-b", "127.0.0.1:1", "g") == []


@pytest.mark.parametrize(
    ("shell", "parts"),
    [
        ("bash", ["_KAFKALITE_COMPLETE=bash_complete", "complete -o nosort -F"]),
        ("zsh", ["#compdef kafkalite", "_KAFKALITE_COMPLETE=zsh_complete"]),
        ("fish", ["_KAFKALITE_COMPLETE=fish_complete", "complete --no-files --command kafkalite"]),
    ],
)
def test_each_shell_has_its_script(shell: str, parts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    output = capsys.readouterr().out
    for part in parts:
        assert part in output


def test_another_shell_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of" in capsys.readouterr().err
