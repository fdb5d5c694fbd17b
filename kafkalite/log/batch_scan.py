"""Scans of the batches of a `.log` file by their headers, without reading records.

Frequent searches unpack three fields per batch from a buffer that was read anyway. Scans that need whole headers
(timestamps, recovery) read the file in chunks and skip the records of large batches.

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
"""Chunk size of a header scan."""

SEARCH_CHUNK_BYTES = 8 * 1024
"""Size of the first read in the search for a batch near an index entry: twice the default distance of entries."""

LAST_OFFSET_END = 27
"""Size of a header up to and including the last offset delta."""

_HOP = Struct(">qi11xi")
_hop = _HOP.unpack_from


def find_whole_end(buffer: bytes | memoryview, start: int) -> tuple[int, int]:
    """Return the end position of the last whole batch in a buffer that is cut anywhere, and the batch's end offset.

    Args:
        start: position of the start of a batch.

    Returns:
        (end position, end offset), both exclusive; (`start`, -1) if no whole batch follows.
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
    """Return the end position of the last whole batch before a position of a file, and the batch's end offset.

    Reads only headers; `find_whole_end` is the equivalent for a buffer.

    Args:
        start: position of the start of a batch.
        limit_position: end of the search, exclusive.

    Returns:
        (end position, end offset), both exclusive; (`start`, -1) if no whole batch follows.

    Raises:
        StorageFault: the file cannot be read, or the bytes are not batches.
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
        position: start of a batch at or before the one that is searched for.
        end_position: end of the search, exclusive; the result is None if no such batch begins before it.

    Raises:
        StorageFault: the file cannot be read, or the bytes are not batches.
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
    """Yield the header of each batch from `position` on, with its position in the file as its `position` field.

    The scan ends before a batch that is cut off at `end_position`.

    Raises:
        StorageFault: the file cannot be read, or the bytes are not batches.
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
    """Return the whole batch of a scanned header, and the header with its position within these bytes.

    Raises:
        StorageFault: the file cannot be read, or ends within the batch.
    """
    data = store.read(name, header.position, header.size_bytes)
    if len(data) != header.size_bytes:
        raise StorageFault("read", name, f"the batch at {header.position} is cut off")
    return data, header._replace(position=0)
