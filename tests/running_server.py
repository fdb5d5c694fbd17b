"""A real server as a process, for tests that talk to it from outside."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
from collections.abc import Iterator

from compat_tests.process_output import ProcessOutput

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 20.0


def environment() -> dict[str, str]:
    """Return this process's environment without anything that would configure kafkalite."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("KAFKA_", "KAFKALITE_"))}


@contextlib.contextmanager
def running_server(directory: pathlib.Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run ``kafkalite serve`` on a free port with its data below ``directory``; yield (process, port).

    What it prints is copied to ``server.out``. It must not be told to be quiet: its banner says that it is ready.
    """
    ports_file = directory / "ports.json"
    command = [sys.executable, "-m", "kafkalite", "serve", "--port", "0", "--data", str(directory / "data")]
    command += ["--ports-file", str(ports_file), *arguments]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = ProcessOutput(process.stdout, directory / "server.out")
    try:
        assert output.wait_for(" ready in ", START_TIMEOUT_S), f"the server did not get ready:\n{output.text}"
        yield process, json.loads(ports_file.read_text())["kafka"]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        output.close()
