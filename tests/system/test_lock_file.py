"""The lock of a directory within one process; other processes are in test_files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.system.lock_file import LockFile


def test_the_same_directory_under_another_path_is_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    os.symlink(tmp_path / "real", tmp_path / "link")
    lock = LockFile(str(tmp_path / "real" / ".lock"))
    with pytest.raises(StorageFault, match="this process"):
        LockFile(str(tmp_path / "link" / ".lock"))
    lock.release()
    LockFile(str(tmp_path / "link" / ".lock")).release()


def test_a_directory_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="No such file"):
        LockFile(str(tmp_path / "missing" / ".lock"))
