"""A write that another thread does keeps its file open and counts once it is complete."""

from __future__ import annotations

import errno

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles


def test_bytes_count_once_the_write_is_complete() -> None:
    directory = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1))
    directory.create("orders-0")
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"first")
    write = store.begin_append("a.log", b"second")
    write.run()
    assert store.size("a.log") == 5 and store.read("a.log", 0, 100) == b"first"
    write.complete()
    assert write.position == 5 and store.read("a.log", 0, 100) == b"firstsecond"


def test_the_handle_stays_open_however_many_other_files_are_used() -> None:
    directory = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1), open_files_max_count=1)
    directory.create("orders-0")
    store = directory.open("orders-0", epoch=1)
    write = store.begin_append("a.log", b"large")
    for name in ("b.log", "c.log", "b.log"):
        store.append(name, b"other")
    write.run()
    write.complete()
    assert store.read("a.log", 0, 100) == b"large"


def test_what_a_failed_write_tore_is_cut_off() -> None:
    files = SimulatedFiles()
    directory = FileLogDirectory(files, "/data", SeededEntropy(1))
    directory.create("orders-0")
    store = directory.open("orders-0", epoch=1)
    store.append("a.log", b"first")
    write = store.begin_append("a.log", b"second")
    files.fail(WRITE, OSError(errno.ENOSPC, "No space left on device"), written_bytes=3)
    write.run()
    with pytest.raises(StorageFault):
        write.complete()
    assert store.size("a.log") == 5 and files.size("/data/orders-0/a.log") == 5
