"""The possible states of files and names after a power cut."""

from __future__ import annotations

from random import Random

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.testing.simulated_disk import (
    ALLOCATE,
    CREATE,
    FLUSH,
    FLUSH_DIRECTORY,
    KEPT,
    LOST,
    MAKE_DIRECTORY,
    REMOVE_DIRECTORY,
    RENAME,
    SCATTERED,
    SECTOR_BYTES,
    TORN,
    TRUNCATE,
    UNFLUSHED_FATES,
    UNLINK,
    WRITE,
    Operation,
    SimulatedDisk,
)


def disk_with(*operations: Operation) -> SimulatedDisk:
    disk = SimulatedDisk()
    for operation in operations:
        disk.apply(operation)
    return disk


def content(disk: SimulatedDisk, path: str) -> bytes | None:
    number = disk.find(path)
    return None if number is None else bytes(disk.inodes[number].data)


def survivors(disk: SimulatedDisk, path: str, fate: str | None = None) -> set[bytes | None]:
    return {content(disk.after_power_cut(Random(seed), fate), path) for seed in range(200)}


NEW_FILE = (Operation(CREATE, "f"), Operation(FLUSH_DIRECTORY, ""))


def test_what_was_flushed_survives_whatever_happens_to_the_rest() -> None:
    disk = disk_with(*NEW_FILE, Operation(WRITE, "f", 1, 0, b"old"), Operation(FLUSH, "f", 1))
    assert survivors(disk, "f") == {b"old"}
    disk.apply(Operation(WRITE, "f", 1, 3, b"+new"))
    assert survivors(disk, "f", LOST) == {b"old"}
    assert survivors(disk, "f", KEPT) == {b"old+new"}
    assert survivors(disk, "f", SCATTERED) == {b"old", b"old+new", b"old\0\0\0\0"}


def test_a_name_survives_only_when_its_directory_was_flushed() -> None:
    disk = disk_with(Operation(CREATE, "f"), Operation(WRITE, "f", 1, 0, b"data"), Operation(FLUSH, "f", 1))
    assert survivors(disk, "f", LOST) == {None}
    assert survivors(disk, "f") == {None, b"data"}
    disk.apply(Operation(FLUSH_DIRECTORY, ""))
    assert survivors(disk, "f") == {b"data"}


def test_names_survive_in_the_order_of_their_changes() -> None:
    disk = disk_with(Operation(CREATE, "a"), Operation(CREATE, "b"))
    found = {
        tuple(name for name in ("a", "b") if disk.after_power_cut(Random(seed)).find(name) is not None)
        for seed in range(200)
    }
    assert found == {(), ("a",), ("a", "b")}


def test_a_rename_is_one_change() -> None:
    disk = disk_with(
        *NEW_FILE, Operation(CREATE, "f.tmp"), Operation(WRITE, "f.tmp", 2, 0, b"new"), Operation(FLUSH, "f.tmp", 2)
    )
    disk.apply(Operation(RENAME, "f.tmp", new_path="f"))
    assert content(disk, "f") == b"new"
    assert survivors(disk, "f") == {b"", b"new"}
    states = set()
    for seed in range(200):
        survivor = disk.after_power_cut(Random(seed))
        states.add((content(survivor, "f"), content(survivor, "f.tmp")))
    assert states == {(b"", None), (b"", b"new"), (b"new", None)}


def test_a_rename_of_unflushed_data_may_leave_an_empty_file() -> None:
    disk = disk_with(Operation(CREATE, "t"), Operation(WRITE, "t", 1, 0, b"x"), Operation(RENAME, "t", new_path="f"))
    assert survivors(disk, "f") == {None, b"", b"x", b"\0"}


def test_writes_tear_where_sectors_end() -> None:
    data = b"a" * (SECTOR_BYTES - 10) + b"b" * SECTOR_BYTES + b"c" * 7
    disk = disk_with(*NEW_FILE, Operation(WRITE, "f", 1, 10, data))
    whole = bytes(10) + data
    torn = survivors(disk, "f", TORN)
    assert torn == {b"", whole[:512], whole[:1024], whole}
    scattered = survivors(disk, "f", SCATTERED)
    assert bytes(512) + b"b" * 512 in scattered  # the second sector without the first
    assert bytes(len(whole)) in scattered  # the size without any sector
    assert torn <= scattered


