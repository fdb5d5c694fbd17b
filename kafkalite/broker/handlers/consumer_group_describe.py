"""ConsumerGroupDescribe: groups of the consumer protocol, their members, current and target assignments (KIP-848).

Versions 0-1:
    0    epochs, assignor, members
    1    the protocol that each member speaks (KIP-1099)

Errors, each for one group:
    INVALID_GROUP_ID        the group id is empty
    GROUP_ID_NOT_FOUND      no such group, or one of another protocol
    UNSUPPORTED_VERSION     the protocol is switched off, see ConsumerGroupHeartbeat
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work

Source: KafkaApis.handleConsumerGroupDescribe, GroupCoordinatorService.consumerGroupDescribe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_GROUP
from kafkalite.broker.coordination.consumer_protocol import is_consumer_protocol_enabled
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.consumer_group_describe_response import ConsumerGroupDescribeResponse, DescribedGroup

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest


class ConsumerGroupDescribeHandler:
    """Answers ConsumerGroupDescribe."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def consumer_group_describe(
        self, context: RequestContext, request: ConsumerGroupDescribeRequest
    ) -> Steps[ConsumerGroupDescribeResponse]:
        """Describe groups; the error of one does not affect another."""
        if not is_consumer_protocol_enabled(self._broker):
            refused = yield from map_steps(_refuse, request.group_ids, Pace())
            return ConsumerGroupDescribeResponse(groups=refused)
        groups = []
        pace = Pace()
        for group_id in request.group_ids:
            group = self._describe(group_id)
            if request.include_authorized_operations and group.error_code == errors.NONE:
                group.authorized_operations = ALL_ON_GROUP
            groups.append(group)
            if pace.is_due(1 + len(group.members)):
                yield
        return ConsumerGroupDescribeResponse(groups=groups)

    def _describe(self, group_id: str) -> DescribedGroup:
        if not group_id:
            return DescribedGroup(error_code=errors.INVALID_GROUP_ID)
        try:
            group: DescribedGroup = self._broker.groups.read(
                group_id, lambda shard: shard.describe_consumer_group(group_id)
            )
        except ApiError as error:
            return DescribedGroup(group_id=group_id, error_code=error.error_code, error_message=error.error_message)
        return group


def _refuse(group_id: str) -> DescribedGroup:
    return DescribedGroup(group_id=group_id, error_code=errors.UNSUPPORTED_VERSION)
