"""Few descriptors for many files."""

from __future__ import annotations

from pathlib import Path

from kafkalite.storage.open_files import OpenFile, OpenFiles
from kafkalite.system.files import SystemFiles


def test_the_file_not_used_for_longest_is_closed_first(tmp_path: Path) -> None:
    open_files = OpenFiles(SystemFiles(), max_count=3)
    files = [OpenFile(str(tmp_path / name), 0) for name in "abcd"]
    a, b, c, d = files
    for file in (a, b, c):
        open_files.handle(file, create=True)
    for file in (a, b, c):
        file.is_recent = False
    open_files.handle(a)
    open_files.handle(d, create=True)
    assert [file.handle is not None for file in files] == [True, False, True, True]
    open_files.handle(b).write_at(0, b"again")
    assert sum(file.handle is not None for file in files) == 3


def test_closing_gives_the_descriptor_back(tmp_path: Path) -> None:
    open_files = OpenFiles(SystemFiles(), max_count=1)
    file = open_files.open_new(str(tmp_path / "a"), create=True)
    assert file.handle is not None
    open_files.close(file)
    open_files.close(file)
    assert file.handle is None
    assert open_files.handle(file).size() == 0


def test_the_size_of_an_existing_file_is_its_logical_end(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    file = OpenFiles(SystemFiles(), max_count=1).open_new(str(tmp_path / "a"), create=False)
    assert (file.size, file.allocated) == (5, 5)
