"""SyncGroup: the assignment of a member of the classic protocol; the leader brings those of all.

Versions 0-5:
    1    throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    static members (KIP-345)
    4    flexible
    5    protocol type and name are checked (KIP-559)

Errors, for the request:
    INVALID_GROUP_ID               the group id is empty
    INCONSISTENT_GROUP_PROTOCOL    protocol type or name are not those of the generation, or missing
    UNKNOWN_MEMBER_ID              no such group or no such member
    FENCED_INSTANCE_ID             another member took the place of the static one
    ILLEGAL_GENERATION             not the current generation of the group
    REBALANCE_IN_PROGRESS          join again
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work
    UNKNOWN_SERVER_ERROR           the records to store are too large

Deviation: every request that waits is answered. Kafka forgets a SyncGroup that waits when the same member sends another
one, or is removed; here it is answered with REBALANCE_IN_PROGRESS or UNKNOWN_MEMBER_ID.
Source: KafkaApis.handleSyncGroupRequest, GroupCoordinatorService.syncGroup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.broker.context import Deferred
from kafkalite.broker.coordination.group_callers import caller_of, check_group_id
from kafkalite.coordinators.runtime.result import PENDING
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest

FIRST_VERSION_OF_CHECKED_PROTOCOL = 5


class SyncGroupHandler:
    """Answers SyncGroup."""

    def __init__(self, broker: Broker) -> None:
        self._groups = broker.groups

    def sync_group(self, context: RequestContext, request: SyncGroupRequest) -> SyncGroupResponse | Deferred:
        """Store the assignments that the leader brings; they complete the requests of the other members."""
        deferred = Deferred()
        try:
            is_checked = context.api_version >= FIRST_VERSION_OF_CHECKED_PROTOCOL
            if is_checked and (request.protocol_type is None or request.protocol_name is None):
                raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL)
            check_group_id(request.group_id)
            caller = caller_of(context)
            response: Any = self._groups.run(
                request.group_id, lambda shard: shard.sync_group(caller, request, deferred)
            )
        except ApiError as error:
            return SyncGroupResponse(error_code=error.error_code)
        return deferred if response is PENDING else response
