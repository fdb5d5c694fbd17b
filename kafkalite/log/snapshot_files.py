"""The producer snapshots of one partition on the disk: `<offset>.snapshot` holds the producers as of that offset.

There is one at the base offset of each segment, from which recovery starts; a clean close adds one at the end.

Source: ProducerStateManager (takeSnapshot, removeStraySnapshots, truncateAndReload).
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.log.producer_snapshot import CorruptSnapshot, snapshot_file_name, stray_snapshots

_log = getLogger("kafkalite.log")

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.log.producer_state import ProducerStateManager
    from kafkalite.storage.interface import PartitionStore


class SnapshotFiles:
    """The existing snapshots.

    Args:
        store: of the partition.
        offsets: of the files found.

    Attributes:
        unflushed: names of the files that a power loss could still destroy.
    """

    __slots__ = ("_offsets", "_store", "unflushed")

    def __init__(self, store: PartitionStore, offsets: Iterable[int]) -> None:
        self._store = store
        self._offsets = set(offsets)
        self.unflushed: set[str] = set()

    def __len__(self) -> int:
        """Return the number of snapshots."""
        return len(self._offsets)

    def __contains__(self, offset: int) -> bool:
        """Return whether there is a snapshot of this offset."""
        return offset in self._offsets

    def take(self, offset: int, producers: ProducerStateManager) -> None:
        """Store the present state of the producers as the snapshot of `offset`, replacing an existing one.

        Raises:
            StorageFault: the file cannot be written.
        """
        name = snapshot_file_name(offset)
        self._store.replace(name, producers.encode_snapshot(), durable=False)
        self._offsets.add(offset)
        self.unflushed.add(name)

    def remove(self, offset: int) -> None:
        """Remove the snapshot of `offset`, if there is one.

        Raises:
            StorageFault: the file cannot be removed.
        """
        if offset in self._offsets:
            name = snapshot_file_name(offset)
            self._store.remove(name)
            self._offsets.discard(offset)
            self.unflushed.discard(name)

    def forget(self, offsets: Iterable[int]) -> list[str]:
        """Take snapshots out and return the names of their files, which the caller removes."""
        names = []
        for offset in offsets:
            if offset in self._offsets:
                self._offsets.discard(offset)
                names.append(snapshot_file_name(offset))
                self.unflushed.discard(names[-1])
        return names

    def remove_after(self, offset: int) -> None:
        """Remove the snapshots of offsets after this one, whose records are gone.

        Raises:
            StorageFault: a file cannot be removed.
        """
        for later_offset in sorted((one for one in self._offsets if one > offset), reverse=True):
            self.remove(later_offset)

    def remove_strays(self, base_offsets: Iterable[int]) -> None:
        """Remove the snapshots that belong to no segment, except the last one.

        Raises:
            StorageFault: a file cannot be removed.
        """
        for offset in stray_snapshots(self._offsets, base_offsets):
            self.remove(offset)

    def load_latest(self, producers: ProducerStateManager, log_start_offset: int, *, now_ms: int) -> int | None:
        """Load the latest readable snapshot into the producers, remove unreadable ones, and return its offset.

        None if there is none at or after `log_start_offset`.

        Raises:
            StorageFault: a file cannot be read or removed.
        """
        for offset in sorted(self._offsets, reverse=True):
            if offset < log_start_offset:
                break
            try:
                producers.load_snapshot(self._store.read_whole(snapshot_file_name(offset)), now_ms=now_ms)
            except CorruptSnapshot as problem:
                path = f"{self._store.path}/{snapshot_file_name(offset)}"
                _log.warning("%s is damaged (%s): the producers are read from the log", path, problem)
                self.remove(offset)
                continue
            return offset
        return None
