"""Partitions in directories, on disk and in memory, and the properties of this layout alone."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import SEGMENT_PREALLOCATION_START_BYTES
from kafkalite.storage.detached_write import DetachedWrite
from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.files import FileHandle, Files, SystemFiles
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.conformance import check_partition_store
from kafkalite.testing.simulated_disk import ALLOCATE
from kafkalite.testing.simulated_files import SimulatedFiles


@pytest.fixture(params=["system", "memory"])
def files(request: pytest.FixtureRequest) -> Files:
    return SystemFiles() if request.param == "system" else MemoryFiles()


@pytest.fixture
def directory(files: Files, tmp_path: Path) -> FileLogDirectory:
    return FileLogDirectory(files, str(tmp_path / "data"), SeededEntropy(1))


def test_conforms(directory: FileLogDirectory) -> None:
    directory.create("t-0")
    check_partition_store(lambda epoch: directory.open("t-0", epoch=epoch))


def test_conforms_with_a_single_descriptor(files: Files, tmp_path: Path) -> None:
    directory = FileLogDirectory(files, str(tmp_path / "data"), SeededEntropy(1), open_files_max_count=1)
    directory.create("t-0")
    check_partition_store(lambda epoch: directory.open("t-0", epoch=epoch))


def test_many_files_share_few_descriptors(files: Files, tmp_path: Path) -> None:
    directory = FileLogDirectory(files, str(tmp_path / "data"), SeededEntropy(1), open_files_max_count=4)
    stores = []
    for number in range(20):
        directory.create(f"t-{number}")
        stores.append(directory.open(f"t-{number}", epoch=1))
    for turn in range(3):
        for number, store in enumerate(stores):
            store.append("a.log", b"%d:%d " % (number, turn))
            assert len(directory.open_files._open) <= 4
    for number, store in enumerate(stores):
        assert store.read("a.log", 0, 100) == b"%d:0 %d:1 %d:2 " % (number, number, number)


def test_space_is_taken_ahead_and_given_back(tmp_path: Path) -> None:
    directory = FileLogDirectory(SystemFiles(), str(tmp_path), SeededEntropy(1))
    directory.create("t-0")
    store = directory.open("t-0", epoch=1)
    path = tmp_path / "t-0" / "a.log"
    store.append("a.log", b"x" * 1000)
    assert path.stat().st_size == 1000
    store.append("a.log", bytes(SEGMENT_PREALLOCATION_START_BYTES))
    assert path.stat().st_size > 1000 + SEGMENT_PREALLOCATION_START_BYTES
    store.seal("a.log")
    assert path.stat().st_size == 1000 + SEGMENT_PREALLOCATION_START_BYTES


NO_SPACE = OSError(errno.ENOSPC, "No space left on device")
STEP_BYTES = 4096


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files of a hundred bytes allocate space ahead, however little is free."""
    monkeypatch.setattr("kafkalite.storage.open_files.SEGMENT_PREALLOCATION_START_BYTES", 100)
    monkeypatch.setattr("kafkalite.storage.files.SEGMENT_PREALLOCATION_BYTES", STEP_BYTES)
    monkeypatch.setattr("kafkalite.storage.files.PREALLOCATION_FREE_FACTOR", 0)
    monkeypatch.setattr("kafkalite.storage.files.PREALLOCATION_RETRY_BYTES", 500)


def open_stores(files: SimulatedFiles, count: int = 1) -> list[FilePartitionStore]:
    return open_stores_of(FileLogDirectory(files, "/data", SeededEntropy(1)), count)


def open_stores_of(directory: FileLogDirectory, count: int) -> list[FilePartitionStore]:
    for number in range(count):
        directory.create(f"t-{number}")
    return [directory.open(f"t-{number}", epoch=1) for number in range(count)]


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("error", [NO_SPACE, OSError(errno.EIO, "Input/output error")])
def test_space_that_cannot_be_had_ahead_fails_no_append(error: OSError) -> None:
    files = SimulatedFiles()
    (store,) = open_stores(files)
    refused = files.fail(ALLOCATE, error, count=None)
    for number in range(10):
        assert store.append("a.log", bytes(150)).position == number * 150
    assert 1 < refused.hit_count < 5, "it is asked for again, though not with every append"
    assert files.size("/data/t-0/a.log") == 1500
    refused.cancel()
    store.append("a.log", bytes(500))
    assert files.size("/data/t-0/a.log") == 4000


