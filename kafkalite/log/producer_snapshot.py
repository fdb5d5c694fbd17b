"""The producer-state snapshot file: `<offset>.snapshot`, version 1, and the choice of those to keep.

Layout, big-endian: int16 version, uint32 CRC-32C of all bytes after it, int32 count, then for each producer int64 id,
int16 epoch, int32 last sequence, int64 last offset, int32 last offset delta, int64 timestamp, int32 coordinator epoch,
int64 first offset of the open transaction (-1: none). Only the last batch of a producer is kept.

Source: ProducerSnapshot.json, ProducerStateManager.writeSnapshot and removeStraySnapshots.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.log.producer_entry import (
    NO_TRANSACTION,
    ProducerStateEntry,
    RetainedBatch,
    first_sequence_of,
)
from kafkalite.records.crc import crc32c

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Buffer: TypeAlias = bytes | bytearray | memoryview

SNAPSHOT_SUFFIX = ".snapshot"
SNAPSHOT_VERSION = 1

_HEAD = Struct(">hI")
_COUNT = Struct(">i")
_ENTRY = Struct(">qhiqiqiq")


class CorruptSnapshot(Exception):
    """The bytes are not a snapshot, or a damaged one: the file is removed and an older one is tried."""


def snapshot_file_name(offset: int) -> str:
    """Return the name of the snapshot of everything before `offset`."""
    return f"{offset:020d}{SNAPSHOT_SUFFIX}"


def encode_snapshot(entries: Iterable[ProducerStateEntry]) -> bytes:
    """Return the bytes of a snapshot file."""
    packed = [_pack(entry) for entry in entries]
    body = _COUNT.pack(len(packed)) + b"".join(packed)
    return _HEAD.pack(SNAPSHOT_VERSION, crc32c(body)) + body


def decode_snapshot(data: Buffer) -> list[ProducerStateEntry]:
    """Return the entries of a snapshot file.

    Bytes after the last entry are covered by the CRC and otherwise ignored.

    Raises:
        CorruptSnapshot: the bytes are not a valid snapshot.
    """
    if len(data) < _HEAD.size + _COUNT.size:
        raise CorruptSnapshot(f"{len(data)} bytes are too few for a snapshot")
    version, crc = _HEAD.unpack_from(data)
    if version != SNAPSHOT_VERSION:
        raise CorruptSnapshot(f"version {version} is unknown")
    body = memoryview(data)[_HEAD.size :]
    if crc32c(body) != crc:
        raise CorruptSnapshot("the CRC does not match")
    (count,) = _COUNT.unpack_from(body)
    end = _COUNT.size + count * _ENTRY.size
    if count < 0 or end > len(body):
        raise CorruptSnapshot(f"{count} entries do not fit into {len(body)} bytes")
    return [_entry(*fields) for fields in _ENTRY.iter_unpack(body[_COUNT.size : end])]


def stray_snapshots(snapshot_offsets: Iterable[int], segment_base_offsets: Iterable[int]) -> list[int]:
    """Return the offsets of snapshots that belong to no segment, in ascending order.

    The largest snapshot is kept if it is above every segment's base offset, since a clean stop wrote it. Without any
    segments the largest one is kept.
    """
    base_offsets = set(segment_base_offsets)
    without_segment = sorted(offset for offset in set(snapshot_offsets) if offset not in base_offsets)
    if without_segment and without_segment[-1] > max(base_offsets, default=-1):
        without_segment.pop()
    return without_segment


def _pack(entry: ProducerStateEntry) -> bytes:
    last = entry.batches[-1] if entry.batches else None
    return _ENTRY.pack(
        entry.producer_id,
        entry.producer_epoch,
        entry.last_sequence,
        entry.last_offset,
        0 if last is None else last.last_offset - last.first_offset,
        entry.last_timestamp,
        entry.coordinator_epoch,
        entry.current_txn_first_offset,
    )


def _entry(
    producer_id: int,
    producer_epoch: int,
    last_sequence: int,
    last_offset: int,
    offset_delta: int,
    timestamp: int,
    coordinator_epoch: int,
    current_txn_first_offset: int,
) -> ProducerStateEntry:
    open_from = current_txn_first_offset if current_txn_first_offset >= 0 else NO_TRANSACTION
    entry = ProducerStateEntry(producer_id, producer_epoch, coordinator_epoch, timestamp, open_from)
    if last_offset >= 0:
        first_sequence = first_sequence_of(last_sequence, offset_delta) if last_sequence >= 0 else last_sequence
        first_offset = last_offset - offset_delta
        entry.add_batch(
            producer_epoch, RetainedBatch(first_sequence, last_sequence, first_offset, last_offset, timestamp)
        )
    return entry
