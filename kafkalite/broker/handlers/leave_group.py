"""LeaveGroup: remove members from a group of the classic protocol.

Versions 0-5:
    1    throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    several members (KIP-345)
    4    flexible
    5    reasons (KIP-800)

Errors, for the request:
    INVALID_GROUP_ID      the group id is empty
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work
    UNKNOWN_SERVER_ERROR  the records to store are too large
Errors, each for one member from version 3 on, before for the request:
    UNKNOWN_MEMBER_ID     no such group or no such member
    FENCED_INSTANCE_ID    another member took the place of the static one

Source: KafkaApis.handleLeaveGroupRequest, GroupCoordinatorService.leaveGroup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.group_callers import caller_of, check_group_id
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.leave_group_request import MemberIdentity
from kafkalite.protocol.messages.leave_group_response import LeaveGroupResponse, MemberResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest

FIRST_VERSION_OF_SEVERAL_MEMBERS = 3


class LeaveGroupHandler:
    """Answers LeaveGroup."""

    def __init__(self, broker: Broker) -> None:
        self._groups = broker.groups

    def leave_group(self, context: RequestContext, request: LeaveGroupRequest) -> LeaveGroupResponse:
        """Remove members from a group."""
        has_several = context.api_version >= FIRST_VERSION_OF_SEVERAL_MEMBERS
        if not has_several:
            request.members = [MemberIdentity(member_id=request.member_id)]
        try:
            check_group_id(request.group_id)
            caller = caller_of(context)
            response: LeaveGroupResponse = self._groups.run(
                request.group_id, lambda shard: shard.leave_group(caller, request)
            )
        except ApiError as error:
            if error.error_code != errors.UNKNOWN_MEMBER_ID:
                return LeaveGroupResponse(error_code=error.error_code)
            response = _all_unknown(request)
        if has_several or response.error_code != errors.NONE:
            return response
        return LeaveGroupResponse(error_code=response.members[0].error_code)


def _all_unknown(request: LeaveGroupRequest) -> LeaveGroupResponse:
    """Return the answer for a group that does not exist: none of its members is known."""
    return LeaveGroupResponse(
        members=[
            MemberResponse(
                member_id=member.member_id,
                group_instance_id=member.group_instance_id,
                error_code=errors.UNKNOWN_MEMBER_ID,
            )
            for member in request.members
        ]
    )
