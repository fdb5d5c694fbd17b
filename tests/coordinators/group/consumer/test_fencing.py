"""Members that leave, fall silent or do not give up what they must."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.consumer.member import UNREVOKED_PARTITIONS
from kafkalite.protocol import errors
from tests.coordinators.group.consumer.conftest import NewConsumerTalk
from tests.coordinators.group.consumer.conversation import SESSION_MS, ConsumerConversation

GONE = [("no current", "m2"), ("no target", "m2"), ("no member", "m2")]


def two_members(talk: ConsumerConversation) -> None:
    talk.let_in("m1")
    talk.let_in("m2")
    talk.settle("m1", "m2")


def test_a_member_that_leaves_is_removed_and_the_others_share_what_it_had(consumers: ConsumerConversation) -> None:
    two_members(consumers)
    beat = consumers.beat("m2", -1)
    assert beat.records == [*GONE, ("epoch", 4)]
    assert (beat.response.member_id, beat.epoch) == ("m2", -1)
    assert consumers.acknowledge("m1").assigned == {"a": [0, 1, 2, 3]}


def test_the_last_member_leaves_an_empty_group(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.beat("m1", -1)
    assert consumers.consumer_group().state_name == "Empty"
    assert consumers.let_in("m2") == 4


def test_a_member_that_is_not_heard_of_is_removed(consumers: ConsumerConversation) -> None:
    two_members(consumers)
    consumers.pass_time(SESSION_MS - 1)
    consumers.beat("m1", 3)
    assert consumers.pass_time_and_tell(1) == [*GONE, ("epoch", 4)]
    assert consumers.beat("m2", 3).error == errors.UNKNOWN_MEMBER_ID
    assert consumers.beat("m1", 3).error == errors.NONE


def test_a_member_that_gives_nothing_up_is_removed_in_its_time(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", rebalance_timeout_ms=20_000)
    consumers.let_in("m2")
    consumers.beat("m1", 2)
    assert consumers.member("m1").state == UNREVOKED_PARTITIONS
    consumers.pass_time(10_000)
    consumers.beat("m1", 2, owned={"a": [0, 1, 2, 3]})  # is there, but reads on
    told = consumers.pass_time_and_tell(10_000)
    assert told == [("no current", "m1"), ("no target", "m1"), ("no member", "m1"), ("epoch", 4)]
    assert consumers.acknowledge("m2").assigned == {"a": [0, 1, 2, 3]}


def test_a_member_that_gave_up_in_time_stays(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", rebalance_timeout_ms=20_000)
    consumers.let_in("m2")
    consumers.beat("m1", 2)
    consumers.pass_time(19_999)
    consumers.beat("m1", 2, owned={"a": [0, 1]})
    assert consumers.pass_time_and_tell(1) == []
    assert "m1" in consumers.consumer_group().members


def test_timers_begin_anew_after_a_restart(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", rebalance_timeout_ms=20_000)
    consumers.let_in("m2")
    consumers.beat("m1", 2)
    consumers.pass_time(15_000)
    consumers.restart()
    assert consumers.pass_time_and_tell(19_999) == []
    assert ("no member", "m1") in consumers.pass_time_and_tell(1)
    assert ("no member", "m2") in consumers.pass_time_and_tell(SESSION_MS - 20_000)


def test_no_timer_outlives_its_member(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.let_in("m2")
    consumers.beat("m1", 2)
    for member_id in ("m1", "m2"):
        consumers.beat(member_id, -1)
    running = consumers.shard.context.timers.keys()
    left = [timer for timer in running if "consumer" in str(timer)]
    assert left == []


# ---- static members ------------------------------------------------------------------------------------------------


def test_a_static_member_keeps_what_it_has_while_it_is_away(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", instance_id="i1")
    beat = consumers.beat("m1", -2, instance_id="i1")
    assert beat.records == [("current", "m1", -2, 0, {"a": {0: 0, 1: 0, 2: 0, 3: 0}}, {})]
    assert (beat.response.member_id, beat.epoch) == ("m1", -2)
    back = consumers.enter("m2", instance_id="i1")
    assert back.records == [
        ("no current", "m1"),
        ("no target", "m1"),
        ("no member", "m1"),
        ("member", "m2"),
        ("target", "m2", {"a": [0, 1, 2, 3]}),
        ("current", "m2", 0, 0, {"a": {0: 0, 1: 0, 2: 0, 3: 0}}, {}),
        ("current", "m2", 2, 0, {"a": {0: 0, 1: 0, 2: 0, 3: 0}}, {}),
    ]
    assert (back.epoch, back.assigned) == (2, {"a": [0, 1, 2, 3]})
    assert consumers.consumer_group().static_members == {"i1": "m2"}


def test_a_static_member_that_comes_back_changed_rebalances(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", instance_id="i1")
    consumers.beat("m1", -2, instance_id="i1")
    back = consumers.enter("m2", ["b"], instance_id="i1")
    assert ("epoch", 3) in back.records
    assert ("target", "m2", {"b": [0, 1]}) in back.records
    assert back.assigned == {"b": [0, 1]}


def test_a_static_member_that_stays_away_is_removed(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", instance_id="i1")
    consumers.pass_time(10_000)
    consumers.beat("m1", -2, instance_id="i1")
    assert consumers.pass_time_and_tell(SESSION_MS - 10_001) == []
    assert consumers.pass_time_and_tell(1)[-2:] == [("epoch", 3), ("target epoch", 3)]
    assert consumers.consumer_group().static_members == {}


def test_a_static_member_may_leave_for_good(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", instance_id="i1")
    assert consumers.beat("m1", -1, instance_id="i1").records[-2:] == [("epoch", 3), ("target epoch", 3)]
    assert consumers.consumer_group().is_empty


def test_an_empty_group_has_nothing_left_to_assign(new_consumer_talk: NewConsumerTalk) -> None:
    talk = new_consumer_talk({"a": 2}, group_consumer_assignment_interval_ms="10000")
    talk.let_in("m1")
    talk.let_in("m2")
    assert talk.beat("m1", -1).records[-1][0] == "epoch"  # one member is left, who has to wait for new targets
    talk.beat("m2", -1)
    group = talk.consumer_group()
    assert (group.assignment_epoch, group.assignment_timestamp_ms) == (group.group_epoch, 0)
    assert talk.enter("m3").assigned == {"a": [0, 1]}, "the interval does not hold up the next member"


def test_an_instance_id_belongs_to_one_member(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", instance_id="i1")
    assert consumers.enter("m2", instance_id="i1").error == errors.UNRELEASED_INSTANCE_ID
    assert consumers.beat("m2", epoch, instance_id="i1").error == errors.FENCED_INSTANCE_ID
    assert consumers.beat("m1", epoch, instance_id="i2").error == errors.UNKNOWN_MEMBER_ID
    assert consumers.beat("m2", -2, instance_id="i1").error == errors.FENCED_INSTANCE_ID
    assert consumers.beat("m1", -1, instance_id="i2").error == errors.UNKNOWN_MEMBER_ID


def test_the_member_that_was_replaced_is_fenced(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", instance_id="i1")
    consumers.beat("m1", -2, instance_id="i1")
    consumers.let_in("m2", instance_id="i1")
    assert consumers.beat("m1", epoch, instance_id="i1").error == errors.FENCED_INSTANCE_ID
    consumers.pass_time(SESSION_MS - 1)
    consumers.acknowledge("m2", instance_id="i1")
    consumers.pass_time(1)
    assert set(consumers.consumer_group().members) == {"m2"}, "the old member's timer does not touch the new one"


def test_a_static_member_comes_back_into_a_full_group(new_consumer_talk: NewConsumerTalk) -> None:
    talk = new_consumer_talk({"a": 4}, group_consumer_max_size="1")
    talk.let_in("m1", instance_id="i1")
    talk.beat("m1", -2, instance_id="i1")
    assert talk.enter("m2", instance_id="i1").error == errors.NONE


# ---- offsets -------------------------------------------------------------------------------------------------------


def test_a_commit_needs_the_members_epoch(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    place = {"a": {0: 5}}
    assert consumers.commit(place, member_id="m1", generation=epoch) == {("a", 0): errors.NONE}
    assert consumers.commit(place, member_id="m1", generation=epoch + 1) == errors.STALE_MEMBER_EPOCH
    assert consumers.commit(place, member_id="m2", generation=epoch) == errors.UNKNOWN_MEMBER_ID
    assert consumers.commit(place) == errors.UNKNOWN_MEMBER_ID
    assert consumers.commit(place, member_id="m1", generation=epoch, version=8) == errors.UNSUPPORTED_VERSION
    assert consumers.fetch({"a": [0]}) == {("a", 0): 5}


@pytest.mark.parametrize(("partition", "error"), [(0, errors.NONE), (3, errors.STALE_MEMBER_EPOCH)])
def test_an_older_epoch_is_good_for_what_the_member_has_had_since_then(
    consumers: ConsumerConversation, partition: int, error: int
) -> None:
    two_members(consumers)
    assert consumers.member("m1").member_epoch == 3
    told = consumers.commit({"a": {partition: 5}}, member_id="m1", generation=2)
    assert told == (error or {("a", partition): errors.NONE})


def test_anybody_may_commit_for_a_group_without_members(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.beat("m1", -1)
    assert consumers.commit({"a": {0: 7}}) == {("a", 0): errors.NONE}
