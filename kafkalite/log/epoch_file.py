"""`leader-epoch-checkpoint` of one open partition: the epochs and the times of their writes.

Source: LeaderEpochFileCache; KIP-101.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.checkpoints import LEADER_EPOCH_FILE, encode_leader_epochs

if TYPE_CHECKING:
    from kafkalite.log.epoch_cache import LeaderEpochCache
    from kafkalite.storage.interface import PartitionStore


class EpochFile:
    """The epochs of one partition and their file.

    A new epoch is stored with its first append. Kafka stores it at once, which is slow at a start with many partitions,
    and drops an epoch without batches when it loads the log.

    Args:
        cache: the epochs as loaded, equal to those in the file.
        unflushed_files: names of the files for the next flush; each write of the file adds its name.

    Attributes:
        is_behind: whether the file lacks an epoch, which the next append must store first.
    """

    __slots__ = ("_store", "_unflushed_files", "cache", "is_behind")

    def __init__(self, cache: LeaderEpochCache, store: PartitionStore, unflushed_files: set[str]) -> None:
        self.cache = cache
        self.is_behind = not len(cache)
        self._store = store
        self._unflushed_files = unflushed_files

    def begin(self, epoch: int, start_offset: int) -> None:
        """Begin an epoch at the end of the log, and drop the entries that contradict it."""
        self.is_behind |= self.cache.assign(epoch, start_offset)

    def store(self, epoch: int, start_offset: int) -> None:
        """Write the file before the first append of an epoch.

        Raises:
            StorageFault: the file cannot be written.
        """
        self.cache.assign(epoch, start_offset)
        self._write()

    def truncate_from_start(self, start_offset: int) -> None:
        """Drop the epochs that end before the log start.

        Raises:
            StorageFault: the file cannot be written.
        """
        if self.cache.truncate_from_start(start_offset):
            self._write()

    def _write(self) -> None:
        self._store.replace(LEADER_EPOCH_FILE, encode_leader_epochs(self.cache.entries()), durable=False)
        self._unflushed_files.add(LEADER_EPOCH_FILE)
        self.is_behind = False
