"""Reads of whole batches from the segments of a partition, with one file read per fetch for a sequential reader.

For large results that the caller can send from the file, only the headers near their end are read.

Source: LocalLog.read, LogSegment.read. Unlike Kafka, which cuts at the byte limit and lets clients drop the torn
batch, only whole batches are returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.batch_scan import find_batch_position, find_whole_end, find_whole_end_in_file
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import READ_CURSOR_MAX_COUNT, STORED_RANGE_MIN_BYTES
from kafkalite.records.batch import LOG_OVERHEAD_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.log.segment import Segment
    from kafkalite.log.segments import Segments
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.storage.stored_range import StoredRange

    Records = bytes | memoryview | StoredRange

INDEXED_CUT_BYTES = 64 * 1024
"""Minimum size from which the end of a cut read is searched from the nearest index entry on, not from the start."""


class LogReader:
    """The reading side of one partition's log.

    Args:
        store: of the partition.
        segments: shared with the log, which appends to them.
        on_gap: called with (requested offset, first existing offset) when a read skips offsets that no segment holds,
            once for each segment after such a gap.
        told_gaps: base offsets of the segments after a gap that has been reported.
    """

    __slots__ = ("_cursors", "_gaps", "_limit", "_on_gap", "_segments", "_store")

    def __init__(
        self,
        store: PartitionStore,
        segments: Segments,
        on_gap: Callable[[int, int], None] = lambda start, end: None,
        told_gaps: Iterable[int] = (),
    ) -> None:
        self._store = store
        self._segments = segments
        self._on_gap = on_gap
        self._gaps = set(told_gaps)
        self._cursors: dict[int, tuple[Segment, int]] = {}  # end offset of a recent read -> position of the next batch
        self._limit: tuple[int, Segment, int] | None = None  # position of the last limit below the log end

    def forget(self) -> None:
        """Drop the cached positions, because segments were removed or rewritten."""
        self._cursors.clear()
        self._limit = None

    def read(
        self, offset: int, limit_offset: int, end_offset: int, max_bytes: int, min_one_batch: bool
    ) -> tuple[Records, int, Segment | None]:
        """Return whole batches from the one that holds `offset` on.

        Args:
            offset: below `limit_offset`.
            limit_offset: no batch at or after it is returned; the start of a batch, or `end_offset`.
            end_offset: of the log.
            max_bytes: limit of the returned bytes.
            min_one_batch: whether a first batch above that limit is returned all the same.

        Returns:
            (batches, end offset, segment): all batches are of one segment; (b"", `offset`, None) without batches.

        Raises:
            StorageFault: the files cannot be read.
        """
        return self._find(offset, limit_offset, end_offset, max_bytes, min_one_batch, lends=False)

    def lend(
        self, offset: int, limit_offset: int, end_offset: int, max_bytes: int, min_one_batch: bool
    ) -> tuple[Records, int, Segment | None]:
        """Return the result of `read`, with large batches as a range of the file.

        Raises:
            StorageFault: the files cannot be read.
        """
        return self._find(offset, limit_offset, end_offset, max_bytes, min_one_batch, lends=True)

    def _find(
        self, offset: int, limit_offset: int, end_offset: int, max_bytes: int, min_one_batch: bool, *, lends: bool
    ) -> tuple[Records, int, Segment | None]:
        cursor = self._cursors.get(offset)
        if cursor is None:
            cursor = self._locate(offset)
        segment, position = cursor
        while position >= segment.size:
            following = self._segments.after(segment)
            if following is None:
                return b"", offset, None
            segment, position = following, 0
        end_position, next_offset = self._readable_end(segment, limit_offset, end_offset)
        available = end_position - position
        if available <= 0:
            return b"", offset, None
        if max_bytes >= available:
            data = self._lend(segment, position, available) if lends else self._read(segment, position, available)
        else:
            cut = self._lend_cut if lends and max_bytes >= STORED_RANGE_MIN_BYTES else self._read_cut
            data, next_offset = cut(segment, position, available, max_bytes, min_one_batch)
            if not data:
                return b"", offset, None
            end_position = position + len(data)
        self._remember(next_offset, segment, end_position)
        return data, next_offset, segment

    def collect_aborted(self, segment: Segment | None, offset: int, next_offset: int) -> list[tuple[int, int]]:
        """Return (producer id, first offset) of the aborted transactions among the batches of a read.

        Args:
            segment: the segment of the batches; None for none.
            offset, next_offset: range of the offsets of the read, exclusive at the end.

        Raises:
            StorageFault: a transaction index cannot be read.
        """
        aborted: list[tuple[int, int]] = []
        while segment is not None:
            found, is_complete = segment.transaction_index.collect_aborted(offset, next_offset)
            aborted += [(transaction.producer_id, transaction.first_offset) for transaction in found]
            if is_complete:
                break
            segment = self._segments.after(segment)
        return aborted

    def _locate(self, offset: int) -> tuple[Segment, int]:
        segment = self._segments.floor(offset) or self._segments.first
        while True:
            found = segment.find_batch(offset)
            if found is not None and found[0] + found[1] <= segment.size:  # the end of the batch may have been cut off
                return segment, found[0]
            following = self._segments.after(segment)
            if following is None:
                return segment, segment.size
            segment = following
            if segment.base_offset > offset and segment.base_offset not in self._gaps:
                self._gaps.add(segment.base_offset)
                self._on_gap(offset, segment.base_offset)

    def _readable_end(self, segment: Segment, limit_offset: int, end_offset: int) -> tuple[int, int]:
        """Return the position up to which a segment may be read, and the end offset there."""
        following = None if segment is self._segments.active else self._segments.after(segment)
        if following is not None and following.base_offset <= limit_offset:
            return segment.size, following.base_offset
        if limit_offset == end_offset:
            return segment.size, end_offset
        limit = self._limit
        if limit is None or limit[0] != limit_offset:
            limit = self._limit = (limit_offset, *self._locate(limit_offset))
        return (limit[2] if limit[1] is segment else segment.size), limit_offset

    def _read_cut(
        self, segment: Segment, position: int, available: int, max_bytes: int, min_one_batch: bool
    ) -> tuple[Records, int]:
        """Read up to the last whole batch within the byte limit; return (b"", -1) if not even one batch may be
        returned.
        """
        data = self._read(segment, position, min(available, max(max_bytes, LOG_OVERHEAD_SIZE)))
        first_size = int.from_bytes(data[8:LOG_OVERHEAD_SIZE], "big") + LOG_OVERHEAD_SIZE
        if first_size > max_bytes:
            if not min_one_batch:
                return b"", -1
            data = self._read(segment, position, first_size)
        start = 0
        if len(data) > INDEXED_CUT_BYTES:
            start = max(0, segment.offset_index.find_position_before(position + len(data)) - position)
        end, next_offset = find_whole_end(data, start)
        if next_offset < 0 and start:  # the cut is within the indexed batch
            end, next_offset = start, self._base_offset_at(segment, position + start)
        if next_offset < 0:
            raise StorageFault("read", segment.log_name, f"no whole batch at {position}")
        return (data if end == len(data) else memoryview(data)[:end]), next_offset

    def _lend_cut(
        self, segment: Segment, position: int, available: int, max_bytes: int, min_one_batch: bool
    ) -> tuple[Records, int]:
        """Return the result of `_read_cut` as a range; only the headers near the cut are read."""
        end, next_offset = self._find_cut(segment, position, position + max_bytes)
        if end > position:
            return self._lend(segment, position, end - position), next_offset
        return self._read_cut(segment, position, available, max_bytes, min_one_batch)

    def _find_cut(self, segment: Segment, position: int, limit_position: int) -> tuple[int, int]:
        """Return the end position of the last whole batch before a position, and its end offset; (`position`, -1) for
        none.
        """
        start = max(position, segment.offset_index.find_position_before(limit_position))
        end, next_offset = find_whole_end_in_file(self._store, segment.log_name, start, limit_position)
        if next_offset < 0 and start > position:  # the limit is within the indexed batch
            return start, self._base_offset_at(segment, start)
        return end, next_offset

    def _base_offset_at(self, segment: Segment, position: int) -> int:
        found = find_batch_position(self._store, segment.log_name, 0, position, segment.size)
        if found is None:
            raise StorageFault("read", segment.log_name, f"no batch begins at {position}")
        return found[2]

    def _read(self, segment: Segment, position: int, size: int) -> bytes:
        data = self._store.read(segment.log_name, position, size)
        if len(data) != size:
            raise StorageFault("read", segment.log_name, f"{len(data)} bytes at {position} where {size} were written")
        return data

    def _lend(self, segment: Segment, position: int, size: int) -> Records:
        """Return a range if that is cheaper than to read."""
        if size < STORED_RANGE_MIN_BYTES:
            return self._read(segment, position, size)
        return self._store.range(segment.log_name, position, size)

    def _remember(self, offset: int, segment: Segment, position: int) -> None:
        cursors = self._cursors
        if len(cursors) >= READ_CURSOR_MAX_COUNT and offset not in cursors:
            del cursors[next(iter(cursors))]
        cursors[offset] = (segment, position)
