"""The way of one member from its partitions to its target: revoke first, then get those that others released.

A pure function, member in and member out. A partition is given to a member only when no other holds it, and a member
keeps its epoch until it has given up all that it must, so that no partition is ever read by two members at once.

Source: org.apache.kafka.coordinator.group.modern.consumer.CurrentAssignmentBuilder (KIP-848).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer.member import (
    NO_PARTITIONS,
    STABLE,
    UNKNOWN,
    UNRELEASED_PARTITIONS,
    UNREVOKED_PARTITIONS,
)
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kafkalite.coordinators.group.assignors.member_spec import Assignment
    from kafkalite.coordinators.group.consumer.member import ConsumerMember, PartitionEpochs

    Owned = Mapping[bytes, Collection[int]]
    """The partitions that a member says it still reads: topic id -> partitions."""

NOT_OWNED = -1


def reconcile(
    member: ConsumerMember,
    target_epoch: int,
    target: Assignment,
    *,
    subscribed_topic_ids: Collection[bytes],
    owned: Owned | None,
    has_subscription_changed: bool,
    current_partition_epoch: Callable[[bytes, int], int],
) -> ConsumerMember:
    """Return the member after the next step, or the same one where there is none to take.

    Args:
        target: the partitions of the member in `target_epoch`.
        subscribed_topic_ids: existing topics the member is subscribed to; it keeps and gets no others.
        owned: the partitions it says it still reads, None where it did not say.
        has_subscription_changed: with this request; then topics it left are taken back even where the target is old.
        current_partition_epoch: (topic id, partition) -> epoch of the member that holds it, `NOT_OWNED` where none
            does.

    Raises:
        ApiError: FENCED_MEMBER_EPOCH, for a member in a state of a newer release that still has partitions.
    """
    if member.state == STABLE and member.member_epoch == target_epoch:
        return _leave_topics(member, subscribed_topic_ids, owned) if has_subscription_changed else member
    if member.state == UNREVOKED_PARTITIONS and _still_owns(owned, member.partitions_pending_revocation):
        return _leave_topics(member, subscribed_topic_ids, owned) if has_subscription_changed else member
    if member.state == UNKNOWN and (owned is None or owned):
        message = (
            "The consumer group member is in a unknown state. The member must abandon all its partitions and rejoin."
        )
        raise ApiError(errors.FENCED_MEMBER_EPOCH, message)
    epoch = target_epoch if member.state == UNKNOWN else member.member_epoch
    return _step(member, epoch, target_epoch, target, subscribed_topic_ids, owned, current_partition_epoch)


def _step(
    member: ConsumerMember,
    epoch: int,
    target_epoch: int,
    target: Assignment,
    subscribed_topic_ids: Collection[bytes],
    owned: Owned | None,
    current_partition_epoch: Callable[[bytes, int], int],
) -> ConsumerMember:
    kept: dict[bytes, dict[int, int]] = {}
    revoked: dict[bytes, dict[int, int]] = {}
    gained: dict[bytes, list[int]] = {}
    is_waiting = False
    for topic_id in sorted({*target, *member.assigned_partitions}):
        wanted = target.get(topic_id, frozenset()) if topic_id in subscribed_topic_ids else frozenset()
        has = member.assigned_partitions.get(topic_id, {})
        own_pending = member.partitions_pending_revocation.get(topic_id, {})
        for partition, since_epoch in has.items():
            (kept if partition in wanted else revoked).setdefault(topic_id, {})[partition] = since_epoch
        for partition in sorted(wanted):
            if partition in has:
                continue
            # What it has just given up itself is free again: only one member holds a partition at a time.
            if current_partition_epoch(topic_id, partition) == NOT_OWNED or partition in own_pending:
                gained.setdefault(topic_id, []).append(partition)
            else:
                is_waiting = True
    if revoked and _still_owns(owned, revoked):
        return member.moved(UNREVOKED_PARTITIONS, epoch, kept, revoked)
    for topic_id, partitions in gained.items():
        kept.setdefault(topic_id, {}).update(dict.fromkeys(partitions, target_epoch))
    return member.moved(UNRELEASED_PARTITIONS if is_waiting else STABLE, target_epoch, kept, NO_PARTITIONS)


def _leave_topics(
    member: ConsumerMember, subscribed_topic_ids: Collection[bytes], owned: Owned | None
) -> ConsumerMember:
    """Take back the topics a member is no longer subscribed to, and nothing else; the target is not looked at."""
    assigned = dict(member.assigned_partitions)
    pending = dict(member.partitions_pending_revocation)
    for topic_id, partitions in member.assigned_partitions.items():
        if topic_id not in subscribed_topic_ids:
            del assigned[topic_id]
            pending[topic_id] = {**pending.get(topic_id, {}), **partitions}
    if len(assigned) == len(member.assigned_partitions):
        return member
    if _still_owns(owned, pending):
        return member.moved(UNREVOKED_PARTITIONS, member.member_epoch, assigned, pending)
    return member.moved(member.state, member.member_epoch, assigned, member.partitions_pending_revocation)


def _still_owns(owned: Owned | None, given_up: PartitionEpochs) -> bool:
    """Whether a member may still read any of these; one that does not say what it reads may."""
    if owned is None:
        return True
    return any(
        partition in given_up[topic_id]
        for topic_id, partitions in owned.items()
        if topic_id in given_up
        for partition in partitions
    )