def test_torn_leaves_the_writes_before_and_none_behind() -> None:
    disk = disk_with(*NEW_FILE, *(Operation(WRITE, "f", 1, at, bytes([65 + at])) for at in range(3)))
    assert survivors(disk, "f", TORN) == {b"", b"A", b"AB", b"ABC"}


def test_truncation_and_allocation() -> None:
    disk = disk_with(*NEW_FILE, Operation(WRITE, "f", 1, 0, b"abcdef"), Operation(FLUSH, "f", 1))
    disk.apply(Operation(TRUNCATE, "f", 1, 2))
    assert content(disk, "f") == b"ab"
    assert survivors(disk, "f") == {b"abcdef", b"ab"}
    disk.apply(Operation(ALLOCATE, "f", 1, 4))
    assert content(disk, "f") == b"ab\0\0"
    disk.apply(Operation(ALLOCATE, "f", 1, 1))
    assert content(disk, "f") == b"ab\0\0"
    disk.apply(Operation(FLUSH, "f", 1))
    assert survivors(disk, "f") == {b"ab\0\0"}
    disk.apply(Operation(TRUNCATE, "f", 1, 5))
    assert content(disk, "f") == b"ab\0\0\0"


def test_a_removed_name_may_come_back_with_its_data() -> None:
    disk = disk_with(*NEW_FILE, Operation(WRITE, "f", 1, 0, b"x"), Operation(FLUSH, "f", 1), Operation(UNLINK, "f"))
    assert content(disk, "f") is None
    assert survivors(disk, "f") == {None, b"x"}


def test_directories_nest_and_survive_by_their_own_names() -> None:
    disk = disk_with(
        Operation(MAKE_DIRECTORY, "d"),
        Operation(FLUSH_DIRECTORY, ""),
        Operation(CREATE, "d/f"),
        Operation(FLUSH_DIRECTORY, "d"),
        Operation(RENAME, "d", new_path="e"),
    )
    assert survivors(disk, "d/f") == survivors(disk, "e/f") == {b"", None}
    for seed in range(50):
        survivor = disk.after_power_cut(Random(seed))
        assert (survivor.find("d/f") is None) is not (survivor.find("e/f") is None)


def test_a_survivor_has_everything_on_the_medium() -> None:
    disk = disk_with(Operation(CREATE, "f"), Operation(WRITE, "f", 1, 0, b"x" * 2000))
    survivor = disk.after_power_cut(Random(1), KEPT)
    assert survivors(survivor, "f") == {b"x" * 2000}
    assert disk.used_bytes() == survivor.used_bytes() == 2000


def test_a_copy_is_a_disk_of_its_own() -> None:
    disk = disk_with(*NEW_FILE)
    copy = disk.copy()
    copy.apply(Operation(WRITE, "f", 1, 0, b"x"))
    assert content(disk, "f") == b""


@pytest.mark.parametrize(
    "operation",
    [
        Operation(CREATE, "f"),
        Operation(CREATE, "no/f"),
        Operation(MAKE_DIRECTORY, "d"),
        Operation(UNLINK, "no"),
        Operation(UNLINK, "d"),
        Operation(REMOVE_DIRECTORY, "f"),
        Operation(REMOVE_DIRECTORY, "d"),
        Operation(RENAME, "no", new_path="f"),
        Operation(RENAME, "f", new_path="d"),
        Operation(RENAME, "f", new_path="d/f"),
        Operation(FLUSH_DIRECTORY, "f"),
        Operation(FLUSH_DIRECTORY, "no"),
    ],
)
def test_impossible_changes_are_faults_and_change_nothing(operation: Operation) -> None:
    disk = disk_with(*NEW_FILE, Operation(MAKE_DIRECTORY, "d"), Operation(CREATE, "d/g"))
    with pytest.raises(StorageFault):
        disk.apply(operation)
    assert [disk.find(path) is not None for path in ("f", "d", "d/g", "d/f", "no")] == [True, True, True, False, False]


def test_the_fates_are_all_named() -> None:
    assert set(UNFLUSHED_FATES) == {LOST, KEPT, TORN, SCATTERED}
