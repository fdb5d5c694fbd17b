"""DescribeTopicPartitions through the router, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.authorized_operations import ALL_ON_TOPIC
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_topic_partitions_request import (
    Cursor,
    DescribeTopicPartitionsRequest,
    TopicRequest,
)
from tests.broker.played_broker import PlayedBroker

Place = tuple[str, int]


@pytest.fixture
def broker() -> PlayedBroker:
    """A broker with topic a (two partitions), b (one) and c (three)."""
    made = PlayedBroker()
    for name, partitions in (("c", 3), ("a", 2), ("b", 1)):
        made.create_topic(name, partitions)
    return made


def ask(broker: PlayedBroker, *names: str, limit: int = 2000, cursor: Place | None = None) -> Any:
    place = None if cursor is None else Cursor(topic_name=cursor[0], partition_index=cursor[1])
    topics = [TopicRequest(name=name) for name in names]
    request = DescribeTopicPartitionsRequest(topics=topics, response_partition_limit=limit, cursor=place)
    return broker.ask(request, 0)


def pages(response: Any) -> list[tuple[str, list[int]]]:
    return [(topic.name, [p.partition_index for p in topic.partitions]) for topic in response.topics]


def place(response: Any) -> Place | None:
    cursor = response.next_cursor
    return None if cursor is None else (cursor.topic_name, cursor.partition_index)


def test_a_topic_is_told_with_everything_about_its_partitions(broker: PlayedBroker) -> None:
    (topic,) = ask(broker, "b").topics
    assert (topic.error_code, topic.topic_id, topic.is_internal) == (0, broker.topic_id("b"), False)
    assert topic.topic_authorized_operations == ALL_ON_TOPIC
    (partition,) = topic.partitions
    assert (partition.leader_id, partition.leader_epoch, partition.replica_nodes) == (1, 0, [1])
    assert (partition.isr_nodes, partition.offline_replicas) == ([1], [])
    assert (partition.eligible_leader_replicas, partition.last_known_elr) == ([], [])


def test_pages_follow_each_other_to_the_end(broker: PlayedBroker) -> None:
    seen: list[tuple[str, int]] = []
    cursor: Place | None = None
    while True:
        response = ask(broker, limit=2, cursor=cursor)
        seen += [(name, index) for name, indexes in pages(response) for index in indexes]
        cursor = place(response)
        if cursor is None:
            break
    assert seen == [("a", 0), ("a", 1), ("b", 0), ("c", 0), ("c", 1), ("c", 2)]


@pytest.mark.parametrize(
    ("names", "limit", "cursor", "told", "then"),
    [
        (["c", "a"], 2000, None, [("a", [0, 1]), ("c", [0, 1, 2])], None),
        (["a", "c"], 2, None, [("a", [0, 1])], ("c", 0)),
        (["a", "c"], 3, None, [("a", [0, 1]), ("c", [0])], ("c", 1)),
        (["a", "c"], 2000, ("c", 1), [("c", [1, 2])], None),
        (["a"], 0, None, [("a", [0])], ("a", 1)),
        (["a"], -7, None, [("a", [0])], ("a", 1)),
        (["a", "nope", "z"], 2, None, [("a", [0, 1])], ("nope", 0)),
        ([], 2000, ("b", 0), [("b", [0]), ("c", [0, 1, 2])], None),
        ([], 2000, ("bb", 0), [("c", [0, 1, 2])], None),
        (["a"], 2000, ("a", 9), [("a", [])], None),
    ],
)
def test_a_page_ends_at_the_limit_and_begins_at_the_cursor(
    broker: PlayedBroker, names: list[str], limit: int, cursor: Place | None, told: list[Any], then: Place | None
) -> None:
    response = ask(broker, *names, limit=limit, cursor=cursor)
    assert (pages(response), place(response)) == (told, then)


def test_the_broker_has_a_limit_too() -> None:
    broker = PlayedBroker(properties={"max.request.partition.size.limit": "2"})
    broker.create_topic("c", 3)
    assert place(ask(broker, "c")) == ("c", 2)


def test_unknown_and_illegal_names_are_told_as_such(broker: PlayedBroker) -> None:
    topics = ask(broker, "nope", "bad name").topics
    assert [(topic.name, topic.error_code) for topic in topics] == [
        ("bad name", errors.INVALID_TOPIC_EXCEPTION),
        ("nope", errors.UNKNOWN_TOPIC_OR_PARTITION),
    ]


@pytest.mark.parametrize("cursor", [("z", 0), ("a", -1)])
def test_a_cursor_that_points_nowhere_is_no_request(broker: PlayedBroker, cursor: Place) -> None:
    topics = ask(broker, "a", "b", cursor=cursor).topics
    assert [topic.error_code for topic in topics] == [errors.INVALID_REQUEST] * 2
