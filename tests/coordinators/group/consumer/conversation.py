"""Conversations with consumer groups: heartbeats, time that passes, topics that change, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.image import BrokerImage, BrokersImage, ConfigsImage, PartitionImage, TopicImage, TopicsImage
from kafkalite.cluster.resource_types import GROUP as GROUP_RESOURCE
from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.member import ConsumerMember
from kafkalite.coordinators.group.context import Caller
from kafkalite.coordinators.group.group_shard import GroupShard
from kafkalite.coordinators.runtime.result import Result
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.coordinators.runtime.shard_timers import ShardTimers
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest, TopicPartitions
from kafkalite.system.clock import Clock
from kafkalite.testing.simulated_clock import SimulatedClock
from tests.coordinators.group.conversation import GROUP, TOPIC, Call, Conversation

CLIENT_ID = "reader"
CLIENT_HOST = "/10.0.0.1"
SESSION_MS = 45_000
REBALANCE_MS = 60_000

Held = Mapping[str, Sequence[int]]


def topic_id(name: str) -> bytes:
    """Return the id that the topic of that name has in these tests."""
    return name.encode().ljust(16, b".")[:16]


class Beat:
    """One heartbeat and what came of it.

    Attributes:
        records: what it recorded, told as by `told`.
        error: the error code, NONE where it was accepted.
    """

    def __init__(self, call: Call, records: list[tuple[Any, ...]]) -> None:
        self.records = records
        self.error = call.refusal if call.refusal else call.response.error_code
        self.response = call.response

    @property
    def epoch(self) -> int:
        """The member's epoch."""
        return int(self.response.member_epoch)

    @property
    def assigned(self) -> dict[str, list[int]] | None:
        """What the member is told to read, None where it is told nothing."""
        if self.response.assignment is None:
            return None
        return {name_of(one.topic_id): one.partitions for one in self.response.assignment.topic_partitions}


def name_of(given_id: bytes) -> str:
    """Return the name of the topic with that id."""
    return given_id.rstrip(b".").decode()


class ConsumerConversation(Conversation):
    """A shard, the topics there are, and the members that talk to it.

    Args:
        topics: partition count by name.
        properties: of the broker, with Kafka's names.
    """

    def __init__(self, topics: Mapping[str, int] | None = None, properties: Mapping[str, str] | None = None) -> None:
        # Without an interval every change makes new targets at once, as most stories want it.
        self.properties = BrokerConfigs({"group.consumer.assignment.interval.ms": "0", **(properties or {})})
        self.last_message: str | None = None
        super().__init__()
        self.put_topics(**(topics or {}))

    def new_runtime(self, clock: SimulatedClock) -> ShardRuntime[GroupShard]:
        """Return a runtime over the same log, not loaded."""

        def factory(timers: ShardTimers) -> GroupShard:
            shard_clock: Clock = clock
            return GroupShard(
                self.config, timers, shard_clock, self.entropy, lambda: self.image, lambda: self.properties
            )

        return ShardRuntime(TOPIC, 0, factory, self.log, clock, clock.timers)

    # ---- the cluster -----------------------------------------------------------------------------------------------

    def put_topics(self, **partition_counts: int) -> None:
        """Let there be these topics and no others."""
        known = self.image.topics.by_name
        images = {}
        for name, count in partition_counts.items():
            image = TopicImage(name, topic_id(name), (PartitionImage((1,), (1,), 1, 0, 0),) * count)
            images[name] = known[name] if name in known and len(known[name].partitions) == count else image
        topics = TopicsImage(images, {one.topic_id: one for one in images.values()}, {})
        self.image = self.image._replace(topics=topics, end_offset=self.image.end_offset + 1)

    def put_rack(self, rack: str) -> None:
        """Let the broker stand in a rack."""
        broker = BrokerImage(1, 0, bytes(16), (), rack, False, False, (), (), {})
        self.image = self.image._replace(brokers=BrokersImage({1: broker}))

    def configure_group(self, group_id: str = GROUP, **values: str) -> None:
        """Set a group's own configurations, with underscores for dots."""
        configs = {name.replace("_", "."): value for name, value in values.items()}
        self.image = self.image._replace(configs=ConfigsImage({(GROUP_RESOURCE, group_id): configs}))

    # ---- requests --------------------------------------------------------------------------------------------------

    def beat(
        self,
        member_id: str,
        epoch: int,
        topics: Sequence[str] | None = None,
        *,
        regex: str | None = None,
        owned: Held | None = None,
        instance_id: str | None = None,
        assignor: str | None = None,
        rack_id: str | None = None,
        rebalance_timeout_ms: int = -1,
        group_id: str = GROUP,
        version: int = 1,
    ) -> Beat:
        """ConsumerGroupHeartbeat with exactly these fields."""
        partitions = None
        if owned is not None:
            partitions = [TopicPartitions(topic_id=topic_id(name), partitions=list(one)) for name, one in owned.items()]
        request = ConsumerGroupHeartbeatRequest(
            group_id=group_id,
            member_id=member_id,
            member_epoch=epoch,
            instance_id=instance_id,
            rack_id=rack_id,
            rebalance_timeout_ms=rebalance_timeout_ms,
            subscribed_topic_names=None if topics is None else list(topics),
            subscribed_topic_regex=regex,
            server_assignor=assignor,
            topic_partitions=partitions,
        )
        caller = Caller(CLIENT_ID, CLIENT_HOST, version)
        before = len(self.recorded())
        call = self.ask(lambda shard, call: shard.consumer_group_heartbeat(caller, request))
        return Beat(call, self.told_since(before))

    def enter(self, member_id: str, topics: Sequence[str] | None = ("a",), **fields: Any) -> Beat:
        """Join the group with a first heartbeat."""
        given: dict[str, Any] = {"rebalance_timeout_ms": REBALANCE_MS, "owned": {}} | fields
        return self.beat(member_id, 0, None if "regex" in given and topics == ("a",) else topics, **given)

    def let_in(self, member_id: str, topics: Sequence[str] | None = ("a",), **fields: Any) -> int:
        """Join the group; return the member's epoch."""
        beat = self.enter(member_id, topics, **fields)
        assert beat.error == errors.NONE
        return beat.epoch

    def acknowledge(self, member_id: str, **fields: Any) -> Beat:
        """Heartbeat of a member that reads exactly what it has."""
        member = self.member(member_id)
        return self.beat(member_id, member.member_epoch, owned=held(member.assigned_partitions), **fields)

    def settle(self, *member_ids: str) -> None:
        """Let the members acknowledge until everybody has its target."""
        for _ in range(10):
            for member_id in member_ids:
                self.acknowledge(member_id)
            if self.consumer_group().state_name == "Stable":
                return
        raise AssertionError(f"the group does not settle: {self.consumer_group()!r}")

    def ask(self, operation: Callable[[GroupShard, Call], Result[Any]]) -> Call:
        """Run an operation, and keep the words of a refusal in `last_message`."""

        def run(shard: GroupShard, call: Call) -> Result[Any]:
            try:
                return operation(shard, call)
            except ApiError as error:
                self.last_message = error.error_message
                raise

        return super().ask(run)

    # ---- what is there ---------------------------------------------------------------------------------------------

    def consumer_group(self, group_id: str = GROUP) -> ConsumerGroup:
        """Return a consumer group."""
        group = self.shard.context.groups[group_id]
        assert isinstance(group, ConsumerGroup)
        return group

    def member(self, member_id: str, group_id: str = GROUP) -> ConsumerMember:
        """Return a member."""
        return self.consumer_group(group_id).members[member_id]

    def told_since(self, count: int) -> list[tuple[Any, ...]]:
        """Return the records after the first `count`, as `told` tells them."""
        return [told(key, value) for key, value in self.recorded()[count:]]

    def pass_time_and_tell(self, duration_ms: int) -> list[tuple[Any, ...]]:
        """Let time pass; return what that recorded."""
        before = len(self.recorded())
        self.pass_time(duration_ms)
        return self.told_since(before)

    def check_replay(self) -> None:
        """Fail unless a fresh start makes of the log what the shard is now."""
        super().check_replay()
        fresh = self.new_runtime(SimulatedClock(self.clock.now_ms())).load()
        live = self.shard
        assert fresh.context.groups.keys() == live.context.groups.keys()
        for group_id, group in live.context.groups.items():
            if isinstance(group, ConsumerGroup):
                again = fresh.context.groups[group_id]
                assert isinstance(again, ConsumerGroup)
                assert hard_state(again) == hard_state(group)


