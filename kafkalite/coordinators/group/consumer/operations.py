"""All that a shard of the group coordinator does with consumer groups, in one place for the shard to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.join import join_classic_group
from kafkalite.coordinators.group.consumer import classic_members
from kafkalite.coordinators.group.consumer.config import ConsumerGroupConfig
from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
from kafkalite.coordinators.group.consumer.fencing import start_timers
from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.heartbeat import heartbeat
from kafkalite.coordinators.group.consumer.replay import replay
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.coordinators.group.context import Caller, GroupContext
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.runtime.result import Reply, Result
    from kafkalite.protocol.messages.consumer_group_describe_response import DescribedGroup
    from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
    from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest


class ConsumerOperations:
    """One for each shard that has, or is asked for, a consumer group. A refusal is an ApiError.

    Args:
        properties: returns the broker's properties as they are now.
    """

    __slots__ = ("_context", "environment")

    def __init__(self, context: GroupContext, properties: Callable[[], BrokerConfigs]) -> None:
        self._context = context
        self.environment = ConsumerEnvironment(context, ConsumerGroupConfig(properties, context.image))

    def replay(self, record_type: int, key: Any, value: Any) -> None:
        """Apply a record of one of `replay.RECORD_TYPES`."""
        replay(self._context.groups, record_type, key, value)

    def start_timers(self) -> None:
        """Begin the sessions of all members after loading."""
        start_timers(self.environment)

    def heartbeat(self, caller: Caller, request: ConsumerGroupHeartbeatRequest) -> Result[Any]:
        """ConsumerGroupHeartbeat; the group may be a classic one, or none."""
        return heartbeat(self.environment, caller, request)

    def describe(self, group_id: str) -> DescribedGroup:
        """ConsumerGroupDescribe for one group."""
        from kafkalite.coordinators.group.consumer.describe import describe

        return describe(self.environment, group_id)

    def join(self, group: Group, caller: Caller, request: JoinGroupRequest, reply: Reply) -> Result[Any]:
        """JoinGroup of a consumer group; one without members becomes a classic group."""
        consumer_group = _consumer_group(group)
        if not consumer_group.is_empty:
            return classic_members.join(self.environment, consumer_group, caller, request)
        if request.member_id:
            raise ApiError(errors.UNKNOWN_MEMBER_ID)
        groups, group_id = self._context.groups, consumer_group.group_id
        del groups[group_id]
        result = join_classic_group(self._context, caller, request, reply)
        if group_id in groups:
            result.records = [*consumer_group.tombstones(), *result.records]
        else:
            groups[group_id] = group  # nobody was let in: it stays what it is
        return result

    def sync(self, group: Group, request: SyncGroupRequest, reply: Reply) -> Result[Any]:
        """SyncGroup of a classic member of a consumer group, which never has to wait."""
        if group.is_empty:
            raise ApiError(errors.UNKNOWN_MEMBER_ID)
        return classic_members.sync(self.environment, _consumer_group(group), request)

    def heartbeat_of_classic_member(self, group: Group, request: HeartbeatRequest) -> Result[HeartbeatResponse]:
        """Heartbeat of a classic member of a consumer group."""
        return classic_members.heartbeat_of_classic_member(self.environment, _consumer_group(group), request)

    def leave(self, group: Group, request: LeaveGroupRequest) -> Result[Any]:
        """LeaveGroup of a consumer group."""
        return classic_members.leave_group(self.environment, _consumer_group(group), request)


def _consumer_group(group: Group) -> ConsumerGroup:
    assert isinstance(group, ConsumerGroup)
    return group
