"""Members of a consumer group that speak the classic protocol: JoinGroup, SyncGroup, Heartbeat, LeaveGroup.

They do not wait for each other: the coordinator assigns, so JoinGroup answers at once with the member's epoch as its
generation, and SyncGroup returns the assignment. Heartbeat announces a rebalance when the member has to take a step.

Source: GroupMetadataManager.classicGroup{Join,Sync,Heartbeat,Leave}ToConsumerGroup (KIP-848).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.member import protocols_of
from kafkalite.coordinators.group.consumer.consumer_protocol import (
    MalformedConsumerProtocol,
    partitions_by_id,
    read_subscription,
    write_assignment,
)
from kafkalite.coordinators.group.consumer.downgrade import downgrade_replacing, may_downgrade_replacing
from kafkalite.coordinators.group.consumer.fencing import await_join, await_sync, fence, keep_session
from kafkalite.coordinators.group.consumer.group import PROTOCOL_TYPE
from kafkalite.coordinators.group.consumer.joining import (
    check_size,
    get_or_make_member,
    get_static_member,
    take_over_static_member,
)
from kafkalite.coordinators.group.consumer.member import UNRELEASED_PARTITIONS, UNREVOKED_PARTITIONS
from kafkalite.coordinators.group.consumer.member_change import MemberChange
from kafkalite.coordinators.group.consumer.migration import classic_metadata
from kafkalite.coordinators.group.consumer.timers import join_timer, sync_timer
from kafkalite.coordinators.runtime.result import Result
from kafkalite.model.uuids import uuid_to_text
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse
from kafkalite.protocol.messages.leave_group_response import LeaveGroupResponse, MemberResponse
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember
    from kafkalite.coordinators.group.context import Caller
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.messages.consumer_protocol_subscription import ConsumerProtocolSubscription
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest

FIRST_VERSION_OF_KNOWN_MEMBER_IDS = 4
NOT_TOLD_MS = -1


# ---- JoinGroup -----------------------------------------------------------------------------------------------------


def join(
    environment: ConsumerEnvironment, group: ConsumerGroup, caller: Caller, request: JoinGroupRequest
) -> Result[Any]:
    """Let a classic member into a consumer group that has members, or let one that is in it take its next step.

    Raises:
        ApiError: INCONSISTENT_GROUP_PROTOCOL, GROUP_MAX_SIZE_REACHED, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID.
    """
    if not environment.config.allows_classic_members:
        message = (
            f"Cannot join the consumer group {group.group_id} with the classic protocol because the group migration is "
            "disabled."
        )
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL, message)
    is_unknown = not request.member_id
    member_id = request.member_id or uuid_to_text(environment.context.entropy.uuid())
    check_size(group, member_id, request.group_instance_id, environment.config.max_size)
    protocols = protocols_of(request.protocols)
    if not group.supports_classic_protocols(request.protocol_type, [name for name, _ in protocols]):
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL, f"Member {member_id}'s protocols are not supported.")
    is_dynamic = request.group_instance_id is None
    if is_unknown and is_dynamic and caller.api_version >= FIRST_VERSION_OF_KNOWN_MEMBER_IDS:
        return Result((), JoinGroupResponse(error_code=errors.MEMBER_ID_REQUIRED, member_id=member_id))
    out: list[CoordinatorRecord] = []
    subscription = _read_subscription(protocols[0][1])
    before = _find_member(group, request, member_id, out)
    change = MemberChange(environment, group, before, _updated(before, caller, request, subscription), out)
    replaced = group.find_static_member(request.group_instance_id)
    change.note_subscription()
    change.note_topics()
    owned = partitions_by_id(subscription.owned_partitions, environment.image.topics)  # type: ignore[arg-type]
    if replaced is not None and may_downgrade_replacing(environment, group, replaced):
        needs_rebalance = group.assignment_epoch < change.group_epoch
        if not needs_rebalance:
            change.reconcile(owned)
        downgrade_replacing(environment, group, replaced, change.member, out, needs_rebalance=needs_rebalance)
    else:
        change.update_targets()
        change.reconcile(owned)
        _await_sync(environment, group, change.member, request)
    return Result(out, _join_response(change.member))


def _find_member(
    group: ConsumerGroup, request: JoinGroupRequest, member_id: str, out: list[CoordinatorRecord]
) -> ConsumerMember:
    instance_id = request.group_instance_id
    if instance_id is None:
        return get_or_make_member(group, member_id, is_joining=True)
    if request.member_id:
        return get_static_member(group, member_id, instance_id)
    return take_over_static_member(group, member_id, instance_id, out, uses_classic_protocol=True)


def _updated(
    member: ConsumerMember, caller: Caller, request: JoinGroupRequest, subscription: ConsumerProtocolSubscription
) -> ConsumerMember:
    """Return the member, changed by the request. There are no regular expressions in the classic protocol."""
    timeout_ms = request.rebalance_timeout_ms
    return member._replace(
        instance_id=member.instance_id if request.group_instance_id is None else request.group_instance_id,
        rack_id=subscription.rack_id or member.rack_id,
        rebalance_timeout_ms=member.rebalance_timeout_ms if timeout_ms == NOT_TOLD_MS else timeout_ms,
        subscribed_topic_names=frozenset(subscription.topics),
        subscribed_topic_regex="",
        client_id=caller.client_id,
        client_host=caller.client_host,
        classic=classic_metadata(request.session_timeout_ms, protocols_of(request.protocols)),
    )


def _read_subscription(metadata: bytes) -> ConsumerProtocolSubscription:
    try:
        return read_subscription(metadata)
    except MalformedConsumerProtocol as error:
        message = "Malformed embedded consumer protocol in subscription deserialization."
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL, message) from error


def _await_sync(
    environment: ConsumerEnvironment, group: ConsumerGroup, member: ConsumerMember, request: JoinGroupRequest
) -> None:
    environment.context.timers.cancel(join_timer(group.group_id, member.member_id))
    keep_session(environment, group.group_id, member.member_id, request.session_timeout_ms)
    await_sync(environment, group.group_id, member.member_id, request.rebalance_timeout_ms)


def _join_response(member: ConsumerMember) -> JoinGroupResponse:
    return JoinGroupResponse(
        generation_id=member.member_epoch,
        protocol_type=PROTOCOL_TYPE,
        protocol_name=_protocol_name(member),
        member_id=member.member_id,
    )


# ---- SyncGroup -----------------------------------------------------------------------------------------------------


def sync(environment: ConsumerEnvironment, group: ConsumerGroup, request: SyncGroupRequest) -> Result[Any]:
    """Return a classic member's assignment.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL,
            REBALANCE_IN_PROGRESS.
    """
    member = _get_classic_member(group, request.member_id, request.group_instance_id, request.generation_id)
    _check_protocol(member, request.protocol_type, request.protocol_name)
    # Who has still to revoke has joined already: it goes on with that, and is told to join again afterwards.
    if group.assignment_epoch > member.member_epoch and member.state != UNREVOKED_PARTITIONS:
        await_join(environment, group.group_id, member)
        what = (
            f"A new rebalance is triggered in group {group.group_id} and member {member.member_id} should rejoin to "
            "catch up."
        )
        raise ApiError(errors.REBALANCE_IN_PROGRESS, what)
    assert member.classic is not None
    environment.context.timers.cancel(sync_timer(group.group_id, member.member_id))
    keep_session(environment, group.group_id, member.member_id, member.classic.session_timeout_ms)
    subscription = member.classic.supported_protocols[0].metadata
    return Result(
        (),
        SyncGroupResponse(
            protocol_type=request.protocol_type,
            protocol_name=request.protocol_name,
            assignment=write_assignment(member.assigned_partitions, environment.image.topics, subscription),
        ),
    )


def _check_protocol(member: ConsumerMember, protocol_type: str | None, protocol_name: str | None) -> None:
    if protocol_type is not None and protocol_type != PROTOCOL_TYPE:
        what = (
            f"The protocol type {protocol_type} from member {member.member_id} request is not equal to the group "
            f"protocol type {PROTOCOL_TYPE}."
        )
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL, what)
    if protocol_name is not None and protocol_name != _protocol_name(member):
        what = (
            f"The protocol name {protocol_name} from member {member.member_id} request is not equal to the protocol "
            f"name {_protocol_name(member)} returned in the join response."
        )
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL, what)


# ---- Heartbeat -----------------------------------------------------------------------------------------------------


def heartbeat_of_classic_member(
    environment: ConsumerEnvironment, group: ConsumerGroup, request: HeartbeatRequest
) -> Result[HeartbeatResponse]:
    """Keep a classic member's session, and ask it to join again where it has a step to take.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION.
    """
    member = _get_classic_member(group, request.member_id, request.group_instance_id, request.generation_id)
    assert member.classic is not None
    keep_session(environment, group.group_id, member.member_id, member.classic.session_timeout_ms)
    has_step_to_take = (
        member.member_epoch < group.assignment_epoch
        or member.state == UNREVOKED_PARTITIONS
        or (member.state == UNRELEASED_PARTITIONS and not group.waits_for_others(member))
    )
    if not has_step_to_take:
        return Result((), HeartbeatResponse())
    await_join(environment, group.group_id, member)
    return Result((), HeartbeatResponse(error_code=errors.REBALANCE_IN_PROGRESS))


# ---- LeaveGroup ----------------------------------------------------------------------------------------------------


def leave_group(environment: ConsumerEnvironment, group: ConsumerGroup, request: LeaveGroupRequest) -> Result[Any]:
    """Remove members of either protocol; one that is unknown spoils nothing for the others."""
    responses = []
    gone: dict[str, ConsumerMember] = {}
    for identity in request.members:
        response = MemberResponse(member_id=identity.member_id, group_instance_id=identity.group_instance_id)
        try:
            member = _identified(group, identity)
            gone[member.member_id] = member
        except ApiError as error:
            response.error_code = error.error_code
        responses.append(response)
    return fence(environment, group, list(gone.values()), LeaveGroupResponse(members=responses))


def _identified(group: ConsumerGroup, identity: MemberIdentity) -> ConsumerMember:
    """Return the member that leaves; a static one may be named by its instance id alone.

    Raises:
        ApiError: the member is unknown, or was fenced.
    """
    if identity.group_instance_id is None:
        return group.get_member(identity.member_id)
    if identity.member_id:
        return get_static_member(group, identity.member_id, identity.group_instance_id)
    member = group.find_static_member(identity.group_instance_id)
    if member is None:
        raise ApiError(errors.UNKNOWN_MEMBER_ID, f"Instance id {identity.group_instance_id} is unknown.")
    return member


def _get_classic_member(
    group: ConsumerGroup, member_id: str, instance_id: str | None, generation_id: int
) -> ConsumerMember:
    """Return a classic member of that generation.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, ...
    """
    if instance_id is None:
        member = group.get_member(member_id)
    else:
        member = get_static_member(group, member_id, instance_id)
    if not member.uses_classic_protocol:
        raise ApiError(errors.UNKNOWN_MEMBER_ID, f"Member {member_id} does not use the classic protocol.")
    if member.member_epoch != generation_id:
        what = (
            f"The request generation id {generation_id} is not equal to the member epoch {member.member_epoch} of "
            f"member {member_id}."
        )
        raise ApiError(errors.ILLEGAL_GENERATION, what)
    return member


def _protocol_name(member: ConsumerMember) -> str:
    assert member.classic is not None
    return member.classic.supported_protocols[0].name
