"""The aborted transactions of one segment: `<base offset>.txnindex`.

34 bytes per transaction, big-endian: int16 version 0, int64 producer id, int64 first offset, int64 last offset (of the
marker), int64 last stable offset after the write of the marker. Last offsets ascend. The file is created with its
first entry.

Source: TransactionIndex, AbortedTxn; KIP-98.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.storage.interface import PartitionStore

TRANSACTION_INDEX_SUFFIX = ".txnindex"
ABORTED_TRANSACTION_VERSION = 0
ENTRY_SIZE_BYTES = 34
READ_ENTRY_COUNT = 240
"""Number of entries per read: about two pages of the file."""

_ENTRY = Struct(">hqqqq")


class AbortedTransaction(NamedTuple):
    """One aborted transaction; both offsets are inclusive, the last one is that of its marker."""

    producer_id: int
    first_offset: int
    last_offset: int
    last_stable_offset: int


def encode_aborted_transaction(transaction: AbortedTransaction) -> bytes:
    """Return the 34 bytes of one entry."""
    return _ENTRY.pack(ABORTED_TRANSACTION_VERSION, *transaction)


def decode_aborted_transactions(data: bytes) -> Iterator[AbortedTransaction]:
    """Yield the entries in `data`, except an incomplete one at the end.

    Raises:
        ValueError: the version of an entry is unknown.
    """
    whole_size = len(data) - len(data) % ENTRY_SIZE_BYTES
    for version, *fields in _ENTRY.iter_unpack(memoryview(data)[:whole_size]):
        if version > ABORTED_TRANSACTION_VERSION:
            raise ValueError(f"version {version} of an aborted transaction is unknown")
        yield AbortedTransaction(*fields)


class TransactionIndex:
    """The index of one segment, read from its file a few pages at a time.

    Args:
        store: of the partition.
        name: of the file.
        size_bytes: present size of the file, 0 if it does not exist; an incomplete last entry is ignored.

    An entry after a failed write counts all the same and is written with the next one: without it read_committed
    consumers would receive aborted records.
    """

    __slots__ = ("_has_torn_entry", "_name", "_size_bytes", "_store", "_unwritten")

    def __init__(self, store: PartitionStore, name: str, size_bytes: int = 0) -> None:
        torn_bytes = size_bytes % ENTRY_SIZE_BYTES
        self._store = store
        self._name = name
        self._size_bytes = size_bytes - torn_bytes
        self._has_torn_entry = torn_bytes > 0
        self._unwritten: list[AbortedTransaction] = []

    def __len__(self) -> int:
        """Return the number of entries."""
        return self._size_bytes // ENTRY_SIZE_BYTES + len(self._unwritten)

    @property
    def last_offset(self) -> int:
        """The last offset of the last entry; -1 for none."""
        count = len(self)
        return self._entry(count - 1).last_offset if count else -1

    def append(self, transaction: AbortedTransaction) -> None:
        """Add one entry and write it.

        Raises:
            ValueError: its last offset is not above that of the last entry.
            StorageFault: the write failed; the entry counts nevertheless.
        """
        if transaction.last_offset <= self.last_offset:
            raise ValueError(f"{transaction} does not come after offset {self.last_offset}")
        self._unwritten.append(transaction)
        self.write()

    def write(self) -> None:
        """Write the entries that are not in the file yet.

        Raises:
            StorageFault: the write failed.
        """
        if self._unwritten and self._has_torn_entry:
            self._cut_file(self._size_bytes)
        while self._unwritten:
            self._store.append(self._name, encode_aborted_transaction(self._unwritten[0]))
            self._size_bytes += ENTRY_SIZE_BYTES
            del self._unwritten[0]

    def entries(self, start: int = 0) -> Iterator[AbortedTransaction]:
        """Yield the entries from number `start` on.

        Raises:
            StorageFault: the file cannot be read.
        """
        position = start * ENTRY_SIZE_BYTES
        while position < self._size_bytes:
            size = min(READ_ENTRY_COUNT * ENTRY_SIZE_BYTES, self._size_bytes - position)
            yield from self._decode(self._store.read(self._name, position, size), size)
            position += size
        yield from self._unwritten[max(0, start - self._size_bytes // ENTRY_SIZE_BYTES) :]

    def collect_aborted(self, fetch_offset: int, upper_bound_offset: int) -> tuple[list[AbortedTransaction], bool]:
        """Return the aborted transactions within the offsets of a fetch, and whether the search is complete.

        Args:
            fetch_offset: the first offset fetched.
            upper_bound_offset: one past the last.

        The transactions are in order. An incomplete search continues in the next segment's index.

        Raises:
            StorageFault: the file cannot be read.
        """
        found: list[AbortedTransaction] = []
        for transaction in self.entries(self._first_ending_at_or_after(fetch_offset)):
            if transaction.first_offset < upper_bound_offset:
                found.append(transaction)
            if transaction.last_stable_offset >= upper_bound_offset:
                return found, True
        return found, False

    def truncate(self, offset: int) -> None:
        """Remove the entries with a marker at or after `offset`.

        Raises:
            StorageFault: the file cannot be read or cut.
        """
        count = self._first_ending_at_or_after(offset)
        written_count = self._size_bytes // ENTRY_SIZE_BYTES
        del self._unwritten[max(0, count - written_count) :]
        if count < written_count:
            self._cut_file(count * ENTRY_SIZE_BYTES)

    def reset(self) -> None:
        """Remove every entry.

        Raises:
            StorageFault: the file cannot be cut.
        """
        self._unwritten.clear()
        if self._size_bytes or self._has_torn_entry:
            self._cut_file(0)

    def flush(self) -> None:
        """Flush every entry, so that it survives a power loss.

        Raises:
            StorageFault: the file cannot be written or flushed.
        """
        self.write()
        if self._size_bytes:
            self._store.flush(self._name)

    def is_sane(self, base_offset: int) -> bool:
        """Return whether the entries can belong to the segment of `base_offset`: known version, ascending, not before
        it.
        """
        last_offset = base_offset - 1
        try:
            for transaction in self.entries():
                if transaction.last_offset <= last_offset:
                    return False
                last_offset = transaction.last_offset
        except StorageFault:
            return False
        return True

    def _cut_file(self, size_bytes: int) -> None:
        self._store.truncate(self._name, size_bytes)
        self._size_bytes = size_bytes
        self._has_torn_entry = False

    def _first_ending_at_or_after(self, offset: int) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._entry(middle).last_offset < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def _entry(self, number: int) -> AbortedTransaction:
        unwritten_number = number - self._size_bytes // ENTRY_SIZE_BYTES
        if unwritten_number >= 0:
            return self._unwritten[unwritten_number]
        data = self._store.read(self._name, number * ENTRY_SIZE_BYTES, ENTRY_SIZE_BYTES)
        return next(self._decode(data, ENTRY_SIZE_BYTES))

    def _decode(self, data: bytes, size: int) -> Iterator[AbortedTransaction]:
        if len(data) != size:
            raise StorageFault("read", self._name, f"{len(data)} bytes where {size} were written")
        try:
            yield from decode_aborted_transactions(data)
        except ValueError as error:
            raise StorageFault("read", self._name, error) from error
