"""DeleteGroups: delete groups without members, with their committed offsets.

Versions 0-3:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    error messages (KIP-1331)

Errors, each for one group:
    GROUP_ID_NOT_FOUND    no such group
    NON_EMPTY_GROUP       it has members
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR    the shard of the group cannot work

Source: KafkaApis.handleDeleteGroupsRequest, GroupCoordinatorService.deleteGroups (KIP-229).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_groups_response import DeletableGroupResult, DeleteGroupsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest


class DeleteGroupsHandler:
    """Answers DeleteGroups."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def delete_groups(self, context: RequestContext, request: DeleteGroupsRequest) -> Steps[DeleteGroupsResponse]:
        """Delete groups; one that is named several times is deleted and answered once."""
        names = dict.fromkeys(request.groups_names)
        return DeleteGroupsResponse(results=(yield from map_steps(self._delete, names, Pace())))

    def _delete(self, group_id: str) -> DeletableGroupResult:
        try:
            results: list[DeletableGroupResult] = self._broker.groups.run(
                group_id, lambda shard: shard.delete_groups([group_id])
            )
        except ApiError as error:
            return DeletableGroupResult(group_id=group_id, error_code=error.error_code)
        return results[0]
