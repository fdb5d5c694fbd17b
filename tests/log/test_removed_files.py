"""Removed files are renamed at once and deleted when they are due."""

from __future__ import annotations

import pytest

from kafkalite.log.removed_files import RemovedFiles
from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_disk import RENAME, UNLINK
from kafkalite.testing.simulated_files import SimulatedFiles

BROKEN = OSError(5, "Input/output error")


def make_store() -> tuple[SimulatedFiles, FilePartitionStore]:
    files = SimulatedFiles()
    directory = FileLogDirectory(files, "/data", SeededEntropy(1))
    directory.create("t-0")
    store = directory.open("t-0", epoch=1)
    for name in ("a.log", "a.index", "b.log"):
        store.append(name, name.encode())
    return files, store


def test_files_are_renamed_and_deleted_when_they_are_due() -> None:
    _, store = make_store()
    removed = RemovedFiles(store)
    removed.add(["a.log", "a.index", "a.txnindex"], 1000)
    removed.add(["b.log"], 2000)
    assert sorted(store.list()) == ["a.index.deleted", "a.log.deleted", "b.log.deleted"] and len(removed) == 3
    assert removed.delete_due(999) == 0 and removed.delete_due(1000) == 2
    assert store.list() == ["b.log.deleted"]
    assert removed.delete_due(5000) == 1 and len(removed) == 0 and store.list() == []


def test_a_range_that_was_lent_can_be_read_to_its_end() -> None:
    _, store = make_store()
    lent = store.range("a.log", 0, 5)
    RemovedFiles(store).add(["a.log"], 1000)
    assert lent.read(0, 5) == b"a.log"


def test_files_that_recovery_found_are_deleted_too() -> None:
    _, store = make_store()
    removed = RemovedFiles(store, ["b.log"], 500)
    assert removed.delete_due(499) == 0 and removed.delete_due(500) == 1
    assert "b.log" not in store.list()


def test_a_file_that_cannot_be_renamed_is_deleted_all_the_same() -> None:
    files, store = make_store()
    removed = RemovedFiles(store)
    files.fail(RENAME, BROKEN)
    with pytest.raises(StorageFault):
        removed.add(["a.log", "a.index"], 1000)
    assert sorted(store.list()) == ["a.index.deleted", "a.log", "b.log"]
    assert removed.delete_due(1000) == 2 and store.list() == ["b.log"]


def test_a_file_that_cannot_be_deleted_is_tried_again() -> None:
    files, store = make_store()
    removed = RemovedFiles(store)
    removed.add(["a.log", "a.index"], 1000)
    files.fail(UNLINK, BROKEN)
    with pytest.raises(StorageFault):
        removed.delete_due(1000)
    assert removed.delete_due(1000) == 2 and store.list() == ["b.log"]
