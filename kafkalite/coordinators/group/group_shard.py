"""One partition of `__consumer_offsets` as a state machine: requests in, records and answers out.

Here a request finds the code for the type of its group, and a record the code that replays it; what they do is said in
the modules of each concept.

Source: GroupCoordinatorShard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from kafkalite.coordinators.group.administration import (
    GroupFilter,
    delete_groups,
    describe_group,
    list_groups_steps,
)
from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.context import GroupContext
from kafkalite.coordinators.group.group import CLASSIC, CONSUMER
from kafkalite.coordinators.group.group_types import ServedTypes
from kafkalite.coordinators.group.offsets.commit import (
    check_member,
    check_transactional_member,
    commit_offsets,
    commit_transactional_offsets,
)
from kafkalite.coordinators.group.offsets.delete import delete_offsets
from kafkalite.coordinators.group.offsets.expiration import (
    remove_expired,
    remove_of_deleted_topics,
    remove_of_unknown_topics,
)
from kafkalite.coordinators.group.offsets.fetch import fetch_offsets_steps
from kafkalite.coordinators.group.offsets.store import CommittedOffset, GroupPartition
from kafkalite.model.steps import finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.offset_commit_value import OffsetCommitValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.coordinators.group.classic.operations import ClassicOperations
    from kafkalite.coordinators.group.config import GroupCoordinatorConfig
    from kafkalite.coordinators.group.consumer.operations import ConsumerOperations
    from kafkalite.coordinators.group.context import Caller
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.group.group_types import GroupOperations
    from kafkalite.coordinators.runtime.result import Replies, Reply, Result
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages import consumer_group_describe_response
    from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest
    from kafkalite.protocol.messages.consumer_group_heartbeat_response import ConsumerGroupHeartbeatResponse
    from kafkalite.protocol.messages.delete_groups_response import DeletableGroupResult
    from kafkalite.protocol.messages.describe_groups_response import DescribedGroup
    from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
    from kafkalite.protocol.messages.heartbeat_response import HeartbeatResponse
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequest
    from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest
    from kafkalite.protocol.messages.list_groups_response import ListedGroup
    from kafkalite.protocol.messages.offset_commit_request import OffsetCommitRequest
    from kafkalite.protocol.messages.offset_commit_response import OffsetCommitResponse
    from kafkalite.protocol.messages.offset_delete_request import OffsetDeleteRequest
    from kafkalite.protocol.messages.offset_delete_response import OffsetDeleteResponse
    from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequestGroup
    from kafkalite.protocol.messages.offset_fetch_response import OffsetFetchResponseGroup
    from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest
    from kafkalite.protocol.messages.txn_offset_commit_request import TxnOffsetCommitRequest
    from kafkalite.protocol.messages.txn_offset_commit_response import TxnOffsetCommitResponse
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

LEGACY_OFFSET_COMMIT = 0
OFFSET_COMMIT = 1
NO_PRODUCER = -1
EXPIRATION_TIMER = "expiration"
DELETED_TOPICS_TIMER = "deleted-topics"


class GroupShard:
    """The groups and offsets of one partition. A request that is refused as a whole is an ApiError.

    Args:
        image: returns the cluster's metadata as it is now.
        live_properties: returns the broker's properties as they are now; None for Kafka's defaults.
    """

    __slots__ = ("_types", "context")

    def __init__(
        self,
        config: GroupCoordinatorConfig,
        timers: ShardTimers,
        clock: Clock,
        entropy: Entropy,
        image: Callable[[], MetadataImage],
        live_properties: Callable[[], BrokerConfigs] | None = None,
    ) -> None:
        self.context = GroupContext(config, timers, clock, entropy, image)
        self._types = ServedTypes(self.context, live_properties or _kafkas_defaults)

    # ---- the shard -------------------------------------------------------------------------------------------------

    def replay(
        self,
        record_type: int,
        key: Any,
        value: Any,
        *,
        offset: int = -1,
        producer_id: int = NO_PRODUCER,
        producer_epoch: int = -1,
    ) -> None:
        """Apply one record; those of types of groups that are not served are left alone."""
        if record_type == OFFSET_COMMIT:
            self._replay_offset(key, value, offset, producer_id)
        elif record_type == LEGACY_OFFSET_COMMIT:
            self._replay_legacy_offset(key, value, offset, producer_id)
        else:
            operations = self._types.of_record(record_type)
            if operations is not None:
                operations.replay(record_type, key, value)

    def replay_end_transaction_marker(self, producer_id: int, producer_epoch: int, is_commit: bool) -> None:
        """Decide a producer's pending offsets."""
        self.context.offsets.end_transaction(producer_id, is_commit)

    def on_loaded(self) -> None:
        """Begin all sessions anew, and look after expiry from now on."""
        context = self.context
        context.is_live = True
        for operations in self._types.used():
            operations.start_timers()
        self._schedule_expiration()
        if not context.offsets.is_empty:
            context.timers.schedule(DELETED_TOPICS_TIMER, 0, lambda: remove_of_unknown_topics(context))

    def on_unloaded(self) -> Replies:
        """Return NOT_COORDINATOR for all who wait."""
        return [reply for group in self.context.groups.values() for reply in group.waiting_replies()]

    @property
    def consumer(self) -> ConsumerOperations:
        """The operations on consumer groups, those of the consumer protocol too."""
        return cast("ConsumerOperations", self._types.get(CONSUMER))

    def _schedule_expiration(self) -> None:
        interval_ms = self.context.config.offsets_retention_check_interval_ms
        self.context.timers.schedule(EXPIRATION_TIMER, interval_ms, self._remove_expired)

    def _remove_expired(self) -> Result[None]:
        self._schedule_expiration()
        return remove_expired(self.context)

    # ---- replay ----------------------------------------------------------------------------------------------------

    def _replay_offset(self, key: Any, value: Any, offset: int, producer_id: int) -> None:
        where = GroupPartition(key.group, key.topic, key.partition)
        if value is None:
            self.context.offsets.remove(where)
            return
        if key.group not in self.context.groups:
            self.context.groups[key.group] = ClassicGroup(key.group, self.context.clock.now_ms())
        committed = CommittedOffset.from_record(value, offset)
        if producer_id == NO_PRODUCER:
            self.context.offsets.put(where, committed)
        else:
            self.context.offsets.put_pending(producer_id, where, committed)

    def _replay_legacy_offset(self, key: Any, value: Any, offset: int, producer_id: int) -> None:
        """Take over an offset that Kafka 0.8 committed."""
        if value is not None:
            value = OffsetCommitValue(
                offset=value.offset, metadata=value.metadata, commit_timestamp=value.commit_timestamp
            )
        self._replay_offset(key, value, offset, producer_id)

    # ---- membership ------------------------------------------------------------------------------------------------

    def join_group(self, caller: Caller, request: JoinGroupRequest, reply: Reply) -> Result[Any]:
        """Let a member into a group; `reply` is kept where it has to wait."""
        group = self.context.groups.get(request.group_id)
        if group is None:
            return cast("ClassicOperations", self._types.get(CLASSIC)).join(None, caller, request, reply)
        operations = self._types.find(group)
        if operations is None:
            raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL)
        return operations.join(group, caller, request, reply)

    def sync_group(self, caller: Caller, request: SyncGroupRequest, reply: Reply) -> Result[Any]:
        """Take the leader's assignment or give a member its own; `reply` is kept where it has to wait."""
        group, operations = self._find_with_members(request.group_id)
        return operations.sync(group, request, reply)

    def heartbeat(self, caller: Caller, request: HeartbeatRequest) -> Result[HeartbeatResponse]:
        """Keep a member's session."""
        group, operations = self._find_with_members(request.group_id)
        return operations.heartbeat_of_classic_member(group, request)

    def leave_group(self, caller: Caller, request: LeaveGroupRequest) -> Result[Any]:
        """Remove members; before version 3 the caller has made the one member id a list of members."""
        group, operations = self._find_with_members(request.group_id)
        return operations.leave(group, request)

    def _find_with_members(self, group_id: str) -> tuple[Group, GroupOperations]:
        """Return a group and its operations.

        Raises:
            ApiError: UNKNOWN_MEMBER_ID, there is no such group, or none of a type that is served.
        """
        group = self.context.groups.get(group_id)
        operations = self._types.find(group)
        if group is None or operations is None:
            raise ApiError(errors.UNKNOWN_MEMBER_ID)
        return group, operations

    def consumer_group_heartbeat(
        self, caller: Caller, request: ConsumerGroupHeartbeatRequest
    ) -> Result[ConsumerGroupHeartbeatResponse]:
        """Let a member of the consumer protocol join, go on or leave."""
        return self.consumer.heartbeat(caller, request)

    # ---- offsets ---------------------------------------------------------------------------------------------------

    def commit_offsets(self, caller: Caller, request: OffsetCommitRequest) -> Result[OffsetCommitResponse]:
        """Commit offsets; topics exist and have name and id."""
        return commit_offsets(self.context, caller, request)

    def check_commit(self, caller: Caller, request: OffsetCommitRequest) -> None:
        """Refuse an OffsetCommit where `commit_offsets` refuses it as a whole."""
        check_member(self.context, caller, request)

    def check_transactional_commit(self, caller: Caller, request: TxnOffsetCommitRequest) -> None:
        """Refuse a TxnOffsetCommit where `commit_transactional_offsets` refuses it as a whole."""
        check_transactional_member(self.context, caller, request)

    def commit_transactional_offsets(
        self, caller: Caller, request: TxnOffsetCommitRequest
    ) -> Result[TxnOffsetCommitResponse]:
        """Commit offsets with a transaction; for `ShardRuntime.run_transactional`."""
        return commit_transactional_offsets(self.context, caller, request)

    def fetch_offsets(self, request: OffsetFetchRequestGroup, *, is_stable_required: bool) -> OffsetFetchResponseGroup:
        """Return committed offsets; changes nothing."""
        return finish(self.fetch_offsets_steps(request, is_stable_required=is_stable_required))

    def fetch_offsets_steps(
        self, request: OffsetFetchRequestGroup, *, is_stable_required: bool
    ) -> Steps[OffsetFetchResponseGroup]:
        """Return committed offsets as they are at the first step, in steps; changes nothing."""
        return fetch_offsets_steps(self.context, request, is_stable_required=is_stable_required)

    def delete_offsets(self, request: OffsetDeleteRequest) -> Result[OffsetDeleteResponse]:
        """Forget offsets; topics exist."""
        return delete_offsets(self.context, request)

    def on_topics_deleted(self, deleted: Iterable[tuple[str, bytes]]) -> Result[None]:
        """Forget the offsets of deleted topics, given as (name, topic id)."""
        return remove_of_deleted_topics(self.context, deleted)

    # ---- administration --------------------------------------------------------------------------------------------

    def list_groups(self, states: Iterable[str], types: Iterable[str]) -> list[ListedGroup]:
        """Return the groups that match; changes nothing."""
        return finish(self.list_groups_steps(GroupFilter(states, types)))

    def list_groups_steps(self, wanted: GroupFilter) -> Steps[list[ListedGroup]]:
        """Return the groups that a filter lets through, in steps; changes nothing."""
        return list_groups_steps(self.context, wanted)

    def describe_group(self, group_id: str, api_version: int) -> DescribedGroup:
        """Return one classic group; changes nothing."""
        return describe_group(self.context, group_id, api_version)

    def describe_consumer_group(self, group_id: str) -> consumer_group_describe_response.DescribedGroup:
        """Return one consumer group; changes nothing."""
        return self.consumer.describe(group_id)

    def delete_groups(self, group_ids: Iterable[str]) -> Result[list[DeletableGroupResult]]:
        """Delete groups without members."""
        return delete_groups(self.context, group_ids)


def _kafkas_defaults() -> BrokerConfigs:
    from kafkalite.cluster.configs.broker import BrokerConfigs

    return BrokerConfigs({})
