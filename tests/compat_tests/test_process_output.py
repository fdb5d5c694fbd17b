"""Tests of waiting for the output of a child process. The processes print what the tests write to their input."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.process_output import ProcessOutput

ECHO = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
PATIENCE_S = 30.0


@pytest.fixture
def echo() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", ECHO], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()


def say(process: subprocess.Popen[bytes], text: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(text)
    process.stdin.flush()


def test_a_line_is_found_and_copied(echo: subprocess.Popen[bytes], tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"before\n")
    output = ProcessOutput(echo.stdout, tmp_path / "log")
    say(echo, b"one\nready in 7 ms\n")
    assert output.wait_for(r"ready in \d", PATIENCE_S)
    assert output.wait_for("one", PATIENCE_S)  # also what came before
    assert output.text == "one\nready in 7 ms\n"
    assert (tmp_path / "log").read_bytes() == b"before\none\nready in 7 ms\n"


def test_a_waiter_is_woken(echo: subprocess.Popen[bytes]) -> None:
    output = ProcessOutput(echo.stdout)
    found: list[bool] = []
    waiter = threading.Thread(target=lambda: found.append(output.wait_for("late", PATIENCE_S)))
    waiter.start()
    say(echo, b"not yet\n")
    say(echo, b"too late\n")
    waiter.join(PATIENCE_S)
    assert found == [True]


def test_the_end_of_the_process_ends_the_waiting(echo: subprocess.Popen[bytes]) -> None:
    output = ProcessOutput(echo.stdout)
    say(echo, b"caf\xe9\n")
    assert echo.stdin is not None
    echo.stdin.close()
    assert not output.wait_for("never", PATIENCE_S)
    assert output.has_ended
    output.close()
    assert output.text == "caf\ufffd\n"


def test_waiting_is_bounded(echo: subprocess.Popen[bytes]) -> None:
    output = ProcessOutput(echo.stdout)
    assert not output.wait_for("never", 0.0)
    assert not output.has_ended
