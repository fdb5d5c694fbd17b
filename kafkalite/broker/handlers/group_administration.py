"""ListGroups, DescribeGroups, DeleteGroups, OffsetDelete: what administrators do with groups.

ListGroups, versions 0-5: 1 throttle time; 3 flexible; 4 states (KIP-518); 5 types (KIP-848)
DescribeGroups, versions 0-6:
    1    throttle time
    3    authorized operations (KIP-430)
    4    static members (KIP-345)
    5    flexible
    6    GROUP_ID_NOT_FOUND with a message; before, a group that is not there is "Dead" (KIP-1043)
DeleteGroups, versions 0-3: 2 flexible (KIP-229); 3 error messages (KIP-1331)
OffsetDelete, version 0 (KIP-496)

Errors, each for one group; OffsetDelete's for the request:
    INVALID_GROUP_ID              OffsetDelete: the group id is empty
    GROUP_ID_NOT_FOUND            no such group
    NON_EMPTY_GROUP               it has members
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR
Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION    OffsetDelete: no such topic or partition
    GROUP_SUBSCRIBED_TO_TOPIC     OffsetDelete: a member consumes it

Source: KafkaApis.handleListGroupsRequest ..., GroupCoordinatorService.listGroups ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_GROUP
from kafkalite.coordinators.group.administration import GroupFilter
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_groups_response import DeletableGroupResult, DeleteGroupsResponse
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup, DescribeGroupsResponse
from kafkalite.protocol.messages.list_groups_response import ListGroupsResponse
from kafkalite.protocol.messages.offset_delete_request import OffsetDeleteRequestTopic
from kafkalite.protocol.messages.offset_delete_response import (
    OffsetDeleteResponse,
    OffsetDeleteResponsePartition,
    OffsetDeleteResponseTopic,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
    from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
    from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
    from kafkalite.protocol.messages.offset_delete_request import OffsetDeleteRequest

    Refused = dict[str, list[OffsetDeleteResponsePartition]]


class GroupAdministrationHandler:
    """Answers what administrators ask about groups."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def list_groups(self, context: RequestContext, request: ListGroupsRequest) -> Steps[ListGroupsResponse]:
        """List the groups of all shards, as each of them is when its turn comes."""
        wanted = GroupFilter(request.states_filter, request.types_filter)
        response = ListGroupsResponse()
        for shard in list(self._broker.groups.shards()):
            response.groups += yield from shard.list_groups_steps(wanted)
        return response

    def describe_groups(self, context: RequestContext, request: DescribeGroupsRequest) -> Steps[DescribeGroupsResponse]:
        """Describe classic groups, each on its own."""
        groups = []
        pace = Pace()
        for group_id in request.groups:
            group = self._describe(group_id, context.api_version)
            if request.include_authorized_operations and group.error_code == errors.NONE:
                group.authorized_operations = ALL_ON_GROUP
            groups.append(group)
            if pace.is_due(1 + len(group.members)):
                yield
        return DescribeGroupsResponse(groups=groups)

    def _describe(self, group_id: str, api_version: int) -> DescribedGroup:
        try:
            group: DescribedGroup = self._broker.groups.read(
                group_id, lambda shard: shard.describe_group(group_id, api_version)
            )
        except ApiError as error:
            return DescribedGroup(group_id=group_id, error_code=error.error_code)
        return group

    def delete_groups(self, context: RequestContext, request: DeleteGroupsRequest) -> Steps[DeleteGroupsResponse]:
        """Delete groups, each on its own and once, however often it is named."""
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

    def offset_delete(self, context: RequestContext, request: OffsetDeleteRequest) -> Steps[OffsetDeleteResponse]:
        """Delete offsets of partitions that exist."""
        refused = yield from self._take_unknown(request)
        try:
            if not request.group_id:
                raise ApiError(errors.INVALID_GROUP_ID)
            result: OffsetDeleteResponse = self._broker.groups.run(
                request.group_id, lambda shard: shard.delete_offsets(request)
            )
        except ApiError as error:
            return OffsetDeleteResponse(error_code=error.error_code)
        if not refused:
            return result
        topics = {name: OffsetDeleteResponseTopic(name=name, partitions=one) for name, one in refused.items()}
        for topic in result.topics:
            known = topics.setdefault(topic.name, OffsetDeleteResponseTopic(name=topic.name))
            known.partitions.extend(topic.partitions)
        return OffsetDeleteResponse(topics=list(topics.values()))

    def _take_unknown(self, request: OffsetDeleteRequest) -> Steps[Refused]:
        """Take partitions that do not exist out of a request and return what is told of them, by topic."""
        images = self._broker.metadata.image.topics
        refused: Refused = {}
        known = []
        pace = Pace()
        for topic in request.topics:
            wanted = []
            if pace.is_due():
                yield
            for partition in topic.partitions:
                if pace.is_due():
                    yield
                index = partition.partition_index
                if images.find_partition(topic.name, index) is not None:
                    wanted.append(partition)
                else:
                    told = OffsetDeleteResponsePartition(
                        partition_index=index, error_code=errors.UNKNOWN_TOPIC_OR_PARTITION
                    )
                    refused.setdefault(topic.name, []).append(told)
            if wanted:
                known.append(OffsetDeleteRequestTopic(name=topic.name, partitions=wanted))
        request.topics = known
        return refused
