"""The conformance function finds what an implementation does differently."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.conformance import check_partition_store


def check() -> None:
    directory = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1))
    directory.create("t-0")
    check_partition_store(lambda epoch: directory.open("t-0", epoch=epoch))


def test_a_conforming_store_passes() -> None:
    check()


@pytest.mark.parametrize(
    ("method", "broken"),
    [
        ("append", lambda self, name, buffer: 0),
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
