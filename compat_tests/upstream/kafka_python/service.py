"""The module `test.service` of kafka-python, which its source distribution leaves out: a child process to wait for.

Runs in the environment of kafka-python's tests, so it may import no more than the standard library and what does the
same.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

from compat_tests.process_output import ProcessOutput

START_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 60.0
REASON_CHARS = 200
DID_NOT_START = "the broker did not start"


class ExternalService:
    """A broker that was started elsewhere: there is nothing to start, to read or to stop."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port

    def dump_logs(self) -> None:
        """Show nothing."""

    def stop(self) -> None:
        """Leave it running."""


class SpawnedService:
    """A child process whose output can be waited for; the end of its input stops it (see `node.py`)."""

    def __init__(self, args: Sequence[str], env: Mapping[str, str]) -> None:
        self._command = list(args)
        self._environment = dict(env)
        self._process: subprocess.Popen[bytes] | None = None
        self._output: ProcessOutput | None = None

    def start(self) -> None:
        """Start the process."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._output = ProcessOutput(self._process.stdout)

    def wait_for(self, pattern: str, timeout: float = 0.0) -> bool:
        """Return whether a line of output matches in time, which is never less than START_TIMEOUT_S.

        Raises:
            RuntimeError: no line matches: starting the broker again on the next port, as the fixture would, does not
                help.
        """
        assert self._output is not None, "not started"
        if self._output.wait_for(pattern, max(timeout, START_TIMEOUT_S)):
            return True
        raise RuntimeError(f"{DID_NOT_START}: {' '.join(self._output.text.split())[-REASON_CHARS:]}")

    def dump_logs(self) -> None:
        """Show what the process wrote, for the report of a failed test."""
        if self._output is not None:
            sys.stderr.write(self._output.text)

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
