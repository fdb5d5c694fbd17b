"""Recovery of one segment after a crash, batch by batch: whole batches stay, the rest is cut off.

Source: LogSegment.recover, FileLogInputStream.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.log.damage import DAMAGED, examine
from kafkalite.log.markers import read_marker, to_aborted_transaction
from kafkalite.log.segment import MAX_RELATIVE_OFFSET, segment_file_name
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import RECOVERY_CHUNK_BYTES
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import (
    ATTRIBUTES_POSITION,
    BATCH_HEADER_SIZE,
    CONTROL_FLAG,
    LOG_OVERHEAD_SIZE,
    MAGIC_POSITION,
    read_batch_header,
)
from kafkalite.records.crc import crc32c

if TYPE_CHECKING:
    from kafkalite.log.damage import Damage
    from kafkalite.log.epoch_cache import LeaderEpochCache
    from kafkalite.log.producer_state import ProducerStateManager
    from kafkalite.log.segment import Segment
    from kafkalite.log.transaction_index import AbortedTransaction
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.storage.interface import PartitionStore

CUT_SUFFIX = ".log.cut.deleted"
"""Suffix of the file with the damaged bytes that were cut off a segment. It ends like the names of all removed files,
so that any broker removes it."""

_HEADER = Struct(">qiibIhiqqqhii")


class SegmentRecovery:
    """The recovery of one segment.

    Args:
        producers: their state at the segment's base offset; advanced to its end.
        epochs: likewise.

    Attributes:
        damage: the damage to the bytes that were cut off the end; None for none.
        copy_name: name of the file with a copy of these bytes; None for none.
    """

    def __init__(
        self,
        store: PartitionStore,
        segment: Segment,
        producers: ProducerStateManager,
        epochs: LeaderEpochCache,
        topic_partition: TopicPartition,
    ) -> None:
        self.damage: Damage | None = None
        self.copy_name: str | None = None
        self._store = store
        self._segment = segment
        self._producers = producers
        self._epochs = epochs
        self._topic_partition = topic_partition
        self._end_offset = segment.base_offset
        self._aborted: list[AbortedTransaction] = []

    def run(self) -> int:
        """Check, cut and index the segment, and return one past its last offset.

        Raises:
            StorageFault: the files cannot be read or written, or have an old format.
        """
        segment = self._segment
        size = segment.size
        segment.reset_indexes()
        end_position = self._scan(size)
        if end_position < size:
            self.damage = examine(self._store, segment.log_name, end_position, size, self._end_offset)
            self._keep_copy(self.damage)
            segment.cut(end_position)
        for transaction in self._aborted:
            segment.transaction_index.append(transaction)
        return self._end_offset

    def _keep_copy(self, damage: Damage) -> None:
        """Copy bytes that may contain valuable records, unless there is no space for a copy."""
        if damage.kind != DAMAGED:
            return
        name = segment_file_name(self._end_offset, CUT_SUFFIX)
        self._store.remove(name)
        position, end = damage.position, damage.position + damage.size_bytes
        try:
            while position < end:
                chunk = self._store.read(self._segment.log_name, position, min(RECOVERY_CHUNK_BYTES, end - position))
                self._store.append(name, chunk)
                position += len(chunk)
            self._store.seal(name)
            self.copy_name = name
        except StorageFault as fault:
            if not fault.is_shortage:
                raise
            self._store.remove(name)

    def _scan(self, size: int) -> int:
        """Add every whole batch from the beginning on, and return the end position of the last one."""
        position = 0
        chunk_bytes = RECOVERY_CHUNK_BYTES
        while position < size:
            chunk = self._store.read(self._segment.log_name, position, min(chunk_bytes, size - position))
            taken = self._scan_chunk(memoryview(chunk), position)
            position += taken
            if taken:
                chunk_bytes = RECOVERY_CHUNK_BYTES
                self._segment.offset_index.make_room()
                self._segment.time_index.make_room()
                continue
            needed = self._size_of_first(chunk)
            if needed <= len(chunk) or position + needed > size:
                break  # not whole, or not valid
            chunk_bytes = needed
        return position

    def _scan_chunk(self, chunk: memoryview, chunk_position: int) -> int:
        """Add the whole batches at the beginning of a chunk, and return their total size."""
        unpack = _HEADER.unpack_from
        note_batch = self._segment.note_batch
        base_limit = self._segment.base_offset + MAX_RELATIVE_OFFSET
        latest_epoch = self._epochs.latest_epoch
        end_offset = self._end_offset
        position = 0
        while position + BATCH_HEADER_SIZE <= len(chunk):
            base_offset, length, epoch, magic, crc, attributes, delta, _, max_timestamp, producer_id, *_ = unpack(
                chunk, position
            )
            end = position + length + LOG_OVERHEAD_SIZE
            if magic != 2 or length < BATCH_HEADER_SIZE - LOG_OVERHEAD_SIZE or end > len(chunk):
                break
            last_offset = base_offset + delta
            if base_offset < end_offset or delta < 0 or last_offset > base_limit:
                break
            if crc32c(chunk[position + ATTRIBUTES_POSITION : end]) != crc:
                break
            if producer_id >= 0 and not self._take_producer(chunk, position, attributes):
                break
            if epoch > latest_epoch:
                self._epochs.assign(epoch, base_offset)
                latest_epoch = epoch
            note_batch(last_offset, max_timestamp, chunk_position + position, end - position)
            self._end_offset = end_offset = last_offset + 1
            position = end
        return position

    def _take_producer(self, chunk: memoryview, position: int, attributes: int) -> bool:
        """Replay a batch with a producer id; return False for an unreadable control batch."""
        header = read_batch_header(chunk, position)
        if not attributes & CONTROL_FLAG:
            self._producers.replay(header)
            return True
        try:
            marker = read_marker(chunk, header)
        except ApiError:
            return False
        completed = None if marker is None else self._producers.replay_marker(header, marker)
        if completed is not None and completed.is_aborted:
            self._aborted.append(to_aborted_transaction(completed))
        return True

    def _size_of_first(self, chunk: bytes) -> int:
        """Return the size that the first batch of a chunk has according to its header.

        Raises:
            StorageFault: the chunk begins with a message of an old format.
        """
        if len(chunk) <= MAGIC_POSITION:
            return len(chunk) + 1
        length = int.from_bytes(chunk[8:LOG_OVERHEAD_SIZE], "big", signed=True)
        if chunk[MAGIC_POSITION] < 2 and _is_old_message(chunk, length):
            raise StorageFault(
                "recover",
                f"{self._topic_partition}/{self._segment.log_name}",
                f"messages of the old format {chunk[MAGIC_POSITION]} cannot be read",
            )
        return length + LOG_OVERHEAD_SIZE


def _is_old_message(chunk: bytes, length: int) -> bool:
    """Return whether a chunk begins with a whole message of format 0 or 1, and thus is not a damaged file of ours."""
    from zlib import crc32

    end = length + LOG_OVERHEAD_SIZE
    if length <= 0 or end > len(chunk):
        return False
    stored_crc = int.from_bytes(chunk[LOG_OVERHEAD_SIZE:MAGIC_POSITION], "big")
    return crc32(chunk[MAGIC_POSITION:end]) == stored_crc
