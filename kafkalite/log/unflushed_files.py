"""Which files of a partition a power loss could still take, and bringing them to the disk.

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
    """The files of one log that are not known to be on the disk.

    Args:
        small_files: names of those beside the segments and snapshots.

    Attributes:
        small_files: the same set for life; whoever writes one of them adds its name.
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
        """Note small files that were written, or others whose flush did not come about."""
        self.small_files.update(names)

    def take(self, recovery_point: int, up_to_offset: int, *, is_final: bool = False) -> list[str]:
        """Return the files that a flush has to bring to the disk, which count as flushed from now on.

        The indexes of the active segment are none of them, unless the log is closed (`is_final`): recovery rebuilds
        those of the segment that holds the recovery point. Raises StorageFault.
        """
        names = []
        for segment in self._segments.since(recovery_point):
            if segment.base_offset < up_to_offset:
                names.append(segment.log_name)
                if is_final or segment is not self._segments.active:
                    names += segment.index_file_names()
        names += sorted(self.small_files | self._snapshots.unflushed)  # a simulation repeats the order of flushes
        self.clear()
        return names

    def clear(self) -> None:
        """Take note that everything written so far is on the disk."""
        self.small_files.clear()
        self._snapshots.unflushed.clear()

    def flush(self, names: Iterable[str]) -> None:
        """Return when these files survive a power loss; raises StorageFault."""
        for name in names:
            self._store.flush(name)
