"""The double of a shared store meets the requirements of every storage, and those of one with late appends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import pytest

from kafkalite.model.exceptions import StaleLease, StorageFault
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.conformance import check_late_appends, check_partition_store
from kafkalite.testing.late_directory import LateLogDirectory, LateStore


class Shared:
    """A directory with its due commits."""

    def __init__(self) -> None:
        self.due: deque[Callable[[], None]] = deque()
        inner = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1))
        self.directory = LateLogDirectory(inner, self.due.append)
        self.directory.create("orders-0")

    def open(self, epoch: int) -> LateStore:
        return self.directory.open("orders-0", epoch=epoch)

    @property
    def fail_next(self) -> StorageFault | None:
        return self.directory.fail_next

    @fail_next.setter
    def fail_next(self, fault: StorageFault | None) -> None:
        self.directory.fail_next = fault

    @property
    def unknown_next(self) -> int:
        return self.directory.unknown_next

    @unknown_next.setter
    def unknown_next(self, count: int) -> None:
        self.directory.unknown_next = count

    def commit(self) -> bool:
        if not self.due:
            return False
        self.due.popleft()()
        return True


def test_it_keeps_the_files_of_a_partition() -> None:
    shared = Shared()
    check_partition_store(shared.open)


def test_appends_end_as_a_later_storage_promises() -> None:
    shared = Shared()
    check_late_appends(shared.open, shared)


def test_an_upload_whose_time_comes_early_waits_for_the_one_before_it() -> None:
    shared = Shared()
    store = shared.open(1)
    appends = [store.append("a.log", b"x") for _ in range(6)]
    first, second = shared.due
    second()
    assert not any(append.is_done for append in appends)
    first()
    assert all(append.is_done for append in appends) and shared.directory.commit_count == 2


def test_a_process_that_dies_loses_what_is_not_committed() -> None:
    shared = Shared()
    store = shared.open(1)
    kept = store.append("a.log", b"kept")
    shared.commit()
    assert shared.directory.uncommitted() == []
    store.append("a.log", b"lost")
    store.append("b.log", b"lost")
    store.append("a.log", b"too")
    assert kept.is_done and sorted(shared.directory.uncommitted()) == [
        ("/data/orders-0/a.log", 4),
        ("/data/orders-0/b.log", 0),
    ]
    assert shared.open(2).read_whole("a.log") == b"kept"


@pytest.mark.parametrize("way", ["close", "flush_all", "schedule_removal", "rename"])
def test_what_concerns_the_directory_waits_for_the_appends(way: str) -> None:
    shared = Shared()
    append = shared.open(1).append("a.log", b"x")
    if way == "rename":
        shared.directory.rename("orders-0", "orders-1")
    elif way == "schedule_removal":
        shared.directory.schedule_removal("orders-0")
    else:
        getattr(shared.directory, way)()
    assert append.is_done and append.error is None


def test_a_lease_is_taken_with_a_higher_epoch_only() -> None:
    shared = Shared()
    store = shared.open(5)
    append = store.append("a.log", b"x")
    with pytest.raises(StaleLease):
        shared.open(5)
    assert not store.is_fenced
    shared.commit()
    assert append.is_done and append.error is None


def test_the_files_beside_the_partitions_and_the_space_are_those_of_the_directory() -> None:
    directory = Shared().directory
    directory.replace_root("meta.properties", b"version=1")
    assert directory.read_root("meta.properties") == b"version=1"
    directory.remove_root("meta.properties")
    assert directory.read_root("meta.properties") is None
    assert directory.partitions() == ["orders-0"]
    assert 0 < directory.free_bytes() <= directory.total_bytes()
    directory.schedule_removal("orders-0")
    assert directory.run_removals() == 1 and directory.partitions() == []