def test_no_space_is_taken_ahead_where_little_is_left() -> None:
    files = SimulatedFiles(capacity_bytes=100 << 20)
    (store,) = open_stores(files)
    for _ in range(3):
        store.append("a.log", bytes(1 << 20))
    assert files.size("/data/t-0/a.log") == 3 << 20


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("is_detached", [False, True])
def test_the_last_byte_of_the_disk_can_be_used(is_detached: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The space that other files hold ahead is released before an append is refused."""
    monkeypatch.setattr("kafkalite.storage.files.DETACHED_WRITE_MIN_BYTES", 0)
    files = SimulatedFiles()
    directory = FileLogDirectory(files, "/data", SeededEntropy(1))
    first, second = open_stores_of(directory, 2)
    first.append("a.log", bytes(3000))
    assert files.size("/data/t-0/a.log") == 6000
    files.capacity_bytes = 8000

    def append(size: int) -> None:
        if is_detached:
            writes: list[DetachedWrite] = []
            directory.run_write = writes.append
            appended = second.append("b.log", bytes(size), is_lasting=True)
            writes[0].run()
            writes[0].complete()
            if appended.error is not None:
                raise appended.error
        else:
            second.append("b.log", bytes(size))

    append(5000)
    assert files.size("/data/t-0/a.log") == 3000 and files.free_bytes("/data") == 0
    with pytest.raises(StorageFault, match="No space left"):
        append(1)
    assert second.size("b.log") == files.size("/data/t-1/b.log") == 5000
    files.capacity_bytes = 8001
    append(1)
    assert second.size("b.log") == 5001 and files.free_bytes("/data") == 0


def test_room_is_there_or_is_not() -> None:
    files = SimulatedFiles(capacity_bytes=1000)
    (store,) = open_stores(files)
    store.append("a.log", bytes(900))
    store.check_room("a.log", 100)
    assert store.size("a.log") == 900 and store.append("a.log", bytes(50)).position == 900
    store.seal("a.log")
    with pytest.raises(StorageFault, match="No space left"):
        store.check_room("a.log", 51)
    store.check_room("a.log", 50)


def test_a_file_in_the_place_of_the_directory_is_said(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"")
    with pytest.raises(StorageFault, match=f"open {path}: expected a log directory, found a file"):
        FileLogDirectory(SystemFiles(), str(path), SeededEntropy(1))


def test_failed_append_leaves_the_end_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = FileLogDirectory(SystemFiles(), str(tmp_path), SeededEntropy(1))
    directory.create("t-0")
    store = directory.open("t-0", epoch=1)
    store.append("a.log", b"good")
    handle = directory.open_files.handle(store._known["a.log"])

    def torn_write(self: FileHandle, position: int, buffer: bytes) -> None:
        genuine_write(handle, position, buffer[:3])
        raise StorageFault("write", "a.log", "no space left")

    genuine_write = type(handle).write_at
    monkeypatch.setattr(type(handle), "write_at", torn_write)
    with pytest.raises(StorageFault, match="no space left"):
        store.append("a.log", b"torn!")
    monkeypatch.undo()
    assert (tmp_path / "t-0" / "a.log").read_bytes() == b"good"
    assert store.append("a.log", b" again").position == 4
    assert store.read("a.log", 0, 100) == b"good again"


def test_new_names_are_flushed_with_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(SystemFiles, "flush_directory", lambda self, path: flushed.append(Path(path).name))
    directory = FileLogDirectory(SystemFiles(), str(tmp_path / "data"), SeededEntropy(1))
    directory.create("t-0")
    store = directory.open("t-0", epoch=1)
    store.append("a.log", b"1")
    store.flush("a.log")
    assert flushed == ["t-0", "data"]
    store.append("a.log", b"2")
    store.flush("a.log")
    assert flushed == ["t-0", "data"]


def test_lists_directories_of_partitions_only(directory: FileLogDirectory, files: Files) -> None:
    directory.create("t-0")
    directory.create("no_partition")
    directory.replace_root("recovery-point-offset-checkpoint", b"0\n0\n")
    assert directory.partitions() == ["t-0"]


def test_files_beside_the_partitions(directory: FileLogDirectory) -> None:
    assert directory.read_root("meta.properties") is None
    directory.replace_root("meta.properties", b"version=1\n")
    assert directory.read_root("meta.properties") == b"version=1\n"
    directory.remove_root("meta.properties")
    assert directory.read_root("meta.properties") is None
    assert 0 < directory.free_bytes() <= directory.total_bytes()


def test_removal_renames_first(directory: FileLogDirectory, files: Files) -> None:
    directory.create("my-topic-12")
    store = directory.open("my-topic-12", epoch=1)
    store.append("a.log", b"1")
    marked = directory.schedule_removal("my-topic-12")
    assert marked.startswith("my-topic-12.")
    assert marked.endswith("-delete")
    assert directory.partitions() == [marked]
    with pytest.raises(StorageFault):
        store.append("a.log", b"2")
    directory.create("my-topic-12")
    assert directory.open("my-topic-12", epoch=1).list() == []
    assert directory.schedule_removal(marked) == marked
    assert directory.run_removals() == 2
    assert directory.partitions() == ["my-topic-12"]


def test_a_directory_is_held_once(files: Files, tmp_path: Path) -> None:
    first = FileLogDirectory(files, str(tmp_path / "data"), SeededEntropy(1))
    with pytest.raises(StorageFault, match="open already"):
        FileLogDirectory(files, str(tmp_path / "data"), SeededEntropy(1))
    first.close()
    FileLogDirectory(files, str(tmp_path / "data"), SeededEntropy(1)).close()


def test_removals_may_be_run_a_few_at_a_time() -> None:
    directory = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1))
    for name in ("a-0", "b-0", "c-0"):
        directory.create(name)
        directory.schedule_removal(name)
    assert [directory.run_removals(max_count=1), directory.run_removals(max_count=5)] == [1, 2]
    assert directory.run_removals() == 0
