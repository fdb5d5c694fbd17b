"""The types of groups that a shard serves, each with the operations that depend on the type.

A new type adds a row to `GROUP_TYPES`; its code is loaded with the first group, record or request that needs it.

Source: GroupCoordinatorShard, GroupMetadataManager (getOrMaybeCreateClassicGroup, consumerGroup, shareGroup).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.coordinators.group.classic.operations import ClassicOperations
from kafkalite.coordinators.group.group import CLASSIC, CONSUMER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.coordinators.group.context import Caller, GroupContext
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.runtime.result import Reply, Result
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
    from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest

    Properties = Callable[[], BrokerConfigs]

    class GroupOperations(Protocol):
        """The operations of one type of group. A request that is refused as a whole is an ApiError."""

        def replay(self, record_type: int, key: Any, value: Any) -> None:
            """Apply a record of the type's `record_types`."""

        def start_timers(self) -> None:
            """Begin the sessions of all members after loading."""

        def join(self, group: Group, caller: Caller, request: JoinGroupRequest, reply: Reply) -> Result[Any]:
            """Let a member of the classic protocol into a group; `reply` is kept where it has to wait."""

        def sync(self, group: Group, request: SyncGroupRequest, reply: Reply) -> Result[Any]:
            """Take a leader's assignment or give a member its own; `reply` is kept where it has to wait."""

        def heartbeat_of_classic_member(self, group: Group, request: HeartbeatRequest) -> Result[HeartbeatResponse]:
            """Keep the session of a member of the classic protocol."""

        def leave(self, group: Group, request: LeaveGroupRequest) -> Result[Any]:
            """Remove members."""


class GroupType(NamedTuple):
    """One type of group.

    Fields:
        record_types: of the records in `__consumer_offsets` that only groups of this type have.
        make: makes the operations of one shard.
    """

    record_types: frozenset[int]
    make: Callable[[GroupContext, Properties], GroupOperations]


def _make_consumer_operations(context: GroupContext, properties: Properties) -> GroupOperations:
    from kafkalite.coordinators.group.consumer.operations import ConsumerOperations  # noqa: PLC0415 -- on first use

    return ConsumerOperations(context, properties)


GROUP_TYPES = {
    CLASSIC: GroupType(frozenset((2,)), lambda context, properties: ClassicOperations(context)),
    CONSUMER: GroupType(frozenset((3, 4, 5, 6, 7, 8, 16)), _make_consumer_operations),
}

_TYPE_OF_RECORD = {
    record_type: name for name, group_type in GROUP_TYPES.items() for record_type in group_type.record_types
}


class ServedTypes:
    """The operations of one shard, by type of group.

    Args:
        properties: returns the broker's properties as they are now.
    """

    __slots__ = ("_context", "_made", "_properties")

    def __init__(self, context: GroupContext, properties: Properties) -> None:
        self._context = context
        self._properties = properties
        self._made: dict[str, GroupOperations] = {}

    def get(self, group_type: str) -> GroupOperations:
        """Return the operations of a type in `GROUP_TYPES`."""
        operations = self._made.get(group_type)
        if operations is None:
            operations = self._made[group_type] = GROUP_TYPES[group_type].make(self._context, self._properties)
        return operations

    def find(self, group: Group | None) -> GroupOperations | None:
        """Return the operations of a group's type, None without a group or where the type is not served."""
        if group is None or group.group_type not in GROUP_TYPES:
            return None
        return self.get(group.group_type)

    def of_record(self, record_type: int) -> GroupOperations | None:
        """Return the operations that replay a type of record, None where no type of group has it."""
        name = _TYPE_OF_RECORD.get(record_type)
        return None if name is None else self.get(name)

    def used(self) -> Iterable[GroupOperations]:
        """Return the operations of the types that were met so far."""
        return list(self._made.values())
