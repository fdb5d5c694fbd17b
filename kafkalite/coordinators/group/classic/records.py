"""The one record of a classic group: its generation with all members, or that there are none.

Source: GroupCoordinatorRecordHelpers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.runtime.record import CoordinatorRecord
from kafkalite.protocol.internal_records.group_metadata_key import GroupMetadataKey
from kafkalite.protocol.internal_records.group_metadata_value import GroupMetadataValue, MemberMetadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.coordinators.group.classic.group import ClassicGroup
    from kafkalite.coordinators.group.classic.member import ClassicMember

VALUE_VERSION = 3


def group_record(group: ClassicGroup, assignments: Mapping[str, bytes]) -> CoordinatorRecord:
    """Return the group as it is now, with the given assignments: member id -> assignment, of every member."""
    value = GroupMetadataValue(
        protocol_type=group.protocol_type or "",
        generation=group.generation_id,
        protocol=group.protocol_name,
        leader=group.leader_id,
        current_state_timestamp=group.state_timestamp_ms,
        members=[_member(group, member, assignments[member.member_id]) for member in group.members.values()],
    )
    return CoordinatorRecord(GroupMetadataKey(group=group.group_id), value, VALUE_VERSION)


def new_group_record(group: ClassicGroup) -> CoordinatorRecord:
    """Return the record by which a group begins."""
    value = GroupMetadataValue(protocol=None, leader=None, current_state_timestamp=group.state_timestamp_ms)
    return CoordinatorRecord(GroupMetadataKey(group=group.group_id), value, VALUE_VERSION)


def _member(group: ClassicGroup, member: ClassicMember, assignment: bytes) -> MemberMetadata:
    assert group.protocol_name is not None, "a group with members has a protocol"
    return MemberMetadata(
        member_id=member.member_id,
        group_instance_id=member.instance_id,
        client_id=member.client_id,
        client_host=member.client_host,
        rebalance_timeout=member.rebalance_timeout_ms,
        session_timeout=member.session_timeout_ms,
        subscription=member.metadata_for(group.protocol_name),
        assignment=assignment,
    )
