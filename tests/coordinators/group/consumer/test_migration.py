"""Groups that change their protocol while they have members, as conversations."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.states import PREPARING_REBALANCE
from kafkalite.coordinators.group.consumer.consumer_protocol import read_assignment
from kafkalite.coordinators.group.consumer.member import STABLE, UNREVOKED_PARTITIONS
from kafkalite.protocol import errors
from kafkalite.protocol.messages.consumer_protocol_assignment import ConsumerProtocolAssignment, TopicPartition
from kafkalite.protocol.messages.consumer_protocol_subscription import (
    ConsumerProtocolSubscription,
)
from kafkalite.protocol.messages.consumer_protocol_subscription import (
    TopicPartition as OwnedPartitions,
)
from tests.coordinators.group.consumer.conftest import NewConsumerTalk
from tests.coordinators.group.consumer.conversation import ConsumerConversation, topic_id
from tests.coordinators.group.conversation import GROUP, SESSION_MS, Call

TARGETS = {"m1": {"a": [2, 3]}}


def consumer_of(*topics: str, owned: dict[str, list[int]] | None = None, version: int = 3) -> dict[str, bytes]:
    """Return the protocols of a classic consumer."""
    out = bytearray(version.to_bytes(2))
    pairs = [OwnedPartitions(topic=name, partitions=one) for name, one in (owned or {}).items()]
    subscription = ConsumerProtocolSubscription(topics=list(topics))
    subscription.owned_partitions = pairs
    subscription.write(out, version)
    return {"range": bytes(out)}


def assignment_of(user_data: bytes | None = None, version: int = 3, **partitions: list[int]) -> bytes:
    """Return the assignment of a classic consumer."""
    out = bytearray(version.to_bytes(2))
    pairs = [TopicPartition(topic=name, partitions=one) for name, one in partitions.items()]
    ConsumerProtocolAssignment(assigned_partitions=pairs, user_data=user_data).write(out, version)
    return bytes(out)


def read(call: Call) -> dict[str, list[int]]:
    """Return what a SyncGroup answer assigns."""
    return {one.topic: one.partitions for one in read_assignment(call.response.assignment).assigned_partitions}


def classic_group(talk: ConsumerConversation, **options: Any) -> tuple[str, int]:
    """Let one classic member have all of topic a; return its id and generation."""
    joined = talk.join_new(protocols=consumer_of("a"), **options)
    assert joined.error == errors.NONE
    told = talk.sync(joined.member_id, joined.generation, {joined.member_id: assignment_of(a=[0, 1, 2, 3])})
    assert told.error == errors.NONE
    return joined.member_id, joined.generation


def mixed_group(talk: ConsumerConversation) -> str:
    """Let a classic member and the member "new" of the consumer protocol share topic a; return the classic one's id."""
    member_id, generation = classic_group(talk)
    talk.let_in("new")
    assert talk.heartbeat(member_id, generation) == errors.REBALANCE_IN_PROGRESS
    revoking = talk.join(member_id, protocols=consumer_of("a", owned={"a": [0, 1, 2, 3]}))
    talk.sync(member_id, revoking.generation)
    kept = held(talk, member_id)
    again = talk.join(member_id, protocols=consumer_of("a", owned={"a": kept}))
    talk.sync(member_id, again.generation)
    talk.settle("new")
    return member_id


def held(talk: ConsumerConversation, member_id: str) -> list[int]:
    """Return the partitions of topic a that a member has."""
    return sorted(talk.member(member_id).assigned_partitions.get(topic_id("a"), {}))


# ---- classic to consumer -------------------------------------------------------------------------------------------


def test_a_member_of_the_consumer_protocol_makes_a_classic_group_its_own(consumers: ConsumerConversation) -> None:
    member_id, generation = classic_group(consumers)
    beat = consumers.enter("new")
    everything = dict.fromkeys(range(4), generation)
    assert beat.records[:6] == [
        ("no classic group",),
        ("member", member_id),
        ("epoch", generation),
        ("target", member_id, {"a": [0, 1, 2, 3]}),
        ("target epoch", generation),
        ("current", member_id, generation, STABLE, {"a": everything}, {}),
    ]
    assert beat.records[6:8] == [("member", "new"), ("epoch", generation + 1)]
    assert (beat.epoch, beat.assigned) == (generation + 1, {})
    assert consumers.consumer_group().classic_member_count == 1
    assert consumers.member(member_id).subscribed_topic_names == {"a"}


