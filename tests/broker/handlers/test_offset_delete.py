"""OffsetDelete through the router."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_delete_request import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from tests.broker.handlers.group_conversation import broker_with_groups, join
from tests.broker.handlers.offsets_conversation import stored
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with the groups "active" and "simple"."""
    return broker_with_groups()


def delete_offsets(broker: PlayedBroker, group_id: str, **topics: list[int]) -> Any:
    wanted = [
        OffsetDeleteRequestTopic(
            name=name, partitions=[OffsetDeleteRequestPartition(partition_index=index) for index in partitions]
        )
        for name, partitions in topics.items()
    ]
    response = broker.ask(OffsetDeleteRequest(group_id=group_id, topics=wanted), 0)
    codes = {(topic.name, one.partition_index): one.error_code for topic in response.topics for one in topic.partitions}
    return response.error_code or codes


def test_offsets_are_deleted(broker: PlayedBroker) -> None:
    unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
    assert delete_offsets(broker, "simple", orders=[0, 9], nope=[0]) == {
        ("orders", 0): errors.NONE,
        ("orders", 9): unknown,
        ("nope", 0): unknown,
    }
    assert stored(broker, "simple") == {("orders", 1): 6}


def test_topics_are_answered_as_often_as_they_are_named_unless_some_are_unknown(broker: PlayedBroker) -> None:
    def ask(*wanted: int) -> list[list[int]]:
        topics = [
            OffsetDeleteRequestTopic(name="orders", partitions=[OffsetDeleteRequestPartition(partition_index=index)])
            for index in wanted
        ]
        response = broker.ask(OffsetDeleteRequest(group_id="simple", topics=topics), 0)
        return [[one.partition_index for one in topic.partitions] for topic in response.topics]

    assert ask(0, 1) == [[0], [1]]
    assert ask(0, 9, 1) == [[9, 0, 1]]


def test_groups_whose_offsets_cannot_be_deleted(broker: PlayedBroker) -> None:
    assert delete_offsets(broker, "nothing", orders=[0]) == errors.GROUP_ID_NOT_FOUND
    assert delete_offsets(broker, "", orders=[0]) == errors.INVALID_GROUP_ID
    join(broker, group_id="workers", protocol_type="connect")
    assert delete_offsets(broker, "workers", orders=[0]) == errors.NON_EMPTY_GROUP
    assert delete_offsets(broker, "active", orders=[0]) == {("orders", 0): errors.GROUP_SUBSCRIBED_TO_TOPIC}
