"""Conversations with one shard of the group coordinator: members that ask, time that passes, a log to start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kafkalite.cluster.image import EMPTY_IMAGE, MetadataImage, PartitionImage, TopicImage, TopicsImage
from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.states import EMPTY, STABLE
from kafkalite.coordinators.group.config import GroupCoordinatorConfig
from kafkalite.coordinators.group.context import Caller
from kafkalite.coordinators.group.group_shard import GroupShard
from kafkalite.coordinators.runtime.record import decode
from kafkalite.coordinators.runtime.result import PENDING, Result
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.coordinators.runtime.shard_timers import ShardTimers
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from kafkalite.protocol.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequestGroup, OffsetFetchRequestTopics
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_clock import SimulatedClock
from tests.coordinators.memory_log import MemoryCoordinatorLog

TOPIC = "__consumer_offsets"
GROUP = "g"
SESSION_MS = 10_000
REBALANCE_MS = 60_000

DEFAULTS = {
    "group.min.session.timeout.ms": 6_000,
    "group.max.session.timeout.ms": 1_800_000,
    "group.max.size": 2**31 - 1,
    "group.initial.rebalance.delay.ms": 0,
    "offset.metadata.max.bytes": 4096,
    "offsets.retention.minutes": 10_080,
    "offsets.retention.check.interval.ms": 600_000,
}


class FixedProperties:
    """Properties by name, Kafka's names with underscores for dots given as keywords."""

    def __init__(self, **changes: int) -> None:
        self._values = {**DEFAULTS, **{name.replace("_", "."): value for name, value in changes.items()}}

    def get_int(self, name: str) -> int:
        """Return a value."""
        return int(self._values[name])


def subscription(*topics: str) -> bytes:
    """Return what a consumer of the topics says of itself, in version 0."""
    body = b"".join(len(topic.encode()).to_bytes(2) + topic.encode() for topic in topics)
    return b"\0\0" + len(topics).to_bytes(4) + body + b"\xff\xff\xff\xff"


class Call:
    """One request and what came of it.

    Attributes:
        response: the answer, None while it is waited for.
        refusal: the error that was raised instead, NONE without one.
    """

    def __init__(self) -> None:
        self.response: Any = None
        self.refusal = errors.NONE

    def complete(self, response: Any) -> None:
        """Take a late answer."""
        assert self.response is None and self.refusal == errors.NONE, "a request is answered once"
        self.response = response

    @property
    def is_waiting(self) -> bool:
        """Whether there is no answer yet."""
        return self.response is None and self.refusal == errors.NONE

    @property
    def error(self) -> int:
        """The error code of the answer."""
        assert not self.is_waiting, "there is no answer yet"
        return self.refusal or int(self.response.error_code)

    @property
    def member_id(self) -> str:
        """The member id in the answer to a JoinGroup."""
        return str(self.response.member_id)

    @property
    def generation(self) -> int:
        """The generation in the answer to a JoinGroup."""
        return int(self.response.generation_id)


