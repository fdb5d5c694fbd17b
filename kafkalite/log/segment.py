"""A section of one partition's log: `<base offset>.log` with its three indexes.

The last segment is active and takes appends; the others are sealed and only read. Files are read on demand: a sealed
segment costs nothing until the first search for an offset or a time in it.

Source: LogSegment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.batch_scan import SEARCH_CHUNK_BYTES, find_batch_position, scan_headers
from kafkalite.log.offset_index import OFFSET_INDEX_SUFFIX, OffsetIndex
from kafkalite.log.time_index import TIME_INDEX_SUFFIX, TimeIndex
from kafkalite.log.transaction_index import TRANSACTION_INDEX_SUFFIX, TransactionIndex
from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from kafkalite.log.config import LogConfig
    from kafkalite.model.buffers import Buffer
    from kafkalite.records.batch import BatchHeader
    from kafkalite.storage.append import Append
    from kafkalite.storage.interface import PartitionStore

LOG_SUFFIX = ".log"
INDEX_SUFFIXES = (OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX)
MAX_RELATIVE_OFFSET = 0x7FFF_FFFF
NO_TIMESTAMP = -1
_UNKNOWN = -2


def segment_file_name(base_offset: int, suffix: str) -> str:
    """Return the name of one of a segment's files, which begins with the base offset in 20 digits."""
    return f"{base_offset:020d}{suffix}"


def segment_names(base_offset: int) -> list[str]:
    """Return the names of all files a segment can have, the `.log` first."""
    return [segment_file_name(base_offset, suffix) for suffix in (LOG_SUFFIX, *INDEX_SUFFIXES)]


