"""A write in another thread keeps its file open and counts after its end."""

from __future__ import annotations

import errno
import gc

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import DETACHED_WRITE_MIN_BYTES
from kafkalite.storage.detached_write import DetachedWrite
from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.files import Files
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles

LARGE = bytes(DETACHED_WRITE_MIN_BYTES + 1)


class Detached:
    """A store whose large writes end under the control of the test."""

    def __init__(self, files: Files | None = None, **limits: int) -> None:
        directory = FileLogDirectory(files or MemoryFiles(), "/data", SeededEntropy(1), **limits)
        directory.create("orders-0")
        self.writes: list[DetachedWrite] = []
        directory.run_write = self.writes.append
        self.store: FilePartitionStore = directory.open("orders-0", epoch=1)

    def begin(self) -> DetachedWrite:
        write = self.store.append("a.log", LARGE, is_lasting=True)
        assert isinstance(write, DetachedWrite) and self.writes[-1] is write
        return write


def test_bytes_count_once_the_write_is_complete() -> None:
    detached = Detached()
    store = detached.store
    store.append("a.log", b"first")
    write = detached.begin()
    assert not write.is_done
    write.run()
    assert store.size("a.log") == 5 and store.read("a.log", 0, 100) == b"first"
    write.complete()
    assert write.is_done and write.error is None
    assert write.position == 5 and store.read("a.log", 0, 1 << 20) == b"first" + LARGE


def test_small_and_passing_buffers_are_written_at_once() -> None:
    detached = Detached()
    assert detached.store.append("a.log", LARGE).is_done
    assert detached.store.append("a.log", b"small", is_lasting=True).is_done
    assert detached.writes == []


def test_those_who_wait_are_called_in_order_and_once() -> None:
    write = Detached().begin()
    called: list[int] = []
    write.then(lambda: called.append(1))
    write.then(lambda: called.append(2))
    write.run()
    write.complete()
    write.complete()
    write.then(lambda: called.append(3))
    assert called == [1, 2, 3]


def test_whatever_else_changes_the_file_waits_for_the_write() -> None:
    for change in (
        lambda store: store.append("a.log", b"next"),
        lambda store: store.check_room("a.log", 5),
        lambda store: store.truncate("a.log", 0),
        lambda store: store.flush("a.log"),
        lambda store: store.seal("a.log"),
        lambda store: store.rename("a.log", "b.log"),
        lambda store: store.replace("a.log", b"other"),
        lambda store: store.remove("a.log"),
        lambda store: store.close(),
        lambda store: store.fence(2),
    ):
        detached = Detached()
        write = detached.begin()
        write.run()  # as the other thread does meanwhile
        change(detached.store)
        assert write.is_done and write.error is None


def test_the_handle_stays_open_however_many_other_files_are_used() -> None:
    detached = Detached(open_files_max_count=1)
    write = detached.begin()
    for name in ("b.log", "c.log", "b.log"):
        detached.store.append(name, b"other")
    write.run()
    write.complete()
    assert detached.store.read("a.log", 0, 1 << 20) == LARGE


def test_what_a_failed_write_tore_is_cut_off() -> None:
    files = SimulatedFiles()
    detached = Detached(files)
    detached.store.append("a.log", b"first")
    write = detached.begin()
    files.fail(WRITE, OSError(errno.ENOSPC, "No space left on device"), written_bytes=3)
    write.run()
    write.complete()
    assert isinstance(write.error, StorageFault)
    assert detached.store.size("a.log") == 5 and files.size("/data/orders-0/a.log") == 5


def test_its_buffer_is_free_once_it_has_ended_and_is_forgotten() -> None:
    """Not only when cycles are collected: a broker that writes a gigabyte would hold much of it."""
    detached = Detached()
    buffer = bytearray(LARGE)
    write = detached.store.append("a.log", memoryview(buffer), is_lasting=True)
    write.then(lambda: None)
    detached.writes[0].run()
    detached.writes[0].complete()
    detached.writes.clear()
    gc.disable()
    try:
        del write
        buffer.extend(b"x")  # an error as long as something refers to its bytes
    finally:
        gc.enable()
