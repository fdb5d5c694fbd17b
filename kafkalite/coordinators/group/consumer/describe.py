"""The description of a consumer group, for ConsumerGroupDescribe.

Source: ConsumerGroup.asDescribedGroup, ConsumerGroupMember.asConsumerGroupDescribeMember (KIP-848, KIP-1099).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.assignors.member_spec import NO_ASSIGNMENT
from kafkalite.coordinators.group.consumer.target_assignment import choose_assignor
from kafkalite.protocol.messages.consumer_group_describe_response import (
    Assignment,
    DescribedGroup,
    Member,
    TopicPartitions,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kafkalite.cluster.image import TopicsImage
    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.member import ConsumerMember

CLASSIC_MEMBER, CONSUMER_MEMBER = 0, 1


def describe(environment: ConsumerEnvironment, group_id: str) -> DescribedGroup:
    """Return the group's description.

    Raises:
        ApiError: GROUP_ID_NOT_FOUND.
    """
    group = environment.get_group(group_id)
    topics = environment.image.topics
    return DescribedGroup(
        group_id=group_id,
        group_state=group.state_name,
        group_epoch=group.group_epoch,
        assignment_epoch=group.assignment_epoch,
        assignor_name=choose_assignor(group.members.values(), environment.config.assignors),
        members=[
            _member(member, group.targets.get(member.member_id, NO_ASSIGNMENT), topics)
            for member in group.members.values()
        ],
    )


def _member(member: ConsumerMember, target: Mapping[bytes, Collection[int]], topics: TopicsImage) -> Member:
    """Return a member; it still has what it is about to give up."""
    held: dict[bytes, set[int]] = {}
    for part in (member.assigned_partitions, member.partitions_pending_revocation):
        for topic_id, partitions in part.items():
            held.setdefault(topic_id, set()).update(partitions)
    return Member(
        member_id=member.member_id,
        instance_id=member.instance_id,
        rack_id=member.rack_id,
        member_epoch=member.member_epoch,
        client_id=member.client_id,
        client_host=member.client_host,
        subscribed_topic_names=sorted(member.subscribed_topic_names),
        subscribed_topic_regex=member.subscribed_topic_regex,
        assignment=Assignment(topic_partitions=_topics(held, topics)),
        target_assignment=Assignment(topic_partitions=_topics(target, topics)),
        member_type=CLASSIC_MEMBER if member.uses_classic_protocol else CONSUMER_MEMBER,
    )


def _topics(held: Mapping[bytes, Collection[int]], topics: TopicsImage) -> list[TopicPartitions]:
    """Return partitions with the names of their topics; topics that are gone are left out."""
    return [
        TopicPartitions(topic_id=topic_id, topic_name=topics.by_id[topic_id].name, partitions=sorted(partitions))
        for topic_id, partitions in sorted(held.items())
        if topic_id in topics.by_id
    ]
