"""Going through the batches of a `.log` file by their headers, without a look at records.

Everyday searches unpack three fields per batch out of a buffer that was read anyway; what needs whole headers
(timestamps, recovery) reads the file in chunks and jumps over the records of large batches.

Source: FileLogInputStream, FileRecords.searchForOffsetFromPosition.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.records.batch import BATCH_HEADER_SIZE, LOG_OVERHEAD_SIZE, InvalidBatch, read_batch_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.records.batch import BatchHeader
    from kafkalite.storage.interface import PartitionStore

SCAN_CHUNK_BYTES = 64 * 1024
"""How much of a file a header scan reads at a time."""

SEARCH_CHUNK_BYTES = 8 * 1024
"""How much is read at first to find one batch near an index entry: twice the default distance of entries."""

LAST_OFFSET_END = 27
"""Bytes of a header up to and with the last offset delta."""

_HOP = Struct(">qi11xi")
_hop = _HOP.unpack_from


def find_whole_end(buffer: bytes | memoryview, start: int) -> tuple[int, int]:
    """Return where the last whole batch ends in a buffer that was cut anywhere, and the offset behind that batch.

    Args:
        start: where a batch begins. When no whole batch follows, the answer is `start` and -1.
    """
    position = start
    last_start = -1
    limit = len(buffer) - LAST_OFFSET_END
    size = len(buffer)
    while position <= limit:
        _, length, _ = _hop(buffer, position)
        end = position + length + LOG_OVERHEAD_SIZE
        if end > size or length < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE:
            break
        last_start, position = position, end
    if last_start < 0:
        return start, -1
    base_offset, _, last_offset_delta = _hop(buffer, last_start)
    return position, base_offset + last_offset_delta + 1


def find_whole_end_in_file(store: PartitionStore, name: str, start: int, limit_position: int) -> tuple[int, int]:
    """Return where the last whole batch ends before a position of a file, and the offset after that batch.

    Reads headers alone; see `find_whole_end`, which does the same in memory.

    Args:
        start: where a batch begins. When no whole batch follows, the answer is `start` and -1.
        limit_position: nothing after it counts, exclusive.

    Raises StorageFault, also when the bytes are no batches.
    """
    chunk = b""
    chunk_start = position = start
    next_offset = -1
    while position + LAST_OFFSET_END <= limit_position:
        at = position - chunk_start
        if at + LAST_OFFSET_END > len(chunk):
            chunk = store.read(name, position, min(SEARCH_CHUNK_BYTES, limit_position - position))
            chunk_start, at = position, 0
            if len(chunk) < LAST_OFFSET_END:
                raise StorageFault("read", name, f"the file ends at {position + len(chunk)}, not at {limit_position}")
        base_offset, length, last_offset_delta = _hop(chunk, at)
        if length < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE:
            raise StorageFault("read", name, f"no batch begins at {position}")
        if position + length + LOG_OVERHEAD_SIZE > limit_position:
            break
        position += length + LOG_OVERHEAD_SIZE
        next_offset = base_offset + last_offset_delta + 1
    return position, next_offset


def find_batch_position(
    store: PartitionStore, name: str, offset: int, position: int, end_position: int
) -> tuple[int, int, int] | None:
    """Return the first batch that holds `offset` or a later one, as (its position, its size, its base offset).

    Args:
        position: where a batch at or before it begins.
        end_position: where the search ends, exclusive; None is the answer when nothing was found before it.

    Raises StorageFault, also when the bytes are no batches.
    """
    chunk = b""
    chunk_start = position
    while position + LAST_OFFSET_END <= end_position:
        at = position - chunk_start
        if at + LAST_OFFSET_END > len(chunk):
            chunk = store.read(name, position, min(SEARCH_CHUNK_BYTES, end_position - position))
            chunk_start, at = position, 0
            if len(chunk) < LAST_OFFSET_END:
                raise StorageFault("read", name, f"the file ends at {position + len(chunk)}, not at {end_position}")
        base_offset, length, last_offset_delta = _hop(chunk, at)
        if length < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE:
            raise StorageFault("read", name, f"no batch begins at {position}")
        if base_offset + last_offset_delta >= offset:
            return position, length + LOG_OVERHEAD_SIZE, base_offset
        position += length + LOG_OVERHEAD_SIZE
    return None


def scan_headers(store: PartitionStore, name: str, position: int, end_position: int) -> Iterator[BatchHeader]:
    """Yield the header of each batch from `position` on, whose `position` field is that in the file.

    Raises StorageFault, also when the bytes are no batches; a batch cut off at `end_position` ends the scan.
    """
    chunk = b""
    chunk_start = position
    while position + BATCH_HEADER_SIZE <= end_position:
        at = position - chunk_start
        if at + BATCH_HEADER_SIZE > len(chunk):
            chunk = store.read(name, position, min(SCAN_CHUNK_BYTES, end_position - position))
            chunk_start, at = position, 0
        try:
            header = read_batch_header(chunk, at)
        except InvalidBatch as error:
            raise StorageFault("read", name, f"no batch begins at {position}: {error}") from error
        yield header._replace(position=position)
        position += header.size_bytes


def read_batch(store: PartitionStore, name: str, header: BatchHeader) -> tuple[bytes, BatchHeader]:
    """Return the whole batch of a scanned header, and the header as it stands in those bytes; raises StorageFault."""
    data = store.read(name, header.position, header.size_bytes)
    if len(data) != header.size_bytes:
        raise StorageFault("read", name, f"the batch at {header.position} is cut off")
    return data, header._replace(position=0)
