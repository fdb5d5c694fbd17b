"""When targets are due, by whom they are computed, and what is recorded of them."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.consumer.member import ConsumerMember
from kafkalite.coordinators.group.consumer.target_assignment import choose_assignor, is_due
from tests.coordinators.group.consumer.conversation import ConsumerConversation, topic_id


@pytest.mark.parametrize(
    ("timestamp_ms", "interval_ms", "now_ms", "expected"),
    [
        (0, 1_000, 1, True),
        (5_000, 0, 1, True),
        (5_000, 1_000, 5_999, False),
        (5_000, 1_000, 6_000, True),
        (5_000, 1_000, 4_999, True),  # the clock was set back
    ],
)
def test_targets_are_kept_for_an_interval(timestamp_ms: int, interval_ms: int, now_ms: int, expected: bool) -> None:
    assert is_due(timestamp_ms, interval_ms, now_ms) is expected


def test_most_votes_decide_and_the_first_configured_assignor_serves_the_rest() -> None:
    members = [ConsumerMember(str(number), server_assignor=name) for number, name in enumerate(("range", None, "gone"))]
    assert choose_assignor(members, ["uniform", "range"]) == "range"
    assert choose_assignor([], ["uniform", "range"]) == "uniform"
    assert choose_assignor(members[1:], ["range", "uniform"]) == "range"


def test_only_targets_that_change_are_recorded(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["a"])
    beat = consumers.enter("m2", ["b"])
    assert [record for record in beat.records if record[0] == "target"] == [("target", "m2", {"b": [0, 1]})]


def test_a_member_that_gets_nothing_has_an_empty_target(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["b"])
    consumers.let_in("m2", ["b"])
    beat = consumers.enter("m3", ["b"])
    assert ("target", "m3", {}) in beat.records
    assert consumers.consumer_group().targets["m3"] == {}


def test_a_static_member_that_comes_back_takes_over_its_target(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["a"], instance_id="i1")
    consumers.let_in("m2", ["a"])
    consumers.settle("m1", "m2")
    before = consumers.consumer_group().targets["m1"]
    consumers.beat("m1", -2, instance_id="i1")
    consumers.put_topics(a=6, b=2)
    consumers.enter("m9", ["a"], instance_id="i1")
    assert consumers.consumer_group().targets["m9"][topic_id("a")] > before[topic_id("a")]
