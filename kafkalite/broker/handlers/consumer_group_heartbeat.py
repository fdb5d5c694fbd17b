"""ConsumerGroupHeartbeat: membership in a group of the consumer protocol, all of it in one request (KIP-848).

A member joins with epoch 0, sends changes since its last heartbeat, gets its assignment when that changes, and leaves
with epoch -1, or with -2 if it is static and will come back.

Versions 0-1:
    0    the coordinator generates the id of a new member
    1    a member generates its id (KIP-1082); subscription by regular expression

Errors, for the request:
    INVALID_REQUEST                 a required field is empty or missing; an epoch below -2
    UNSUPPORTED_ASSIGNOR            not in `group.consumer.assignors`
    INVALID_REGULAR_EXPRESSION      not in RE2's syntax
    GROUP_ID_NOT_FOUND              no such group, or one of another protocol that cannot be converted
    GROUP_MAX_SIZE_REACHED          the group has `group.consumer.max.size` members
    UNKNOWN_MEMBER_ID               no such member: its session expired, or it was removed
    FENCED_MEMBER_EPOCH             not the current epoch: the member gives up its partitions and joins again
    UNRELEASED_INSTANCE_ID          another member has the instance id and has not left
    FENCED_INSTANCE_ID              another member took the place of the static one
    UNSUPPORTED_VERSION             the protocol is disabled: `group.coordinator.rebalance.protocols`, or
                                    `group.version` is finalized at 0
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR    the shard of the group cannot work

Source: KafkaApis.handleConsumerGroupHeartbeat, GroupCoordinatorService.consumerGroupHeartbeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.consumer_protocol import is_consumer_protocol_enabled
from kafkalite.broker.coordination.group_callers import caller_of
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.consumer_group_heartbeat_response import ConsumerGroupHeartbeatResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest


class ConsumerGroupHeartbeatHandler:
    """Answers ConsumerGroupHeartbeat."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def consumer_group_heartbeat(
        self, context: RequestContext, request: ConsumerGroupHeartbeatRequest
    ) -> ConsumerGroupHeartbeatResponse:
        """Let a member join, continue or leave."""
        if not is_consumer_protocol_enabled(self._broker):
            return ConsumerGroupHeartbeatResponse(error_code=errors.UNSUPPORTED_VERSION)
        caller = caller_of(context)
        try:
            response: ConsumerGroupHeartbeatResponse = self._broker.groups.run(
                request.group_id, lambda shard: shard.consumer_group_heartbeat(caller, request)
            )
        except ApiError as error:
            return ConsumerGroupHeartbeatResponse(error_code=error.error_code, error_message=error.error_message)
        return response
