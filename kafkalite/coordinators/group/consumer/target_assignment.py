"""New targets for all members of a group, when the group epoch is ahead of theirs.

Source: org.apache.kafka.coordinator.group.modern.TargetAssignmentBuilder,
GroupMetadataManager.maybeUpdateTargetAssignment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.group.assignors import find_assignor
from kafkalite.coordinators.group.assignors.member_spec import NO_ASSIGNMENT, MemberSpec
from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.subscriptions import existing_topic_ids, topic_names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kafkalite.cluster.image import TopicsImage
    from kafkalite.coordinators.group.assignors.member_spec import Assignment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember
    from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex
    from kafkalite.coordinators.runtime.record import CoordinatorRecord


class NewTargets(NamedTuple):
    """The records that bring new targets, and the target of every member."""

    records: list[CoordinatorRecord]
    targets: Mapping[str, Assignment]


def is_due(assignment_timestamp_ms: int, interval_ms: int, now_ms: int) -> bool:
    """Return whether targets may be computed anew.

    They always may where the time of the last ones is not known or is in the future: a clock that was set back by an
    hour must not stop a group for an hour.

    Deviation: as registered for ConsumerGroupHeartbeat.
    """
    return not assignment_timestamp_ms or not 0 <= now_ms - assignment_timestamp_ms < interval_ms


def choose_assignor(members: Iterable[ConsumerMember], configured: list[str]) -> str:
    """Return the assignor that most members ask for; the first one configured where none asks."""
    votes = dict.fromkeys(configured, 0)
    for member in members:
        if member.server_assignor in votes:
            votes[member.server_assignor] += 1
    return max(votes, key=lambda name: votes[name])


def build_targets(
    group: ConsumerGroup,
    members: Mapping[str, ConsumerMember],
    resolved: Mapping[str, ResolvedRegex],
    topics: TopicsImage,
    assignor_name: str,
    *,
    epoch: int,
    now_ms: int,
) -> NewTargets:
    """Compute the targets of `epoch`.

    Args:
        members: all members as they are after the operation; a static member that comes back takes over the target of
            what it was.
        assignor_name: `uniform` or `range`.
    """
    specs = {
        member_id: MemberSpec(
            existing_topic_ids(topic_names_of(member, resolved), topics),
            _last_target(group, member),
            member.instance_id,
        )
        for member_id, member in members.items()
    }
    assign = find_assignor(assignor_name)
    assert assign is not None, assignor_name
    topic_ids = {topic_id for spec in specs.values() for topic_id in spec.subscribed_topic_ids}
    partition_counts = {topic_id: len(topics.by_id[topic_id].partitions) for topic_id in topic_ids}
    is_homogeneous = len({spec.subscribed_topic_ids for spec in specs.values()}) <= 1
    targets = assign(specs, partition_counts, is_homogeneous)
    changes = [
        records.target_assignment(group.group_id, member_id, target)
        for member_id in specs
        if (target := targets.get(member_id, NO_ASSIGNMENT)) != group.targets.get(member_id)
    ]
    changes.append(records.target_assignment_epoch(group.group_id, epoch, now_ms))
    return NewTargets(changes, targets)


def _last_target(group: ConsumerGroup, member: ConsumerMember) -> Assignment:
    if member.instance_id is not None and member.instance_id in group.static_members:
        return group.targets.get(group.static_members[member.instance_id], NO_ASSIGNMENT)
    return group.targets.get(member.member_id, NO_ASSIGNMENT)
