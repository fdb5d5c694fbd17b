"""DescribeGroups: the state and the members of groups of the classic protocol.

Versions 0-6:
    1    throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    authorized operations (KIP-430)
    4    static members (KIP-345)
    5    flexible
    6    GROUP_ID_NOT_FOUND with a message; before, a group that does not exist is "Dead" (KIP-1043)

Errors, each for one group:
    GROUP_ID_NOT_FOUND    no such group
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work

Source: KafkaApis.handleDescribeGroupsRequest, GroupCoordinatorService.describeGroups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_GROUP
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup, DescribeGroupsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest


class DescribeGroupsHandler:
    """Answers DescribeGroups."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_groups(self, context: RequestContext, request: DescribeGroupsRequest) -> Steps[DescribeGroupsResponse]:
        """Describe groups; the error of one does not affect another."""
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
