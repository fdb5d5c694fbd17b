"""Which command line goes where."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kafkalite import __version__
from kafkalite.cli import commands, serve
from kafkalite.cli.main import main


@pytest.mark.parametrize(
    ("arguments", "given"),
    [([], []), (["serve"], []), (["serve", "--port", "1"], ["--port", "1"]), (["--port", "1"], ["--port", "1"])],
)
def test_the_bare_command_serves(monkeypatch: pytest.MonkeyPatch, arguments: list[str], given: list[str]) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(serve, "serve", lambda arguments: calls.append(arguments) or 7)
    assert main(arguments) == 7
    assert calls == [given]


@pytest.mark.parametrize(
    "arguments", [["-b", "h:1", "topic"], ["-bh:1"], ["--bootstrap-server=h:1"], ["--command-config", "f"], ["topic"]]
)
def test_other_commands_do_not(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.setattr(commands, "run_command", lambda given: 9 if given == arguments else 0)
    assert main(arguments) == 9


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kafkalite to", {"topic"}),
        ("kafkalite --po", {"--port", "--ports-file"}),
        ("kafkalite --profile ", {"dev", "kafka", "ci"}),
        ("kafkalite serve --prof", {"--profile"}),
        ("kafkalite --quiet --set log.segment.b", {"log.segment.bytes="}),
        ("kafkalite -b h:1 topic de", {"delete", "delete-records", "describe"}),
        ("kafkalite topic list --out", {"--output"}),
        ("kafkalite consume t --output ", {"value", "jsonl"}),
    ],
)
def test_a_shell_that_completes_never_starts_a_server(words: str, expected: set[str]) -> None:
    environment = os.environ | {
        "_KAFKALITE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    command = [sys.executable, "-c", "import sys; from kafkalite.cli.main import main; sys.exit(main([]))"]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert {line.partition(",")[2] for line in finished.stdout.split()} == expected


@pytest.mark.parametrize("arguments", [["--version"], ["-V"], ["version"]])
def test_version(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"kafkalite {__version__}\n"


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    output = capsys.readouterr().out
    for command in ("serve", "wait", "topic", "produce", "consume", "config"):
        assert f"\n  {command} " in output


def test_serving_loads_no_command_line_framework() -> None:
    script = (
        "import sys; from kafkalite.cli.main import main; code = main(['serve', '--help']); "
        "heavy = {'click', 'argparse', 'kafkalite.client', 'dataclasses', 'inspect', 'json'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy or code else 0)"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.startswith("Usage: kafkalite [serve]")
