"""One partition of `__consumer_offsets` as a state machine: requests in, records and answers out.

Here a request finds the code for the type of its group, and a record the code that replays it; what they do is said in
the modules of each concept.

Source: GroupCoordinatorShard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.coordinators.group.administration import (
    GroupFilter,
    delete_groups,
    describe_group,
    list_groups_steps,
)
from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.heartbeat import heartbeat_of_classic_member
from kafkalite.coordinators.group.classic.join import join_classic_group
from kafkalite.coordinators.group.classic.leave import leave_classic_group
from kafkalite.coordinators.group.classic.rebalance import keep_session, prepare_rebalance
from kafkalite.coordinators.group.classic.states import COMPLETING_REBALANCE
from kafkalite.coordinators.group.classic.sync import sync_classic_group
from kafkalite.coordinators.group.context import GroupContext
from kafkalite.coordinators.group.group import CONSUMER
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
from kafkalite.coordinators.group.turn import Turn
from kafkalite.model.steps import finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.offset_commit_value import OffsetCommitValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.coordinators.group.config import GroupCoordinatorConfig
    from kafkalite.coordinators.group.consumer.operations import ConsumerOperations
    from kafkalite.coordinators.group.context import Caller
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
GROUP_METADATA = 2
OF_CONSUMER_GROUPS = frozenset((3, 4, 5, 6, 7, 8, 16))
"""The types of records that only consumer groups have."""

NO_PRODUCER = -1
EXPIRATION_TIMER = "expiration"
DELETED_TOPICS_TIMER = "deleted-topics"


class GroupShard:
    """The groups and offsets of one partition. Every operation raises ApiError for what is refused as a whole.

    Args:
        image: returns the cluster's metadata as it is now.
        live_properties: returns the broker's properties as they are now; None for Kafka's defaults.
    """

    __slots__ = ("_consumer", "_live_properties", "_replayers", "context")

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
        self._live_properties = live_properties
        self._consumer: ConsumerOperations | None = None
        self._replayers: dict[int, Callable[..., None]] = {
            LEGACY_OFFSET_COMMIT: self._replay_legacy_offset,
            OFFSET_COMMIT: self._replay_offset,
            GROUP_METADATA: self._replay_classic_group,
        }

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
        """Apply one record; types of groups that are not served are left alone."""
        replayer = self._replayers.get(record_type)
        if replayer is not None:
            replayer(key, value, offset, producer_id)
        elif record_type in OF_CONSUMER_GROUPS:
            self.consumer.replay(record_type, key, value)

    def replay_end_transaction_marker(self, producer_id: int, producer_epoch: int, is_commit: bool) -> None:
        """Decide a producer's pending offsets."""
        self.context.offsets.end_transaction(producer_id, is_commit)

    def on_loaded(self) -> None:
        """Begin all sessions anew, and look after expiry from now on."""
        context = self.context
        context.is_live = True
        for group in list(context.groups.values()):
            if isinstance(group, ClassicGroup):
                for member in group.members.values():
                    keep_session(context, group, member)
                if len(group.members) > context.config.max_size:
                    prepare_rebalance(context, group, Turn())  # the limit is new: who joins first stays
        if self._consumer is not None:
            self._consumer.start_timers()
        self._schedule_expiration()
        if not context.offsets.is_empty:
            context.timers.schedule(DELETED_TOPICS_TIMER, 0, lambda: remove_of_unknown_topics(context))

    def on_unloaded(self) -> Replies:
        """Return NOT_COORDINATOR for all who wait."""
        return [reply for group in self.context.groups.values() for reply in group.waiting_replies()]

    @property
    def consumer(self) -> ConsumerOperations:
        """What is done with consumer groups; loaded when the first of them is met."""
        if self._consumer is None:
            from kafkalite.cluster.configs.broker import BrokerConfigs
            from kafkalite.coordinators.group.consumer.operations import ConsumerOperations

            self._consumer = ConsumerOperations(self.context, self._live_properties or (lambda: BrokerConfigs({})))
        return self._consumer

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

    def _replay_classic_group(self, key: Any, value: Any, offset: int, producer_id: int) -> None:
        """Take over a generation. A live group is what the record says already, but for the assignments."""
        groups = self.context.groups
        if value is None:
            groups.pop(key.group, None)
            return
        group = groups.get(key.group)
        if not self.context.is_live or not isinstance(group, ClassicGroup):
            groups[key.group] = ClassicGroup.from_record(key.group, value)
            return
        group.recorded = value
        if group.state == COMPLETING_REBALANCE and value.members and value.generation == group.generation_id:
            group.apply_assignment(value, self.context.clock.now_ms())

    # ---- membership ------------------------------------------------------------------------------------------------

    def join_group(self, caller: Caller, request: JoinGroupRequest, reply: Reply) -> Result[Any]:
        """Let a member into a group; `reply` is kept where it has to wait."""
        group = self.context.groups.get(request.group_id)
        if group is None or isinstance(group, ClassicGroup):
            return join_classic_group(self.context, caller, request, reply)
        if group.group_type == CONSUMER:
            return self.consumer.join(group, caller, request, reply)
        raise ApiError(errors.INCONSISTENT_GROUP_PROTOCOL)

    def sync_group(self, caller: Caller, request: SyncGroupRequest, reply: Reply) -> Result[Any]:
        """Take the leader's assignment or give a member its own; `reply` is kept where it has to wait."""
        group = self.context.groups.get(request.group_id)
        if isinstance(group, ClassicGroup):
            return sync_classic_group(self.context, group, request, reply)
        if group is not None and not group.is_empty and group.group_type == CONSUMER:
            return self.consumer.sync(group, request)
        raise ApiError(errors.UNKNOWN_MEMBER_ID)

    def heartbeat(self, caller: Caller, request: HeartbeatRequest) -> Result[HeartbeatResponse]:
        """Keep a member's session."""
        group = self.context.groups.get(request.group_id)
        if isinstance(group, ClassicGroup):
            return heartbeat_of_classic_member(self.context, group, request)
        if group is not None and group.group_type == CONSUMER:
            return self.consumer.heartbeat_of_classic_member(group, request)
        raise ApiError(errors.UNKNOWN_MEMBER_ID)

    def leave_group(self, caller: Caller, request: LeaveGroupRequest) -> Result[Any]:
        """Remove members; before version 3 the caller has made the one member id a list of members."""
        group = self.context.groups.get(request.group_id)
        if isinstance(group, ClassicGroup):
            return leave_classic_group(self.context, group, request)
        if group is not None and group.group_type == CONSUMER:
            return self.consumer.leave(group, request)
        raise ApiError(errors.UNKNOWN_MEMBER_ID)

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
