"""A small project to break the rules in."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: pathlib.Path) -> Write:
    """Write a file below the root of a small project."""

    def write_file(path: str, text: str) -> None:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    return write_file
