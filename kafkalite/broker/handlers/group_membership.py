"""JoinGroup, SyncGroup, Heartbeat, LeaveGroup: membership in a group of the classic protocol.

JoinGroup, versions 0-9:
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
SyncGroup, versions 0-5: 1 throttle time; 3 static members; 4 flexible; 5 protocol type and name are checked (KIP-559)
Heartbeat, versions 0-4: 1 throttle time; 3 static members; 4 flexible
LeaveGroup, versions 0-5: 1 throttle time; 3 several members (KIP-345); 4 flexible; 5 reasons (KIP-800)

Errors, for the request; LeaveGroup from version 3 on tells those of members for each:
    INVALID_GROUP_ID               the group id is empty
    INVALID_SESSION_TIMEOUT        JoinGroup: not within group.min/max.session.timeout.ms
    INCONSISTENT_GROUP_PROTOCOL    JoinGroup: none of the protocols is known to all members, or it is another type of
                                   group; SyncGroup: protocol type or name are not those of the generation, or missing
    MEMBER_ID_REQUIRED             JoinGroup: join again with the id in the answer
    GROUP_MAX_SIZE_REACHED         JoinGroup: `group.max.size` members are there
    UNKNOWN_MEMBER_ID              no such group or no such member
    FENCED_INSTANCE_ID             another member took the place of the static one
    ILLEGAL_GENERATION             not the generation that the group is in
    REBALANCE_IN_PROGRESS          SyncGroup, Heartbeat: join again
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work
    UNKNOWN_SERVER_ERROR           what was to be stored is too large

Deviation: whoever waits is answered. Kafka forgets a JoinGroup or SyncGroup that waits when the same member sends
another one, and a SyncGroup whose member is removed; here they hear REBALANCE_IN_PROGRESS and UNKNOWN_MEMBER_ID. A
group whose first member is refused does not come to be; Kafka keeps it, empty, until it expires.
Source: KafkaApis.handleJoinGroupRequest ..., GroupCoordinatorService.joinGroup ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.broker.context import Deferred
from kafkalite.coordinators.group.context import Caller
from kafkalite.coordinators.runtime.result import PENDING
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse
from kafkalite.protocol.messages.leave_group_request import MemberIdentity
from kafkalite.protocol.messages.leave_group_response import LeaveGroupResponse, MemberResponse
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest

FIRST_VERSION_OF_REBALANCE_TIMEOUT = 1
FIRST_VERSION_OF_NULL_PROTOCOL = 7
FIRST_VERSION_OF_CHECKED_PROTOCOL = 5
FIRST_VERSION_OF_SEVERAL_MEMBERS = 3


def caller_of(context: RequestContext) -> Caller:
    """Return who sent a request, as the group coordinator keeps it."""
    return Caller(context.client_id or "", f"/{context.connection.peer_host}", context.api_version)


class _JoinReply:
    """A deferred JoinGroup answer in the words of the version that the member speaks."""

    __slots__ = ("_deferred", "_version")

    def __init__(self, deferred: Deferred, version: int) -> None:
        self._deferred = deferred
        self._version = version

    def complete(self, response: JoinGroupResponse) -> None:
        """Give the answer."""
        self._deferred.complete(_for_version(response, self._version))


class GroupMembershipHandler:
    """Answers the four requests of a classic member."""

    def __init__(self, broker: Broker) -> None:
        self._groups = broker.groups

    def join_group(self, context: RequestContext, request: JoinGroupRequest) -> JoinGroupResponse | Deferred:
        """Let a member into a group; the answer comes when the generation begins."""
        version = context.api_version
        if version < FIRST_VERSION_OF_REBALANCE_TIMEOUT:
            request.rebalance_timeout_ms = request.session_timeout_ms
        deferred = Deferred()
        try:
            _check_group_id(request.group_id)
            config = self._groups.config
            if not config.min_session_timeout_ms <= request.session_timeout_ms <= config.max_session_timeout_ms:
                raise ApiError(errors.INVALID_SESSION_TIMEOUT)
            caller, reply = caller_of(context), _JoinReply(deferred, version)
            response = self._groups.run(request.group_id, lambda shard: shard.join_group(caller, request, reply))
        except ApiError as error:
            response = JoinGroupResponse(error_code=error.error_code, member_id=request.member_id)
        return deferred if response is PENDING else _for_version(response, version)

    def sync_group(self, context: RequestContext, request: SyncGroupRequest) -> SyncGroupResponse | Deferred:
        """Take the leader's assignment; everybody else's answer comes with it."""
        deferred = Deferred()
        try:
            is_checked = context.api_version >= FIRST_VERSION_OF_CHECKED_PROTOCOL
            if is_checked and (request.protocol_type is None or request.protocol_name is None):
                raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL)
            _check_group_id(request.group_id)
            caller = caller_of(context)
            response: Any = self._groups.run(
                request.group_id, lambda shard: shard.sync_group(caller, request, deferred)
            )
        except ApiError as error:
            return SyncGroupResponse(error_code=error.error_code)
        return deferred if response is PENDING else response

    def heartbeat(self, context: RequestContext, request: HeartbeatRequest) -> HeartbeatResponse:
        """Keep a member's session, and tell it whether to join again."""
        try:
            _check_group_id(request.group_id)
            caller = caller_of(context)
            response: HeartbeatResponse = self._groups.run(
                request.group_id, lambda shard: shard.heartbeat(caller, request)
            )
        except ApiError as error:
            return HeartbeatResponse(error_code=error.error_code)
        return response

    def leave_group(self, context: RequestContext, request: LeaveGroupRequest) -> LeaveGroupResponse:
        """Remove members from a group."""
        has_several = context.api_version >= FIRST_VERSION_OF_SEVERAL_MEMBERS
        if not has_several:
            request.members = [MemberIdentity(member_id=request.member_id)]
        try:
            _check_group_id(request.group_id)
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


def _check_group_id(group_id: str) -> None:
    if not group_id:
        raise ApiError(errors.INVALID_GROUP_ID)


def _for_version(response: JoinGroupResponse, version: int) -> JoinGroupResponse:
    """No protocol is null where that can be said, and empty before."""
    if not response.protocol_name:
        response.protocol_name = None if version >= FIRST_VERSION_OF_NULL_PROTOCOL else ""
    return response


def _all_unknown(request: LeaveGroupRequest) -> LeaveGroupResponse:
    """The group is not there: no member of it is known."""
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
