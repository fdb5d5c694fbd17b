"""A file of ascending fixed-size entries: the base of a segment's offset and time indexes.

The newest entries are kept in memory and written a page at a time; old ones are read a page at a time, and a few pages
are cached. An index of many megabytes thus takes a few kilobytes of memory, and an append needs no separate write.
Unwritten entries are lost in a crash: recovery rebuilds the index of every segment that was not flushed.

Source: AbstractIndex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import INDEX_CACHED_PAGE_COUNT, INDEX_PAGE_BYTES

if TYPE_CHECKING:
    from struct import Struct

    from kafkalite.storage.interface import PartitionStore


class IndexFile:
    """The entries of one index file.

    Args:
        store: of the partition.
        name: of the file.
        layout: of one entry: two integers.
        size_bytes: present size of the file, 0 if it does not exist; an incomplete last entry is ignored.
    """

    __slots__ = (
        "_entries_per_page",
        "_entry_size",
        "_is_torn",
        "_layout",
        "_pages",
        "_pending",
        "_store",
        "_written_count",
        "count",
        "name",
    )

    def __init__(self, store: PartitionStore, name: str, layout: Struct, size_bytes: int = 0) -> None:
        self.name = name
        self._store = store
        self._layout = layout
        self._entry_size = layout.size
        self._entries_per_page = INDEX_PAGE_BYTES // layout.size
        self._written_count, torn_bytes = divmod(size_bytes, layout.size)
        self._is_torn = torn_bytes > 0
        self._pending = bytearray()
        self._pages: dict[int, bytes] = {}
        self.count = self._written_count

    @property
    def size_bytes(self) -> int:
        """The size of all entries, written or not."""
        return self.count * self._entry_size

    def append(self, first: int, second: int) -> None:
        """Add an entry in memory, without a write."""
        self._pending += self._layout.pack(first, second)
        self.count += 1

    def make_room(self) -> None:
        """Write the waiting entries if they fill a page.

        Raises:
            StorageFault: the write failed; the entries are kept.
        """
        if len(self._pending) >= INDEX_PAGE_BYTES:
            self.write()

    def write(self) -> None:
        """Write the waiting entries.

        Raises:
            StorageFault: the write failed; the entries are kept.
        """
        if self._is_torn:
            self._store.truncate(self.name, self._written_count * self._entry_size)
            self._is_torn = False
        if self._pending:
            self._store.append(self.name, self._pending)
            self._written_count = self.count
            self._pending = bytearray()

    def seal(self) -> None:
        """Write the waiting entries, create the file if it has none, and seal it; it stays readable.

        Raises:
            StorageFault: the file cannot be written or sealed.
        """
        self.write()
        if self.count == 0:
            self._store.append(self.name, b"")
        self._store.seal(self.name)

    def entry(self, number: int) -> tuple[int, int]:
        """Return entry `number`, counted from 0.

        Raises:
            StorageFault: the file cannot be read.
        """
        written_count = self._written_count
        size = self._entry_size
        if number >= written_count:
            first, second = self._layout.unpack_from(self._pending, (number - written_count) * size)
            return first, second
        page_number, number_in_page = divmod(number, self._entries_per_page)
        position = number_in_page * size
        page = self._pages.get(page_number)
        if page is None or len(page) < position + size:
            page = self._read_page(page_number)
        first, second = self._layout.unpack_from(page, position)
        return first, second

    def find_floor(self, field: int, value: int, start: int = 0) -> int:
        """Return the number of the last entry whose `field` (0 or 1) is at most `value`; `start` - 1 if there is none.

        Args:
            start: number of the first entry of the search.

        Raises:
            StorageFault: the file cannot be read.
        """
        low, high = start, self.count
        while low < high:
            middle = (low + high) >> 1
            if self.entry(middle)[field] <= value:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def truncate(self, count: int) -> None:
        """Remove all but the first `count` entries.

        Raises:
            StorageFault: the file cannot be cut.
        """
        if count >= self.count:
            return
        if count < self._written_count:
            self._store.truncate(self.name, count * self._entry_size)
            self._written_count = count
            self._is_torn = False
            self._pending.clear()
            self._pages.clear()
        else:
            del self._pending[(count - self._written_count) * self._entry_size :]
        self.count = count

    def _read_page(self, page_number: int) -> bytes:
        size = self._entries_per_page * self._entry_size
        expected = min(size, self._written_count * self._entry_size - page_number * size)
        page = self._store.read(self.name, page_number * size, expected)
        if len(page) != expected:
            raise StorageFault("read", self.name, f"{len(page)} bytes where {expected} were written")
        if len(self._pages) >= INDEX_CACHED_PAGE_COUNT:
            del self._pages[next(iter(self._pages))]
        self._pages[page_number] = page
        return page
