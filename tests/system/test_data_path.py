"""Whether a path can be the data directory, and the words for why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kafkalite.system.data_path import ForeignEntries, find_foreign, find_obstacle, shown_names


def test_directories_that_can_be_used(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "new", tmp_path / "new" / "deep", tmp_path / "\u00fc \u65e5"):
        assert find_obstacle(str(path)) is None
    assert list(tmp_path.iterdir()) == []


def test_a_relative_path_without_a_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert find_obstacle("kafka-data") == "cannot be made: the working directory is gone"
    assert find_obstacle(str(tmp_path / "data")) is None
    monkeypatch.chdir(tmp_path)


def test_files_in_the_way(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    assert find_obstacle(str(file)) == "is a file, and a directory is needed"
    assert find_obstacle(f"{file}/below") == "cannot be used: not a directory"


def test_what_is_no_path(tmp_path: Path) -> None:
    assert find_obstacle(str(tmp_path / ("x" * 300))) == "cannot be used: file name too long"
    assert find_obstacle("a\0b") == "is no path: embedded null byte"


def test_missing_rights_are_told_of_the_directory_that_lacks_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert str(find_obstacle(str(tmp_path))).startswith("may not be read and written by user ")
    words = find_obstacle(str(tmp_path / "new" / "deep"))
    assert words is not None and words.startswith(f"cannot be made: {tmp_path} may not be")


def test_what_is_in_a_directory_without_records(tmp_path: Path) -> None:
    for name in ("lost+found", ".git", "src", "orders-0", "users-1.0123456789abcdef0123456789abcdef-stray"):
        (tmp_path / name).mkdir()
    for name in ("notes.txt", ".gitkeep", "bootstrap.checkpoint"):
        (tmp_path / name).write_text("x")
    assert find_foreign(str(tmp_path)) == ForeignEntries(["src"], ["notes.txt"])
    (tmp_path / "meta.properties").write_text("")
    assert find_foreign(str(tmp_path)) is None
    assert find_foreign(str(tmp_path / "missing")) is None


def test_names_are_cut() -> None:
    assert shown_names(["a"]) == "a"
    assert shown_names(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
