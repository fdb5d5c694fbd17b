"""OffsetFetch through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)
from tests.broker.handlers.offsets_conversation import request_for
from tests.broker.played_broker import PlayedBroker

VERSIONS = range(11)


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker where group g is at 5 and 6 of orders, and at 7 of bills."""
    made = PlayedBroker()
    made.create_topic("orders", 3)
    made.create_topic("bills", 1)
    made.ask(request_for(made, 9, {"orders": {0: 5, 1: 6}, "bills": {0: 7}}, metadata="note"), 9)
    return made


def fetch(
    broker: PlayedBroker, version: int, wanted: dict[str, list[int]] | None, group_id: str = "g", **fields: Any
) -> Any:
    """Return the group's part of the answer."""
    if version < 8:
        topics = (
            None
            if wanted is None
            else [OffsetFetchRequestTopic(name=n, partition_indexes=p) for n, p in wanted.items()]
        )
        return broker.ask(OffsetFetchRequest(group_id=group_id, topics=topics, **fields), version)
    group = OffsetFetchRequestGroup(group_id=group_id, topics=None)
    if wanted is not None:
        group.topics = []
        for name, partitions in wanted.items():
            topic = OffsetFetchRequestTopics(partition_indexes=partitions)
            image = broker.broker.metadata.image.topics.by_name.get(name)
            if version >= 10:
                topic.topic_id = b"x" * 16 if image is None else image.topic_id
            else:
                topic.name = name
            group.topics.append(topic)
    [response] = broker.ask(OffsetFetchRequest(groups=[group], **fields), version).groups
    assert response.group_id == group_id
    return response


def offsets(broker: PlayedBroker, version: int, response: Any) -> dict[tuple[str, int], tuple[int, str | None, int]]:
    """Return (topic, partition) -> (offset, metadata, error); topics by id have their names again."""
    by_id = broker.broker.metadata.image.topics.by_id
    found = {}
    for topic in response.topics:
        name = topic.name if version < 10 else by_id[topic.topic_id].name if topic.topic_id in by_id else "?"
        for one in topic.partitions:
            found[name, one.partition_index] = (one.committed_offset, one.metadata, one.error_code)
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_offsets_are_told_in_every_version(broker: PlayedBroker, version: int) -> None:
    response = fetch(broker, version, {"orders": [0, 2], "bills": [0]})
    assert response.error_code == errors.NONE
    assert offsets(broker, version, response) == {
        ("orders", 0): (5, "note", 0),
        ("orders", 2): (-1, "", 0),
        ("bills", 0): (7, "note", 0),
    }


@pytest.mark.parametrize("version", VERSIONS[2:])
def test_all_offsets_are_told_from_version_2_on(broker: PlayedBroker, version: int) -> None:
    found = offsets(broker, version, fetch(broker, version, None))
    assert {place: one[0] for place, one in found.items()} == {("orders", 0): 5, ("orders", 1): 6, ("bills", 0): 7}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_group_that_is_not_there_is_at_no_offset(broker: PlayedBroker, version: int) -> None:
    response = fetch(broker, version, {"orders": [0]}, group_id="another")
    assert offsets(broker, version, response) == {("orders", 0): (-1, "", 0)}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_topic_that_is_not_there_has_no_offsets_and_an_id_is_unknown(broker: PlayedBroker, version: int) -> None:
    found = offsets(broker, version, fetch(broker, version, {"nope": [0], "orders": [0]}))
    assert found["orders", 0][0] == 5
    if version >= 10:
        assert found["?", 0] == (-1, "", errors.UNKNOWN_TOPIC_ID)
    else:
        assert found["nope", 0] == (-1, "", errors.NONE)


def test_several_groups_are_told_at_once(broker: PlayedBroker) -> None:
    broker.ask(request_for(broker, 9, {"orders": {0: 1}}, group_id="h"), 9)
    groups = [OffsetFetchRequestGroup(group_id=one, topics=None) for one in ("g", "h", "i")]
    response = broker.ask(OffsetFetchRequest(groups=groups), 9)
    assert [(group.group_id, len(group.topics)) for group in response.groups] == [("g", 2), ("h", 1), ("i", 0)]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_coordinator_that_cannot_work_is_told_where_the_version_can(broker: PlayedBroker, version: int) -> None:
    groups = broker.broker.groups
    broker.broker.partitions.get("__consumer_offsets", 0).close(clean=False)
    groups.host.runtime(0).unload()
    response = fetch(broker, version, {"orders": [0]})
    if version >= 2:
        assert (response.error_code, response.topics) == (errors.NOT_COORDINATOR, [])
    else:
        assert offsets(broker, version, response) == {("orders", 0): (-1, "", errors.NOT_COORDINATOR)}


def test_offsets_of_a_deleted_topic_are_gone(broker: PlayedBroker) -> None:
    broker.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    assert list(offsets(broker, 9, fetch(broker, 9, None))) == [("bills", 0)]
