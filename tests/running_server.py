"""A real server as a process, for tests that talk to it from outside."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 20.0


def environment() -> dict[str, str]:
    """Return this process's environment without anything that would configure kafkalite."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("KAFKA_", "KAFKALITE_"))}


def wait_for_file(path: pathlib.Path, process: subprocess.Popen[bytes]) -> None:
    """Return when ``path`` exists; fails when the process ends before, or after START_TIMEOUT_S."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while not path.exists():
        assert process.poll() is None, f"the server ended with exit code {process.returncode}"
        assert time.monotonic() < deadline, "the server did not get ready in time"
        time.sleep(0.01)


@contextlib.contextmanager
def running_server(directory: pathlib.Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run ``kafkalite serve`` on a free port with its data below ``directory``; yield (process, port)."""
    ports_file = directory / "ports.json"
    command = [sys.executable, "-m", "kafkalite", "serve", "--port", "0", "--data", str(directory / "data")]
    command += ["--ports-file", str(ports_file), *arguments]
    with open(directory / "server.out", "wb") as output:
        process = subprocess.Popen(command, env=environment(), stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_for_file(ports_file, process)
            yield process, json.loads(ports_file.read_text())["kafka"]
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(STOP_TIMEOUT_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
