"""OffsetCommit, OffsetFetch and ListGroups in every version: what kafkalite answers, Apache Kafka answers.

Every expectation here was held against Apache Kafka 4.4.0 (`--broker=kafka`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from confluent_kafka import TopicCollection
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import Broker
from compat_tests.side_by_side.test_classic_groups import DEADLINE_S, Group
from kafkalite.model.uuids import uuid_from_text
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)

TOPIC = "offsets"
COMMIT_VERSIONS = range(2, 11)
FETCH_VERSIONS = range(1, 11)
UNKNOWN_ID = bytes(range(16))
NOT_ASKED_FOR = -(2**31)
ALL_ON_GROUP = 3400
"""Read, delete, describe, describe and alter configs."""


class Offsets(Group):
    """A group whose offsets are looked at."""

    topic_id = bytes(16)

    def commit_all(self, version: int, offsets: dict[str, dict[int, int]], metadata: str | None = "m") -> Any:
        """OffsetCommit; returns (topic, partition) -> error, topics by id having their names again."""
        topics = []
        for name, partitions in offsets.items():
            topic = OffsetCommitRequestTopic()
            topic.partitions = [
                OffsetCommitRequestPartition(partition_index=index, committed_offset=one, committed_metadata=metadata)
                for index, one in partitions.items()
            ]
            if version >= 10:
                topic.topic_id = self.topic_id if name == TOPIC else UNKNOWN_ID
            else:
                topic.name = name
            topics.append(topic)
        response = self.voice().ask(OffsetCommitRequest(group_id=self.group_id, topics=topics), version)
        return {
            (self._name(one), partition.partition_index): partition.error_code
            for one in response.topics
            for partition in one.partitions
        }

    def fetch_all(self, version: int, wanted: dict[str, list[int]] | None) -> tuple[int, dict[Any, Any]]:
        """OffsetFetch; returns the error and (topic, partition) -> (offset, metadata, error)."""
        if version < 8:
            plain = None
            if wanted is not None:
                plain = [OffsetFetchRequestTopic(name=name, partition_indexes=one) for name, one in wanted.items()]
            response = self.voice().ask(OffsetFetchRequest(group_id=self.group_id, topics=plain), version)
        else:
            group = OffsetFetchRequestGroup(group_id=self.group_id, topics=None)
            if wanted is not None:
                group.topics = [self._topic(name, one, version) for name, one in wanted.items()]
            [response] = self.voice().ask(OffsetFetchRequest(groups=[group]), version).groups
        return response.error_code, {
            (self._name(one), partition.partition_index): (
                partition.committed_offset,
                partition.metadata,
                partition.error_code,
            )
            for one in response.topics
            for partition in one.partitions
        }

    def _topic(self, name: str, partitions: list[int], version: int) -> OffsetFetchRequestTopics:
        if version < 10:
            return OffsetFetchRequestTopics(name=name, partition_indexes=partitions)
        topic_id = self.topic_id if name == TOPIC else UNKNOWN_ID
        return OffsetFetchRequestTopics(topic_id=topic_id, partition_indexes=partitions)

    def _name(self, topic: Any) -> str:
        ids = {self.topic_id: TOPIC, UNKNOWN_ID: "nothing"}
        return str(topic.name or ids[topic.topic_id])


@pytest.fixture(scope="session")
def topic_id(broker: Broker) -> bytes:
    """Return the id of a topic with two partitions."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers, "log_level": 2})
    for future in admin.create_topics([NewTopic(TOPIC, 2, 1)]).values():
        future.result(DEADLINE_S)
    [described] = admin.describe_topics(TopicCollection([TOPIC])).values()
    return uuid_from_text(str(described.result(DEADLINE_S).topic_id))


@pytest.fixture
def group(broker: Broker, topic_id: bytes) -> Iterator[Offsets]:
    """Return a new group."""
    one = Offsets(broker)
    one.topic_id = topic_id
    yield one
    one.close()


@pytest.mark.parametrize("version", COMMIT_VERSIONS)
def test_commits_of_what_is_there_and_what_is_not(group: Offsets, version: int) -> None:
    told = group.commit_all(version, {"nothing": {0: 1}, TOPIC: {0: 5, 1: 6, 2: 7, -1: 8}})
    unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
    assert told == {
        ("nothing", 0): errors.UNKNOWN_TOPIC_ID if version >= 10 else unknown,
        (TOPIC, 2): unknown,
        (TOPIC, -1): unknown,
        (TOPIC, 0): errors.NONE,
        (TOPIC, 1): errors.NONE,
    }
    assert group.fetch_all(9, None) == (0, {(TOPIC, 0): (5, "m", 0), (TOPIC, 1): (6, "m", 0)})


