"""The script behind the two commands: what it would install and run, without installing."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from scripts import dev

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> list[list[str]]:
    """The commands that would be run, the last the one that the process would become."""
    made: list[list[str]] = []
    venv = tmp_path / ".venv"
    venv.mkdir()
    (venv / "python").write_text("")
    monkeypatch.setattr(dev, "VENV", str(venv))
    monkeypatch.setattr(dev, "VENV_PYTHON", str(venv / "python"))
    monkeypatch.setattr(dev, "make_environment", lambda: None)
    monkeypatch.setattr(dev, "pip_command", lambda: ["pip"])
    monkeypatch.setattr(dev, "run_or_exit", lambda command, what: made.append(command))
    monkeypatch.setattr(dev, "become", lambda command: made.append(command) or 0)
    monkeypatch.setattr(dev.os, "chdir", lambda _: None)
    return made


def test_serve_installs_what_the_server_needs_once(calls: list[list[str]]) -> None:
    assert dev.main(["serve", "--port", "0"]) == 0
    locked, project, program = calls
    assert locked[-3:] == ["--require-hashes", "-r", "requirements.lock"]
    assert project[-2:] == ["-e", "."]
    assert program[1:] == ["-m", "kafkalite", "serve", "--port", "0"]
    assert dev.main(["serve"]) == 0
    assert calls[3:] == [[dev.VENV_PYTHON, "-m", "kafkalite", "serve"]]


def test_test_installs_the_tools_too_and_serve_then_nothing(calls: list[list[str]]) -> None:
    assert dev.main(["test"]) == 0
    assert calls[0][-1] == "requirements-dev.lock"
    assert calls[2][1:4] == ["-m", "pytest", "-n"]
    assert dev.main(["serve"]) == 0
    assert len(calls) == 4


def test_a_changed_lock_installs_again(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    dev.main(["serve"])
    assert dev.is_installed("serve")
    monkeypatch.setattr(dev, "installed_fingerprint", lambda extent: "another")
    assert not dev.is_installed("serve")


def test_chosen_tests_run_in_one_process() -> None:
    assert dev.test_command(["tests/x"])[3:] == ["tests/x"]
    assert dev.test_command(["-n", "4"])[3:] == ["-n", "4"]
    assert dev.test_command(["-x"])[3] == "-n"


def test_programs_and_modules(calls: list[list[str]]) -> None:
    dev.main(["run", "scripts/check.py", "sizes"])
    dev.main(["run", "pytest"])
    assert calls[-2][1:] == ["scripts/check.py", "sizes"]
    assert calls[-1][1:] == ["-m", "pytest"]


@pytest.mark.parametrize(("arguments", "exit_code"), [([], 2), (["nonsense"], 2), (["run"], 2), (["--help"], 0)])
def test_usage(arguments: list[str], exit_code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(arguments) == exit_code
    captured = capsys.readouterr()
    assert "usage: python scripts/dev.py" in captured.out + captured.err


def test_a_failed_command_shows_its_output() -> None:
    command = [sys.executable, "-c", "print('reason'); raise SystemExit(3)"]
    with pytest.raises(SystemExit, match=r"installing failed \(exit code 3\)"):
        dev.run_or_exit(command, "installing")


def test_it_starts_with_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-S", "-E", str(ROOT / "scripts" / "dev.py"), "--help"]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
