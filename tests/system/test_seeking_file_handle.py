"""Reading and writing by position where the system has no calls for it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.system import files as module
from kafkalite.system.files import SystemFiles
from kafkalite.system.seeking_file_handle import SeekingFileHandle

BLOCK_BYTES = 512
BLOCK_COUNT = 400


@pytest.fixture
def handle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SeekingFileHandle:
    monkeypatch.setattr(module, "_has_positional_calls", False)
    opened = SystemFiles().open(str(tmp_path / "a"))
    assert isinstance(opened, SeekingFileHandle)
    return opened


def test_reads_and_writes_by_position(handle: SeekingFileHandle) -> None:
    handle.write_at(3, memoryview(b"abc"))
    assert handle.read_at(2, 3) == b"\0ab"
    assert handle.read_at(2, 100) == b"\0abc"
    assert handle.read_at(50, 1) == b""
    handle.close()


def test_threads_do_not_move_each_others_position(handle: SeekingFileHandle) -> None:
    blocks = [bytes((number % 251,)) * BLOCK_BYTES for number in range(BLOCK_COUNT)]
    for number in range(0, BLOCK_COUNT, 2):
        handle.write_at(number * BLOCK_BYTES, blocks[number])

    def write_odd() -> None:
        for number in range(1, BLOCK_COUNT, 2):
            handle.write_at(number * BLOCK_BYTES, blocks[number])

    def read_even() -> list[bytes]:
        return [handle.read_at(number * BLOCK_BYTES, BLOCK_BYTES) for number in range(0, BLOCK_COUNT, 2)]

    with ThreadPoolExecutor(4) as threads:
        writing = [threads.submit(write_odd) for _ in range(2)]
        reading = [threads.submit(read_even) for _ in range(2)]
        for done in writing:
            done.result()
        for read in reading:
            assert read.result() == blocks[::2]
    assert handle.read_at(0, BLOCK_COUNT * BLOCK_BYTES) == b"".join(blocks)
    handle.close()


def test_partial_writes_and_reads_are_finished(handle: SeekingFileHandle, monkeypatch: pytest.MonkeyPatch) -> None:
    write, read = os.write, os.read
    monkeypatch.setattr(os, "write", lambda descriptor, buffer: write(descriptor, bytes(buffer)[:2]))
    monkeypatch.setattr(os, "read", lambda descriptor, size: read(descriptor, min(size, 3)))
    handle.write_at(0, b"abcdefg")
    assert handle.read_at(0, 7) == b"abcdefg"
    handle.close()


def test_failure_of_the_disk_is_a_storage_fault(handle: SeekingFileHandle) -> None:
    os.close(handle.descriptor() or -1)
    with pytest.raises(StorageFault, match="write"):
        handle.write_at(0, b"x")
    with pytest.raises(StorageFault, match="read"):
        handle.read_at(0, 1)
