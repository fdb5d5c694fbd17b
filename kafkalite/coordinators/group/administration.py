"""ListGroups, DescribeGroups and DeleteGroups: what an administrator does with the groups of a shard.

Source: GroupMetadataManager.listGroups, describeGroups, GroupCoordinatorShard.deleteGroups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.states import DEAD
from kafkalite.coordinators.group.offsets.delete import tombstones_of_group
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_groups_response import DeletableGroupResult
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.messages.list_groups_response import ListedGroup

FIRST_VERSION_OF_GROUP_ID_NOT_FOUND = 6


def list_groups(context: GroupContext, states: Iterable[str], types: Iterable[str]) -> list[ListedGroup]:
    """Return the groups in one of the states and of one of the types; no states or no types mean any.

    Neither needs the right case; a name that means nothing matches nothing.
    """
    wanted_states = {state.lower().strip() for state in states}
    wanted_types = {group_type.lower() for group_type in types}
    return [
        group.as_listed()
        for group in context.groups.values()
        if (not wanted_states or group.state_name.lower() in wanted_states)
        and (not wanted_types or group.group_type in wanted_types)
    ]


def describe_group(context: GroupContext, group_id: str, api_version: int) -> DescribedGroup:
    """Return a classic group; any other is told to be dead, with an error from version 6 on."""
    group = context.groups.get(group_id)
    if isinstance(group, ClassicGroup):
        return group.described()
    response = DescribedGroup(group_id=group_id, group_state=DEAD)
    if api_version >= FIRST_VERSION_OF_GROUP_ID_NOT_FOUND:
        response.error_code = errors.GROUP_ID_NOT_FOUND
        is_other = group is not None
        response.error_message = (
            f"Group {group_id} is not a classic group." if is_other else f"Group {group_id} not found."
        )
    return response


def delete_groups(context: GroupContext, group_ids: Iterable[str]) -> Result[list[DeletableGroupResult]]:
    """Delete groups without members, each on its own, with their offsets."""
    records: list[CoordinatorRecord] = []
    results = []
    for group_id in group_ids:
        result = DeletableGroupResult(group_id=group_id)
        try:
            group = context.get(group_id)
            group.check_delete()
            records += tombstones_of_group(context, group_id)
            records += group.tombstones()
            group.cancel_timers(context.timers)
        except ApiError as error:
            result.error_code = error.error_code
        results.append(result)
    return Result(records, results, is_atomic=False)
