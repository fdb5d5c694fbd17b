"""The way from one generation of a group to the next, and the timers that keep it moving.

A rebalance begins when the set of members or their protocols change. Members learn of it with their next heartbeat and
join again; when all have, or when the time is up, the new generation begins and its leader assigns.

Source: GroupMetadataManager (prepareRebalance, completeClassicGroupJoin, expireClassicGroupMemberHeartbeat ...).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup, heartbeat_timer, join_timer, sync_timer
from kafkalite.coordinators.group.classic.records import group_record
from kafkalite.coordinators.group.classic.states import (
    COMPLETE_IF_ALL_JOINED,
    COMPLETING_REBALANCE,
    EMPTY,
    ON_MEMBER_GONE,
    PREPARING_REBALANCE,
    REBALANCE,
    STABLE,
)
from kafkalite.coordinators.group.turn import Turn
from kafkalite.protocol import errors
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.group.classic.member import ClassicMember
    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.runtime.result import Result


def find_classic_group(context: GroupContext, group_id: str) -> ClassicGroup | None:
    """Return a classic group, or None where there is none of that id or it is of another type."""
    group = context.groups.get(group_id)
    return group if isinstance(group, ClassicGroup) else None


# ---- sessions ------------------------------------------------------------------------------------------------------


def keep_session(
    context: GroupContext, group: ClassicGroup, member: ClassicMember, timeout_ms: int | None = None
) -> None:
    """Begin the session of a member anew; `timeout_ms` None means what it asked for."""
    group_id, member_id = group.group_id, member.member_id
    context.timers.schedule(
        heartbeat_timer(group_id, member_id),
        member.session_timeout_ms if timeout_ms is None else timeout_ms,
        lambda: end_session(context, group_id, member_id),
    )


def end_session(context: GroupContext, group_id: str, member_id: str) -> Result[Any] | None:
    """A member was not heard of in time: remove it, unless it is waiting for us."""
    group = find_classic_group(context, group_id)
    if group is None:
        return None
    turn = Turn()
    member = group.members.get(member_id)
    if member_id in group.pending_joins:
        group.remove(member_id)
        if group.state == PREPARING_REBALANCE and group.has_all_joined:
            complete_join(context, group, turn)
    elif member is not None and not member.has_satisfied_heartbeat:
        forget_member(group, member, turn)
        after_member_gone(context, group, turn, is_initial_respected=False)
    return turn.result(None)


def forget_member(group: ClassicGroup, member: ClassicMember, turn: Turn) -> None:
    """Remove a member; should it still wait to join, it has to come again as a new one."""
    answer_join(group, member, JoinGroupResponse(error_code=errors.UNKNOWN_MEMBER_ID), turn)
    answer_sync(member, SyncGroupResponse(error_code=errors.UNKNOWN_MEMBER_ID), turn)
    group.remove(member.member_id)


def after_member_gone(
    context: GroupContext, group: ClassicGroup, turn: Turn, *, is_initial_respected: bool = True
) -> None:
    """Let the group go on without the members that were removed.

    Args:
        is_initial_respected: whether a group that waits for its first members goes on waiting.
    """
    action = ON_MEMBER_GONE[group.state]
    if action == REBALANCE:
        prepare_rebalance(context, group, turn)
    elif action == COMPLETE_IF_ALL_JOINED and not is_initial_respected and group.has_all_joined:
        complete_join(context, group, turn)
    elif action == COMPLETE_IF_ALL_JOINED:
        complete_join_if_all_joined(context, group, turn)


# ---- rebalances ----------------------------------------------------------------------------------------------------


def rebalance_or_complete_join(context: GroupContext, group: ClassicGroup, turn: Turn) -> None:
    """Begin a rebalance, or end the present one where no member is missing any more."""
    if group.can_rebalance:
        prepare_rebalance(context, group, turn)
    else:
        complete_join_if_all_joined(context, group, turn)


def prepare_rebalance(context: GroupContext, group: ClassicGroup, turn: Turn) -> None:
    """Begin a rebalance: members that wait for an assignment have to join again."""
    if group.state == COMPLETING_REBALANCE:
        refuse_syncs(context, group, errors.REBALANCE_IN_PROGRESS, turn)
    group.pending_syncs.clear()
    context.timers.cancel(sync_timer(group.group_id))
    is_initial = group.state == EMPTY
    group.transition_to(PREPARING_REBALANCE, context.clock.now_ms())
    if is_initial:
        _await_first_members(context, group, turn)
    elif group.has_all_joined:
        complete_join(context, group, turn)
    else:
        _await_members(context, group)


def complete_join_if_all_joined(context: GroupContext, group: ClassicGroup, turn: Turn) -> None:
    """End the wait for members where all are there; a new group waits for its time."""
    if group.state == PREPARING_REBALANCE and group.previous_state != EMPTY and group.has_all_joined:
        complete_join(context, group, turn)


def complete_join(context: GroupContext, group: ClassicGroup, turn: Turn) -> None:
    """Begin the next generation with the members that are there; static ones stay without joining again."""
    context.timers.cancel(join_timer(group.group_id))
    for member in group.not_yet_rejoined():
        if not member.is_static:
            group.remove(member.member_id)
            context.timers.cancel(heartbeat_timer(group.group_id, member.member_id))
    if not group.elect_leader_among_joined() and group.members:
        _await_members(context, group)  # static members alone, none of which is there: their sessions end, or they come
        return
    group.begin_generation(context.clock.now_ms())
    if group.state == EMPTY:
        turn.records.append(group_record(group, {}))
        return
    for member in group.members.values():
        answer_join(group, member, group.join_response(member.member_id), turn)
        keep_session(context, group, member)
        member.is_new = False
        group.pending_syncs.add(member.member_id)
    _await_syncs(context, group)


def _await_members(context: GroupContext, group: ClassicGroup) -> None:
    group_id = group.group_id
    context.timers.schedule(
        join_timer(group_id), group.rebalance_timeout_ms, lambda: _complete_join_in_time(context, group_id)
    )


def _complete_join_in_time(context: GroupContext, group_id: str) -> Result[Any] | None:
    group = find_classic_group(context, group_id)
    if group is None:
        return None
    turn = Turn()
    complete_join(context, group, turn)
    return turn.result(None)


def _await_first_members(context: GroupContext, group: ClassicGroup, turn: Turn) -> None:
    """Give others time to join a new group, in steps for as long as members come."""
    delay_ms = context.config.initial_rebalance_delay_ms
    if delay_ms <= 0:
        complete_join(context, group, turn)
        return
    remaining_ms = max(group.rebalance_timeout_ms - delay_ms, 0)
    _schedule_first_generation(context, group.group_id, delay_ms, remaining_ms)


def _schedule_first_generation(context: GroupContext, group_id: str, delay_ms: int, remaining_ms: int) -> None:
    context.timers.schedule(
        join_timer(group_id), delay_ms, lambda: _begin_or_await_more(context, group_id, delay_ms, remaining_ms)
    )


def _begin_or_await_more(context: GroupContext, group_id: str, delay_ms: int, remaining_ms: int) -> Result[Any] | None:
    group = find_classic_group(context, group_id)
    if group is None:
        return None
    turn = Turn()
    if group.is_new_member_added and remaining_ms:
        group.is_new_member_added = False
        next_delay_ms = min(context.config.initial_rebalance_delay_ms, remaining_ms)
        _schedule_first_generation(context, group_id, next_delay_ms, max(remaining_ms - delay_ms, 0))
    else:
        complete_join(context, group, turn)
    return turn.result(None)


# ---- assignments ---------------------------------------------------------------------------------------------------


def _await_syncs(context: GroupContext, group: ClassicGroup) -> None:
    group_id, generation_id = group.group_id, group.generation_id
    context.timers.schedule(
        sync_timer(group_id), group.rebalance_timeout_ms, lambda: _expire_syncs(context, group_id, generation_id)
    )


def _expire_syncs(context: GroupContext, group_id: str, generation_id: int) -> Result[Any] | None:
    """Members that never asked for their assignment are removed, so that the others get what was theirs."""
    group = find_classic_group(context, group_id)
    if group is None or group.generation_id != generation_id or not group.pending_syncs:
        return None
    if group.state not in (COMPLETING_REBALANCE, STABLE):
        return None
    turn = Turn()
    for member_id in list(group.pending_syncs):
        forget_member(group, group.members[member_id], turn)
        context.timers.cancel(heartbeat_timer(group_id, member_id))
    prepare_rebalance(context, group, turn)
    return turn.result(None)


def note_sync(context: GroupContext, group: ClassicGroup, member_id: str) -> None:
    """A member asked for its assignment."""
    group.pending_syncs.discard(member_id)
    if not group.pending_syncs:
        context.timers.cancel(sync_timer(group.group_id))


def refuse_syncs(context: GroupContext, group: ClassicGroup, error_code: int, turn: Turn) -> None:
    """Answer all who wait for an assignment that there is none."""
    group.clear_assignments()
    for member in group.members.values():
        if answer_sync(member, SyncGroupResponse(error_code=error_code), turn):
            keep_session(context, group, member)


# ---- answers -------------------------------------------------------------------------------------------------------


def answer_join(group: ClassicGroup, member: ClassicMember, response: JoinGroupResponse, turn: Turn) -> bool:
    """Answer a member that waits to join; False where it does not."""
    reply = group.take_join_reply(member)
    if reply is None:
        return False
    turn.answer(reply, response)
    return True


def answer_sync(member: ClassicMember, response: SyncGroupResponse, turn: Turn) -> bool:
    """Answer a member that waits for its assignment; False where it does not."""
    reply = member.awaiting_sync
    if reply is None:
        return False
    member.awaiting_sync = None
    turn.answer(reply, response)
    return True
