"""Both disks, the real one and memory, behave the same through the door."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.system.files import Files, SystemFiles
from kafkalite.system.memory_files import MemoryFiles


@pytest.fixture(params=["system", "memory"])
def files(request: pytest.FixtureRequest) -> Files:
    return SystemFiles() if request.param == "system" else MemoryFiles()


@pytest.fixture
def root(files: Files, tmp_path: Path) -> str:
    files.make_directory(str(tmp_path))
    return str(tmp_path)


def test_writes_and_reads_by_position(files: Files, root: str) -> None:
    handle = files.open(f"{root}/a")
    handle.write_at(0, b"hello world")
    handle.write_at(6, memoryview(bytearray(b"there")))
    assert handle.read_at(0, 11) == b"hello there"
    assert handle.read_at(6, 100) == b"there"
    assert handle.read_at(50, 10) == b""
    assert handle.size() == 11
    handle.flush()
    handle.close()
    handle.close()
    assert files.read(f"{root}/a") == b"hello there"
    assert files.size(f"{root}/a") == 11


def test_a_gap_reads_as_zeroes(files: Files, root: str) -> None:
    handle = files.open(f"{root}/a")
    handle.write_at(4, b"x")
    assert handle.read_at(0, 10) == b"\0\0\0\0x"
    handle.close()


def test_truncate_cuts_and_extends(files: Files, root: str) -> None:
    handle = files.open(f"{root}/a")
    handle.write_at(0, b"abcdef")
    handle.truncate(2)
    assert handle.read_at(0, 10) == b"ab"
    handle.truncate(4)
    assert handle.read_at(0, 10) == b"ab\0\0"
    handle.close()


def test_allocation_never_shrinks_or_changes_what_is_there(files: Files, root: str) -> None:
    handle = files.open(f"{root}/a")
    handle.write_at(0, b"abc")
    handle.allocate(4096)
    assert handle.size() in (3, 4096)
    assert handle.read_at(0, 3) == b"abc"
    handle.close()


def test_opening_a_missing_file_without_create_is_a_fault_that_names_it(files: Files, root: str) -> None:
    with pytest.raises(StorageFault, match="missing") as caught:
        files.open(f"{root}/missing", create=False)
    assert (caught.value.operation, caught.value.path) == ("open", f"{root}/missing")
    for operation in (files.read, files.size):
        with pytest.raises(StorageFault):
            operation(f"{root}/missing")
    with pytest.raises(StorageFault):
        files.open(f"{root}/no-directory/a")


def test_atomic_write_replaces_and_leaves_no_temporary_file(files: Files, root: str) -> None:
    files.write_atomically(f"{root}/a", b"one")
    old = files.open(f"{root}/a")
    files.write_atomically(f"{root}/a", b"second", durable=False)
    assert files.read(f"{root}/a") == b"second"
    assert old.read_at(0, 10) == b"one"
    assert files.list_directory(root) == ["a"]
    old.close()


def test_directories(files: Files, root: str) -> None:
    files.make_directory(f"{root}/x/y")
    files.make_directory(f"{root}/x/y")
    files.write_atomically(f"{root}/x/y/f", b"1")
    assert files.is_directory(f"{root}/x/y")
    assert not files.is_directory(f"{root}/x/y/f")
    assert files.exists(f"{root}/x/y/f")
    assert not files.exists(f"{root}/x/z")
    assert files.list_directory(f"{root}/x") == ["y"]
    files.flush_directory(f"{root}/x")
    files.rename(f"{root}/x", f"{root}/moved")
    assert files.read(f"{root}/moved/y/f") == b"1"
    files.remove_tree(f"{root}/moved")
    files.remove_tree(f"{root}/moved")
    assert not files.exists(f"{root}/moved")
    with pytest.raises(StorageFault):
        files.list_directory(f"{root}/moved")


def test_rename_of_an_open_file_and_over_another(files: Files, root: str) -> None:
    handle = files.open(f"{root}/a")
    handle.write_at(0, b"1")
    files.write_atomically(f"{root}/b", b"old")
    files.rename(f"{root}/a", f"{root}/b")
    handle.write_at(1, b"2")
    assert files.read(f"{root}/b") == b"12"
    assert not files.exists(f"{root}/a")
    with pytest.raises(StorageFault):
        files.rename(f"{root}/a", f"{root}/c")
    handle.close()


def test_remove_is_quiet_about_missing_files_and_refuses_directories(files: Files, root: str) -> None:
    files.write_atomically(f"{root}/a", b"")
    files.remove(f"{root}/a")
    files.remove(f"{root}/a")
    assert not files.exists(f"{root}/a")
    files.make_directory(f"{root}/d")
    with pytest.raises(StorageFault):
        files.remove(f"{root}/d")


def test_lock_is_exclusive_until_released(files: Files, root: str) -> None:
    lock = files.lock(f"{root}/.lock")
    with pytest.raises(StorageFault, match="open already"):
        files.lock(f"{root}/.lock")
    lock.release()
    lock.release()
    files.lock(f"{root}/.lock").release()
    assert files.exists(f"{root}/.lock")


def test_a_disk_has_room_and_is_larger_than_that(files: Files, root: str) -> None:
    assert 0 < files.free_bytes(root) <= files.total_bytes(root)


@pytest.mark.skipif(os.name == "nt", reason="POSIX record locks")
def test_another_process_sees_the_lock(tmp_path: Path) -> None:
    path = str(tmp_path / ".lock")
    lock = SystemFiles().lock(path)
    probe = (
        "import sys\n"
        "from kafkalite.system.files import SystemFiles\n"
        "from kafkalite.model.exceptions import StorageFault\n"
        "try: SystemFiles().lock(sys.argv[1])\n"
        "except StorageFault as error: sys.exit(str(error))\n"
    )
    held = subprocess.run([sys.executable, "-c", probe, path], capture_output=True, text=True, timeout=30, check=False)
    assert held.returncode == 1
    assert "another process has the directory open" in held.stderr
    lock.release()
    free = subprocess.run([sys.executable, "-c", probe, path], capture_output=True, text=True, timeout=30, check=False)
    assert free.returncode == 0


def test_failure_of_the_disk_is_a_storage_fault(tmp_path: Path) -> None:
    handle = SystemFiles().open(str(tmp_path / "a"))
    os.close(handle.descriptor() or -1)
    for operation in (lambda: handle.write_at(0, b"x"), lambda: handle.read_at(0, 1), handle.flush, handle.size):
        with pytest.raises(StorageFault) as caught:
            operation()
        assert caught.value.path == str(tmp_path / "a")
