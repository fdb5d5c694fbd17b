"""`leader-epoch-checkpoint` of one open partition: the epochs, and when they are written.

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

    An epoch that begins is stored with its first append: Kafka stores it at once, which takes long at a start with many
    partitions, and drops one that wrote nothing when it loads the log.

    Args:
        cache: the epochs as loaded; in step with the file.
        unflushed_files: the names of files that the next flush has to reach; the file is added when it was written.

    Attributes:
        is_behind: whether the file lacks an epoch that the next append has to store first.
    """

    __slots__ = ("_store", "_unflushed_files", "cache", "is_behind")

    def __init__(self, cache: LeaderEpochCache, store: PartitionStore, unflushed_files: set[str]) -> None:
        self.cache = cache
        self.is_behind = not len(cache)
        self._store = store
        self._unflushed_files = unflushed_files

    def begin(self, epoch: int, start_offset: int) -> None:
        """Let an epoch begin at the end of the log; entries that contradict it go."""
        self.is_behind |= self.cache.assign(epoch, start_offset)

    def store(self, epoch: int, start_offset: int) -> None:
        """Write the file before an append of that epoch; raises StorageFault."""
        self.cache.assign(epoch, start_offset)
        self._write()

    def truncate_from_start(self, start_offset: int) -> None:
        """Forget what ends before the log start; raises StorageFault."""
        if self.cache.truncate_from_start(start_offset):
            self._write()

    def _write(self) -> None:
        self._store.replace(LEADER_EPOCH_FILE, encode_leader_epochs(self.cache.entries()), durable=False)
        self._unflushed_files.add(LEADER_EPOCH_FILE)
        self.is_behind = False