class Conversation:
    """A shard over a log in memory, its clock, and who talks to it.

    Args:
        properties: broker properties with underscores for dots.
    """

    def __init__(self, **properties: int) -> None:
        self.clock = SimulatedClock()
        self.entropy = SeededEntropy(1)
        self.log = MemoryCoordinatorLog()
        self.image: MetadataImage = EMPTY_IMAGE
        self.config = GroupCoordinatorConfig(FixedProperties(**properties))
        self.runtime = self.new_runtime(self.clock)

    def new_runtime(self, clock: SimulatedClock) -> ShardRuntime[GroupShard]:
        """Return a runtime over the same log, not loaded."""

        def factory(timers: ShardTimers) -> GroupShard:
            return GroupShard(self.config, timers, clock, self.entropy, lambda: self.image)

        return ShardRuntime(TOPIC, 0, factory, self.log, clock, clock.timers)

    def restart(self) -> None:
        """Give the shard up without a word and load it again."""
        self.runtime.unload()
        self.runtime.load()

    @property
    def shard(self) -> GroupShard:
        """The shard as it stands."""
        return self.runtime.load()

    def group(self, group_id: str = GROUP) -> ClassicGroup:
        """Return a classic group."""
        group = self.shard.context.groups[group_id]
        assert isinstance(group, ClassicGroup)
        return group

    @property
    def state(self) -> str:
        """The state of the group "g"."""
        return self.group().state

    def pass_time(self, duration_ms: int) -> None:
        """Let time pass, and what is due happen."""
        self.clock.advance(duration_ms)

    # ---- requests ----------------------------------------------------------------------------------------------------

    def ask(self, operation: Callable[[GroupShard, Call], Result[Any]]) -> Call:
        """Run an operation; its answer may come later."""
        call = Call()
        try:
            response = self.runtime.run(lambda shard: operation(shard, call))
        except ApiError as error:
            call.refusal = error.error_code
            return call
        if response is not PENDING:
            call.complete(response)
        return call

    def join(
        self,
        member_id: str = "",
        *,
        group_id: str = GROUP,
        instance_id: str | None = None,
        protocols: dict[str, bytes] | None = None,
        protocol_type: str = "consumer",
        session_timeout_ms: int = SESSION_MS,
        rebalance_timeout_ms: int = REBALANCE_MS,
        version: int = 9,
        client_id: str = "client",
    ) -> Call:
        """JoinGroup."""
        known = {"range": subscription("topic")} if protocols is None else protocols
        request = JoinGroupRequest(
            group_id=group_id,
            session_timeout_ms=session_timeout_ms,
            rebalance_timeout_ms=rebalance_timeout_ms,
            member_id=member_id,
            group_instance_id=instance_id,
            protocol_type=protocol_type,
            protocols=[JoinGroupRequestProtocol(name=name, metadata=data) for name, data in known.items()],
        )
        caller = Caller(client_id, "/127.0.0.1", version)
        return self.ask(lambda shard, call: shard.join_group(caller, request, call))

    def join_new(self, **options: Any) -> Call:
        """Join as a new member: get a member id, and join with it."""
        first = self.join(**options)
        assert first.error == errors.MEMBER_ID_REQUIRED
        return self.join(first.member_id, **options)

    def sync(
        self,
        member_id: str,
        generation: int,
        assignments: dict[str, bytes] | None = None,
        *,
        group_id: str = GROUP,
        instance_id: str | None = None,
        protocol_type: str | None = "consumer",
        protocol_name: str | None = "range",
    ) -> Call:
        """SyncGroup; with `assignments` as the leader does."""
        request = SyncGroupRequest(
            group_id=group_id,
            generation_id=generation,
            member_id=member_id,
            group_instance_id=instance_id,
            protocol_type=protocol_type,
            protocol_name=protocol_name,
            assignments=[
                SyncGroupRequestAssignment(member_id=one, assignment=data) for one, data in (assignments or {}).items()
            ],
        )
        caller = Caller("client", "/127.0.0.1", 5)
        return self.ask(lambda shard, call: shard.sync_group(caller, request, call))

    def heartbeat(
        self, member_id: str, generation: int, *, instance_id: str | None = None, group_id: str = GROUP
    ) -> int:
        """Heartbeat; returns the error code."""
        request = HeartbeatRequest(
            group_id=group_id, generation_id=generation, member_id=member_id, group_instance_id=instance_id
        )
        return self.ask(lambda shard, call: shard.heartbeat(Caller("client", "/127.0.0.1", 4), request)).error

    def leave(self, *members: str | tuple[str, str | None], group_id: str = GROUP) -> list[int] | int:
        """LeaveGroup; returns the error code of each member, or the one of the whole where that failed."""
        pairs = [(member, None) if isinstance(member, str) else member for member in members]
        identities = [MemberIdentity(member_id=one, group_instance_id=instance) for one, instance in pairs]
        request = LeaveGroupRequest(group_id=group_id, members=identities)
        call = self.ask(lambda shard, call: shard.leave_group(Caller("client", "/127.0.0.1", 5), request))
        if call.refusal or call.response.error_code:
            return call.error
        return [member.error_code for member in call.response.members]

    def commit(
        self,
        offsets: dict[str, dict[int, int]],
        *,
        member_id: str = "",
        generation: int = -1,
        group_id: str = GROUP,
        instance_id: str | None = None,
        metadata: str | None = "",
        retention_time_ms: int = -1,
        timestamp_ms: int = -1,
        version: int = 9,
    ) -> int | dict[tuple[str, int], int]:
        """OffsetCommit; returns the error code of each partition, or the one of the whole where that failed."""
        request = OffsetCommitRequest(
            group_id=group_id,
            generation_id_or_member_epoch=generation,
            member_id=member_id,
            group_instance_id=instance_id,
            retention_time_ms=retention_time_ms,
            topics=[
                OffsetCommitRequestTopic(
                    name=topic,
                    topic_id=self.topic_id(topic),
                    partitions=[
                        OffsetCommitRequestPartition(
                            partition_index=partition,
                            committed_offset=offset,
                            committed_metadata=metadata,
                            commit_timestamp=timestamp_ms,
                        )
                        for partition, offset in partitions.items()
                    ],
                )
                for topic, partitions in offsets.items()
            ],
        )
        caller = Caller("client", "/127.0.0.1", version)
        call = self.ask(lambda shard, call: shard.commit_offsets(caller, request))
        if call.refusal:
            return call.refusal
        return {
            (topic.name, partition.partition_index): partition.error_code
            for topic in call.response.topics
            for partition in topic.partitions
        }

    def fetch(
        self,
        wanted: dict[str, list[int]] | None = None,
        *,
        group_id: str = GROUP,
        is_stable_required: bool = False,
        topic_ids: dict[str, bytes] | None = None,
    ) -> dict[tuple[str, int], int]:
        """OffsetFetch; returns the offset of each partition, or its error code as a negative number below -1."""
        topics = None
        if wanted is not None:
            topics = [
                OffsetFetchRequestTopics(
                    name=name, topic_id=(topic_ids or {}).get(name, bytes(16)), partition_indexes=one
                )
                for name, one in wanted.items()
            ]
        request = OffsetFetchRequestGroup(group_id=group_id, topics=topics)
        response = self.runtime.read(lambda shard: shard.fetch_offsets(request, is_stable_required=is_stable_required))
        assert response.error_code == errors.NONE
        return {
            (topic.name, one.partition_index): -one.error_code if one.error_code else one.committed_offset
            for topic in response.topics
            for one in topic.partitions
        }

    # ---- metadata ----------------------------------------------------------------------------------------------------

    def topic_id(self, name: str) -> bytes:
        """Return a topic's id, zero where there is no such topic."""
        topic = self.image.topics.by_name.get(name)
        return bytes(16) if topic is None else topic.topic_id

    def set_topics(self, **topics: bytes) -> None:
        """Let there be these topics, with these ids, and no others."""
        partition = PartitionImage((1,), (1,), 1, 0, 0)
        images = {name: TopicImage(name, topic_id, (partition,) * 3) for name, topic_id in topics.items()}
        by_id = {image.topic_id: image for image in images.values()}
        self.image = self.image._replace(topics=TopicsImage(images, by_id, {}))

    # ---- stories -----------------------------------------------------------------------------------------------------

    def make_stable(self, count: int = 1, **options: Any) -> tuple[list[str], int]:
        """Let a group of `count` members come to a stable generation; return their ids, the leader first, and it."""
        calls = [self.join_new(**options)]
        for _ in range(count - 1):
            members = [call.member_id for call in calls]
            new = self.join_new(**options)
            calls = [*(self.join(member_id, **options) for member_id in members), new]
        generation = calls[0].generation
        members = [call.member_id for call in calls]
        leader = calls[0].response.leader
        members.sort(key=lambda member_id: member_id != leader)
        chosen = {"protocol_type": self.group().protocol_type, "protocol_name": self.group().protocol_name}
        waiting = [self.sync(member_id, generation, **chosen) for member_id in members[1:]]
        told = self.sync(leader, generation, {member_id: member_id.encode() for member_id in members}, **chosen)
        assert [call.error for call in (told, *waiting)] == [errors.NONE] * count
        return members, generation

    # ---- the log -----------------------------------------------------------------------------------------------------

    def recorded(self) -> list[tuple[Any, Any]]:
        """Return (key, value) of every record in the log."""
        decoded = [decode(TOPIC, record.key, record.value) for record in self.log.records()]
        return [(one.key, one.value) for one in decoded if one is not None]

    def check_replay(self) -> None:
        """Fail unless a fresh start makes of the log what the shard is now."""
        self.log.is_readable = True
        clock = SimulatedClock(self.clock.now_ms())
        fresh = self.new_runtime(clock).load()
        live = self.shard
        assert fresh.context.offsets.state() == live.context.offsets.state()
        assert recorded_groups(fresh) == recorded_groups(live)
        for group_id, group in live.context.groups.items():
            if isinstance(group, ClassicGroup) and is_settled(group) and group.recorded is not None:
                again = fresh.context.groups[group_id]
                assert isinstance(again, ClassicGroup)
                assert settled_state(again) == settled_state(group)


def recorded_groups(shard: GroupShard) -> dict[str, Any]:
    """Return each classic group with the last record of it."""
    groups = shard.context.groups.items()
    return {group_id: group.recorded for group_id, group in groups if isinstance(group, ClassicGroup)}


def is_settled(group: ClassicGroup) -> bool:
    """Whether the group is in a state that the log knows."""
    return group.state in (EMPTY, STABLE)


def settled_state(group: ClassicGroup) -> Any:
    """Return all of a settled group that must be the same after a restart."""
    members = {
        member.member_id: (
            member.instance_id,
            member.client_id,
            member.client_host,
            member.session_timeout_ms,
            member.rebalance_timeout_ms,
            member.metadata_for(group.protocol_name or ""),
            member.assignment,
        )
        for member in group.members.values()
    }
    return (
        group.state,
        group.generation_id,
        group.protocol_type,
        group.protocol_name,
        group.leader_id,
        group.subscribed_topics,
        group.static_members,
        members,
    )