def test_both_protocols_share_a_topic(consumers: ConsumerConversation) -> None:
    member_id, generation = classic_group(consumers)
    consumers.let_in("new")
    assert consumers.heartbeat(member_id, generation) == errors.REBALANCE_IN_PROGRESS
    revoking = consumers.join(member_id, protocols=consumer_of("a", owned={"a": [0, 1, 2, 3]}))
    assert (revoking.error, revoking.generation) == (errors.NONE, generation)
    assert revoking.response.members == []
    assert consumers.member(member_id).state == UNREVOKED_PARTITIONS
    kept = read(consumers.sync(member_id, generation))["a"]
    assert len(kept) == 2
    assert consumers.heartbeat(member_id, generation) == errors.REBALANCE_IN_PROGRESS
    again = consumers.join(member_id, protocols=consumer_of("a", owned={"a": kept}))
    assert again.generation == generation + 1
    assert read(consumers.sync(member_id, again.generation)) == {"a": kept}
    assert consumers.heartbeat(member_id, again.generation) == errors.NONE
    taken = consumers.beat("new", generation + 1, owned={})
    assert taken.assigned is not None
    assert sorted([*taken.assigned["a"], *kept]) == [0, 1, 2, 3]


def test_an_empty_classic_group_is_simply_replaced(consumers: ConsumerConversation) -> None:
    member_id, _ = classic_group(consumers)
    consumers.leave(member_id)
    assert consumers.enter("new").records[:3] == [("no classic group",), ("member", "new"), ("epoch", 2)]


def test_a_group_that_only_committed_keeps_its_offsets(consumers: ConsumerConversation) -> None:
    consumers.commit({"a": {0: 9}})
    consumers.let_in("new")
    assert consumers.fetch({"a": [0]}) == {("a", 0): 9}


def test_whoever_waits_in_the_classic_group_is_told_to_come_again(consumers: ConsumerConversation) -> None:
    classic_group(consumers)
    waiting = consumers.join_new(protocols=consumer_of("a"))
    assert waiting.is_waiting
    assert consumers.enter("new").error == errors.NONE
    assert waiting.error == errors.REBALANCE_IN_PROGRESS
    assert len(consumers.consumer_group().members) == 3


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"group_consumer_migration_policy": "disabled"}, "online upgrade is disabled"),
        ({"group_consumer_migration_policy": "downgrade"}, "online upgrade is disabled"),
        ({"group_consumer_max_size": "0"}, "exceeds the consumer group maximum size"),
    ],
)
def test_a_classic_group_stays_what_it_is_where_it_must(
    new_consumer_talk: NewConsumerTalk, properties: dict[str, str], words: str
) -> None:
    talk = new_consumer_talk({"a": 4}, **properties)
    member_id, generation = classic_group(talk)
    assert talk.enter("new").error == errors.GROUP_ID_NOT_FOUND
    assert words in str(talk.last_message)
    assert talk.heartbeat(member_id, generation) == errors.NONE


def test_groups_that_are_none_of_consumers_stay(consumers: ConsumerConversation) -> None:
    joined = consumers.join_new(protocol_type="connect", protocols={"default": b"?"})
    consumers.sync(joined.member_id, joined.generation, {}, protocol_type="connect", protocol_name="default")
    assert consumers.enter("new").error == errors.GROUP_ID_NOT_FOUND
    assert "does not use the consumer embedded protocol" in str(consumers.last_message)


def test_assignors_with_data_of_their_own_stay(consumers: ConsumerConversation) -> None:
    joined = consumers.join_new(protocols=consumer_of("a"))
    consumers.sync(joined.member_id, joined.generation, {joined.member_id: assignment_of(b"sticky", a=[0])})
    assert consumers.enter("new").error == errors.GROUP_ID_NOT_FOUND
    assert "unsupported custom assignor" in str(consumers.last_message)


def test_what_cannot_be_read_stays(consumers: ConsumerConversation) -> None:
    joined = consumers.join_new(protocols=consumer_of("a"))
    consumers.sync(joined.member_id, joined.generation, {joined.member_id: b"\x00\x00\x00"})
    assert consumers.enter("new").error == errors.GROUP_ID_NOT_FOUND
    assert "malformed" in str(consumers.last_message)


