"""From record to state: types 3 to 8 and 16.

Source: org.apache.kafka.coordinator.group.GroupMetadataManager.replay.

Deviation: records that contradict each other (a group removed before its members) do not stop the shard from loading;
the later record holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer.group import NO_EPOCH, ConsumerGroup
from kafkalite.coordinators.group.consumer.member import (
    LEAVE_EPOCH,
    NO_PARTITIONS,
    STABLE,
    UNKNOWN,
    UNRELEASED_PARTITIONS,
    UNREVOKED_PARTITIONS,
    ConsumerMember,
)
from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kafkalite.coordinators.group.consumer.member import PartitionEpochs
    from kafkalite.coordinators.group.group import Group

GROUP_EPOCH, PARTITION_METADATA, MEMBER_METADATA, TARGET_EPOCH, TARGET, CURRENT, REGEX = 3, 4, 5, 6, 7, 8, 16

_STATES = (STABLE, UNREVOKED_PARTITIONS, UNRELEASED_PARTITIONS)


def replay(groups: dict[str, Group], record_type: int, key: Any, value: Any) -> None:
    """Apply one record of a consumer group to the groups of a shard.

    Args:
        record_type: one of `RECORD_TYPES`.
        value: None for a tombstone, which says nothing of a group that does not exist.
    """
    group = groups.get(key.group_id)
    if not isinstance(group, ConsumerGroup):
        if value is None:
            return
        # A group that only commits offsets has no record of its own; the first of ours tells what it really is.
        group = groups[key.group_id] = ConsumerGroup(key.group_id)
    if record_type == GROUP_EPOCH and value is None:
        del groups[key.group_id]
    else:
        _REPLAY[record_type](group, key, value)


def _replay_group_epoch(group: ConsumerGroup, key: Any, value: Any) -> None:
    group.group_epoch = value.epoch
    group.metadata_hash = value.metadata_hash


def _replay_partition_metadata(group: ConsumerGroup, key: Any, value: Any) -> None:
    group.has_partition_metadata_record = value is not None


def _replay_member_metadata(group: ConsumerGroup, key: Any, value: Any) -> None:
    if value is None:
        group.remove_member(key.member_id)
        return
    member = group.members.get(key.member_id) or ConsumerMember(key.member_id)
    group.put_member(member.with_metadata(value))


def _replay_target_epoch(group: ConsumerGroup, key: Any, value: Any) -> None:
    group.assignment_epoch = NO_EPOCH if value is None else value.assignment_epoch
    group.assignment_timestamp_ms = 0 if value is None else value.assignment_timestamp


def _replay_target(group: ConsumerGroup, key: Any, value: Any) -> None:
    if value is None:
        group.targets.pop(key.member_id, None)
        return
    group.targets[key.member_id] = {topic.topic_id: frozenset(topic.partitions) for topic in value.topic_partitions}


def _replay_current(group: ConsumerGroup, key: Any, value: Any) -> None:
    member = group.members.get(key.member_id)
    if value is not None:
        group.put_member(
            (member or ConsumerMember(key.member_id))._replace(
                member_epoch=value.member_epoch,
                previous_member_epoch=value.previous_member_epoch,
                state=value.state if value.state in _STATES else UNKNOWN,
                assigned_partitions=_partition_epochs(value.assigned_partitions, value.member_epoch),
                partitions_pending_revocation=_partition_epochs(
                    value.partitions_pending_revocation, value.member_epoch
                ),
            )
        )
    elif member is not None:
        group.put_member(
            member._replace(
                member_epoch=LEAVE_EPOCH,
                previous_member_epoch=LEAVE_EPOCH,
                assigned_partitions=NO_PARTITIONS,
                partitions_pending_revocation=NO_PARTITIONS,
            )
        )


def _replay_regex(group: ConsumerGroup, key: Any, value: Any) -> None:
    if value is None:
        group.resolved.pop(key.regular_expression, None)
    else:
        resolved = ResolvedRegex(frozenset(value.topics), value.version, value.timestamp)
        group.resolved[key.regular_expression] = resolved


def _partition_epochs(topics: Any, member_epoch: int) -> PartitionEpochs:
    """Read partitions with the epochs in which they were assigned; a record of Kafka up to 4.2 does not have those."""
    held = {}
    for topic in topics:
        epochs = topic.assignment_epochs
        if epochs is None or len(epochs) != len(topic.partitions):
            epochs = [max(member_epoch, 0)] * len(topic.partitions)
        held[topic.topic_id] = dict(zip(topic.partitions, epochs, strict=True))
    return held


_REPLAY: dict[int, Callable[[ConsumerGroup, Any, Any], None]] = {
    GROUP_EPOCH: _replay_group_epoch,
    PARTITION_METADATA: _replay_partition_metadata,
    MEMBER_METADATA: _replay_member_metadata,
    TARGET_EPOCH: _replay_target_epoch,
    TARGET: _replay_target,
    CURRENT: _replay_current,
    REGEX: _replay_regex,
}

RECORD_TYPES = frozenset(_REPLAY)
