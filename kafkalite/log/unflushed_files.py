"""The files of a partition that a power loss could still destroy, and their flush.

Source: UnifiedLog.flush, LocalLog.flush.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.log.segments import Segments
    from kafkalite.log.snapshot_files import SnapshotFiles
    from kafkalite.storage.interface import PartitionStore


class UnflushedFiles:
    """The files of one log with uncertain durability.

    Args:
        small_files: names of the unflushed files other than segments and snapshots.

    Attributes:
        small_files: always the same set; each write of such a file adds its name.
    """

    __slots__ = ("_segments", "_snapshots", "_store", "small_files")

    def __init__(
        self, store: PartitionStore, segments: Segments, snapshots: SnapshotFiles, small_files: Iterable[str]
    ) -> None:
        self._store = store
        self._segments = segments
        self._snapshots = snapshots
        self.small_files = set(small_files)

    def add(self, names: Iterable[str]) -> None:
        """Add small files after a write, or any files after a flush that did not take place."""
        self.small_files.update(names)

    def take(self, recovery_point: int, up_to_offset: int, *, is_final: bool = False) -> list[str]:
        """Return the files that a flush has to write to the disk, and count them as flushed from now on.

        The indexes of the active segment are not among them unless the log is closed (`is_final`): recovery rebuilds
        those of the segment with the recovery point.

        Raises:
            StorageFault: the files cannot be read.
        """
        names = []
        for segment in self._segments.since(recovery_point):
            if segment.base_offset < up_to_offset:
                names.append(segment.log_name)
                if is_final or segment is not self._segments.active:
                    names += segment.index_file_names()
        names += sorted(self.small_files | self._snapshots.unflushed)  # in an order that a simulation repeats
        self.clear()
        return names

    def clear(self) -> None:
        """Record that everything written so far is on the disk."""
        self.small_files.clear()
        self._snapshots.unflushed.clear()

    def flush(self, names: Iterable[str]) -> None:
        """Flush these files, so that they survive a power loss.

        Raises:
            StorageFault: a file cannot be flushed.
        """
        for name in names:
            self._store.flush(name)
