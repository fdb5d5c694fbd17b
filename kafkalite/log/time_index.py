"""The timestamps of offsets: `<base offset>.timeindex`.

12 bytes per entry, big-endian: int64 timestamp, int32 offset relative to the base offset. No record up to the batch of
an entry has a later timestamp; the offset is the last one of the batch with this timestamp. Timestamps ascend. The
last entry of a rolled segment has the largest timestamp of all.

Source: TimeIndex, KIP-33.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.log.index_file import IndexFile

if TYPE_CHECKING:
    from kafkalite.storage.interface import PartitionStore

TIME_INDEX_SUFFIX = ".timeindex"
NO_TIMESTAMP = -1
_ENTRY = Struct(">qi")
ENTRY_SIZE_BYTES = _ENTRY.size


class TimeIndex(IndexFile):
    """The time index of one segment; arguments as for `OffsetIndex`.

    Attributes:
        last_timestamp: of the last entry, -1 for none.
        last_offset: of the last entry, the base offset for none.
    """

    __slots__ = ("base_offset", "last_offset", "last_timestamp", "max_entry_count")

    def __init__(self, store: PartitionStore, name: str, base_offset: int, max_bytes: int, size_bytes: int = 0) -> None:
        super().__init__(store, name, _ENTRY, size_bytes)
        self.base_offset = base_offset
        self.max_entry_count = max_bytes // ENTRY_SIZE_BYTES
        self.last_timestamp = NO_TIMESTAMP
        self.last_offset = base_offset
        self._load_last()

    @property
    def is_full(self) -> bool:
        """Return whether the segment has to roll; one entry is reserved for the roll itself."""
        return self.count >= self.max_entry_count - 1

    def add(self, timestamp: int, offset: int, *, is_last: bool = False) -> None:
        """Add an entry for a new largest timestamp, unless it is not larger or the index is full.

        Args:
            offset: the last one of the batch with the timestamp.
            is_last: the segment is being rolled or closed, and may use the reserved entry.
        """
        if timestamp > self.last_timestamp and (is_last or not self.is_full):
            self.append(timestamp, offset - self.base_offset)
            self.last_timestamp = timestamp
            self.last_offset = offset

    def find_offset(self, timestamp: int) -> int:
        """Return an offset before which every record is earlier than `timestamp`.

        Raises:
            StorageFault: the file cannot be read.
        """
        number = self.find_floor(0, timestamp)
        return self.base_offset + self.entry(number)[1] if number >= 0 else self.base_offset

    def truncate_to_offset(self, offset: int) -> None:
        """Remove the entries at or after `offset`.

        Raises:
            StorageFault: the file cannot be read or cut.
        """
        self.truncate(self.find_floor(1, offset - self.base_offset - 1) + 1)
        self._load_last()

    def _load_last(self) -> None:
        self.last_timestamp, self.last_offset = NO_TIMESTAMP, self.base_offset
        if self.count:
            timestamp, relative_offset = self.entry(self.count - 1)
            self.last_timestamp, self.last_offset = timestamp, self.base_offset + relative_offset
