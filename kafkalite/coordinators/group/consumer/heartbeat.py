"""ConsumerGroupHeartbeat: a member says what it wants and what it reads, and hears what it shall read.

Source: GroupCoordinatorService.throwIfConsumerGroupHeartbeatRequestIsInvalid,
GroupMetadataManager.consumerGroupHeartbeat (KIP-848, KIP-1082).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer.fencing import keep_session, leave
from kafkalite.coordinators.group.consumer.joining import (
    JOIN_EPOCH,
    check_epoch,
    check_size,
    get_or_make_member,
    get_static_member,
    take_over_static_member,
)
from kafkalite.coordinators.group.consumer.member import LEAVE_EPOCH, STATIC_LEAVE_EPOCH
from kafkalite.coordinators.group.consumer.member_change import MemberChange
from kafkalite.coordinators.group.consumer.migration import get_or_make_group
from kafkalite.coordinators.runtime.result import Result
from kafkalite.model.uuids import uuid_to_text
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.consumer_group_heartbeat_response import (
    Assignment,
    ConsumerGroupHeartbeatResponse,
    TopicPartitions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember, PartitionEpochs
    from kafkalite.coordinators.group.consumer.reconciliation import Owned
    from kafkalite.coordinators.group.context import Caller
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest

FIRST_VERSION_OF_OWN_MEMBER_IDS = 1
NOT_TOLD_MS = -1


def check_heartbeat(request: ConsumerGroupHeartbeatRequest, api_version: int, assignors: Sequence[str]) -> None:
    """Check a request by itself.

    Raises:
        ApiError: INVALID_REQUEST, UNSUPPORTED_ASSIGNOR.
    """
    epoch = request.member_epoch
    if api_version >= FIRST_VERSION_OF_OWN_MEMBER_IDS or epoch > 0 or epoch == LEAVE_EPOCH:
        _check_filled("MemberId", request.member_id)
    _check_filled("GroupId", request.group_id)
    _check_filled("InstanceId", request.instance_id)
    _check_filled("RackId", request.rack_id)
    if epoch == JOIN_EPOCH:
        _check_joining(request)
    elif epoch == STATIC_LEAVE_EPOCH and request.instance_id is None:
        raise ApiError(errors.INVALID_REQUEST, "InstanceId can't be null.")
    elif epoch < STATIC_LEAVE_EPOCH:
        raise ApiError(errors.INVALID_REQUEST, "MemberEpoch is invalid.")
    if request.server_assignor is not None and request.server_assignor not in assignors:
        raise ApiError(
            errors.UNSUPPORTED_ASSIGNOR,
            f"ServerAssignor {request.server_assignor} is not supported. Supported assignors: {', '.join(assignors)}.",
        )


def _check_joining(request: ConsumerGroupHeartbeatRequest) -> None:
    if request.rebalance_timeout_ms == NOT_TOLD_MS:
        raise ApiError(errors.INVALID_REQUEST, "RebalanceTimeoutMs must be provided in first request.")
    if request.topic_partitions is None or request.topic_partitions:
        raise ApiError(errors.INVALID_REQUEST, "TopicPartitions must be empty when (re-)joining.")
    if request.subscribed_topic_names is None and request.subscribed_topic_regex is None:
        message = "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining."
        raise ApiError(errors.INVALID_REQUEST, message)


def _check_filled(name: str, value: str | None) -> None:
    if value is not None and not value.strip():
        raise ApiError(errors.INVALID_REQUEST, f"{name} can't be empty.")


def heartbeat(environment: ConsumerEnvironment, caller: Caller, request: ConsumerGroupHeartbeatRequest) -> Result[Any]:
    """Let a member join, go on, or leave.

    Raises:
        ApiError: INVALID_REQUEST, UNSUPPORTED_ASSIGNOR, GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH,
            UNRELEASED_INSTANCE_ID, FENCED_INSTANCE_ID, GROUP_MAX_SIZE_REACHED, INVALID_REGULAR_EXPRESSION.
    """
    check_heartbeat(request, caller.api_version, environment.config.assignors)
    if request.member_epoch in (LEAVE_EPOCH, STATIC_LEAVE_EPOCH):
        return leave(environment, request)
    out: list[CoordinatorRecord] = []
    is_joining = request.member_epoch == JOIN_EPOCH
    opened = get_or_make_group(environment, request.group_id, out, is_joining=is_joining)
    group = opened.group
    check_size(group, request.member_id, request.instance_id, environment.config.max_size)
    before = _find_member(environment, group, request, out)
    owned = None if request.topic_partitions is None else _owned(request)
    change = MemberChange(environment, group, before, _updated(before, caller, request), out)
    change.note_subscription()
    change.note_topics()
    change.update_targets()
    change.reconcile(owned)
    member = change.member
    timeout_ms = environment.config.session_timeout_ms(group.group_id)
    replies = opened.start_sessions(environment)
    keep_session(environment, group.group_id, member.member_id, timeout_ms)
    return Result(out, _response(environment, request, before, member), replies)


def _find_member(
    environment: ConsumerEnvironment,
    group: ConsumerGroup,
    request: ConsumerGroupHeartbeatRequest,
    out: list[CoordinatorRecord],
) -> ConsumerMember:
    member_id = request.member_id or uuid_to_text(environment.context.entropy.uuid())
    is_joining = request.member_epoch == JOIN_EPOCH
    if request.instance_id is None:
        member = get_or_make_member(group, member_id, is_joining=is_joining)
    elif is_joining:
        return take_over_static_member(group, member_id, request.instance_id, out, uses_classic_protocol=False)
    else:
        member = get_static_member(group, member_id, request.instance_id)
    check_epoch(member, request.member_epoch, request.topic_partitions)
    return member


def _updated(member: ConsumerMember, caller: Caller, request: ConsumerGroupHeartbeatRequest) -> ConsumerMember:
    """Return the member, changed by the request; a field that it leaves out stays as it was."""
    told: dict[str, Any] = {"client_id": caller.client_id, "client_host": caller.client_host, "classic": None}
    if request.rebalance_timeout_ms != NOT_TOLD_MS:
        told["rebalance_timeout_ms"] = request.rebalance_timeout_ms
    if request.subscribed_topic_names is not None:
        told["subscribed_topic_names"] = frozenset(request.subscribed_topic_names)
    for name in ("instance_id", "rack_id", "server_assignor", "subscribed_topic_regex"):
        value = getattr(request, name)
        if value is not None:
            told[name] = value
    return member._replace(**told)


def _owned(request: ConsumerGroupHeartbeatRequest) -> Owned:
    return {topic.topic_id: frozenset(topic.partitions) for topic in request.topic_partitions or ()}


def _response(
    environment: ConsumerEnvironment,
    request: ConsumerGroupHeartbeatRequest,
    before: ConsumerMember,
    member: ConsumerMember,
) -> ConsumerGroupHeartbeatResponse:
    """Return the member's epoch, with its assignment where that is new or the member sent its full state."""
    response = ConsumerGroupHeartbeatResponse(
        member_id=member.member_id,
        member_epoch=member.member_epoch,
        heartbeat_interval_ms=environment.config.heartbeat_interval_ms(request.group_id),
    )
    has_subscription = request.subscribed_topic_names is not None or request.subscribed_topic_regex is not None
    is_full = request.rebalance_timeout_ms != NOT_TOLD_MS and has_subscription and request.topic_partitions is not None
    has_changed = before.assigned_partitions != member.assigned_partitions
    if request.member_epoch == JOIN_EPOCH or is_full or has_changed:
        response.assignment = Assignment(topic_partitions=_topics(member.assigned_partitions))
    return response


def _topics(held: PartitionEpochs) -> list[TopicPartitions]:
    return [
        TopicPartitions(topic_id=topic_id, partitions=sorted(partitions))
        for topic_id, partitions in sorted(held.items())
    ]
