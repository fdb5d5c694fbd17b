"""ListGroups: the groups of all shards, with their protocol types, states and types.

Versions 0-5:
    1    throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    flexible
    4    states, and a filter by them (KIP-518)
    5    types, and a filter by them (KIP-848)

Source: KafkaApis.handleListGroupsRequest, GroupCoordinatorService.listGroups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.administration import GroupFilter
from kafkalite.protocol.messages.list_groups_response import ListGroupsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest


class ListGroupsHandler:
    """Answers ListGroups."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def list_groups(self, context: RequestContext, request: ListGroupsRequest) -> Steps[ListGroupsResponse]:
        """List the groups of all shards; each shard is read when its turn comes, not all at the same moment."""
        wanted = GroupFilter(request.states_filter, request.types_filter)
        response = ListGroupsResponse()
        for shard in list(self._broker.groups.shards()):
            response.groups += yield from shard.list_groups_steps(wanted)
        return response
