"""JoinGroup: join a group of the classic protocol; the answer comes when the generation begins.

Versions 0-9:
    0    the session timeout is the rebalance timeout too
    1    rebalance timeout (KIP-62)
    2    throttle time
    3    a client is throttled after the answer, not before (KIP-219)
    4    a new member is first given its id (KIP-394)
    5    static members (KIP-345)
    6    flexible
    7    protocol type in the answer, whose protocol may be null (KIP-559)
    8    reason (KIP-800)
    9    a static leader that comes back need not assign (KIP-814)

Errors, for the request:
    INVALID_GROUP_ID               the group id is empty
    INVALID_SESSION_TIMEOUT        not within group.min/max.session.timeout.ms
    INCONSISTENT_GROUP_PROTOCOL    none of the protocols is known to all members, or it is another type of group
    MEMBER_ID_REQUIRED             join again with the id in the answer
    GROUP_MAX_SIZE_REACHED         the group has `group.max.size` members
    UNKNOWN_MEMBER_ID              no such group or no such member
    FENCED_INSTANCE_ID             another member took the place of the static one
    REBALANCE_IN_PROGRESS          the same member sent another JoinGroup while this one waited
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work
    UNKNOWN_SERVER_ERROR           the records to store are too large

Deviation: every request that waits is answered. Kafka forgets a JoinGroup that waits when the same member sends another
one; here it is answered with REBALANCE_IN_PROGRESS. A group whose first member is refused does not come to be; Kafka
keeps it, empty, until it expires.
Source: KafkaApis.handleJoinGroupRequest, GroupCoordinatorService.joinGroup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.context import Deferred
from kafkalite.broker.coordination.group_callers import caller_of, check_group_id
from kafkalite.coordinators.runtime.result import PENDING
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest

FIRST_VERSION_OF_REBALANCE_TIMEOUT = 1
FIRST_VERSION_OF_NULL_PROTOCOL = 7


class _JoinReply:
    """A deferred JoinGroup answer in the version of the member's request."""

    __slots__ = ("_deferred", "_version")

    def __init__(self, deferred: Deferred, version: int) -> None:
        self._deferred = deferred
        self._version = version

    def complete(self, response: JoinGroupResponse) -> None:
        """Complete the request with the answer."""
        self._deferred.complete(_for_version(response, self._version))


class JoinGroupHandler:
    """Answers JoinGroup."""

    def __init__(self, broker: Broker) -> None:
        self._groups = broker.groups

    def join_group(self, context: RequestContext, request: JoinGroupRequest) -> JoinGroupResponse | Deferred:
        """Let a member into a group; the answer comes when the generation begins."""
        version = context.api_version
        if version < FIRST_VERSION_OF_REBALANCE_TIMEOUT:
            request.rebalance_timeout_ms = request.session_timeout_ms
        deferred = Deferred()
        try:
            check_group_id(request.group_id)
            config = self._groups.config
            if not config.min_session_timeout_ms <= request.session_timeout_ms <= config.max_session_timeout_ms:
                raise ApiError(errors.INVALID_SESSION_TIMEOUT)
            caller, reply = caller_of(context), _JoinReply(deferred, version)
            response = self._groups.run(request.group_id, lambda shard: shard.join_group(caller, request, reply))
        except ApiError as error:
            response = JoinGroupResponse(error_code=error.error_code, member_id=request.member_id)
        return deferred if response is PENDING else _for_version(response, version)


def _for_version(response: JoinGroupResponse, version: int) -> JoinGroupResponse:
    """Return the answer with no protocol as null, or as empty before version 7."""
    if not response.protocol_name:
        response.protocol_name = None if version >= FIRST_VERSION_OF_NULL_PROTOCOL else ""
    return response
