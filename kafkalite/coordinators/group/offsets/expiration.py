"""Offsets end with time, with their topic, and groups end with their last offset.

Source: GroupCoordinatorShard.cleanupGroupMetadata, OffsetMetadataManager.cleanupExpiredOffsets; KIP-211.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.offsets.records import offset_tombstone
from kafkalite.coordinators.group.offsets.store import NO_EXPIRY, GroupPartition
from kafkalite.coordinators.runtime.result import Result
from kafkalite.model.uuids import ZERO_UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.group.offsets.store import CommittedOffset
    from kafkalite.coordinators.runtime.record import CoordinatorRecord


def remove_expired(context: GroupContext) -> Result[None]:
    """Forget the offsets whose time is up, and the empty groups that have none left."""
    records: list[CoordinatorRecord] = []
    for group in list(context.groups.values()):
        are_all_expired = _expire_offsets(context, group, records)
        if are_all_expired and group.is_empty and not context.offsets.has_pending(group.group_id):
            records += group.tombstones()
            group.cancel_timers(context.timers)
    return Result(records, is_atomic=False)


def _expire_offsets(context: GroupContext, group: Group, records: list[CoordinatorRecord]) -> bool:
    """Add the tombstones of expired offsets; True where no offset is left."""
    now_ms = context.clock.now_ms()
    are_all_expired = True
    for topic, partitions in context.offsets.of_group(group.group_id).items():
        is_subscribed = group.is_subscribed_to(topic)
        for partition, offset in partitions.items():
            key = GroupPartition(group.group_id, topic, partition)
            if is_subscribed or context.offsets.is_pending(*key) or not _is_expired(context, group, offset, now_ms):
                are_all_expired = False
            else:
                records.append(offset_tombstone(key))
    return are_all_expired


def _is_expired(context: GroupContext, group: Group, offset: CommittedOffset, now_ms: int) -> bool:
    base_ms = group.offset_expiry_base(offset)
    if base_ms is None:
        return False
    if offset.expire_timestamp_ms != NO_EXPIRY:
        return now_ms >= offset.expire_timestamp_ms
    return now_ms - base_ms >= context.config.offsets_retention_ms


def remove_of_deleted_topics(context: GroupContext, deleted: Iterable[tuple[str, bytes]]) -> Result[None]:
    """Forget the offsets of topics that were deleted.

    Args:
        deleted: (name, topic id) of each.
    """
    ids: dict[str, list[bytes]] = {}
    for name, topic_id in deleted:
        ids.setdefault(name, [ZERO_UUID]).append(topic_id)
    return _remove_where(context, lambda topic, topic_id: topic_id in ids.get(topic, ()))


def remove_of_unknown_topics(context: GroupContext) -> Result[None]:
    """Forget the offsets of topics that are not there: they were deleted while the shard was not loaded."""
    topics = context.image().topics

    def is_gone(topic: str, topic_id: bytes) -> bool:
        return topic not in topics.by_name if topic_id == ZERO_UUID else topic_id not in topics.by_id

    return _remove_where(context, is_gone)


def _remove_where(context: GroupContext, is_gone: Callable[[str, bytes], bool]) -> Result[None]:
    keys = {key: None for key, offset in context.offsets.entries() if is_gone(key.topic, offset.topic_id)}
    return Result([offset_tombstone(key) for key in keys], is_atomic=False)
