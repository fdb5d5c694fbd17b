"""SyncGroup of a classic group: the leader's assignment is stored, and given to the members that wait for it.

Source: GroupMetadataManager.classicGroupSync.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.member import NO_ASSIGNMENT
from kafkalite.coordinators.group.classic.rebalance import (
    answer_sync,
    keep_session,
    note_sync,
    prepare_rebalance,
    refuse_syncs,
)
from kafkalite.coordinators.group.classic.records import group_record
from kafkalite.coordinators.group.classic.states import (
    ANSWER_ASSIGNMENT,
    COMPLETING_REBALANCE,
    ON_SYNC,
    REFUSE_REBALANCE_IN_PROGRESS,
    REFUSE_UNKNOWN_MEMBER,
)
from kafkalite.coordinators.group.turn import Turn
from kafkalite.coordinators.runtime.result import PENDING
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.group.classic.group import ClassicGroup
    from kafkalite.coordinators.group.classic.member import ClassicMember
    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.runtime.result import Reply, Result
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest


def sync_classic_group(
    context: GroupContext, group: ClassicGroup, request: SyncGroupRequest, reply: Reply
) -> Result[Any]:
    """Take the leader's assignment, or return a member's.

    Args:
        reply: is kept where the member has to wait for the leader.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL,
            REBALANCE_IN_PROGRESS.
    """
    action = ON_SYNC[group.state]
    if action == REFUSE_UNKNOWN_MEMBER:
        raise ApiError(errors.UNKNOWN_MEMBER_ID)
    _check(group, request)
    if action == REFUSE_REBALANCE_IN_PROGRESS:
        raise ApiError(errors.REBALANCE_IN_PROGRESS)
    turn = Turn()
    member = group.members[request.member_id]
    if action == ANSWER_ASSIGNMENT:
        note_sync(context, group, member.member_id)
        return turn.result(_assignment(group, member.assignment))
    answer_sync(member, SyncGroupResponse(error_code=errors.REBALANCE_IN_PROGRESS), turn)  # an older request of it
    member.awaiting_sync = reply
    note_sync(context, group, member.member_id)
    if group.leader_id == member.member_id:
        _assign(context, group, request, turn)
    return turn.result(PENDING)


def _check(group: ClassicGroup, request: SyncGroupRequest) -> None:
    group.check_member(request.member_id, request.group_instance_id)
    if request.generation_id != group.generation_id:
        raise ApiError(errors.ILLEGAL_GENERATION)
    if _differ(request.protocol_type, group.protocol_type) or _differ(request.protocol_name, group.protocol_name):
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL)


def _differ(told: str | None, known: str | None) -> bool:
    return told is not None and known is not None and told != known


def _assign(context: GroupContext, group: ClassicGroup, request: SyncGroupRequest, turn: Turn) -> None:
    """Store the assignment of all members; whom the leader forgot gets an empty one."""
    told = {one.member_id: one.assignment for one in request.assignments}
    assignments = {member_id: told.get(member_id, NO_ASSIGNMENT) for member_id in group.members}
    turn.records.append(group_record(group, assignments))
    waiting = [member for member in group.members.values() if member.awaiting_sync is not None]
    for member in waiting:
        keep_session(context, group, member)
    generation_id = group.generation_id

    def refuse(error: ApiError) -> Result[Any]:
        return _refuse_assignment(context, group, generation_id, waiting, turn, error.error_code)

    turn.on_refused = refuse
    for member in waiting:
        answer_sync(member, _assignment(group, assignments[member.member_id]), turn)


def _refuse_assignment(
    context: GroupContext,
    group: ClassicGroup,
    generation_id: int,
    waiting: list[ClassicMember],
    refused: Turn,
    error_code: int,
) -> Result[Any]:
    """The assignment is too large to be stored: every member gets the error and joins again."""
    turn = Turn()
    for reply, response in refused.replies:
        is_theirs = isinstance(response, SyncGroupResponse) and response.error_code == errors.NONE
        turn.answer(reply, SyncGroupResponse(error_code=error_code) if is_theirs else response)
    if group.state == COMPLETING_REBALANCE and group.generation_id == generation_id:
        for member in waiting:
            keep_session(context, group, member)
        refuse_syncs(context, group, error_code, turn)
        prepare_rebalance(context, group, turn)
    return turn.result(PENDING)


def _assignment(group: ClassicGroup, assignment: bytes) -> SyncGroupResponse:
    return SyncGroupResponse(
        protocol_type=group.protocol_type, protocol_name=group.protocol_name, assignment=assignment
    )
