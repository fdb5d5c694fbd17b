"""A classic group becomes a consumer group while it has members, when the first member of the consumer protocol joins.

Its classic members go on with JoinGroup and SyncGroup. The change is a few records in one batch: tombstones of the
classic group, and the consumer group with all its members. ``downgrade.py`` has the way back.

Source: GroupMetadataManager.convertToConsumerGroup, ConsumerGroup.fromClassicGroup (KIP-848, KIP-1099).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.consumer_protocol import (
    MalformedConsumerProtocol,
    partitions_by_id,
    read_assignment,
    read_subscription,
)
from kafkalite.coordinators.group.consumer.fencing import keep_session
from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.member import STABLE, ConsumerMember
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.consumer_group_member_metadata_value import (
    ClassicMemberMetadata,
    ClassicProtocol,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.coordinators.runtime.result import Replies


class OpenedGroup(NamedTuple):
    """The group of a heartbeat. Until its records are replayed, a new or converted one is in no list of groups."""

    group: ConsumerGroup
    former: ClassicGroup | None = None

    def start_sessions(self, environment: ConsumerEnvironment) -> Replies:
        """Take over the members of the former group, if there is one; return the answers to those who waited in it."""
        if self.former is None:
            return ()
        from kafkalite.coordinators.group.classic.rebalance import answer_join, answer_sync
        from kafkalite.coordinators.group.turn import Turn
        from kafkalite.protocol.messages.join_group_response import JoinGroupResponse
        from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

        turn = Turn()
        self.former.cancel_timers(environment.context.timers)
        for member in self.former.members.values():
            again = errors.REBALANCE_IN_PROGRESS
            answer_join(self.former, member, JoinGroupResponse(error_code=again, member_id=member.member_id), turn)
            answer_sync(member, SyncGroupResponse(error_code=again), turn)
            if member.member_id in self.group.members:
                keep_session(environment, self.group.group_id, member.member_id, member.session_timeout_ms)
        return turn.replies


def get_or_make_group(
    environment: ConsumerEnvironment, group_id: str, out: list[CoordinatorRecord], *, is_joining: bool
) -> OpenedGroup:
    """Return the group of a heartbeat; a member that joins makes it where there is none, or converts a classic one.

    Args:
        out: gets the records of a conversion.

    Raises:
        ApiError: GROUP_ID_NOT_FOUND, also where a classic group cannot be converted.
    """
    existing = environment.context.groups.get(group_id)
    if isinstance(existing, ConsumerGroup):
        return OpenedGroup(existing)
    if existing is None:
        if not is_joining:
            raise ApiError(errors.GROUP_ID_NOT_FOUND, f"Consumer group {group_id} not found.")
        return OpenedGroup(ConsumerGroup(group_id))
    if not is_joining or not isinstance(existing, ClassicGroup):
        raise ApiError(errors.GROUP_ID_NOT_FOUND, f"Group {group_id} is not a consumer group.")
    if existing.is_empty:
        out.extend(existing.tombstones())
        return OpenedGroup(ConsumerGroup(group_id), existing)
    _check_upgrade(environment, existing)
    group = _to_consumer_group(environment, existing)
    out.extend(existing.tombstones())
    out.extend(_records_of(group))
    return OpenedGroup(group, existing)


def _check_upgrade(environment: ConsumerEnvironment, group: ClassicGroup) -> None:
    reason = None
    if not environment.config.allows_upgrade:
        reason = "online upgrade is disabled"
    elif not group.uses_consumer_protocol:
        reason = "the group does not use the consumer embedded protocol"
    elif len(group.members) > environment.config.max_size:
        reason = "the group size exceeds the consumer group maximum size"
    if reason is not None:
        raise _cannot_upgrade(group, reason)


def _cannot_upgrade(group: ClassicGroup, reason: str) -> ApiError:
    what = f"Cannot upgrade classic group {group.group_id} to consumer group because {reason}."
    return ApiError(errors.GROUP_ID_NOT_FOUND, what)


def _to_consumer_group(environment: ConsumerEnvironment, classic: ClassicGroup) -> ConsumerGroup:
    """Return the consumer group that a classic one becomes: every member has the assignment of the last generation."""
    topics = environment.image.topics
    group = ConsumerGroup(classic.group_id)
    group.group_epoch = group.assignment_epoch = classic.generation_id
    protocol_name = classic.protocol_name or classic.select_protocol()
    names: set[str] = set()
    for member in classic.members.values():
        try:
            subscription = read_subscription(member.metadata_for(protocol_name))
            assignment = read_assignment(member.assignment) if member.assignment else None
        except MalformedConsumerProtocol as error:
            raise _cannot_upgrade(classic, "the embedded consumer protocol is malformed") from error
        if assignment is not None and assignment.user_data:
            what = (
                f"Cannot upgrade classic group {classic.group_id} to consumer group because an unsupported custom "
                "assignor is in use. Please refer to the documentation or switch to a default assignor before "
                "re-attempting the upgrade."
            )
            raise ApiError(errors.GROUP_ID_NOT_FOUND, what)
        assigned = {} if assignment is None else partitions_by_id(assignment.assigned_partitions, topics)
        names.update(subscription.topics)
        group.targets[member.member_id] = assigned
        group.put_member(
            ConsumerMember(
                member.member_id,
                member_epoch=classic.generation_id,
                previous_member_epoch=classic.generation_id,
                state=STABLE,
                instance_id=member.instance_id,
                rack_id=subscription.rack_id or None,
                rebalance_timeout_ms=member.rebalance_timeout_ms,
                client_id=member.client_id,
                client_host=member.client_host,
                subscribed_topic_names=frozenset(subscription.topics),
                assigned_partitions={
                    topic_id: dict.fromkeys(sorted(partitions), classic.generation_id)
                    for topic_id, partitions in assigned.items()
                    if partitions
                },
                classic=classic_metadata(member.session_timeout_ms, member.protocols),
            )
        )
    group.metadata_hash = environment.metadata_hash(names)
    return group


def classic_metadata(session_timeout_ms: int, protocols: Iterable[tuple[str, bytes]]) -> ClassicMemberMetadata:
    """Return what a member's record keeps of the classic protocol."""
    return ClassicMemberMetadata(
        session_timeout_ms=session_timeout_ms,
        supported_protocols=[ClassicProtocol(name=name, metadata=bytes(metadata)) for name, metadata in protocols],
    )


def _records_of(group: ConsumerGroup) -> list[CoordinatorRecord]:
    """Return the records that make a whole group."""
    group_id = group.group_id
    return [
        *(records.member_metadata(group_id, member) for member in group.members.values()),
        records.group_epoch(group_id, group.group_epoch, group.metadata_hash),
        *(records.target_assignment(group_id, member_id, target) for member_id, target in group.targets.items()),
        records.target_assignment_epoch(group_id, group.assignment_epoch, group.assignment_timestamp_ms),
        *(records.current_assignment(group_id, member) for member in group.members.values()),
    ]
