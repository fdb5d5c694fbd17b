"""The removed files of a partition: their names end in `.deleted`, and they stay for `file.delete.delay.ms`.

Readers with a range of one finish in that time. The next start deletes the files that a stop left.

Source: LocalLog.deleteSegmentFiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.storage.interface import PartitionStore

DELETED_SUFFIX = ".deleted"


class RemovedFiles:
    """The removed files of one partition, in the order in which they are due.

    Args:
        store: of the partition.
        names: names of files with the suffix.
        due_ms: time of their deletion on the monotonic clock.
    """

    __slots__ = ("_due", "_store")

    def __init__(self, store: PartitionStore, names: Iterable[str] = (), due_ms: int = 0) -> None:
        self._store = store
        self._due = [(due_ms, name) for name in names]

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._due)

    def add(self, names: Iterable[str], due_ms: int) -> None:
        """Rename files for a deletion at `due_ms` of the monotonic clock; names without a file are skipped.

        Raises:
            StorageFault: a file kept its name. It is deleted at that time all the same.
        """
        existing = set(self._store.list())
        first_fault: StorageFault | None = None
        for name in names:
            if name not in existing:
                continue
            try:
                self._store.rename(name, name + DELETED_SUFFIX)
                name += DELETED_SUFFIX
            except StorageFault as fault:
                first_fault = first_fault or fault
            self._due.append((due_ms, name))
        if first_fault is not None:
            raise first_fault

    def delete_due(self, now_ms: int) -> int:
        """Delete the files that are due, and return their number.

        Raises:
            StorageFault: a file cannot be deleted; the next call tries it and the later ones again.
        """
        due = [name for due_ms, name in self._due if due_ms <= now_ms]
        self._due = [entry for entry in self._due if entry[0] > now_ms]
        for index, name in enumerate(due):
            try:
                self._store.remove(name)
            except StorageFault:
                self._due[:0] = [(now_ms, left) for left in due[index:]]
                raise
        return len(due)
