"""ConsumerGroupDescribe: groups of the consumer protocol with their members, what these have and shall have (KIP-848).

Versions 0-1:
    0    epochs, assignor, members
    1    the protocol that each member speaks (KIP-1099)

Errors, for each group:
    INVALID_GROUP_ID        the group id is empty
    GROUP_ID_NOT_FOUND      no such group, or one of another protocol
    UNSUPPORTED_VERSION     the protocol is switched off, see ConsumerGroupHeartbeat
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR    the shard of the group cannot work

Source: KafkaApis.handleConsumerGroupDescribe, GroupCoordinatorService.consumerGroupDescribe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_GROUP
from kafkalite.broker.handlers.consumer_group_heartbeat import is_consumer_protocol_enabled
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.consumer_group_describe_response import ConsumerGroupDescribeResponse, DescribedGroup

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest


class ConsumerGroupDescribeHandler:
    """Answers ConsumerGroupDescribe."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def consumer_group_describe(
        self, context: RequestContext, request: ConsumerGroupDescribeRequest
    ) -> ConsumerGroupDescribeResponse:
        """Describe groups, each on its own."""
        if not is_consumer_protocol_enabled(self._broker):
            refused = [
                DescribedGroup(group_id=group_id, error_code=errors.UNSUPPORTED_VERSION)
                for group_id in request.group_ids
            ]
            return ConsumerGroupDescribeResponse(groups=refused)
        groups = [self._describe(group_id) for group_id in request.group_ids]
        if request.include_authorized_operations:
            for group in groups:
                if group.error_code == errors.NONE:
                    group.authorized_operations = ALL_ON_GROUP
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
