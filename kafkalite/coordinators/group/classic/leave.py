"""LeaveGroup of a classic group: members leave by themselves, or an administrator removes them (KIP-345).

Source: GroupMetadataManager.classicGroupLeave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import heartbeat_timer
from kafkalite.coordinators.group.classic.rebalance import after_member_gone, forget_member
from kafkalite.coordinators.group.turn import Turn
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.leave_group_response import LeaveGroupResponse, MemberResponse

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.group.classic.group import ClassicGroup
    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.runtime.result import Result
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity


def leave_classic_group(context: GroupContext, group: ClassicGroup, request: LeaveGroupRequest) -> Result[Any]:
    """Remove members, each on its own; the others rebalance once where at least one was removed."""
    turn = Turn()
    responses = []
    for identity in request.members:
        response = MemberResponse(member_id=identity.member_id, group_instance_id=identity.group_instance_id)
        try:
            _remove(context, group, identity, turn)
        except ApiError as error:
            response.error_code = error.error_code
        responses.append(response)
    if any(response.error_code == errors.NONE for response in responses):
        after_member_gone(context, group, turn)
    return turn.result(LeaveGroupResponse(members=responses))


def _remove(context: GroupContext, group: ClassicGroup, identity: MemberIdentity, turn: Turn) -> None:
    """Remove one member: by its ids, or a static one by its instance id alone.

    Raises:
        ApiError: the group does not know the member.
    """
    member_id, instance_id = identity.member_id, identity.group_instance_id
    if not member_id:
        if instance_id is None or instance_id not in group.static_members:
            raise ApiError(errors.UNKNOWN_MEMBER_ID)
        member_id = group.static_members[instance_id]
    elif member_id in group.pending_joins:
        group.remove(member_id)
        context.timers.cancel(heartbeat_timer(group.group_id, member_id))
        return
    else:
        group.check_member(member_id, instance_id)
    context.timers.cancel(heartbeat_timer(group.group_id, member_id))
    forget_member(group, group.members[member_id], turn)