def hard_state(group: ConsumerGroup) -> dict[str, Any]:
    """Return all of a group that the log must tell."""
    state = {name: value for name, value in vars(group).items() if name != "checked_topics"}
    return {**state, "state": group.state_name}


def held(partitions: Mapping[bytes, Mapping[int, int]]) -> dict[str, list[int]]:
    """Return partitions by the names of their topics."""
    return {name_of(one): sorted(numbers) for one, numbers in partitions.items()}


def told(key: Any, value: Any) -> tuple[Any, ...]:
    """Return a record in few words; "no ..." is a tombstone."""
    kind = KINDS[type(key).__name__]
    subject = [getattr(key, name) for name in ("member_id", "regular_expression") if hasattr(key, name)]
    if value is None:
        return (f"no {kind}", *subject)
    return (kind, *subject, *DETAILS[kind](value))


def _topics(pairs: Any) -> dict[str, list[int]]:
    return {name_of(one.topic_id): list(one.partitions) for one in pairs}


def _topics_with_epochs(pairs: Any) -> dict[str, dict[int, int]]:
    return {name_of(one.topic_id): dict(zip(one.partitions, one.assignment_epochs, strict=True)) for one in pairs}


KINDS = {
    "ConsumerGroupMetadataKey": "epoch",
    "ConsumerGroupPartitionMetadataKey": "topics",
    "ConsumerGroupMemberMetadataKey": "member",
    "ConsumerGroupTargetAssignmentMetadataKey": "target epoch",
    "ConsumerGroupTargetAssignmentMemberKey": "target",
    "ConsumerGroupCurrentMemberAssignmentKey": "current",
    "ConsumerGroupRegularExpressionKey": "regex",
    "GroupMetadataKey": "classic group",
    "OffsetCommitKey": "offset",
}
DETAILS: dict[str, Any] = {
    "epoch": lambda value: (value.epoch,),
    "topics": lambda value: (),
    "member": lambda value: (),
    "target epoch": lambda value: (value.assignment_epoch,),
    "target": lambda value: (_topics(value.topic_partitions),),
    "current": lambda value: (
        value.member_epoch,
        value.state,
        _topics_with_epochs(value.assigned_partitions),
        _topics_with_epochs(value.partitions_pending_revocation),
    ),
    "regex": lambda value: (value.topics,),
    "classic group": lambda value: (value.generation, len(value.members)),
    "offset": lambda value: (value.offset,),
}
