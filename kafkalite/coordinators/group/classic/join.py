"""JoinGroup of a classic group: who may come in, and what it waits for.

Source: GroupMetadataManager.classicGroupJoin; KIP-394 (known member ids), KIP-345 (static members), KIP-814 (a static
leader that comes back skips the assignment).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup, heartbeat_timer
from kafkalite.coordinators.group.classic.member import ClassicMember, protocols_of
from kafkalite.coordinators.group.classic.rebalance import (
    answer_join,
    answer_sync,
    complete_join_if_all_joined,
    end_session,
    keep_session,
    prepare_rebalance,
    rebalance_or_complete_join,
)
from kafkalite.coordinators.group.classic.records import group_record, new_group_record
from kafkalite.coordinators.group.classic.states import (
    ANSWER_UNLESS_CHANGED_OR_LEADER,
    COMPLETING_REBALANCE,
    EMPTY,
    ON_JOIN,
    PREPARING_REBALANCE,
    REFUSE_UNKNOWN_MEMBER,
    STABLE,
    WAIT_FOR_REBALANCE,
)
from kafkalite.coordinators.group.turn import Turn
from kafkalite.coordinators.runtime.result import PENDING, Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.group.context import Caller, GroupContext
    from kafkalite.coordinators.runtime.result import Reply
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest

FIRST_VERSION_OF_KNOWN_MEMBER_IDS = 4
FIRST_VERSION_OF_SKIPPED_ASSIGNMENTS = 9
MEMBER_ID_MAX_BYTES = 32767
"""The longest string in the older versions and in the records."""


class _Join:
    """One JoinGroup request on its way through the group."""

    __slots__ = ("caller", "context", "protocols", "reply", "request", "turn")

    def __init__(self, context: GroupContext, caller: Caller, request: JoinGroupRequest, reply: Reply) -> None:
        self.context = context
        self.caller = caller
        self.request = request
        self.reply = reply
        self.protocols = protocols_of(request.protocols)
        self.turn = Turn()

    def refusal(self, error_code: int, member_id: str = "") -> Result[Any]:
        """Return a refusal."""
        return self.turn.result(JoinGroupResponse(error_code=error_code, member_id=member_id))


def join_classic_group(context: GroupContext, caller: Caller, request: JoinGroupRequest, reply: Reply) -> Result[Any]:
    """Let a member into a group, which is made where there is none.

    Args:
        reply: is kept where the member has to wait.

    The group of that id, if there is one, is a classic group.
    """
    join = _Join(context, caller, request, reply)
    existing = context.groups.get(request.group_id)
    if existing is None:
        if request.member_id:
            return join.refusal(errors.UNKNOWN_MEMBER_ID, request.member_id)
        return _join_new_group(join)
    assert isinstance(existing, ClassicGroup)
    return _join_group(join, existing)


def _join_new_group(join: _Join) -> Result[Any]:
    """Make a group; one whose first member is refused is not made. (Kafka keeps it, empty, until it expires.)"""
    group = ClassicGroup(join.request.group_id, join.context.clock.now_ms())
    record = new_group_record(group)
    if not group.supports(join.request.protocol_type, [name for name, _ in join.protocols]):
        return join.refusal(errors.INCONSISTENT_GROUP_PROTOCOL)
    member_id = _make_member_id(join)
    join.context.groups[group.group_id] = group
    join.turn.records.append(record)
    return _join_new_member(join, group, member_id)


def _join_group(join: _Join, group: ClassicGroup) -> Result[Any]:
    member_id = join.request.member_id
    if not _is_accepted(join.context, group, member_id):
        group.remove(member_id)
        join.context.timers.cancel(heartbeat_timer(group.group_id, member_id))
        return join.refusal(errors.GROUP_MAX_SIZE_REACHED)
    if not group.supports(join.request.protocol_type, [name for name, _ in join.protocols]):
        return join.refusal(errors.INCONSISTENT_GROUP_PROTOCOL, member_id)
    if not member_id:
        return _join_new_member(join, group, _make_member_id(join))
    if member_id in group.pending_joins:
        if join.request.group_instance_id is not None:
            raise ApiError(errors.UNKNOWN_SERVER_ERROR, "a member id that was handed out is none of a static member")
        return _add_member(join, group, member_id)
    return _join_again(join, group)


def _is_accepted(context: GroupContext, group: ClassicGroup, member_id: str) -> bool:
    """Return whether the group has room. While it rebalances, the first to join have a place, members or not."""
    max_size = context.config.max_size
    if group.state == EMPTY:
        return True
    member = group.members.get(member_id)
    if group.state == PREPARING_REBALANCE:
        is_waiting = member is not None and member.awaiting_join is not None
        return is_waiting or group.awaiting_join_count < max_size
    return member is not None or len(group.members) < max_size


# ---- somebody new --------------------------------------------------------------------------------------------------


def _make_member_id(join: _Join) -> str:
    """Return a fresh member id.

    Raises:
        ApiError: UNKNOWN_SERVER_ERROR where the client id leaves no room for one.
    """
    instance_id = join.request.group_instance_id
    text = join.context.entropy.uuid().hex()
    uuid = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    member_id = f"{join.caller.client_id if instance_id is None else instance_id}-{uuid}"
    if len(member_id.encode()) > MEMBER_ID_MAX_BYTES:
        raise ApiError(errors.UNKNOWN_SERVER_ERROR, "the client id is too long for a member id")
    return member_id


def _join_new_member(join: _Join, group: ClassicGroup, member_id: str) -> Result[Any]:
    instance_id = join.request.group_instance_id
    if instance_id is not None:
        if instance_id in group.static_members:
            return _replace_static_member(join, group, group.static_members[instance_id], member_id)
        return _add_member(join, group, member_id)
    if join.caller.api_version < FIRST_VERSION_OF_KNOWN_MEMBER_IDS:
        return _add_member(join, group, member_id)
    context, group_id = join.context, group.group_id
    group.pending_joins.add(member_id)
    context.timers.schedule(
        heartbeat_timer(group_id, member_id),
        join.request.session_timeout_ms,
        lambda: end_session(context, group_id, member_id),
    )
    return join.refusal(errors.MEMBER_ID_REQUIRED, member_id)


def _add_member(join: _Join, group: ClassicGroup, member_id: str) -> Result[Any]:
    request, context = join.request, join.context
    member = ClassicMember(
        member_id,
        instance_id=request.group_instance_id,
        client_id=join.caller.client_id,
        client_host=join.caller.client_host,
        rebalance_timeout_ms=request.rebalance_timeout_ms,
        session_timeout_ms=request.session_timeout_ms,
        protocol_type=request.protocol_type,
        protocols=join.protocols,
    )
    member.is_new = True
    member.awaiting_join = join.reply
    if group.state == PREPARING_REBALANCE and group.previous_state == EMPTY:
        group.is_new_member_added = True
    group.add(member)
    keep_session(context, group, member, context.config.new_member_join_timeout_ms)
    rebalance_or_complete_join(context, group, join.turn)
    return join.turn.result(PENDING)


# ---- a member that is known ----------------------------------------------------------------------------------------


def _join_again(join: _Join, group: ClassicGroup) -> Result[Any]:
    member_id = join.request.member_id
    try:
        group.check_member(member_id, join.request.group_instance_id)
    except ApiError as error:
        refusal = JoinGroupResponse(error_code=error.error_code, member_id=member_id, protocol_name=None)
        return join.turn.result(refusal)
    member = group.members[member_id]
    action = ON_JOIN[group.state]
    if action == REFUSE_UNKNOWN_MEMBER:
        return join.refusal(errors.UNKNOWN_MEMBER_ID, member_id)
    is_changed = member.protocols != join.protocols
    is_leader = group.leader_id == member_id
    if action == WAIT_FOR_REBALANCE or is_changed or (action == ANSWER_UNLESS_CHANGED_OR_LEADER and is_leader):
        _update_member(join, group, member)
        rebalance_or_complete_join(join.context, group, join.turn)
        return join.turn.result(PENDING)
    return join.turn.result(group.join_response(member_id))


def _update_member(join: _Join, group: ClassicGroup, member: ClassicMember) -> None:
    """Take over what a member is now, and let it wait with this request; an older one is not left without answer."""
    displaced = JoinGroupResponse(error_code=errors.REBALANCE_IN_PROGRESS, member_id=member.member_id)
    answer_join(group, member, displaced, join.turn)
    group.update_protocols(member, join.protocols)
    member.rebalance_timeout_ms = join.request.rebalance_timeout_ms
    member.session_timeout_ms = join.request.session_timeout_ms
    group.await_join(member, join.reply)


# ---- a static member that comes back -------------------------------------------------------------------------------


def _replace_static_member(join: _Join, group: ClassicGroup, old_member_id: str, member_id: str) -> Result[Any]:
    """Give a static member that comes back without its member id a new one; the old one is fenced from now on."""
    instance_id = join.request.group_instance_id
    assert instance_id is not None
    old_leader_id = group.leader_id
    old = group.members[old_member_id]
    fenced = JoinGroupResponse(error_code=errors.FENCED_INSTANCE_ID, member_id=old_member_id, protocol_name=None)
    answer_join(group, old, fenced, join.turn)
    answer_sync(old, SyncGroupResponse(error_code=errors.FENCED_INSTANCE_ID), join.turn)
    member = group.replace_static_member(instance_id, old_member_id, member_id)
    join.context.timers.cancel(heartbeat_timer(group.group_id, old_member_id))
    keep_session(join.context, group, member)
    _update_member(join, group, member)
    if group.state == STABLE and group.select_protocol() == group.protocol_name:
        return _take_place_without_rebalance(join, group, member, old_leader_id)
    if group.state in (STABLE, COMPLETING_REBALANCE):
        # While the leader assigns, it may do so for the old member id; the new one would get nothing.
        prepare_rebalance(join.context, group, join.turn)
    else:
        complete_join_if_all_joined(join.context, group, join.turn)
    return join.turn.result(PENDING)


def _take_place_without_rebalance(
    join: _Join, group: ClassicGroup, member: ClassicMember, old_leader_id: str | None
) -> Result[Any]:
    """Store the new member id; the assignment stays what it is.

    Newer clients learn that they lead (KIP-814); older ones get the name of another leader, so that they do not assign.
    """
    group.take_join_reply(member)
    assignments = {one.member_id: one.assignment for one in group.members.values()}
    join.turn.records.append(group_record(group, assignments))
    if join.caller.api_version >= FIRST_VERSION_OF_SKIPPED_ASSIGNMENTS:
        is_leader = group.leader_id == member.member_id
        return join.turn.result(group.join_response(member.member_id, skip_assignment=is_leader))
    return join.turn.result(group.join_response(member.member_id, leader=old_leader_id or "", members=[]))
