"""Ranges of files that are read when they are sent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SystemEntropy
from kafkalite.system.files import SystemFiles


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[FileLogDirectory]:
    opened = FileLogDirectory(SystemFiles(), str(tmp_path / "logs"), SystemEntropy(), open_files_max_count=2)
    opened.create("orders-0")
    yield opened
    opened.close()


def test_a_range_has_the_descriptor_of_its_file(directory: FileLogDirectory) -> None:
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"0123456789")
    lent = store.range("a.log", 3, 4)
    place = lent.descriptor()
    assert place is not None and os.pread(place[0], len(lent), place[1]) == b"3456"


def test_a_range_opens_its_file_again_when_others_needed_the_descriptor(directory: FileLogDirectory) -> None:
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"0123456789")
    lent = store.range("a.log", 0, 10)
    for name in "bcdef":
        store.append(f"{name}.log", b"x")
    assert lent.read(8, 2) == b"89"
    store.seal("a.log")
    assert lent.read(0, 2) == b"01"


def test_what_is_appended_later_is_not_in_the_range(directory: FileLogDirectory) -> None:
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"0123")
    lent = store.range("a.log", 2, 100)
    store.append("a.log", b"4567")
    assert len(lent) == 2 and lent.read(0, 2) == b"23"


def test_a_file_that_became_shorter_is_a_fault(directory: FileLogDirectory, tmp_path: Path) -> None:
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"0123456789")
    lent = store.range("a.log", 0, 10)
    os.truncate(tmp_path / "logs" / "orders-0" / "a.log", 4)
    with pytest.raises(StorageFault, match="4 bytes at 0 where 10 were written"):
        lent.read(0, 10)


def test_nothing_is_read_of_a_partition_made_anew_under_the_same_name(directory: FileLogDirectory) -> None:
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"the old topic")
    lent = store.range("a.log", 0, 13)
    directory.schedule_removal("orders-0")
    directory.create("orders-0")
    directory.open("orders-0", epoch=1).append("a.log", b"the new topic")
    with pytest.raises(StorageFault, match="removed while it was being sent"):
        lent.read(0, 13)
