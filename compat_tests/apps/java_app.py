"""An application in a separate JVM: started, watched through its output, stopped or killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from compat_tests.clients.client_missing import ClientMissing
from compat_tests.oracle.apache_kafka import OracleUnavailable
from compat_tests.process_output import ProcessOutput

DEADLINE_S = 60.0
"""Time limit of a single step: a JVM starts, a dead member's session ends, a group rebalances."""
STOP_TIMEOUT_S = 40.0
T = TypeVar("T")


def or_skip(get: Callable[[], T]) -> T:
    """Return what `get` returns; where Java or its jars are missing, skip on a user's machine and fail in CI."""
    try:
        return get()
    except (ClientMissing, OracleUnavailable) as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"in CI every client must be there: {error}")
        pytest.skip(str(error))


def wait_for(condition: Callable[[], T], what: str, *apps: JavaApp, deadline_s: float = DEADLINE_S) -> T:
    """Return the first true answer of `condition`; fail with the output of the applications if none comes in time.

    `condition` asks the application or the broker: each call is a round trip, so this needs no pause.
    """
    deadline = time.monotonic() + deadline_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            printed = "\n".join(app.read_output()[-4000:] for app in apps)
            raise AssertionError(f"it never came about that {what}:\n{printed}")


class JavaApp:
    """A process with its output in a file; `start` may be called again after its end."""

    def __init__(self, command: Sequence[str], output: Path, environment: Mapping[str, str] | None = None) -> None:
        self._command = list(command)
        self._output_path = output
        self._output: ProcessOutput | None = None
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its output so far is kept under another name."""
        if self._output_path.exists():
            self._output_path.rename(self._output_path.with_suffix(f".{time.monotonic_ns()}.txt"))
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=None if self._environment is None else os.environ | dict(self._environment),
        )
        self._output = ProcessOutput(self._process.stdout, self._output_path)

    def read_output(self) -> str:
        """Return what it printed since its last start."""
        return "" if self._output is None else self._output.text

    def wait_for_output(self, text: str) -> None:
        """Return once it has printed a line with that text; fail when it ends before, or after DEADLINE_S."""
        assert self._output is not None, "not started"
        assert self._output.wait_for(re.escape(text), DEADLINE_S), f"no {text!r}:\n{self.read_output()[-4000:]}"

    def stop(self) -> None:
        """Stop it as an operator does (SIGTERM) and wait for its end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it (SIGKILL)."""
        self._end(signal.SIGKILL)

    def _end(self, signal_number: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal_number)
        try:
            process.wait(STOP_TIMEOUT_S)
            assert self._output is not None
            self._output.close()
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_TIMEOUT_S)
            raise AssertionError(f"it did not stop in {STOP_TIMEOUT_S:.0f} s:\n{self.read_output()}") from None
