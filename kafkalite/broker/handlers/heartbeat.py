"""Heartbeat: keep the session of a member of the classic protocol; the answer says whether to join again.

Versions 0-4:
    1    throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    static members (KIP-345)
    4    flexible

Errors, for the request:
    INVALID_GROUP_ID         the group id is empty
    UNKNOWN_MEMBER_ID        no such group or no such member
    FENCED_INSTANCE_ID       another member took the place of the static one
    ILLEGAL_GENERATION       not the current generation of the group
    REBALANCE_IN_PROGRESS    join again
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work

Source: KafkaApis.handleHeartbeatRequest, GroupCoordinatorService.heartbeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.group_callers import caller_of, check_group_id
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest


class HeartbeatHandler:
    """Answers Heartbeat."""

    def __init__(self, broker: Broker) -> None:
        self._groups = broker.groups

    def heartbeat(self, context: RequestContext, request: HeartbeatRequest) -> HeartbeatResponse:
        """Extend the session of a member, or return the error for which it joins again."""
        try:
            check_group_id(request.group_id)
            caller = caller_of(context)
            response: HeartbeatResponse = self._groups.run(
                request.group_id, lambda shard: shard.heartbeat(caller, request)
            )
        except ApiError as error:
            return HeartbeatResponse(error_code=error.error_code)
        return response
