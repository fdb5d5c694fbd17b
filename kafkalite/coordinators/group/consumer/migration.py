"""A group changes its protocol while it has members: classic to consumer, and back.

The first member of the consumer protocol that joins makes a classic group of consumers a consumer group; its classic
members go on with JoinGroup and SyncGroup and are served by the coordinator. When the last member of the consumer
protocol goes, the group becomes classic again and rebalances. Both are a few records in one batch: tombstones of what
it was, and all that it is.

Source: GroupMetadataManager.convertToConsumerGroup, convertToClassicGroup, ConsumerGroup.fromClassicGroup,
ClassicGroup.fromConsumerGroup (KIP-848, KIP-1099).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.member import ClassicMember
from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.consumer_protocol import (
    MalformedConsumerProtocol,
    partitions_by_id,
    read_assignment,
    read_subscription,
    write_assignment,
)
from kafkalite.coordinators.group.consumer.fencing import keep_session
from kafkalite.coordinators.group.consumer.group import PROTOCOL_TYPE, ConsumerGroup
from kafkalite.coordinators.group.consumer.member import STABLE, ConsumerMember
from kafkalite.coordinators.group.consumer.timers import adoption_timer
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.consumer_group_member_metadata_value import (
    ClassicMemberMetadata,
    ClassicProtocol,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.coordinators.runtime.result import Replies


class OpenedGroup(NamedTuple):
    """The group of a heartbeat. Until its records are replayed, a new or converted one is known to nobody else."""

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

    Errors: ApiError GROUP_ID_NOT_FOUND, also where a classic group cannot be converted.
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


# ---- classic to consumer -------------------------------------------------------------------------------------------


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
    """Return the consumer group that a classic one becomes: everybody has what the last generation gave it."""
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


# ---- consumer to classic -------------------------------------------------------------------------------------------


def may_downgrade_without(
    environment: ConsumerEnvironment, group: ConsumerGroup, leaving: Collection[ConsumerMember]
) -> bool:
    """Return whether those who stay when members leave are all classic ones, and may go on alone."""
    gone = {member.member_id for member in leaving}
    staying = [member for member_id, member in group.members.items() if member_id not in gone]
    return _may_be_classic(environment, staying)


def may_downgrade_replacing(environment: ConsumerEnvironment, group: ConsumerGroup, replaced: ConsumerMember) -> bool:
    """Return whether the last member of the consumer protocol is a static one that comes back as a classic one."""
    if replaced.uses_classic_protocol:
        return False
    others = [member for member in group.members.values() if member.member_id != replaced.member_id]
    return all(member.uses_classic_protocol for member in others) and _is_allowed(environment, len(group.members))


def _may_be_classic(environment: ConsumerEnvironment, members: Collection[ConsumerMember]) -> bool:
    if not members or not all(member.uses_classic_protocol for member in members):
        return False
    return _is_allowed(environment, len(members))


def _is_allowed(environment: ConsumerEnvironment, member_count: int) -> bool:
    return environment.config.allows_downgrade and member_count <= environment.config.classic_max_size


def downgrade_without(
    environment: ConsumerEnvironment, group: ConsumerGroup, leaving: Collection[ConsumerMember], response: Any
) -> Result[Any]:
    """Let members go, and make the rest a classic group, which rebalances."""
    gone = {member.member_id for member in leaving}
    staying = [member for member_id, member in group.members.items() if member_id not in gone]
    out = group.tombstones()
    out.append(_classic_record(environment, group, staying))
    adopt_classic_group(environment, group, needs_rebalance=True)
    return Result(out, response)


def downgrade_replacing(
    environment: ConsumerEnvironment,
    group: ConsumerGroup,
    replaced: ConsumerMember,
    joining: ConsumerMember,
    out: list[CoordinatorRecord],
    *,
    needs_rebalance: bool,
) -> None:
    """Make a classic group of one whose last member of the consumer protocol came back as a classic one.

    Args:
        out: has the records that put `joining` in the place of `replaced`; gets the others.
    """
    members = [joining if member == replaced else member for member in group.members.values()]
    member_ids = [member.member_id for member in members]
    out.extend(records.group_tombstones(group.group_id, member_ids, group.resolved))
    out.append(_classic_record(environment, group, members))
    adopt_classic_group(environment, group, needs_rebalance=needs_rebalance)


def _classic_record(
    environment: ConsumerEnvironment, group: ConsumerGroup, members: Collection[ConsumerMember]
) -> CoordinatorRecord:
    """Return the record of the classic group; everybody is told what it shall have. Errors: ApiError."""
    from kafkalite.coordinators.group.classic.records import group_record

    classic = ClassicGroup(group.group_id, environment.now_ms)
    for member in members:
        classic.add(_to_classic_member(member))
    classic.generation_id = group.group_epoch
    classic.protocol_name = classic.select_protocol()
    assignments = {}
    for member in members:
        subscription = classic.members[member.member_id].metadata_for(classic.protocol_name)
        target = group.target_of(member.member_id, member.instance_id)
        try:
            assignments[member.member_id] = write_assignment(target, environment.image.topics, subscription)
        except MalformedConsumerProtocol as error:
            message = f"Cannot downgrade the classic group {group.group_id}: {error}."
            raise ApiError(errors.GROUP_ID_NOT_FOUND, message) from error
    return group_record(classic, assignments)


def _to_classic_member(member: ConsumerMember) -> ClassicMember:
    assert member.classic is not None
    return ClassicMember(
        member.member_id,
        instance_id=member.instance_id,
        client_id=member.client_id,
        client_host=member.client_host,
        rebalance_timeout_ms=member.rebalance_timeout_ms,
        session_timeout_ms=member.classic.session_timeout_ms,
        protocol_type=PROTOCOL_TYPE,
        protocols=tuple((protocol.name, protocol.metadata) for protocol in member.classic.supported_protocols),
    )


def adopt_classic_group(environment: ConsumerEnvironment, group: ConsumerGroup, *, needs_rebalance: bool) -> None:
    """Have the classic group start its members' sessions, and a rebalance, in an operation right after this one."""
    from kafkalite.coordinators.group.classic.rebalance import find_classic_group, prepare_rebalance
    from kafkalite.coordinators.group.classic.rebalance import keep_session as keep_classic_session
    from kafkalite.coordinators.group.turn import Turn

    context, group_id = environment.context, group.group_id
    group.cancel_timers(context.timers)

    def adopt() -> Result[Any] | None:
        classic = find_classic_group(context, group_id)
        if classic is None:
            return None
        turn = Turn()
        for member in classic.members.values():
            keep_classic_session(context, classic, member)
        if needs_rebalance and classic.can_rebalance:
            prepare_rebalance(context, classic, turn)
        return turn.result(None)

    context.timers.schedule(adoption_timer(group_id), 0, adopt)
