"""OffsetCommit through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
)
from tests.broker.handlers.offsets_conversation import request_for, stored
from tests.broker.played_broker import PlayedBroker


def told(response: Any) -> list[tuple[Any, list[tuple[int, int]]]]:
    """Return (name or id, [(partition, error)]) of each topic."""
    return [
        (topic.name or topic.topic_id, [(one.partition_index, one.error_code) for one in topic.partitions])
        for topic in response.topics
    ]


@pytest.mark.parametrize("version", range(11))
def test_offsets_are_committed_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    response = broker.ask(request_for(broker, version, {"orders": {0: 5, 1: 6}}), version)
    name = broker.topic_id() if version >= 10 else "orders"
    assert told(response) == [(name, [(0, errors.NONE), (1, errors.NONE)])]
    assert stored(broker) == {("orders", 0): 5, ("orders", 1): 6}
    assert stored(broker.restart(clean=False)) == {("orders", 0): 5, ("orders", 1): 6}


@pytest.mark.parametrize("version", range(11))
def test_what_does_not_exist_does_not_spoil_the_rest(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 1)
    offsets = {"nope": {0: 1}, "orders": {0: 5, 1: 6, -1: 7}}
    response = broker.ask(request_for(broker, version, offsets), version)
    unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
    known = broker.topic_id() if version >= 10 else "orders"
    assert dict(told(response)) == {
        b"x" * 16 if version >= 10 else "nope": [(0, errors.UNKNOWN_TOPIC_ID if version >= 10 else unknown)],
        known: [(1, unknown), (-1, unknown), (0, errors.NONE)],
    }
    assert stored(broker) == {("orders", 0): 5}


@pytest.mark.parametrize("version", range(11))
def test_an_error_of_the_group_is_told_for_every_partition(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    who = {"generation_id_or_member_epoch": 3, "member_id": "m"} if version >= 1 else {}
    response = broker.ask(request_for(broker, version, {"orders": {0: 5, 1: 6}}, **who), version)
    expected = errors.GROUP_ID_NOT_FOUND if version >= 9 else errors.ILLEGAL_GENERATION
    [(_, partitions)] = told(response)
    assert partitions == [(0, expected if version else errors.NONE), (1, expected if version else errors.NONE)]


def test_metadata_is_bounded() -> None:
    broker = PlayedBroker(properties={"offset.metadata.max.bytes": "4"})
    broker.create_topic("orders", 1)
    response = broker.ask(request_for(broker, 9, {"orders": {0: 5}}, metadata="12345"), 9)
    assert told(response) == [("orders", [(0, errors.OFFSET_METADATA_TOO_LARGE)])]


def test_the_empty_group_id_is_a_group_id() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 1)
    response = broker.ask(request_for(broker, 9, {"orders": {0: 5}}, group_id=""), 9)
    assert told(response) == [("orders", [(0, errors.NONE)])]
    assert stored(broker, "") == {("orders", 0): 5}


def test_nothing_asked_is_nothing_answered_and_no_topic_is_made_for_it() -> None:
    broker = PlayedBroker()
    assert broker.ask(OffsetCommitRequest(group_id="g"), 9).topics == []
    assert broker.broker.metadata.image.topics.by_name == {}


@pytest.mark.parametrize(("last", "expected"), [(1, [[0], [1]]), (7, [[7, 0]])])
def test_a_topic_that_is_named_twice(last: int, expected: list[list[int]]) -> None:
    """It is answered twice, as it was asked, unless a partition was refused before the coordinator was asked."""
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    request = request_for(broker, 9, {"orders": {0: 5}})
    request.topics += request_for(broker, 9, {"orders": {last: 6}}).topics
    answered = [[index for index, _ in partitions] for _, partitions in told(broker.ask(request, 9))]
    assert answered == expected
