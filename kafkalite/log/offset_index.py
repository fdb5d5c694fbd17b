"""Where batches lie: `<base offset>.index`.

8 bytes for each entry, big-endian: int32 offset relative to the base offset, int32 position in the `.log` file. The
offset is the last one of the batch that begins at the position. There is an entry for about every
`index.interval.bytes` of the log.

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
        max_bytes: `segment.index.bytes` at the time the segment was made.
        size_bytes: how long the file is now.
    """

    __slots__ = ("base_offset", "max_entry_count")

    def __init__(self, store: PartitionStore, name: str, base_offset: int, max_bytes: int, size_bytes: int = 0) -> None:
        super().__init__(store, name, _ENTRY, size_bytes)
        self.base_offset = base_offset
        self.max_entry_count = max_bytes // ENTRY_SIZE_BYTES

    @property
    def is_full(self) -> bool:
        """Tell whether the segment has to roll before the next entry."""
        return self.count >= self.max_entry_count

    def add(self, last_offset: int, position: int) -> None:
        """Note that a batch ending with `last_offset` begins at `position`; nothing when the index is full."""
        if self.count < self.max_entry_count:
            self.append(last_offset - self.base_offset, position)

    def find_position(self, offset: int) -> int:
        """Return a position at or before the batch that holds `offset`, as near as the index knows; raises
        StorageFault."""
        number = self.find_floor(0, offset - self.base_offset)
        return self.entry(number)[1] if number >= 0 else 0

    def find_position_before(self, position: int) -> int:
        """Return the largest indexed position that is at most `position`, 0 when none is; raises StorageFault."""
        number = self.find_floor(1, position)
        return self.entry(number)[1] if number >= 0 else 0

    def last_position(self) -> int:
        """Return the position of the last entry, 0 when there is none; raises StorageFault."""
        return self.entry(self.count - 1)[1] if self.count else 0

    def truncate_to_offset(self, offset: int) -> None:
        """Remove the entries at or after `offset`; raises StorageFault."""
        self.truncate(self.find_floor(0, offset - self.base_offset - 1) + 1)
