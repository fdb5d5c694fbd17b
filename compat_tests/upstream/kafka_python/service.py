"""The module `test.service` of kafka-python, which its source distribution leaves out: a child process to wait for.

Runs in the environment of kafka-python's tests, so it imports the standard library only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

STOP_TIMEOUT_S = 60.0
REASON_CHARS = 200
DID_NOT_START = "the broker did not start"


class ExternalService:
    """A broker that somebody else started: nothing to start, to read or to stop."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port

    def dump_logs(self) -> None:
        """Show nothing."""

    def stop(self) -> None:
        """Leave it running."""


class SpawnedService:
    """A child process whose output can be waited for; the end of its input tells it to stop (see `node.py`)."""

    def __init__(self, args: Sequence[str], env: Mapping[str, str]) -> None:
        self._command = list(args)
        self._environment = dict(env)
        self._process: subprocess.Popen[str] | None = None
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._has_ended = False

    def start(self) -> None:
        """Start the process, and a thread that collects its output."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._collect, args=(self._process,), daemon=True).start()

    def _collect(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            with self._changed:
                self._lines.append(line)
                self._changed.notify_all()
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def wait_for(self, pattern: str, timeout: float = 30) -> bool:
        """Return whether a line of output matches within that many seconds.

        Raises RuntimeError when the process ends first: starting it again on the next port, as the fixture would, does
        not help.
        """
        deadline = time.monotonic() + max(timeout, STOP_TIMEOUT_S)  # a Java start on a busy machine takes its time
        with self._changed:
            while not any(re.search(pattern, line) for line in self._lines):
                if self._has_ended:
                    raise RuntimeError(f"{DID_NOT_START}: {' '.join(''.join(self._lines).split())[-REASON_CHARS:]}")
                if not self._changed.wait(deadline - time.monotonic()):
                    return False
        return True

    def dump_logs(self) -> None:
        """Show what the process wrote, for the report of a failed test."""
        sys.stderr.writelines(self._lines)

    def stop(self) -> int | None:
        """Stop the process, which is killed when it takes over STOP_TIMEOUT_S; return its exit status (None: none)."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        assert process.stdin is not None
        process.stdin.close()
        try:
            return process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
