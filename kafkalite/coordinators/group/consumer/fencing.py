"""Members that go: by their own wish, because they fell silent, or because they do not give up what they must.

Source: GroupMetadataManager.consumerGroupLeave, consumerGroupFenceMember(s), scheduleConsumerGroup...Timeout (KIP-848).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.joining import get_static_member
from kafkalite.coordinators.group.consumer.member import NO_PARTITIONS, STATIC_LEAVE_EPOCH, UNREVOKED_PARTITIONS
from kafkalite.coordinators.group.consumer.subscriptions import topic_names_of_all
from kafkalite.coordinators.group.consumer.timers import (
    cancel_member_timers,
    join_timer,
    revocation_timer,
    session_timer,
    sync_timer,
)
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol.messages.consumer_group_heartbeat_response import ConsumerGroupHeartbeatResponse

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember
    from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest


# ---- leaving -------------------------------------------------------------------------------------------------------


def leave(environment: ConsumerEnvironment, request: ConsumerGroupHeartbeatRequest) -> Result[Any]:
    """Let a member go, for ever or for a while.

    Raises:
        ApiError: GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID.
    """
    group = environment.get_group(request.group_id)
    response = ConsumerGroupHeartbeatResponse(member_id=request.member_id, member_epoch=request.member_epoch)
    if request.instance_id is None:
        return fence(environment, group, [group.get_member(request.member_id)], response)
    member = get_static_member(group, request.member_id, request.instance_id)
    if request.member_epoch == STATIC_LEAVE_EPOCH:
        return _leave_for_a_while(group, member)
    return fence(environment, group, [member], response)


def _leave_for_a_while(group: ConsumerGroup, member: ConsumerMember) -> Result[Any]:
    """Let a static member go that keeps its partitions for a member with its instance id before the session ends.

    For the one that comes back its partitions count as its own from the first epoch on.
    """
    gone = member._replace(
        member_epoch=STATIC_LEAVE_EPOCH,
        assigned_partitions={
            topic_id: dict.fromkeys(partitions, 0) for topic_id, partitions in member.assigned_partitions.items()
        },
        partitions_pending_revocation=NO_PARTITIONS,
    )
    response = ConsumerGroupHeartbeatResponse(member_id=member.member_id, member_epoch=STATIC_LEAVE_EPOCH)
    return Result([records.current_assignment(group.group_id, gone)], response)


def fence(
    environment: ConsumerEnvironment, group: ConsumerGroup, members: Collection[ConsumerMember], response: Any
) -> Result[Any]:
    """Remove members; the group epoch goes up by one for all of them.

    Where the last member of the consumer protocol goes and classic ones stay, the group becomes a classic group.
    """
    if not members:
        return Result((), response)
    from kafkalite.coordinators.group.consumer.downgrade import downgrade_without, may_downgrade_without

    if may_downgrade_without(environment, group, members):
        return downgrade_without(environment, group, members, response)
    group_id = group.group_id
    gone = {member.member_id for member in members}
    staying = [member for member_id, member in group.members.items() if member_id not in gone]
    changes = [record for member in members for record in records.member_tombstones(group_id, member.member_id)]
    kept_regexes = {member.subscribed_topic_regex for member in staying}
    resolved = dict(group.resolved)
    for regex in sorted({member.subscribed_topic_regex or "" for member in members} - kept_regexes - {""}):
        changes.append(records.regular_expression_tombstone(group_id, regex))
        resolved.pop(regex, None)
    metadata_hash = environment.metadata_hash(topic_names_of_all(staying, resolved))
    group_epoch = group.group_epoch + 1
    changes.append(records.group_epoch(group_id, group_epoch, metadata_hash))
    if not staying:
        # An empty group has nothing left to assign; the time 0 lets its next member have targets at once.
        changes.append(records.target_assignment_epoch(group_id, group_epoch, 0))
    for member_id in gone:
        cancel_member_timers(environment.context.timers, group_id, member_id)
    return Result(changes, response)


# ---- timers --------------------------------------------------------------------------------------------------------


def keep_session(environment: ConsumerEnvironment, group_id: str, member_id: str, timeout_ms: int) -> None:
    """Begin a member's session anew."""
    environment.context.timers.schedule(
        session_timer(group_id, member_id), timeout_ms, lambda: _fence_silently(environment, group_id, member_id)
    )


def await_revocation(environment: ConsumerEnvironment, group_id: str, member: ConsumerMember) -> None:
    """Give a member its own time to give up what it must; it may do nothing else in its epoch."""
    member_id, member_epoch = member.member_id, member.member_epoch

    def fence_if_unmoved() -> Result[Any] | None:
        group = environment.find_group(group_id)
        known = None if group is None else group.members.get(member_id)
        if group is None or known is None or known.member_epoch != member_epoch:
            return None
        return fence(environment, group, [known], None)

    environment.context.timers.schedule(
        revocation_timer(group_id, member_id), member.rebalance_timeout_ms, fence_if_unmoved
    )


def await_join(environment: ConsumerEnvironment, group_id: str, member: ConsumerMember) -> None:
    """Give a classic member that has to join again its time for that; it does not begin anew."""
    member_id = member.member_id
    environment.context.timers.schedule_if_absent(
        join_timer(group_id, member_id),
        member.rebalance_timeout_ms,
        lambda: _fence_silently(environment, group_id, member_id),
    )


def await_sync(environment: ConsumerEnvironment, group_id: str, member_id: str, timeout_ms: int) -> None:
    """Give a classic member that joined its time to fetch its assignment."""
    environment.context.timers.schedule(
        sync_timer(group_id, member_id), timeout_ms, lambda: _fence_silently(environment, group_id, member_id)
    )


def start_timers(environment: ConsumerEnvironment) -> None:
    """Begin the sessions of all members after loading, and their time to revoke where they are at it."""
    for group_id in list(environment.context.groups):
        group = environment.find_group(group_id)
        for member in () if group is None else group.members.values():
            keep_session(environment, group_id, member.member_id, environment.config.session_timeout_ms(group_id))
            if member.state == UNREVOKED_PARTITIONS:
                await_revocation(environment, group_id, member)


def _fence_silently(environment: ConsumerEnvironment, group_id: str, member_id: str) -> Result[Any] | None:
    group = environment.find_group(group_id)
    member = None if group is None else group.members.get(member_id)
    if group is None or member is None:
        return None
    return fence(environment, group, [member], None)