class Segment:
    """One segment.

    Args:
        store: of the partition.
        base_offset: lower bound of the offsets of its records.
        config: at the time of its creation; its index distance and index size never change.
        created_ms: the wall clock at its creation or opening.
        jitter_ms: time by which it rolls earlier than `segment.ms`.
        size: of the `.log` file; None to read it on first use.
        existing: names of the partition's files; empty for a new segment.

    Attributes:
        first_timestamp: largest timestamp of the first batch, from which `segment.ms` counts; -1 for none,
            -2 if not read yet.
    """

    __slots__ = (
        "_bytes_since_entry",
        "_index_interval_bytes",
        "_is_index_full",
        "_max_index_bytes",
        "_max_timestamp",
        "_max_timestamp_offset",
        "_missing_indexes",
        "_offset_index",
        "_size",
        "_store",
        "_time_index",
        "_transaction_index",
        "base_offset",
        "created_ms",
        "first_timestamp",
        "jitter_ms",
        "log_name",
    )

    def __init__(
        self,
        store: PartitionStore,
        base_offset: int,
        config: LogConfig,
        *,
        created_ms: int,
        jitter_ms: int = 0,
        size: int | None = None,
        existing: frozenset[str] | set[str] = frozenset(),
    ) -> None:
        self._store = store
        self.base_offset = base_offset
        self.created_ms = created_ms
        self.jitter_ms = jitter_ms
        self.log_name = segment_file_name(base_offset, LOG_SUFFIX)
        self._size = size
        self.first_timestamp = _UNKNOWN
        self._index_interval_bytes = config.index_interval_bytes
        self._max_index_bytes = config.segment_index_bytes
        self._bytes_since_entry = 0
        self._max_timestamp = _UNKNOWN
        self._max_timestamp_offset = base_offset
        self._missing_indexes = frozenset(
            suffix for suffix in INDEX_SUFFIXES if segment_file_name(base_offset, suffix) not in existing
        )
        self._offset_index: OffsetIndex | None = None
        self._time_index: TimeIndex | None = None
        self._transaction_index: TransactionIndex | None = None
        self._is_index_full: bool | None = None

    def __repr__(self) -> str:
        return f"Segment({self.base_offset}, size={self._size})"

    # ---- state ----------------------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """The size of the `.log` file.

        Raises:
            StorageFault: the file cannot be read.
        """
        size = self._size
        if size is None:
            size = self._size = self._store.size(self.log_name)
        return size

    @property
    def offset_index(self) -> OffsetIndex:
        """The offset index.

        Raises:
            StorageFault: the file cannot be read.
        """
        index = self._offset_index
        if index is None:
            name = segment_file_name(self.base_offset, OFFSET_INDEX_SUFFIX)
            size = self._index_size(OFFSET_INDEX_SUFFIX)
            index = self._offset_index = OffsetIndex(self._store, name, self.base_offset, self._max_index_bytes, size)
        return index

    @property
    def time_index(self) -> TimeIndex:
        """The time index.

        Raises:
            StorageFault: the file cannot be read.
        """
        index = self._time_index
        if index is None:
            name = segment_file_name(self.base_offset, TIME_INDEX_SUFFIX)
            size = self._index_size(TIME_INDEX_SUFFIX)
            index = self._time_index = TimeIndex(self._store, name, self.base_offset, self._max_index_bytes, size)
        return index

    @property
    def transaction_index(self) -> TransactionIndex:
        """The index of aborted transactions.

        Raises:
            StorageFault: the file cannot be read.
        """
        index = self._transaction_index
        if index is None:
            name = segment_file_name(self.base_offset, TRANSACTION_INDEX_SUFFIX)
            size = self._index_size(TRANSACTION_INDEX_SUFFIX)
            index = self._transaction_index = TransactionIndex(self._store, name, size)
        return index

    @property
    def is_index_missing(self) -> bool:
        """Return whether the offset index was missing when the segment was opened."""
        return OFFSET_INDEX_SUFFIX in self._missing_indexes

    @property
    def is_index_full(self) -> bool:
        """Return whether an index has no room for another entry.

        Raises:
            StorageFault: the files cannot be read.
        """
        is_full = self._is_index_full
        if is_full is None:  # needed for every append, and changed only by an entry
            is_full = self._is_index_full = self.offset_index.is_full or self.time_index.is_full
        return is_full

    @property
    def max_timestamp(self) -> int:
        """The largest timestamp of all batches; -1 for none.

        Raises:
            StorageFault: the files cannot be read.
        """
        if self._max_timestamp == _UNKNOWN:
            self._load_max_timestamp()
        return self._max_timestamp

    @property
    def max_timestamp_offset(self) -> int:
        """The last offset of the first batch with `max_timestamp`; the base offset for none."""
        if self._max_timestamp == _UNKNOWN:
            self._load_max_timestamp()
        return self._max_timestamp_offset

    @property
    def newest_ms(self) -> int:
        """The time of the newest record, or of the last write if no record has a time, in milliseconds.

        Raises:
            StorageFault: the segment cannot be read.
        """
        newest_ms = self.max_timestamp
        if newest_ms >= 0:
            return newest_ms
        if self.size == 0:  # it may have no file yet
            return self.created_ms
        written_ms = self._store.modified_ms(self.log_name)
        return self.created_ms if written_ms is None else written_ms

    def waited_ms(self, now_ms: int, max_timestamp: int) -> int:
        """Return the time for which the segment has been active, as `segment.ms` counts it, in milliseconds.

        Args:
            max_timestamp: of the batches to append; if records have timestamps, these determine the time that has
                passed.

        Raises:
            StorageFault: the first batch cannot be read.
        """
        first_timestamp = self.first_timestamp
        if first_timestamp == _UNKNOWN:
            first_timestamp = self._load_first_timestamp()
        return max_timestamp - first_timestamp if first_timestamp >= 0 else now_ms - self.created_ms

    # ---- appending -------------------------------------------------------------------------------------------------

    def append(self, buffer: Buffer, is_lasting: bool = False) -> Append:
        """Write batches with assigned offsets, in one write; `note_append` has to follow after the write.

        Args:
            buffer: exactly the batches.
            is_lasting: the buffer stays unchanged until the write is done.

        Raises:
            StorageFault: nothing has changed.
        """
        if self._bytes_since_entry > self._index_interval_bytes or self._max_timestamp == _UNKNOWN:
            self._make_room()
        return self._store.append(self.log_name, buffer, is_lasting)

    def note_append(self, size: int, headers: list[BatchHeader], base_offset: int, position: int) -> None:
        """Add written batches to the size and the indexes.

        Args:
            size: of all batches, in bytes.
            headers: of the batches; their base offsets are ignored.
            base_offset: of the first batch; the others follow without gaps.
            position: of the first batch.
        """
        if position and len(headers) == 1 and self._bytes_since_entry <= self._index_interval_bytes:
            header = headers[0]  # the usual case, without a new entry: the same as `note_batch`
            if header[9] > self._max_timestamp:
                self._max_timestamp = header[9]
                self._max_timestamp_offset = base_offset + header[7]
            self._bytes_since_entry += size
            self._size = position + size
            return
        if position == 0:
            self.first_timestamp = headers[0].max_timestamp
        for header in headers:
            last_offset = base_offset + header.last_offset_delta
            size = header.batch_length + 12
            self.note_batch(last_offset, header.max_timestamp, position, size)
            position += size
            base_offset = last_offset + 1
        self._size = position

    def _make_room(self) -> None:
        if self._bytes_since_entry > self._index_interval_bytes:
            self.offset_index.make_room()  # before the records: a failure here changes nothing
            self.time_index.make_room()
        if self._max_timestamp == _UNKNOWN:
            self._load_max_timestamp()

    def note_batch(self, last_offset: int, max_timestamp: int, position: int, size: int) -> None:
        """Update the indexes for a batch at `position`; to be called for every batch, in order."""
        if max_timestamp > self._max_timestamp:
            self._max_timestamp = max_timestamp
            self._max_timestamp_offset = last_offset
        if self._bytes_since_entry > self._index_interval_bytes:
            self.offset_index.add(last_offset, position)
            self.time_index.add(self._max_timestamp, self._max_timestamp_offset)
            self._is_index_full = None
            self._bytes_since_entry = 0
        self._bytes_since_entry += size

    def seal(self) -> None:
        """Finish all files: there are no more appends until the segment is reopened.

        Raises:
            StorageFault: the files cannot be written.
        """
        if self._size is None and self._offset_index is None and self._time_index is None:
            return  # unused since it was opened: finished already
        if self.size or self._time_index is not None:
            self.time_index.add(self.max_timestamp, self.max_timestamp_offset, is_last=True)
        if self.size == 0:
            self._store.append(self.log_name, b"")
        if self._transaction_index is not None:
            self._transaction_index.write()
        self.offset_index.seal()
        self.time_index.seal()
        self._store.seal(self.log_name)

    # ---- looking ---------------------------------------------------------------------------------------------------

    def find_batch(self, offset: int) -> tuple[int, int, int] | None:
        """Return (position, size, base offset) of the first batch that holds `offset` or a later one.

        None if the segment ends before it.

        Raises:
            StorageFault: the files cannot be read.
        """
        start = self.offset_index.find_position(offset) if offset > self.base_offset else 0
        return find_batch_position(self._store, self.log_name, offset, start, self.size)

    def read_end_offset(self) -> int:
        """Return one past the last offset, read from the tail of the file.

        Raises:
            StorageFault: the file cannot be read, or does not end with a whole batch.
        """
        end_offset = self.base_offset
        size = self.size
        end_position = self.offset_index.last_position() if size > SEARCH_CHUNK_BYTES else 0
        for header in scan_headers(self._store, self.log_name, end_position, size):
            end_offset = header.end_offset
            end_position = header.position + header.size_bytes
        if end_position != size:
            raise StorageFault("read", self.log_name, f"the last batch ends at byte {end_position}, the file at {size}")
        return end_offset

    # ---- recovery and truncation -----------------------------------------------------------------------------------

    def reset_indexes(self) -> None:
        """Empty all indexes, before every batch is added again.

        Raises:
            StorageFault: the indexes cannot be cut.
        """
        for suffix in (OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX):
            name = segment_file_name(self.base_offset, suffix)
            if suffix not in self._missing_indexes and self._store.size(name):
                self._store.truncate(name, 0)
        if TRANSACTION_INDEX_SUFFIX not in self._missing_indexes:
            self.transaction_index.reset()
        name = segment_file_name(self.base_offset, OFFSET_INDEX_SUFFIX)
        self._offset_index = OffsetIndex(self._store, name, self.base_offset, self._max_index_bytes)
        name = segment_file_name(self.base_offset, TIME_INDEX_SUFFIX)
        self._time_index = TimeIndex(self._store, name, self.base_offset, self._max_index_bytes)
        self._max_timestamp, self._max_timestamp_offset = NO_TIMESTAMP, self.base_offset
        self._bytes_since_entry = 0
        self.first_timestamp = _UNKNOWN

    def cut(self, size: int) -> None:
        """Cut the `.log` file to `size`, for which the indexes have been rebuilt.

        Raises:
            StorageFault: the file cannot be cut.
        """
        self._store.truncate(self.log_name, size)
        self._size = size

    def truncate_to_offset(self, offset: int) -> None:
        """Remove every batch that holds `offset` or a later one, with its index entries.

        Raises:
            StorageFault: the files cannot be read or cut.
        """
        found = self.find_batch(offset)
        self.offset_index.truncate_to_offset(offset)
        self.time_index.truncate_to_offset(offset)
        self.transaction_index.truncate(offset)
        if found is not None:
            self.cut(found[0])
        self.first_timestamp = _UNKNOWN
        self._bytes_since_entry = 0
        self._find_max_timestamp()

    def index_file_names(self) -> list[str]:
        """Return the names of the index files of a sealed segment.

        Raises:
            StorageFault: an index cannot be read.
        """
        suffixes = INDEX_SUFFIXES if len(self.transaction_index) else (OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX)
        return [segment_file_name(self.base_offset, suffix) for suffix in suffixes]

    def file_names(self) -> list[str]:
        """Return the names of all files that the segment can have, the `.log` first."""
        return segment_names(self.base_offset)

    def _index_size(self, suffix: str) -> int:
        if suffix in self._missing_indexes:
            return 0
        return self._store.size(segment_file_name(self.base_offset, suffix))

    def _load_max_timestamp(self) -> None:
        """Read the time index: that of a sealed or cleanly closed segment ends with the largest timestamp."""
        index = self.time_index
        self._max_timestamp, self._max_timestamp_offset = index.last_timestamp, index.last_offset

    def _find_max_timestamp(self) -> None:
        self._load_max_timestamp()
        start = self.offset_index.find_position(self._max_timestamp_offset)
        for header in scan_headers(self._store, self.log_name, start, self.size):
            if header.max_timestamp > self._max_timestamp:
                self._max_timestamp, self._max_timestamp_offset = header.max_timestamp, header.last_offset

    def _load_first_timestamp(self) -> int:
        header = next(scan_headers(self._store, self.log_name, 0, self.size), None)
        if header is None:
            return NO_TIMESTAMP
        self.first_timestamp = header.max_timestamp
        return header.max_timestamp
