"""Heartbeat of a member of a classic group. Source: GroupMetadataManager.classicGroupHeartbeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.rebalance import keep_session
from kafkalite.coordinators.group.classic.states import ON_HEARTBEAT
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse

if TYPE_CHECKING:
    from kafkalite.coordinators.group.classic.group import ClassicGroup
    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest


def heartbeat_of_classic_member(
    context: GroupContext, group: ClassicGroup, request: HeartbeatRequest
) -> Result[HeartbeatResponse]:
    """Keep a member's session, and answer whether it has to join again.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION.
    """
    group.check_member(request.member_id, request.group_instance_id)
    if request.generation_id != group.generation_id:
        raise ApiError(errors.ILLEGAL_GENERATION)
    keep_session(context, group, group.members[request.member_id])
    return Result(response=HeartbeatResponse(error_code=ON_HEARTBEAT[group.state]))
