"""Records of committed offsets. Source: GroupCoordinatorRecordHelpers.newOffsetCommitRecord."""

from __future__ import annotations

from kafkalite.coordinators.group.offsets.store import NO_EXPIRY, CommittedOffset, GroupPartition
from kafkalite.coordinators.runtime.record import CoordinatorRecord
from kafkalite.protocol.internal_records.offset_commit_key import OffsetCommitKey
from kafkalite.protocol.internal_records.offset_commit_value import OffsetCommitValue

VALUE_VERSION = 4
VALUE_VERSION_WITH_EXPIRY = 1
"""The only version with an expiry; it has neither leader epoch nor topic id."""


def offset_record(key: GroupPartition, offset: CommittedOffset) -> CoordinatorRecord:
    """Return the record that commits an offset."""
    has_expiry = offset.expire_timestamp_ms != NO_EXPIRY
    value = OffsetCommitValue(
        offset=offset.offset,
        leader_epoch=offset.leader_epoch,
        metadata=offset.metadata,
        commit_timestamp=offset.commit_timestamp_ms,
        expire_timestamp=offset.expire_timestamp_ms,
        topic_id=offset.topic_id,
    )
    if has_expiry:
        value.leader_epoch, value.topic_id = -1, bytes(16)
    return CoordinatorRecord(_key(key), value, VALUE_VERSION_WITH_EXPIRY if has_expiry else VALUE_VERSION)


def offset_tombstone(key: GroupPartition) -> CoordinatorRecord:
    """Return the record that forgets an offset."""
    return CoordinatorRecord(_key(key))


def _key(key: GroupPartition) -> OffsetCommitKey:
    return OffsetCommitKey(group=key.group_id, topic=key.topic, partition=key.partition)
