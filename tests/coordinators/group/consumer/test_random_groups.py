"""Members of both protocols that do anything in any order, with topics that change and restarts in between.

Whatever happens: no partition is held by two members, nobody reads what it does not hold, and the log tells the state.
Members that go on obediently all come to rest, with every partition of every topic read by one of them.
"""

from __future__ import annotations

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.protocol import errors
from tests.coordinators.group.consumer.conversation import ConsumerConversation, topic_id
from tests.coordinators.group.conversation import GROUP

MEMBER_IDS = ["m1", "m2", "m3", "m4"]
STATIC_IDS = {"m3": "i3", "m4": "i3"}
"""Two members that take turns under one instance id."""
TOPICS = ["a", "b", "c"]
ACCEPTABLE = {
    errors.NONE,
    errors.UNKNOWN_MEMBER_ID,
    errors.FENCED_MEMBER_EPOCH,
    errors.FENCED_INSTANCE_ID,
    errors.UNRELEASED_INSTANCE_ID,
    errors.GROUP_ID_NOT_FOUND,
}

Pairs = set[tuple[str, int]]


class RandomGroup(RuleBasedStateMachine):
    """One group and the members that talk to it."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = ConsumerConversation({"a": 3, "b": 2}, {"group.consumer.session.timeout.ms": "45000"})
        self.epochs: dict[str, int] = {}
        self.reads: dict[str, Pairs] = {}

    @initialize()
    def begin(self) -> None:
        self.talk.let_in("m1", ["a"])
        self.epochs["m1"] = 2
        self.reads["m1"] = {("a", partition) for partition in range(3)}

    # ---- what members do -------------------------------------------------------------------------------------------

    def _send(self, member_id: str, epoch: int, topics: list[str] | None, *, tells: bool, regex: str | None) -> None:
        owned: dict[str, list[int]] = {}
        for topic, partition in sorted(self.reads.get(member_id, set())) if epoch else ():
            owned.setdefault(topic, []).append(partition)
        is_joining = epoch == 0
        if is_joining:
            self.reads[member_id] = set()
        beat = self.talk.beat(
            member_id,
            epoch,
            topics,
            regex=regex,
            owned=owned if tells or is_joining else None,
            instance_id=STATIC_IDS.get(member_id),
            rebalance_timeout_ms=60_000 if is_joining else -1,
        )
        assert beat.error in ACCEPTABLE
        if beat.error != errors.NONE:
            self.epochs.pop(member_id, None)
            self.reads.pop(member_id, None)
            return
        self.epochs[member_id] = beat.epoch
        self.reads.setdefault(member_id, set())
        if beat.assigned is not None:
            told = {(topic, partition) for topic, partitions in beat.assigned.items() for partition in partitions}
            self.reads[member_id] = told

    @rule(member_id=st.sampled_from(MEMBER_IDS), topics=st.lists(st.sampled_from(TOPICS), unique=True))
    def join(self, member_id: str, topics: list[str]) -> None:
        """A new member joins, or one that was fenced joins again."""
        self._send(member_id, 0, topics, tells=True, regex=None)

    @rule(member_id=st.sampled_from(MEMBER_IDS), regex=st.sampled_from(["[ab]", "c", "a"]))
    def join_by_regex(self, member_id: str, regex: str) -> None:
        """The same with a regular expression."""
        self._send(member_id, 0, [], tells=True, regex=regex)

    @precondition(lambda self: self.epochs)
    @rule(data=st.data(), tells=st.booleans())
    def go_on(self, data: st.DataObject, tells: bool) -> None:
        """A member is heard of, and says what it reads, or not."""
        member_id = data.draw(st.sampled_from(sorted(self.epochs)))
        self._send(member_id, self.epochs[member_id], None, tells=tells, regex=None)

    @precondition(lambda self: self.epochs)
    @rule(data=st.data(), topics=st.lists(st.sampled_from(TOPICS), unique=True))
    def change(self, data: st.DataObject, topics: list[str]) -> None:
        """A member wants other topics."""
        member_id = data.draw(st.sampled_from(sorted(self.epochs)))
        self._send(member_id, self.epochs[member_id], topics, tells=True, regex="")

    @precondition(lambda self: self.epochs)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """A member goes, a static one for a while."""
        member_id = data.draw(st.sampled_from(sorted(self.epochs)))
        instance_id = STATIC_IDS.get(member_id)
        self.talk.beat(member_id, -1 if instance_id is None else -2, instance_id=instance_id)
        del self.epochs[member_id]
        self.reads.pop(member_id, None)

    # ---- what happens to them --------------------------------------------------------------------------------------

    @rule(counts=st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 4), min_size=1))
    def change_topics(self, counts: dict[str, int]) -> None:
        """Topics come, grow and go."""
        self.talk.put_topics(**counts)

    @rule(duration_ms=st.sampled_from([0, 3_000, 20_000]))
    def pass_time(self, duration_ms: int) -> None:
        """Time passes; who was not heard of for long is gone, and does not read any more."""
        self.talk.pass_time(duration_ms)
        group = self.talk.shard.context.groups.get(GROUP)
        for member_id in list(self.epochs):
            if not isinstance(group, ConsumerGroup) or member_id not in group.members:
                self.reads.pop(member_id, None)

    @rule()
    def restart(self) -> None:
        """The coordinator starts again from its log."""
        self.talk.restart()

    @rule(member_id=st.sampled_from(MEMBER_IDS))
    def fail_to_store(self, member_id: str) -> None:
        """The disk refuses a member that joins."""
        assume(member_id not in STATIC_IDS)
        self.talk.log.fail_next_appends = 1
        beat = self.talk.enter(member_id, ["a", "b"])
        self.talk.log.fail_next_appends = 0
        assert beat.error in {errors.NONE, errors.NOT_COORDINATOR}
        self.epochs.pop(member_id, None)
        self.reads.pop(member_id, None)

    # ---- what always holds -----------------------------------------------------------------------------------------

    @invariant()
    def no_partition_is_in_two_hands(self) -> None:
        group = self.talk.shard.context.groups.get(GROUP)
        if not isinstance(group, ConsumerGroup):
            return
        holders: dict[tuple[bytes, int], str] = {}
        for member_id, member in group.members.items():
            for part in (member.assigned_partitions, member.partitions_pending_revocation):
                for one, partitions in part.items():
                    for partition in partitions:
                        assert holders.setdefault((one, partition), member_id) == member_id
        assert group.held_partitions().keys() == holders.keys()
        reading = [pair for pairs in self.reads.values() for pair in pairs]
        assert len(reading) == len(set(reading)), self.reads

    @invariant()
    def the_log_tells_the_state(self) -> None:
        self.talk.check_replay()

    def teardown(self) -> None:
        """Let everybody go on obediently: they come to rest, and all they are subscribed to is read."""
        self.talk.put_topics(a=3, b=2)
        for _ in range(12):
            for member_id in sorted(self.epochs):
                if member_id in self.epochs:
                    self._send(member_id, self.epochs[member_id], None, tells=True, regex=None)
            self.talk.pass_time(2_000)
        if not self.epochs:
            return
        group = self.talk.consumer_group()
        waiting = [one for one in group.members.values() if one.member_id not in self.epochs]
        if not waiting:
            assert group.state_name == "Stable"
            names = {name for one in group.members.values() for name in one.subscribed_topic_names}
            names |= {name for one in group.resolved.values() for name in one.topics}
            expected = {
                (name, partition) for name, count in (("a", 3), ("b", 2)) if name in names for partition in range(count)
            }
            assert {pair for pairs in self.reads.values() for pair in pairs} == expected
            assert {one for one, _ in group.held_partitions()} <= {topic_id(name) for name in TOPICS}


TestRandomGroup = RandomGroup.TestCase
TestRandomGroup.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
