"""Description of the damage where a segment stops being a valid log, for the operator who has to act on it.

Source: FileLogInputStream, DefaultRecordBatch.ensureValid, whose messages LogSegment.recover logs.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.limits import RECOVERY_CHUNK_BYTES
from kafkalite.records.batch import ATTRIBUTES_POSITION, BATCH_HEADER_SIZE, LOG_OVERHEAD_SIZE
from kafkalite.records.crc import crc32c

if TYPE_CHECKING:
    from kafkalite.storage.interface import PartitionStore

_HEADER = Struct(">qiibIhi")

UNUSED = "unused"
"""Zeros: space that was allocated ahead and never written."""

TORN = "torn"
"""The beginning of a batch: a process or machine stopped in the middle of a write."""

DAMAGED = "damaged"
"""Anything else: the bytes differ from those that were written."""


_ZEROS_AT_END = 8
"""The number of zeros that a valid batch may end with: its last record has no headers and may have an empty value."""


class Damage(NamedTuple):
    """The bytes from `position` to the end of a segment, which recovery cuts off.

    Fields:
        position: in the `.log` file.
        size_bytes: size of the bytes that are cut off.
        kind: UNUSED, TORN or DAMAGED.
        cause: description of the damage to the first batch.
    """

    position: int
    size_bytes: int
    kind: str
    cause: str


def examine(store: PartitionStore, name: str, position: int, size: int, next_offset: int) -> Damage:
    """Return the damage at `position`, where no valid batch of the log begins.

    Args:
        name: of the `.log` file.
        size: of the file; more than `position`.
        next_offset: lower bound of the base offset of a batch there.

    Raises:
        StorageFault: the file cannot be read.
    """
    left_bytes = size - position
    written_bytes = _find_written_end(store, name, position, size) - position
    if not written_bytes:
        return Damage(position, left_bytes, UNUSED, "it holds zeros only, space that was allocated ahead")
    header = store.read(name, position, min(BATCH_HEADER_SIZE, left_bytes))
    torn = Damage(
        position, left_bytes, TORN, "a batch there is incomplete, as a stop in the middle of a write leaves it"
    )
    if len(header) < BATCH_HEADER_SIZE or written_bytes < BATCH_HEADER_SIZE:
        return torn
    base_offset, length, _, magic, stored_crc, _, last_offset_delta = _HEADER.unpack_from(header)
    end = length + LOG_OVERHEAD_SIZE
    cause = None
    if magic != 2 or length < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE:
        cause = "no batch begins there"
    elif end > left_bytes or (written_bytes < end - _ZEROS_AT_END and left_bytes > end):
        return torn
    elif base_offset < next_offset:
        cause = f"the batch there begins at offset {base_offset}, which does not follow offset {next_offset - 1}"
    else:
        crc = _checksum(store, name, position + ATTRIBUTES_POSITION, position + end)
        if crc != stored_crc:
            cause = f"the batch there has the checksum {crc}, and {stored_crc} was written with it"
    if cause is None:
        cause = f"the batch there cannot be read (offset {base_offset}, last offset delta {last_offset_delta})"
    return Damage(position, left_bytes, DAMAGED, cause)


def _find_written_end(store: PartitionStore, name: str, start: int, end: int) -> int:
    """Return one past the last nonzero byte of a range; `start` if all are zero."""
    while end > start:
        position = max(start, end - RECOVERY_CHUNK_BYTES)
        written = len(store.read(name, position, end - position).rstrip(b"\0"))
        if written:
            return position + written
        end = position
    return start


def _checksum(store: PartitionStore, name: str, start: int, end: int) -> int:
    return crc32c(memoryview(store.read(name, start, end - start)))
