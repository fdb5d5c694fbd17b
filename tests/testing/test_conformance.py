"""The conformance functions find the deviations of an implementation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.append import DoneAppend
from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.conformance import check_late_appends, check_partition_store
from kafkalite.testing.late_directory import LateLogDirectory, LateStore, Upload
from tests.testing.test_late_directory import Shared


def check() -> None:
    directory = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1))
    directory.create("t-0")
    check_partition_store(lambda epoch: directory.open("t-0", epoch=epoch))


def test_a_conforming_store_passes() -> None:
    check()


@pytest.mark.parametrize(
    ("method", "broken"),
    [
        ("append", lambda self, name, buffer, is_lasting=False: DoneAppend(0)),
        ("read", lambda self, name, position, size: b"\0" * size),
        ("truncate", lambda self, name, size: None),
        ("replace", lambda self, name, data, durable=True: None),
        ("rename", lambda self, old_name, new_name: None),
        ("remove", lambda self, name: None),
        ("close", lambda self: None),
        ("fence", lambda self, epoch: None),
        ("list", lambda self: []),
    ],
)
def test_a_store_that_does_less_is_found_out(
    monkeypatch: pytest.MonkeyPatch, method: str, broken: Callable[..., object]
) -> None:
    monkeypatch.setattr(FilePartitionStore, method, broken)
    with pytest.raises(Exception):  # noqa: B017 -- most fail an assertion, some trip over what they did not do
        check()


def check_late() -> None:
    shared = Shared()
    check_late_appends(shared.open, shared)


def commit_backwards(directory: LateLogDirectory, upload: Upload) -> None:
    upload.begun.reverse()
    commit(directory, upload)


commit = LateLogDirectory._commit


@pytest.mark.parametrize(
    ("owner", "method", "broken"),
    [
        (LateLogDirectory, "_commit", commit_backwards),
        (LateLogDirectory, "begin", lambda self, store, name, position: DoneAppend(position)),
        (LateLogDirectory, "_fail", lambda self, store, fault: store.begun.pop(0)[1].end(fault)),
        (LateLogDirectory, "commit_until", lambda self, append: None),
        (LateStore, "cut_uncommitted", lambda self: []),
        (LateStore, "settle", lambda self: None),
        (LateStore, "appends_overlap", False),
    ],
)
def test_a_late_store_that_does_less_is_found_out(
    monkeypatch: pytest.MonkeyPatch, owner: type, method: str, broken: object
) -> None:
    monkeypatch.setattr(owner, method, broken)
    with pytest.raises((AssertionError, StorageFault)):
        check_late()
