"""Secrets in files: nobody else can read them, and they are gone afterwards."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from kafkalite.system.key_files import lent_file, read_key_file


def test_a_lent_file_is_there_and_gone() -> None:
    with lent_file(b"secret") as path:
        assert read_key_file(path) == b"secret"
        if sys.platform != "win32":
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert not os.path.exists(path)


def test_it_is_gone_after_a_failure_too() -> None:
    with pytest.raises(RuntimeError), lent_file(b"secret") as path:
        raise RuntimeError
    assert not os.path.exists(path)
