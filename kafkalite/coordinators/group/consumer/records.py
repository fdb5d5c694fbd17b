"""The records of a consumer group, types 3 to 8 and 16: from state to record.

Order inside of a record is fixed (names sorted, topics by id, partitions ascending), so that equal states make equal
bytes.

Source: org.apache.kafka.coordinator.group.GroupCoordinatorRecordHelpers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.runtime.record import CoordinatorRecord
from kafkalite.protocol.internal_records import (
    consumer_group_current_member_assignment_value as current_value,
)
from kafkalite.protocol.internal_records import (
    consumer_group_target_assignment_member_value as target_value,
)
from kafkalite.protocol.internal_records.consumer_group_current_member_assignment_key import (
    ConsumerGroupCurrentMemberAssignmentKey,
)
from kafkalite.protocol.internal_records.consumer_group_member_metadata_key import ConsumerGroupMemberMetadataKey
from kafkalite.protocol.internal_records.consumer_group_member_metadata_value import ConsumerGroupMemberMetadataValue
from kafkalite.protocol.internal_records.consumer_group_metadata_key import ConsumerGroupMetadataKey
from kafkalite.protocol.internal_records.consumer_group_metadata_value import ConsumerGroupMetadataValue
from kafkalite.protocol.internal_records.consumer_group_partition_metadata_key import ConsumerGroupPartitionMetadataKey
from kafkalite.protocol.internal_records.consumer_group_regular_expression_key import ConsumerGroupRegularExpressionKey
from kafkalite.protocol.internal_records.consumer_group_regular_expression_value import (
    ConsumerGroupRegularExpressionValue,
)
from kafkalite.protocol.internal_records.consumer_group_target_assignment_member_key import (
    ConsumerGroupTargetAssignmentMemberKey,
)
from kafkalite.protocol.internal_records.consumer_group_target_assignment_metadata_key import (
    ConsumerGroupTargetAssignmentMetadataKey,
)
from kafkalite.protocol.internal_records.consumer_group_target_assignment_metadata_value import (
    ConsumerGroupTargetAssignmentMetadataValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.group.assignors.member_spec import Assignment
    from kafkalite.coordinators.group.consumer.member import ConsumerMember, PartitionEpochs
    from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex


def group_epoch(group_id: str, epoch: int, metadata_hash: int) -> CoordinatorRecord:
    """Type 3: the group's epoch."""
    return CoordinatorRecord(
        ConsumerGroupMetadataKey(group_id=group_id),
        ConsumerGroupMetadataValue(epoch=epoch, metadata_hash=metadata_hash),
    )


def group_epoch_tombstone(group_id: str) -> CoordinatorRecord:
    """Type 3: the group is gone."""
    return CoordinatorRecord(ConsumerGroupMetadataKey(group_id=group_id))


def partition_metadata_tombstone(group_id: str) -> CoordinatorRecord:
    """Type 4: what Kafka up to 4.0 noted of the topics is superseded by the hash of type 3."""
    return CoordinatorRecord(ConsumerGroupPartitionMetadataKey(group_id=group_id))


def member_metadata(group_id: str, member: ConsumerMember) -> CoordinatorRecord:
    """Type 5: who a member is and what it is subscribed to."""
    return CoordinatorRecord(
        ConsumerGroupMemberMetadataKey(group_id=group_id, member_id=member.member_id),
        ConsumerGroupMemberMetadataValue(
            instance_id=member.instance_id,
            rack_id=member.rack_id,
            client_id=member.client_id,
            client_host=member.client_host,
            subscribed_topic_names=sorted(member.subscribed_topic_names),
            subscribed_topic_regex=member.subscribed_topic_regex,
            rebalance_timeout_ms=member.rebalance_timeout_ms,
            server_assignor=member.server_assignor,
            classic_member_metadata=member.classic,
        ),
    )


def member_metadata_tombstone(group_id: str, member_id: str) -> CoordinatorRecord:
    """Type 5: a member is gone."""
    return CoordinatorRecord(ConsumerGroupMemberMetadataKey(group_id=group_id, member_id=member_id))


def target_assignment_epoch(group_id: str, epoch: int, timestamp_ms: int) -> CoordinatorRecord:
    """Type 6: the epoch that the targets belong to, and when they were computed."""
    return CoordinatorRecord(
        ConsumerGroupTargetAssignmentMetadataKey(group_id=group_id),
        ConsumerGroupTargetAssignmentMetadataValue(assignment_epoch=epoch, assignment_timestamp=timestamp_ms),
    )


