"""The positions of batches: `<base offset>.index`.

8 bytes per entry, big-endian: int32 offset relative to the base offset, int32 position in the `.log` file. The offset
is the last one of the batch at the position. There is one entry for about every `index.interval.bytes` of the log.

Source: OffsetIndex.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.log.index_file import IndexFile

if TYPE_CHECKING:
    from kafkalite.storage.interface import PartitionStore

OFFSET_INDEX_SUFFIX = ".index"
_ENTRY = Struct(">ii")
ENTRY_SIZE_BYTES = _ENTRY.size


class OffsetIndex(IndexFile):
    """The offset index of one segment.

    Args:
        store: of the partition.
        name: of the file.
        base_offset: of the segment.
        max_bytes: `segment.index.bytes` at the creation of the segment.
        size_bytes: present size of the file.
    """

    __slots__ = ("base_offset", "max_entry_count")

    def __init__(self, store: PartitionStore, name: str, base_offset: int, max_bytes: int, size_bytes: int = 0) -> None:
        super().__init__(store, name, _ENTRY, size_bytes)
        self.base_offset = base_offset
        self.max_entry_count = max_bytes // ENTRY_SIZE_BYTES

    @property
    def is_full(self) -> bool:
        """Return whether the segment has to roll before the next entry."""
        return self.count >= self.max_entry_count

    def add(self, last_offset: int, position: int) -> None:
        """Add an entry for the batch at `position` that ends with `last_offset`, unless the index is full."""
        if self.count < self.max_entry_count:
            self.append(last_offset - self.base_offset, position)

    def find_position(self, offset: int) -> int:
        """Return a position at or before the batch of `offset`, as near as the index allows.

        Raises:
            StorageFault: the file cannot be read.
        """
        number = self.find_floor(0, offset - self.base_offset)
        return self.entry(number)[1] if number >= 0 else 0

    def find_position_before(self, position: int) -> int:
        """Return the largest indexed position up to `position`; 0 for none.

        Raises:
            StorageFault: the file cannot be read.
        """
        number = self.find_floor(1, position)
        return self.entry(number)[1] if number >= 0 else 0

    def last_position(self) -> int:
        """Return the position of the last entry; 0 for none.

        Raises:
            StorageFault: the file cannot be read.
        """
        return self.entry(self.count - 1)[1] if self.count else 0

    def truncate_to_offset(self, offset: int) -> None:
        """Remove the entries at or after `offset`.

        Raises:
            StorageFault: the file cannot be read or cut.
        """
        self.truncate(self.find_floor(0, offset - self.base_offset - 1) + 1)
