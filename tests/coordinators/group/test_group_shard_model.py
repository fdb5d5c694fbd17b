"""Clients that behave as consumers do, in any order and with any mishap, against a naive model of what they may expect.

The model: a partition is consumed by at most one member of a generation that was assigned; committed offsets are what
was last committed; whoever goes on asking is a member of one stable generation in the end.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.states import STABLE
from kafkalite.protocol import errors
from tests.coordinators.group.conversation import GROUP, SESSION_MS, Call, Conversation

ACTOR_COUNT = 3
PARTITIONS = range(4)
AGAIN = (errors.NOT_COORDINATOR, errors.REBALANCE_IN_PROGRESS, errors.COORDINATOR_NOT_AVAILABLE)
LOST = (errors.UNKNOWN_MEMBER_ID, errors.ILLEGAL_GENERATION, errors.FENCED_INSTANCE_ID)

actors = st.integers(0, ACTOR_COUNT - 1)


class Consumer:
    """One client: what it knows of itself, and the request that it waits for."""

    def __init__(self, talk: Conversation, instance_id: str | None) -> None:
        self.talk = talk
        self.instance_id = instance_id
        self.member_id = ""
        self.generation = -1
        self.assignment: frozenset[int] | None = None
        self.joining: Call | None = None
        self.syncing: Call | None = None

    def lose(self, *, is_member_lost: bool) -> None:
        """Have no generation any more; perhaps no member id either."""
        self.generation, self.assignment = -1, None
        self.joining = self.syncing = None
        if is_member_lost:
            self.member_id = ""

    def step(self) -> None:
        """Do the next thing that a consumer does: read an answer, or send the request that is due."""
        if self.joining is not None:
            self._read_join(self.joining)
        elif self.syncing is not None:
            self._read_sync(self.syncing)
        elif self.assignment is None:
            self.joining = self.talk.join(self.member_id, instance_id=self.instance_id)
        else:
            self.hear(self.talk.heartbeat(self.member_id, self.generation, instance_id=self.instance_id))

    def hear(self, error: int) -> None:
        """Act on the error code of a heartbeat or a commit."""
        if error in AGAIN:
            self.lose(is_member_lost=False)
        elif error in LOST:
            self.lose(is_member_lost=error != errors.ILLEGAL_GENERATION)
        else:
            assert error == errors.NONE, errors.NAMES[error]

    def _read_join(self, call: Call) -> None:
        if call.is_waiting:
            return
        self.joining = None
        if call.error == errors.MEMBER_ID_REQUIRED:
            self.member_id = call.member_id
            return
        if call.error != errors.NONE:
            self.hear(call.error)
            return
        response = call.response
        self.member_id, self.generation = response.member_id, response.generation_id
        assignments: dict[str, bytes] = {}
        if response.leader == self.member_id and not response.skip_assignment:
            ids = [member.member_id for member in response.members]
            assignments = {one: bytes(p for p in PARTITIONS if p % len(ids) == i) for i, one in enumerate(ids)}
        self.syncing = self.talk.sync(self.member_id, self.generation, assignments, instance_id=self.instance_id)

    def _read_sync(self, call: Call) -> None:
        if call.is_waiting:
            return
        self.syncing = None
        if call.error != errors.NONE:
            self.hear(call.error)
        else:
            self.assignment = frozenset(call.response.assignment)


class ConsumersOfOneGroup(RuleBasedStateMachine):
    """Consumers, two of them dynamic and one static, a broker that restarts, and a disk that fails."""

    @initialize(delay_ms=st.sampled_from([0, 3000]))
    def begin(self, delay_ms: int) -> None:
        """Nobody is there yet."""
        self.talk = Conversation(group_initial_rebalance_delay_ms=delay_ms)
        self.talk.set_topics(t=b"t" * 16)
        self.consumers = [Consumer(self.talk, "i" if index == 2 else None) for index in range(ACTOR_COUNT)]
        self.offsets: dict[tuple[str, int], int] = {}
        self.pending: dict[int, int] = {}

    @rule(index=actors, count=st.integers(1, 4))
    def step(self, index: int, count: int) -> None:
        """A consumer goes on."""
        for _ in range(count):
            self.consumers[index].step()

    @rule(index=actors, partition=st.sampled_from(PARTITIONS), offset=st.integers(0, 1000))
    def commit(self, index: int, partition: int, offset: int) -> None:
        """A consumer commits, though it may not be one any more."""
        consumer = self.consumers[index]
        if consumer.assignment is None:
            return
        told = self.talk.commit(
            {"t": {partition: offset}},
            member_id=consumer.member_id,
            generation=consumer.generation,
            instance_id=consumer.instance_id,
        )
        if isinstance(told, int):
            consumer.hear(told)
            return
        assert told == {("t", partition): errors.NONE}
        assert self.group().generation_id == consumer.generation, "nobody commits for another generation"
        self.offsets["t", partition] = offset

    @rule(index=actors)
    def leave(self, index: int) -> None:
        """A consumer says good-bye, whatever it was doing."""
        consumer = self.consumers[index]
        if consumer.member_id:
            told = self.talk.leave((consumer.member_id, consumer.instance_id))
            assert isinstance(told, int) or told[0] in (errors.NONE, *LOST)
        consumer.lose(is_member_lost=True)

    @rule(index=actors)
    def crash(self, index: int) -> None:
        """A consumer is gone without a word, and another process begins in its place."""
        self.consumers[index] = Consumer(self.talk, self.consumers[index].instance_id)

    @rule(duration_ms=st.sampled_from([1, SESSION_MS // 2, SESSION_MS, 70_000]))
    def pass_time(self, duration_ms: int) -> None:
        """Nothing happens for a while."""
        self.talk.pass_time(duration_ms)

    @rule()
    def restart(self) -> None:
        """The broker starts again; those who waited lose their connection."""
        self.talk.restart()
        for consumer in self.consumers:
            if consumer.joining is not None or consumer.syncing is not None:
                consumer.lose(is_member_lost=False)

    @rule()
    def fail(self) -> None:
        """The disk refuses what is written next."""
        self.talk.log.fail_next_appends = 1

    @rule(producer_id=st.integers(1, 2), offset=st.integers(0, 1000))
    def commit_in_transaction(self, producer_id: int, offset: int) -> None:
        """A producer commits an offset of partition 0 with its transaction."""
        from tests.coordinators.group.offsets.test_commit import commit_transactional

        if commit_transactional(self.talk, producer_id=producer_id) == errors.NONE:
            self.pending[producer_id] = self.talk.log.end_offset - 1

    @rule(producer_id=st.integers(1, 2), is_commit=st.booleans())
    def end_transaction(self, producer_id: int, is_commit: bool) -> None:
        """A producer's transaction ends."""
        if producer_id in self.pending and not self.talk.log.fail_next_appends:
            before = self.talk.fetch({"t": [0]})
            self.talk.runtime.complete_transaction(producer_id, 0, is_commit, 0)
            del self.pending[producer_id]
            after = self.talk.fetch({"t": [0]})
            assert after == before or is_commit
            if after["t", 0] >= 0:
                self.offsets["t", 0] = after["t", 0]

    @invariant()
    def offsets_are_what_was_committed(self) -> None:
        """Nothing is lost and nothing made up."""
        if hasattr(self, "talk"):
            assert self.talk.fetch() == self.offsets

    @invariant()
    def no_partition_has_two_consumers(self) -> None:
        """Members of the generation that is assigned share nothing."""
        group = self.talk.shard.context.groups.get(GROUP) if hasattr(self, "talk") else None
        if not isinstance(group, ClassicGroup) or group.state != STABLE:
            return
        seen: set[int] = set()
        for consumer in self.consumers:
            is_current = consumer.generation == group.generation_id and consumer.member_id in group.members
            if is_current and consumer.assignment is not None:
                assert not seen & consumer.assignment
                seen |= consumer.assignment

    def group(self) -> ClassicGroup:
        """Return the group."""
        return self.talk.group()

    def teardown(self) -> None:
        """Whoever goes on comes to a stable group, and the log tells it."""
        if not hasattr(self, "talk"):
            return
        self.talk.log.fail_next_appends = 0
        for _ in range(200):
            for consumer in self.consumers:
                consumer.step()
            self.talk.pass_time(1000)
        group = self.group()
        assert (group.state, len(group.members)) == (STABLE, ACTOR_COUNT)
        assignments: list[Any] = [consumer.assignment for consumer in self.consumers]
        assert sorted(partition for one in assignments for partition in one) == list(PARTITIONS)
        self.talk.check_replay()


TestConsumersOfOneGroup = ConsumersOfOneGroup.TestCase
TestConsumersOfOneGroup.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
