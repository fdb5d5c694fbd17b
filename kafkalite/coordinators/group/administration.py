"""ListGroups, DescribeGroups and DeleteGroups: what an administrator does with the groups of a shard.

Source: GroupMetadataManager.listGroups, describeGroups, GroupCoordinatorShard.deleteGroups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.states import DEAD
from kafkalite.coordinators.group.offsets.delete import tombstones_of_group
from kafkalite.coordinators.runtime.result import Result
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_groups_response import DeletableGroupResult
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.list_groups_response import ListedGroup

FIRST_VERSION_OF_GROUP_ID_NOT_FOUND = 6


class GroupFilter:
    """The groups in one of some states and of one of some types; no states or no types mean any.

    Neither needs the right case; a name that means nothing matches nothing.
    """

    __slots__ = ("_states", "_types")

    def __init__(self, states: Iterable[str], types: Iterable[str]) -> None:
        self._states = {state.lower().strip() for state in states}
        self._types = {group_type.lower() for group_type in types}

    def matches(self, group: Group) -> bool:
        """Return whether a group is wanted."""
        return (not self._states or group.state_name.lower() in self._states) and (
            not self._types or group.group_type in self._types
        )


def list_groups_steps(context: GroupContext, wanted: GroupFilter) -> Steps[list[ListedGroup]]:
    """Return the groups that a filter lets through, in steps."""
    listed = []
    pace = Pace()
    for group in list(context.groups.values()):
        if wanted.matches(group):
            listed.append(group.as_listed())
        if pace.is_due():
            yield
    return listed


def describe_group(context: GroupContext, group_id: str, api_version: int) -> DescribedGroup:
    """Return a classic group; any other is described as dead, with an error from version 6 on."""
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
