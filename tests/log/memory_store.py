"""The files of one partition in memory."""

from __future__ import annotations

from kafkalite.storage.files import FileLogDirectory, FilePartitionStore
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles


def make_store() -> FilePartitionStore:
    """Return a separate empty partition."""
    directory = FileLogDirectory(MemoryFiles(), "/data", SeededEntropy(1))
    directory.create("t-0")
    return directory.open("t-0", epoch=1)
