"""The offsets of a shard: committed ones, and those that wait for the end of their producer's transaction.

Changed by replay alone.

Source: OffsetMetadataManager.Offsets, OpenTransactions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kafkalite.protocol.internal_records.offset_commit_value import OffsetCommitValue

NO_EXPIRY = -1


class CommittedOffset(NamedTuple):
    """One offset of one partition.

    `leader_epoch` is -1 where the client did not say; `expire_timestamp_ms` is -1 unless the client chose a retention
    (OffsetCommit 2-4); `topic_id` is zero in records of old releases and of transactions; `record_offset` is the
    offset of its record in the log.
    """

    offset: int
    leader_epoch: int
    metadata: str
    commit_timestamp_ms: int
    expire_timestamp_ms: int
    topic_id: bytes
    record_offset: int

    @classmethod
    def from_record(cls, value: OffsetCommitValue, record_offset: int) -> CommittedOffset:
        """Return what a record says."""
        return cls(
            value.offset,
            value.leader_epoch,
            value.metadata,
            value.commit_timestamp,
            value.expire_timestamp,
            value.topic_id,
            record_offset,
        )


class GroupPartition(NamedTuple):
    """The owner of an offset."""

    group_id: str
    topic: str
    partition: int


class OffsetStore:
    """Offsets by group, topic and partition."""

    __slots__ = ("_committed", "_open", "_pending")

    def __init__(self) -> None:
        self._committed: dict[str, dict[str, dict[int, CommittedOffset]]] = {}
        self._pending: dict[int, dict[GroupPartition, CommittedOffset]] = {}
        self._open: dict[str, dict[tuple[str, int], set[int]]] = {}

    # ---- reading ---------------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether nothing is committed and nothing is pending."""
        return not self._committed and not self._open

    def of_group(self, group_id: str) -> Mapping[str, Mapping[int, CommittedOffset]]:
        """Return the committed offsets of a group: topic -> partition -> offset; empty where there are none."""
        return self._committed.get(group_id, {})

    def find(self, group_id: str, topic: str, partition: int) -> CommittedOffset | None:
        """Return one committed offset, or None."""
        return self._committed.get(group_id, {}).get(topic, {}).get(partition)

    def is_pending(self, group_id: str, topic: str, partition: int) -> bool:
        """Whether a transaction that is not decided yet commits an offset of the partition."""
        return (topic, partition) in self._open.get(group_id, {})

    def has_pending(self, group_id: str) -> bool:
        """Whether a transaction that is not decided yet commits offsets of the group."""
        return group_id in self._open

    def pending_partitions(self, group_id: str) -> list[tuple[str, int]]:
        """Return (topic, partition) of each pending offset."""
        return list(self._open.get(group_id, {}))

    def entries(self) -> Iterator[tuple[GroupPartition, CommittedOffset]]:
        """Yield every offset, committed ones first, pending ones after them; a partition may come several times."""
        for group_id, topics in self._committed.items():
            for topic, partitions in topics.items():
                for partition, offset in partitions.items():
                    yield GroupPartition(group_id, topic, partition), offset
        for pending in self._pending.values():
            yield from pending.items()

    def state(self) -> tuple[object, object, object]:
        """Return everything, to compare with another store."""
        pending = {producer_id: offsets for producer_id, offsets in self._pending.items() if offsets}
        return self._committed, pending, self._open

    # ---- replay ----------------------------------------------------------------------------------------------------

    def put(self, key: GroupPartition, offset: CommittedOffset) -> None:
        """Take over a committed offset."""
        self._committed.setdefault(key.group_id, {}).setdefault(key.topic, {})[key.partition] = offset

    def put_pending(self, producer_id: int, key: GroupPartition, offset: CommittedOffset) -> None:
        """Take over an offset that counts once the producer's transaction is committed."""
        self._pending.setdefault(producer_id, {})[key] = offset
        self._open.setdefault(key.group_id, {}).setdefault((key.topic, key.partition), set()).add(producer_id)

    def remove(self, key: GroupPartition) -> None:
        """Forget what is committed and what is pending of a partition."""
        topics = self._committed.get(key.group_id, {})
        partitions = topics.get(key.topic, {})
        if partitions.pop(key.partition, None) is not None and not partitions:
            del topics[key.topic]
            if not topics:
                del self._committed[key.group_id]
        for producer_id in self._open.get(key.group_id, {}).get((key.topic, key.partition), ()):
            self._pending.get(producer_id, {}).pop(key, None)
        self._close(key)

    def end_transaction(self, producer_id: int, is_commit: bool) -> None:
        """Make the pending offsets of a producer count, or forget them.

        Of an offset committed by other means meanwhile and the pending one, the one later in the log counts: reading
        a compacted log anew finds the same.
        """
        for key, offset in self._pending.pop(producer_id, {}).items():
            producers = self._open[key.group_id][(key.topic, key.partition)]
            producers.discard(producer_id)
            if not producers:
                self._close(key)
            if is_commit:
                existing = self.find(*key)
                if existing is None or offset.record_offset > existing.record_offset:
                    self.put(key, offset)

    def _close(self, key: GroupPartition) -> None:
        partitions = self._open.get(key.group_id)
        if partitions is not None:
            partitions.pop((key.topic, key.partition), None)
            if not partitions:
                del self._open[key.group_id]