def test_the_old_sessions_go_on_under_the_new_protocol(consumers: ConsumerConversation) -> None:
    member_id, _ = classic_group(consumers)
    consumers.let_in("new")
    assert ("no member", member_id) in consumers.pass_time_and_tell(SESSION_MS)


def test_a_failed_append_leaves_the_classic_group(consumers: ConsumerConversation) -> None:
    member_id, generation = classic_group(consumers)
    consumers.log.fail_next_appends = 1
    assert consumers.enter("new").error == errors.NOT_COORDINATOR
    assert isinstance(consumers.shard.context.groups[GROUP], ClassicGroup)
    assert consumers.heartbeat(member_id, generation) == errors.NONE


# ---- classic members of a consumer group ---------------------------------------------------------------------------


def test_a_classic_member_joins_a_consumer_group(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    first = consumers.join(protocols=consumer_of("a"))
    assert first.error == errors.MEMBER_ID_REQUIRED
    joined = consumers.join(first.member_id, protocols=consumer_of("a"))
    assert (joined.error, joined.generation, joined.response.protocol_name) == (errors.NONE, 3, "range")
    assert read(consumers.sync(joined.member_id, 3)) == {}
    assert consumers.heartbeat(joined.member_id, 3) == errors.NONE, "what it shall have is still another's"
    consumers.acknowledge("m1")
    consumers.acknowledge("m1")
    assert consumers.heartbeat(joined.member_id, 3) == errors.REBALANCE_IN_PROGRESS
    again = consumers.join(joined.member_id, protocols=consumer_of("a"))
    assert len(read(consumers.sync(joined.member_id, again.generation))["a"]) == 2


def test_what_a_classic_member_must_get_right(consumers: ConsumerConversation) -> None:
    member_id = mixed_group(consumers)
    epoch = consumers.member(member_id).member_epoch
    assert consumers.heartbeat(member_id, epoch + 1) == errors.ILLEGAL_GENERATION
    assert consumers.heartbeat("nobody", epoch) == errors.UNKNOWN_MEMBER_ID
    assert consumers.heartbeat("new", epoch) == errors.UNKNOWN_MEMBER_ID
    assert consumers.heartbeat(member_id, epoch, instance_id="i") == errors.UNKNOWN_MEMBER_ID
    assert consumers.sync(member_id, epoch - 1).error == errors.ILLEGAL_GENERATION
    assert consumers.sync(member_id, epoch, protocol_type="connect").error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert consumers.sync(member_id, epoch, protocol_name="sticky").error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert consumers.join(protocol_type="connect").error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert consumers.join(protocols={"sticky": b"?"}).error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert consumers.join(member_id, protocols={"range": b"?"}).error == errors.INCONSISTENT_GROUP_PROTOCOL


def test_a_classic_member_syncs_in_vain_while_a_rebalance_waits_for_it(consumers: ConsumerConversation) -> None:
    member_id = mixed_group(consumers)
    epoch = consumers.member(member_id).member_epoch
    consumers.let_in("newer")
    assert consumers.sync(member_id, epoch).error == errors.REBALANCE_IN_PROGRESS


def test_a_classic_member_that_does_not_join_again_is_removed(consumers: ConsumerConversation) -> None:
    member_id = mixed_group(consumers)
    epoch = consumers.member(member_id).member_epoch
    consumers.let_in("newer")
    gone = []
    for _ in range(13):  # a minute of heartbeats, each of which says that it shall join
        consumers.heartbeat(member_id, epoch)
        for one in ("new", "newer"):
            consumers.acknowledge(one)
        gone += consumers.pass_time_and_tell(5_000)
    assert ("no member", member_id) in gone


def test_a_classic_member_that_does_not_sync_is_removed(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    first = consumers.join(protocols=consumer_of("a"))
    joined = consumers.join(first.member_id, protocols=consumer_of("a"), rebalance_timeout_ms=8_000)
    told = consumers.pass_time_and_tell(7_999)
    assert told == []
    assert ("no member", joined.member_id) in consumers.pass_time_and_tell(1)


def test_classic_members_leave_a_consumer_group(consumers: ConsumerConversation) -> None:
    member_id = mixed_group(consumers)
    assert consumers.leave("nobody", member_id) == [errors.UNKNOWN_MEMBER_ID, errors.NONE]
    assert set(consumers.consumer_group().members) == {"new"}


def test_a_static_member_changes_its_protocol(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", instance_id="i1")
    consumers.let_in("m2")
    consumers.settle("m1", "m2")
    kept = held(consumers, "m1")
    joined = consumers.join(instance_id="i1", protocols=consumer_of("a"))
    assert joined.error == errors.NONE
    assert held(consumers, joined.member_id) == kept
    assert "m1" not in consumers.consumer_group().members


# ---- consumer to classic -------------------------------------------------------------------------------------------


def test_the_last_member_of_the_consumer_protocol_leaves_a_classic_group(consumers: ConsumerConversation) -> None:
    member_id = mixed_group(consumers)
    epoch = consumers.consumer_group().group_epoch
    beat = consumers.beat("new", -1)
    assert beat.records == [
        ("no current", member_id),
        ("no current", "new"),
        ("no target", member_id),
        ("no target", "new"),
        ("no target epoch",),
        ("no member", member_id),
        ("no member", "new"),
        ("no topics",),
        ("no epoch",),
        ("classic group", epoch, 1),
    ]
    consumers.pass_time(0)
    group = consumers.group()
    assert (group.state, group.generation_id, group.leader_id) == (PREPARING_REBALANCE, epoch, member_id)
    again = consumers.join(member_id, protocols=consumer_of("a"))
    assert (again.error, again.generation) == (errors.NONE, epoch + 1)
    assert consumers.sync(member_id, again.generation, {member_id: assignment_of(a=[0, 1, 2, 3])}).error == errors.NONE


def test_a_member_that_falls_silent_leaves_a_classic_group(consumers: ConsumerConversation) -> None:
    member_id = mixed_group(consumers)
    epoch = consumers.member(member_id).member_epoch
    for _ in range(9):
        consumers.pass_time(5_000)
        if isinstance(consumers.shard.context.groups[GROUP], ClassicGroup):
            break
        consumers.heartbeat(member_id, epoch)
    assert consumers.group().members.keys() == {member_id}


def test_the_classic_group_watches_over_its_members(consumers: ConsumerConversation) -> None:
    mixed_group(consumers)
    consumers.beat("new", -1)
    consumers.pass_time(60_001)
    assert consumers.group().members == {}


def test_the_static_member_that_was_the_last_one_comes_back_classic(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", instance_id="i1")
    consumers.beat("m1", -2, instance_id="i1")
    joined = consumers.join(instance_id="i1", protocols=consumer_of("a"))
    assert joined.error == errors.NONE
    group = consumers.group()
    assert group.static_members == {"i1": joined.member_id}
    assert group.generation_id == joined.generation
    assert read_assignment(group.members[joined.member_id].assignment).assigned_partitions == [
        TopicPartition(topic="a", partitions=[0, 1, 2, 3])
    ]
    assert read(consumers.sync(joined.member_id, joined.generation)) == {"a": [0, 1, 2, 3]}


@pytest.mark.parametrize("policy", ["upgrade", "disabled"])
def test_a_consumer_group_stays_one_where_it_must(new_consumer_talk: NewConsumerTalk, policy: str) -> None:
    talk = new_consumer_talk({"a": 4}, group_consumer_migration_policy="bidirectional")
    member_id = mixed_group(talk)
    talk.properties.values["group.consumer.migration.policy"] = policy  # type: ignore[index]
    talk.beat("new", -1)
    assert set(talk.consumer_group().members) == {member_id}


def test_classic_members_are_not_let_in_where_migration_is_off(new_consumer_talk: NewConsumerTalk) -> None:
    talk = new_consumer_talk({"a": 4}, group_consumer_migration_policy="disabled")
    talk.let_in("m1")
    assert talk.join(protocols=consumer_of("a")).error == errors.INCONSISTENT_GROUP_PROTOCOL


def test_an_empty_consumer_group_becomes_classic_with_its_next_member(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.beat("m1", -1)
    assert consumers.join("stranger", protocols=consumer_of("a")).error == errors.UNKNOWN_MEMBER_ID
    assert consumers.join(protocol_type="").error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert consumers.consumer_group().is_empty
    before = len(consumers.recorded())
    first = consumers.join(protocols=consumer_of("a"))
    assert first.error == errors.MEMBER_ID_REQUIRED
    assert consumers.told_since(before) == [
        ("no target epoch",), ("no topics",), ("no epoch",), ("classic group", 0, 0)
    ]  # fmt: skip
    joined = consumers.join(first.member_id, protocols=consumer_of("a"))
    assert (joined.error, joined.generation) == (errors.NONE, 1)
