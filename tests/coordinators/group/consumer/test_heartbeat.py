"""ConsumerGroupHeartbeat, as conversations: what is answered, and exactly what is recorded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafkalite.coordinators.group.consumer.member import STABLE, UNKNOWN, UNRELEASED_PARTITIONS, UNREVOKED_PARTITIONS
from kafkalite.coordinators.group.context import Caller
from kafkalite.model.uuids import uuid_from_text
from kafkalite.protocol import errors
from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest, TopicPartitions
from tests.coordinators.group.consumer.conftest import NewConsumerTalk
from tests.coordinators.group.consumer.conversation import REBALANCE_MS, Beat, ConsumerConversation, topic_id
from tests.coordinators.group.conversation import GROUP

HALF = [2, 2]


class CountedPartitions(list[int]):
    """Counts how many of its elements were looked at."""

    seen_count = 0

    def __iter__(self) -> Iterator[int]:
        for partition in super().__iter__():
            self.seen_count += 1
            yield partition


# ---- joining -------------------------------------------------------------------------------------------------------


def test_the_first_member_makes_the_group_and_gets_everything(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("m1")
    assert beat.records == [
        ("member", "m1"),
        ("epoch", 2),
        ("target", "m1", {"a": [0, 1, 2, 3]}),
        ("target epoch", 2),
        ("current", "m1", 2, STABLE, {"a": {0: 2, 1: 2, 2: 2, 3: 2}}, {}),
    ]
    assert (beat.error, beat.epoch, beat.assigned) == (errors.NONE, 2, {"a": [0, 1, 2, 3]})
    assert beat.response.heartbeat_interval_ms == 5000
    assert consumers.consumer_group().state_name == "Stable"


def test_a_member_that_has_nothing_new_to_say_records_nothing(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    beat = consumers.beat("m1", epoch)
    assert (beat.records, beat.epoch, beat.assigned) == ([], epoch, None)


def test_a_member_that_says_all_it_knows_is_told_all(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    beat = consumers.beat("m1", epoch, ["a"], owned={"a": [0, 1, 2, 3]}, rebalance_timeout_ms=REBALANCE_MS)
    assert (beat.records, beat.assigned) == ([], {"a": [0, 1, 2, 3]})


def test_a_second_member_waits_until_the_first_has_given_up(consumers: ConsumerConversation) -> None:
    first_epoch = consumers.let_in("m1")
    second = consumers.enter("m2")
    assert second.records == [
        ("member", "m2"),
        ("epoch", 3),
        ("target", "m1", {"a": [0, 1]}),
        ("target", "m2", {"a": [2, 3]}),
        ("target epoch", 3),
        ("current", "m2", 3, UNRELEASED_PARTITIONS, {}, {}),
    ]
    assert (second.epoch, second.assigned) == (3, {})
    told = consumers.beat("m1", first_epoch)
    assert told.records == [("current", "m1", 2, UNREVOKED_PARTITIONS, {"a": {0: 2, 1: 2}}, {"a": {2: 2, 3: 2}})]
    assert (told.epoch, told.assigned) == (2, {"a": [0, 1]})
    # It is in epoch 3 for good now: an answer to epoch 0 that was lost is not asked for again.
    waiting = consumers.beat("m2", 3, owned={})
    assert (waiting.records, waiting.assigned) == ([("current", "m2", 3, UNRELEASED_PARTITIONS, {}, {})], None)
    assert consumers.beat("m2", 3, owned={}).records == []
    given_up = consumers.beat("m1", 2, owned={"a": [0, 1]})
    assert given_up.records == [("current", "m1", 3, STABLE, {"a": {0: 2, 1: 2}}, {})]
    assert (given_up.epoch, given_up.assigned) == (3, None)
    taken = consumers.beat("m2", 3, owned={})
    assert taken.records == [("current", "m2", 3, STABLE, {"a": {2: 3, 3: 3}}, {})]
    assert taken.assigned == {"a": [2, 3]}


def test_a_member_that_still_reads_what_it_shall_give_up_stays_where_it_is(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.let_in("m2")
    consumers.beat("m1", 2)
    still = consumers.beat("m1", 2, owned={"a": [0, 1, 2]})
    silent = consumers.beat("m1", 2)
    assert still.records == silent.records == []
    assert consumers.member("m1").state == UNREVOKED_PARTITIONS


def test_a_topic_that_does_not_exist_is_assigned_when_it_comes(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", ["later"])
    assert consumers.member("m1").assigned_partitions == {}
    consumers.put_topics(a=4, b=2, later=1)
    beat = consumers.beat("m1", epoch)
    assert beat.records[0] == ("epoch", epoch + 1)
    assert beat.assigned == {"later": [0]}


def test_partitions_that_are_added_are_assigned(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", ["b"])
    consumers.put_topics(a=4, b=3)
    beat = consumers.beat("m1", epoch)
    assert beat.assigned == {"b": [0, 1, 2]}


def test_a_topic_that_is_deleted_is_taken_back(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", ["a", "b"])
    consumers.put_topics(a=4)
    beat = consumers.beat("m1", epoch, owned={"a": [0, 1, 2, 3]})
    assert consumers.consumer_group().group_epoch == epoch + 1
    assert beat.epoch == epoch + 1
    assert set(consumers.member("m1").assigned_partitions) == {topic_id("a")}


def test_topics_of_others_change_nothing(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    consumers.put_topics(a=4, b=9, c=1)
    assert consumers.beat("m1", epoch).records == []


def test_a_broker_in_another_rack_is_a_change(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    consumers.put_rack("north")
    consumers.put_topics(a=4, b=2)
    assert consumers.beat("m1", epoch).records[0] == ("epoch", epoch + 1)


def test_a_coordinator_gives_a_member_of_version_0_its_id(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("", version=0)
    assert len(uuid_from_text(beat.response.member_id)) == 16
    assert consumers.member(beat.response.member_id).member_epoch == 2


def test_a_member_may_join_without_topics(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("m1", [])
    assert beat.records == [("member", "m1"), ("current", "m1", 1, STABLE, {}, {})]
    assert (beat.epoch, beat.assigned) == (1, {})


def test_a_member_that_was_fenced_joins_again_under_its_id(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    beat = consumers.enter("m1")
    assert (beat.error, beat.records, beat.assigned) == (errors.NONE, [], {"a": [0, 1, 2, 3]})


# ---- subscriptions -------------------------------------------------------------------------------------------------


def test_a_changed_subscription_takes_back_first_and_gives_then(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", ["a"])
    changed = consumers.beat("m1", epoch, ["b"])
    assert changed.records == [
        ("member", "m1"),
        ("epoch", 3),
        ("target", "m1", {"b": [0, 1]}),
        ("target epoch", 3),
        ("current", "m1", 2, UNREVOKED_PARTITIONS, {}, {"a": {0: 2, 1: 2, 2: 2, 3: 2}}),
    ]
    assert (changed.epoch, changed.assigned) == (2, {})
    given = consumers.beat("m1", 2, owned={})
    assert given.records == [("current", "m1", 3, STABLE, {"b": {0: 3, 1: 3}}, {})]


def test_members_with_different_topics(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["a"])
    consumers.let_in("m2", ["a", "b"])
    consumers.settle("m1", "m2")
    counts = [sum(map(len, consumers.member(one).assigned_partitions.values())) for one in ("m1", "m2")]
    assert counts == [3, 3]


def test_within_the_assignment_interval_the_targets_stay(new_consumer_talk: NewConsumerTalk) -> None:
    talk = new_consumer_talk({"a": 4}, group_consumer_assignment_interval_ms="1000")
    talk.let_in("m1")
    second = talk.enter("m2")
    assert second.records == [("member", "m2"), ("epoch", 3), ("current", "m2", 2, STABLE, {}, {})]
    assert talk.consumer_group().state_name == "Assigning"
    talk.pass_time(999)
    assert talk.beat("m2", 2).records == []
    talk.pass_time(1)
    assert ("target epoch", 3) in talk.beat("m2", 2).records


def test_a_group_has_configurations_of_its_own(consumers: ConsumerConversation) -> None:
    consumers.configure_group(consumer_session_timeout_ms="50000", consumer_heartbeat_interval_ms="7000")
    beat = consumers.enter("m1")
    assert beat.response.heartbeat_interval_ms == 7000
    assert consumers.pass_time_and_tell(49_999) == []
    assert consumers.pass_time_and_tell(1)[-2:] == [("epoch", 3), ("target epoch", 3)]


# ---- assignors -----------------------------------------------------------------------------------------------------


def test_the_assignor_that_most_members_ask_for_is_taken(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["a", "b"], assignor="range")
    consumers.let_in("m2", ["a", "b"], assignor="range")
    consumers.let_in("m3", ["a", "b"], assignor="uniform")
    targets = consumers.consumer_group().targets
    assert targets["m1"] == {topic_id("a"): frozenset((0, 1)), topic_id("b"): frozenset((0,))}
    assert targets["m3"] == {topic_id("a"): frozenset((3,))}


def test_targets_are_made_anew_once_most_members_ask_for_another_assignor(consumers: ConsumerConversation) -> None:
    for name in ("m1", "m2", "m3"):
        consumers.let_in(name, ["a"], assignor="uniform", instance_id=name)
    epoch = consumers.consumer_group().group_epoch
    for name in ("m1", "m2"):
        consumers.beat(name, -2, instance_id=name)
    assert consumers.enter("n1", ["a"], assignor="range", instance_id="m1").error == errors.NONE
    assert consumers.consumer_group().group_epoch == epoch, "one of three"
    assert ("epoch", epoch + 1) in consumers.enter("n2", ["a"], assignor="range", instance_id="m2").records


def test_an_unknown_assignor_is_refused(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("m1", assignor="sticky")
    assert (beat.error, beat.records) == (errors.UNSUPPORTED_ASSIGNOR, [])


# ---- who may not ---------------------------------------------------------------------------------------------------


def test_an_unknown_group_and_an_unknown_member(consumers: ConsumerConversation) -> None:
    assert consumers.beat("m1", 1).error == errors.GROUP_ID_NOT_FOUND
    assert consumers.beat("m1", -1).error == errors.GROUP_ID_NOT_FOUND
    consumers.let_in("m1")
    assert consumers.beat("m2", 1).error == errors.UNKNOWN_MEMBER_ID
    assert consumers.beat("m2", -1).error == errors.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize(
    ("epoch", "owned", "error"),
    [
        (4, {"a": [0, 1]}, errors.FENCED_MEMBER_EPOCH),
        (2, {"a": [0, 1]}, errors.NONE),
        (2, {"a": [0]}, errors.NONE),
        (2, {}, errors.NONE),
        (2, {"a": [0, 1, 2]}, errors.FENCED_MEMBER_EPOCH),
        (2, {"b": [0]}, errors.FENCED_MEMBER_EPOCH),
        (2, None, errors.FENCED_MEMBER_EPOCH),
        (1, {"a": [0, 1]}, errors.FENCED_MEMBER_EPOCH),
    ],
)
def test_the_last_epoch_is_good_for_a_member_that_missed_an_answer(
    consumers: ConsumerConversation, epoch: int, owned: dict[str, list[int]] | None, error: int
) -> None:
    consumers.let_in("m1")
    consumers.let_in("m2")
    consumers.settle("m1", "m2")
    assert (consumers.member("m1").member_epoch, consumers.member("m1").previous_member_epoch) == (3, 2)
    beat = consumers.beat("m1", epoch, owned=owned)
    assert (beat.error, beat.records) == (error, [])


def test_a_full_group_lets_nobody_new_in(new_consumer_talk: NewConsumerTalk) -> None:
    talk = new_consumer_talk({"a": 4}, group_consumer_max_size="1")
    epoch = talk.let_in("m1")
    assert talk.enter("m2").error == errors.GROUP_MAX_SIZE_REACHED
    assert talk.beat("m1", epoch).error == errors.NONE


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"member_id": ""}, "MemberId can't be empty."),
        ({"member_id": "", "version": 0, "epoch": 1}, "MemberId can't be empty."),
        ({"group_id": ""}, "GroupId can't be empty."),
        ({"group_id": " "}, "GroupId can't be empty."),
        ({"instance_id": ""}, "InstanceId can't be empty."),
        ({"rack_id": ""}, "RackId can't be empty."),
        ({"rebalance_timeout_ms": -1}, "RebalanceTimeoutMs must be provided in first request."),
        ({"owned": None}, "TopicPartitions must be empty when (re-)joining."),
        ({"owned": {"a": [1]}}, "TopicPartitions must be empty when (re-)joining."),
        (
            {"topics": None},
            "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.",
        ),
        ({"epoch": -2}, "InstanceId can't be null."),
        ({"epoch": -3}, "MemberEpoch is invalid."),
    ],
)
def test_what_a_request_must_say(consumers: ConsumerConversation, fields: dict[str, object], message: str) -> None:
    given: dict[str, object] = {
        "member_id": "m1", "epoch": 0, "topics": ["a"], "owned": {}, "rebalance_timeout_ms": REBALANCE_MS
    } | fields  # fmt: skip
    beat = consumers.beat(**given)  # type: ignore[arg-type]
    assert (beat.error, beat.records) == (errors.INVALID_REQUEST, [])
    assert consumers.last_message == message


# ---- the log -------------------------------------------------------------------------------------------------------


def test_a_failed_append_leaves_nothing_behind(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.log.fail_next_appends = 1
    assert consumers.enter("m2").error == errors.NOT_COORDINATOR
    assert set(consumers.consumer_group().members) == {"m1"}
    assert consumers.let_in("m2") == 3


def test_a_group_goes_on_after_a_restart(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    consumers.let_in("m2")
    consumers.beat("m1", 2)
    consumers.restart()
    assert consumers.beat("m1", 2, owned={"a": [0, 1]}).epoch == 3
    assert consumers.beat("m2", 3, owned={}).assigned == {"a": [2, 3]}


def test_what_kafka_4_0_noted_of_the_topics_is_removed(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    consumers.consumer_group().has_partition_metadata_record = True
    consumers.put_topics(a=4, b=2)
    assert consumers.beat("m1", epoch).records == [("no topics",)]


@pytest.mark.parametrize(
    ("member_id", "epoch", "error", "seen_count"),
    [
        ("m2", 2, errors.UNKNOWN_MEMBER_ID, 0),
        ("m1", 9, errors.FENCED_MEMBER_EPOCH, 0),
        ("m1", 0, errors.INVALID_REQUEST, 0),
        ("m1", 1, errors.FENCED_MEMBER_EPOCH, 0),
        ("m1", 2, errors.FENCED_MEMBER_EPOCH, 3),
    ],
    ids=["unknown", "ahead", "joining", "far behind", "behind, up to the first it does not have"],
)
def test_partitions_of_a_member_that_is_refused_are_not_looked_at(
    consumers: ConsumerConversation, member_id: str, epoch: int, error: int, seen_count: int
) -> None:
    consumers.let_in("m1")
    consumers.let_in("other")
    consumers.beat("m1", 2)
    consumers.beat("m1", 2, owned={"a": [0, 1]})  # now it is in epoch 3
    partitions = CountedPartitions([0, 1, *range(2, 1000)])
    request = ConsumerGroupHeartbeatRequest(
        group_id=GROUP,
        member_id=member_id,
        member_epoch=epoch,
        rebalance_timeout_ms=REBALANCE_MS,
        topic_partitions=[TopicPartitions(topic_id=topic_id("a"), partitions=partitions)],
    )
    call = consumers.ask(lambda shard, call: shard.consumer_group_heartbeat(Caller("c", "/h", 1), request))
    assert (Beat(call, []).error, partitions.seen_count) == (error, seen_count)


def test_a_refused_request_does_not_hide_that_topics_changed(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    consumers.consumer_group().put_member(consumers.member("m1")._replace(state=UNKNOWN))
    consumers.put_topics(a=5, b=2)
    assert consumers.beat("m1", epoch).error == errors.FENCED_MEMBER_EPOCH
    assert consumers.beat("m1", epoch, owned={}).records[0] == ("epoch", epoch + 1)
    consumers.restart()


def test_an_empty_group_goes_with_its_last_offset(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1")
    consumers.commit({"a": {0: 5}}, member_id="m1", generation=epoch)
    consumers.beat("m1", -1)
    week_ms = 7 * 24 * 60 * 60 * 1000
    consumers.pass_time(week_ms - 1)
    assert consumers.fetch({"a": [0]}) == {("a", 0): 5}
    told = consumers.pass_time_and_tell(600_001)
    assert told == [("no offset",), ("no target epoch",), ("no topics",), ("no epoch",)]
    assert consumers.shard.context.groups == {}
