"""A consumer group becomes a classic one while it has members, when its last member of the consumer protocol goes.

The change is a few records in one batch: tombstones of the consumer group, and the classic group with all its members,
which then rebalances. ``migration.py`` has the way from classic to consumer.

Source: GroupMetadataManager.convertToClassicGroup, ClassicGroup.fromConsumerGroup (KIP-848, KIP-1099).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.member import ClassicMember
from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.consumer_protocol import MalformedConsumerProtocol, write_assignment
from kafkalite.coordinators.group.consumer.group import PROTOCOL_TYPE
from kafkalite.coordinators.group.consumer.timers import adoption_timer
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember
    from kafkalite.coordinators.runtime.record import CoordinatorRecord


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
    """Return the record of the classic group; every member gets its assignment.

    Raises:
        ApiError: GROUP_ID_NOT_FOUND, a subscription of a member cannot be read.
    """
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
