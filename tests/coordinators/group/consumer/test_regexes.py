"""Subscriptions by regular expression, as conversations."""

from __future__ import annotations

from kafkalite.coordinators.group.consumer.regexes import MIN_REFRESH_INTERVAL_MS
from kafkalite.protocol import errors
from tests.coordinators.group.consumer.conftest import NewConsumerTalk
from tests.coordinators.group.consumer.conversation import ConsumerConversation

REFRESH_MS = 600_000


def test_an_expression_is_resolved_with_the_heartbeat_that_brings_it(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("m1", regex="[ab]")
    assert beat.records == [
        ("member", "m1"),
        ("regex", "[ab]", ["a", "b"]),
        ("epoch", 2),
        ("target", "m1", {"a": [0, 1, 2, 3], "b": [0, 1]}),
        ("target epoch", 2),
        ("current", "m1", 2, 0, {"a": {0: 2, 1: 2, 2: 2, 3: 2}, "b": {0: 2, 1: 2}}, {}),
    ]


def test_members_with_one_expression_share_its_topics(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", regex="a")
    second = consumers.enter("m2", regex="a")
    assert [record for record in second.records if record[0] == "regex"] == []
    consumers.settle("m1", "m2")
    assert [len(held) for one in ("m1", "m2") for held in consumers.member(one).assigned_partitions.values()] == [2, 2]


def test_names_and_expression_together(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("m1", ["b"], regex="a")
    assert beat.assigned == {"a": [0, 1, 2, 3], "b": [0, 1]}


def test_an_expression_that_cannot_be_read_is_refused(consumers: ConsumerConversation) -> None:
    beat = consumers.enter("m1", regex="[")
    assert (beat.error, beat.records) == (errors.INVALID_REGULAR_EXPRESSION, [])
    assert consumers.last_message == "SubscribedTopicRegex `[` is not a valid regular expression: missing closing ]."


def test_new_topics_are_found_ten_seconds_after_the_last_look(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", regex="a.*")
    consumers.put_topics(a=4, b=2, aa=1)
    assert consumers.beat("m1", epoch).records == []
    consumers.pass_time(MIN_REFRESH_INTERVAL_MS + 1)
    assert consumers.beat("m1", epoch).records == []
    assert consumers.pass_time_and_tell(0) == [("regex", "a.*", ["a", "aa"]), ("epoch", 3)]
    assert consumers.beat("m1", epoch).assigned == {"a": [0, 1, 2, 3], "aa": [0]}


def test_nothing_is_looked_at_where_no_topic_came(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", regex="a.*")
    consumers.pass_time(MIN_REFRESH_INTERVAL_MS + 1)
    consumers.beat("m1", epoch)
    assert consumers.pass_time_and_tell(0) == []


def test_expressions_are_looked_at_from_time_to_time(new_consumer_talk: NewConsumerTalk) -> None:
    talk = new_consumer_talk(
        {"a": 1}, group_consumer_session_timeout_ms="10000000", group_consumer_regex_refresh_interval_ms=str(REFRESH_MS)
    )
    epoch = talk.let_in("m1", regex="a")
    talk.pass_time(REFRESH_MS)
    talk.beat("m1", epoch)
    assert talk.pass_time_and_tell(0) == []
    talk.pass_time(1)
    talk.beat("m1", epoch)
    assert talk.pass_time_and_tell(0) == [("regex", "a", ["a"])]


def test_the_last_subscriber_takes_the_expression_along(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", regex="a")
    consumers.let_in("m2", regex="a")
    assert ("no regex", "a") not in consumers.beat("m1", -1).records
    assert ("no regex", "a") in consumers.beat("m2", -1).records
    assert consumers.consumer_group().resolved == {}


def test_a_member_changes_its_expression(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", regex="a")
    beat = consumers.beat("m1", epoch, regex="b")
    assert beat.records[:4] == [("member", "m1"), ("no regex", "a"), ("regex", "b", ["b"]), ("epoch", 3)]
    assert consumers.beat("m1", epoch, owned={}).assigned == {"b": [0, 1]}


def test_a_member_gives_its_expression_up_for_names(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", regex="a")
    beat = consumers.beat("m1", epoch, ["b"], regex="")
    assert beat.records[:3] == [("member", "m1"), ("no regex", "a"), ("epoch", 3)]


def test_what_kafka_left_unresolved_is_resolved(consumers: ConsumerConversation) -> None:
    epoch = consumers.let_in("m1", regex="a")
    consumers.consumer_group().resolved.clear()
    consumers.beat("m1", epoch)
    assert consumers.pass_time_and_tell(0)[0] == ("regex", "a", ["a"])
