"""Which member a request speaks of, and whether it may: new and known members, static ones, and their epochs.

Source: GroupMetadataManager.getOrMaybeSubscribe{Dynamic,Static}ConsumerGroupMember, throwIf... (KIP-848, KIP-345).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.member import STATIC_LEAVE_EPOCH, ConsumerMember
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.messages.consumer_group_heartbeat_request import TopicPartitions

JOIN_EPOCH = 0
"""The epoch of a member that joins, or that was fenced and begins again."""


def check_size(group: ConsumerGroup, member_id: str, instance_id: str | None, max_size: int) -> None:
    """Refuse a new member where the group is full.

    Raises:
        ApiError: GROUP_MAX_SIZE_REACHED.
    """
    if instance_id is not None and instance_id in group.static_members:
        return  # takes the place of what it was
    if len(group.members) >= max_size and member_id not in group.members:
        message = f"The consumer group has reached its maximum capacity of {max_size} members."
        raise ApiError(errors.GROUP_MAX_SIZE_REACHED, message)


def check_epoch(member: ConsumerMember, epoch: int, owned: Sequence[TopicPartitions] | None) -> None:
    """Refuse a member with an epoch that is not the current one.

    The previous epoch is good where the member reads nothing but what it has: then it missed an answer. What it reads
    is looked at for no other epoch, and no further than to the first partition that it does not have.

    Raises:
        ApiError: FENCED_MEMBER_EPOCH.
    """
    if epoch in (JOIN_EPOCH, member.member_epoch):
        return
    if epoch < member.member_epoch and epoch == member.previous_member_epoch and _has_all(member, owned):
        return
    order = "greater" if epoch > member.member_epoch else "smaller"
    raise ApiError(
        errors.FENCED_MEMBER_EPOCH,
        f"The consumer group member has a {order} member epoch ({epoch}) than the one known by the group coordinator "
        f"({member.member_epoch}). The member must abandon all its partitions and rejoin.",
    )


def _has_all(member: ConsumerMember, owned: Sequence[TopicPartitions] | None) -> bool:
    if owned is None:
        return False
    assigned = member.assigned_partitions
    return all(
        topic.topic_id in assigned and all(map(assigned[topic.topic_id].__contains__, topic.partitions))
        for topic in owned
    )


def get_or_make_member(group: ConsumerGroup, member_id: str, *, is_joining: bool) -> ConsumerMember:
    """Return a member, a new one where it joins.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID.
    """
    if is_joining and member_id not in group.members:
        return ConsumerMember(member_id)
    return group.get_member(member_id)


def take_over_static_member(
    group: ConsumerGroup,
    member_id: str,
    instance_id: str,
    out: list[CoordinatorRecord],
    *,
    uses_classic_protocol: bool,
) -> ConsumerMember:
    """Return the member that a static member joins as; one that comes back takes its former place.

    Args:
        out: gets the records that put the new member in the old one's place.

    Raises:
        ApiError: UNRELEASED_INSTANCE_ID, where the old one did not say that it goes.
    """
    old = group.find_static_member(instance_id)
    if old is None:
        return get_or_make_member(group, member_id, is_joining=True)
    is_within_protocol = not uses_classic_protocol and not old.uses_classic_protocol
    if is_within_protocol and old.member_epoch != STATIC_LEAVE_EPOCH:
        raise ApiError(
            errors.UNRELEASED_INSTANCE_ID,
            f"Static member {member_id} with instance id {instance_id} cannot join the group because the instance id "
            f"is owned by {old.member_id} member.",
        )
    new = old._replace(member_id=member_id, member_epoch=0, previous_member_epoch=0)
    out.extend(records.member_tombstones(group.group_id, old.member_id))
    out.append(records.member_metadata(group.group_id, new))
    out.append(records.target_assignment(group.group_id, member_id, group.target_of(old.member_id, None)))
    out.append(records.current_assignment(group.group_id, new))
    return new


def get_static_member(group: ConsumerGroup, member_id: str, instance_id: str) -> ConsumerMember:
    """Return a static member.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID where another took its place.
    """
    member = group.find_static_member(instance_id)
    if member is None:
        raise ApiError(errors.UNKNOWN_MEMBER_ID, f"Instance id {instance_id} is unknown.")
    if member.member_id != member_id:
        raise ApiError(
            errors.FENCED_INSTANCE_ID,
            f"Static member {member_id} with instance id {instance_id} was fenced by member {member.member_id}.",
        )
    return member
