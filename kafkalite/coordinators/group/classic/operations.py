"""The operations on classic groups, in one place for the shard to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.heartbeat import heartbeat_of_classic_member
from kafkalite.coordinators.group.classic.join import join_classic_group
from kafkalite.coordinators.group.classic.leave import leave_classic_group
from kafkalite.coordinators.group.classic.rebalance import keep_session, prepare_rebalance
from kafkalite.coordinators.group.classic.states import COMPLETING_REBALANCE
from kafkalite.coordinators.group.classic.sync import sync_classic_group
from kafkalite.coordinators.group.turn import Turn

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.group.context import Caller, GroupContext
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.runtime.result import Reply, Result
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
    from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest


class ClassicOperations:
    """One for each shard. A request that is refused as a whole is an ApiError."""

    __slots__ = ("_context",)

    def __init__(self, context: GroupContext) -> None:
        self._context = context

    def replay(self, record_type: int, key: Any, value: Any) -> None:
        """Take over a generation. A live group is what the record says already, but for the assignments."""
        groups = self._context.groups
        if value is None:
            groups.pop(key.group, None)
            return
        group = groups.get(key.group)
        if not self._context.is_live or not isinstance(group, ClassicGroup):
            groups[key.group] = ClassicGroup.from_record(key.group, value)
            return
        group.recorded = value
        if group.state == COMPLETING_REBALANCE and value.members and value.generation == group.generation_id:
            group.apply_assignment(value, self._context.clock.now_ms())

    def start_timers(self) -> None:
        """Begin the sessions of all members after loading."""
        context = self._context
        for group in list(context.groups.values()):
            if isinstance(group, ClassicGroup):
                for member in group.members.values():
                    keep_session(context, group, member)
                if len(group.members) > context.config.max_size:
                    prepare_rebalance(context, group, Turn())  # the limit is new: who joins first stays

    def join(self, group: Group | None, caller: Caller, request: JoinGroupRequest, reply: Reply) -> Result[Any]:
        """JoinGroup; without a group, a new one is begun."""
        return join_classic_group(self._context, caller, request, reply)

    def sync(self, group: Group, request: SyncGroupRequest, reply: Reply) -> Result[Any]:
        """SyncGroup."""
        return sync_classic_group(self._context, _classic_group(group), request, reply)

    def heartbeat_of_classic_member(self, group: Group, request: HeartbeatRequest) -> Result[HeartbeatResponse]:
        """Heartbeat."""
        return heartbeat_of_classic_member(self._context, _classic_group(group), request)

    def leave(self, group: Group, request: LeaveGroupRequest) -> Result[Any]:
        """LeaveGroup."""
        return leave_classic_group(self._context, _classic_group(group), request)


def _classic_group(group: Group) -> ClassicGroup:
    assert isinstance(group, ClassicGroup)
    return group