@pytest.mark.parametrize("version", COMMIT_VERSIONS)
def test_commits_with_too_much_metadata(group: Offsets, version: int) -> None:
    too_large = errors.OFFSET_METADATA_TOO_LARGE
    assert group.commit_all(version, {TOPIC: {0: 5}}, "x" * 4097) == {(TOPIC, 0): too_large}
    assert group.commit_all(version, {TOPIC: {1: 5}}, "x" * 4096) == {(TOPIC, 1): errors.NONE}
    assert list(group.fetch_all(9, None)[1]) == [(TOPIC, 1)]


@pytest.mark.parametrize("version", COMMIT_VERSIONS)
def test_commits_without_metadata_and_of_strange_offsets(group: Offsets, version: int) -> None:
    assert group.commit_all(version, {TOPIC: {0: -5}}, None) == {(TOPIC, 0): errors.NONE}
    assert group.fetch_all(9, None) == (0, {(TOPIC, 0): (-5, "", 0)})


@pytest.mark.parametrize("version", FETCH_VERSIONS)
def test_fetches_of_what_is_there_and_what_is_not(group: Offsets, version: int) -> None:
    group.commit_all(9, {TOPIC: {0: 5}})
    nothing = errors.UNKNOWN_TOPIC_ID if version >= 10 else errors.NONE
    assert group.fetch_all(version, {TOPIC: [0, 1, 7], "nothing": [0]}) == (
        0,
        {
            (TOPIC, 0): (5, "m", 0),
            (TOPIC, 1): (-1, "", 0),
            (TOPIC, 7): (-1, "", 0),
            ("nothing", 0): (-1, "", nothing),
        },
    )


@pytest.mark.parametrize("version", FETCH_VERSIONS[1:])
def test_fetches_of_everything(group: Offsets, version: int) -> None:
    group.commit_all(9, {TOPIC: {0: 5, 1: 6}})
    assert group.fetch_all(version, None) == (0, {(TOPIC, 0): (5, "m", 0), (TOPIC, 1): (6, "m", 0)})


@pytest.mark.parametrize("version", FETCH_VERSIONS)
def test_fetches_of_a_group_that_is_not_there(group: Offsets, version: int) -> None:
    assert group.fetch_all(version, {TOPIC: [0]}) == (0, {(TOPIC, 0): (-1, "", 0)})


@pytest.mark.parametrize("version", range(6))
def test_a_group_that_only_commits_is_listed(group: Offsets, version: int) -> None:
    group.commit_all(9, {TOPIC: {0: 5}})
    request = ListGroupsRequest()
    if version >= 4:
        request.states_filter = ["eMPTY"]
    if version >= 5:
        request.types_filter = ["CLASSIC"]
    [listed] = [one for one in group.voice().ask(request, version).groups if one.group_id == group.group_id]
    assert (listed.protocol_type, listed.group_state, listed.group_type) == (
        "",
        "Empty" if version >= 4 else "",
        "classic" if version >= 5 else "",
    )


@pytest.mark.parametrize(
    "request_", [ListGroupsRequest(states_filter=["nonsense"]), ListGroupsRequest(types_filter=["nonsense"])]
)
def test_words_that_mean_nothing_match_nothing(group: Offsets, request_: ListGroupsRequest) -> None:
    group.commit_all(9, {TOPIC: {0: 5}})
    response = group.voice().ask(request_, 5)
    assert (response.error_code, response.groups) == (errors.NONE, [])


@pytest.mark.parametrize("version", range(7))
def test_a_group_that_is_not_there_is_described(group: Offsets, version: int) -> None:
    request = DescribeGroupsRequest(groups=[group.group_id], include_authorized_operations=version >= 3)
    [described] = group.voice().ask(request, version).groups
    assert (described.group_state, described.protocol_type, described.members) == ("Dead", "", [])
    is_told = version >= 6
    assert described.error_code == (errors.GROUP_ID_NOT_FOUND if is_told else errors.NONE)
    assert described.error_message == (f"Group {group.group_id} not found." if is_told else None)
    assert described.authorized_operations == (NOT_ASKED_FOR if version < 3 or is_told else ALL_ON_GROUP)


@pytest.mark.parametrize("version", range(3))
def test_a_group_that_is_named_twice_is_deleted_once(group: Offsets, version: int) -> None:
    group.commit_all(9, {TOPIC: {0: 5}})
    request = DeleteGroupsRequest(groups_names=[group.group_id, group.group_id])
    results = group.voice().ask(request, version).results
    assert [(one.group_id, one.error_code) for one in results] == [(group.group_id, errors.NONE)]