def target_assignment_epoch_tombstone(group_id: str) -> CoordinatorRecord:
    """Type 6: there is no target any more."""
    return CoordinatorRecord(ConsumerGroupTargetAssignmentMetadataKey(group_id=group_id))


def target_assignment(group_id: str, member_id: str, assignment: Assignment) -> CoordinatorRecord:
    """Type 7: what a member shall have."""
    topics = [
        target_value.TopicPartition(topic_id=topic_id, partitions=sorted(partitions))
        for topic_id, partitions in sorted(assignment.items())
    ]
    return CoordinatorRecord(
        ConsumerGroupTargetAssignmentMemberKey(group_id=group_id, member_id=member_id),
        target_value.ConsumerGroupTargetAssignmentMemberValue(topic_partitions=topics),
    )


def target_assignment_tombstone(group_id: str, member_id: str) -> CoordinatorRecord:
    """Type 7: a member shall have nothing, for it is gone."""
    return CoordinatorRecord(ConsumerGroupTargetAssignmentMemberKey(group_id=group_id, member_id=member_id))


def current_assignment(group_id: str, member: ConsumerMember) -> CoordinatorRecord:
    """Type 8: what a member has, and how far it is on the way to its target."""
    return CoordinatorRecord(
        ConsumerGroupCurrentMemberAssignmentKey(group_id=group_id, member_id=member.member_id),
        current_value.ConsumerGroupCurrentMemberAssignmentValue(
            member_epoch=member.member_epoch,
            previous_member_epoch=member.previous_member_epoch,
            state=member.state,
            assigned_partitions=_topics(member.assigned_partitions),
            partitions_pending_revocation=_topics(member.partitions_pending_revocation),
        ),
    )


def current_assignment_tombstone(group_id: str, member_id: str) -> CoordinatorRecord:
    """Type 8: a member has nothing."""
    return CoordinatorRecord(ConsumerGroupCurrentMemberAssignmentKey(group_id=group_id, member_id=member_id))


def regular_expression(group_id: str, regex: str, resolved: ResolvedRegex) -> CoordinatorRecord:
    """Type 16: the topics that a regular expression stands for."""
    return CoordinatorRecord(
        ConsumerGroupRegularExpressionKey(group_id=group_id, regular_expression=regex),
        ConsumerGroupRegularExpressionValue(
            topics=sorted(resolved.topics), version=resolved.version, timestamp=resolved.timestamp_ms
        ),
    )


def regular_expression_tombstone(group_id: str, regex: str) -> CoordinatorRecord:
    """Type 16: no member is subscribed to the regular expression any more."""
    return CoordinatorRecord(ConsumerGroupRegularExpressionKey(group_id=group_id, regular_expression=regex))


def member_tombstones(group_id: str, member_id: str) -> list[CoordinatorRecord]:
    """Return what removes a member: what it has, what it shall have, and itself."""
    return [
        current_assignment_tombstone(group_id, member_id),
        target_assignment_tombstone(group_id, member_id),
        member_metadata_tombstone(group_id, member_id),
    ]


def group_tombstones(group_id: str, member_ids: Iterable[str], regexes: Iterable[str]) -> list[CoordinatorRecord]:
    """Return what removes a group with all its members, in an order that can be replayed."""
    member_ids = list(member_ids)
    return [
        *(current_assignment_tombstone(group_id, member_id) for member_id in member_ids),
        *(target_assignment_tombstone(group_id, member_id) for member_id in member_ids),
        target_assignment_epoch_tombstone(group_id),
        *(member_metadata_tombstone(group_id, member_id) for member_id in member_ids),
        *(regular_expression_tombstone(group_id, regex) for regex in regexes),
        partition_metadata_tombstone(group_id),
        group_epoch_tombstone(group_id),
    ]


def _topics(held: PartitionEpochs) -> list[current_value.TopicPartitions]:
    topics = []
    for topic_id, partitions in sorted(held.items()):
        numbers = sorted(partitions)
        topics.append(
            current_value.TopicPartitions(
                topic_id=topic_id, partitions=numbers, assignment_epochs=[partitions[number] for number in numbers]
            )
        )
    return topics
