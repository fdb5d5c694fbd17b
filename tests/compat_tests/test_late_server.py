"""A server over a late storage serves a client as any other does, and says what it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from compat_tests.late_server import LateServer
from kafkalite.settings import merge_settings
from kafkalite.testing.late_directory import LateLogDirectory


def test_its_storage_is_late() -> None:
    server = LateServer(merge_settings(environ={}, data="memory", port=0))
    server.open()
    try:
        assert isinstance(server.broker.logs.directory, LateLogDirectory)
    finally:
        server.broker.logs.close_all(clean=False)


def test_the_command_starts_and_stops(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "compat_tests.late_server", "--port", "0", "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith("kafkalite over a late storage, ready in ")
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.stdout.close()
