"""Which command line goes where."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kafkalite import __version__
from kafkalite.cli import serve
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
