"""An open file finishes what the system does by halves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kafkalite.system import file_handle as module
from kafkalite.system.files import SystemFiles


def test_partial_writes_and_reads_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_write", lambda fd, buffer, position: os.pwrite(fd, bytes(buffer)[:2], position))
    monkeypatch.setattr(module, "_read", lambda fd, size, position: os.pread(fd, min(size, 3), position))
    handle = SystemFiles().open(str(tmp_path / "a"))
    handle.write_at(0, b"abcdefg")
    assert handle.read_at(0, 7) == b"abcdefg"
    assert handle.read_at(0, 100) == b"abcdefg"
    handle.close()
