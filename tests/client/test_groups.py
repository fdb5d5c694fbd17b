"""Groups, over the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafkalite.client import admin
from kafkalite.client.client import Client
from kafkalite.client.config import client_config
from kafkalite.client.errors import BrokerError
from kafkalite.client.groups import (
    Committed,
    commit_offsets,
    delete_group,
    delete_offsets,
    describe_group,
    fetch_committed,
    list_groups,
    read_assignment,
)
from kafkalite.client.offsets import TopicPartition
from kafkalite.protocol.errors import UNSUPPORTED_VERSION
from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest
from kafkalite.protocol.messages.consumer_protocol_assignment import ConsumerProtocolAssignment
from kafkalite.protocol.messages.consumer_protocol_assignment import TopicPartition as AssignedPartitions
from kafkalite.protocol.messages.offset_fetch_response import (
    OffsetFetchResponse,
    OffsetFetchResponseGroup,
    OffsetFetchResponsePartitions,
    OffsetFetchResponseTopics,
)
from kafkalite.protocol.messages.update_features_request import FeatureUpdateKey, UpdateFeaturesRequest
from tests.threaded_server import bootstrap_of, threaded_server

UNSAFE_DOWNGRADE = 3
FIRST, SECOND = TopicPartition("orders", 0), TopicPartition("orders", 1)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client of a server with a topic."""
    with threaded_server() as server, Client(client_config(bootstrap_of(server))) as connected:
        admin.create_topics(connected, ["orders"], partitions=2)
        yield connected


def test_offsets_come_and_go(client: Client) -> None:
    assert fetch_committed(client, "g") == {}
    commit_offsets(client, "g", {SECOND: 7, FIRST: 5})
    assert fetch_committed(client, "g") == {FIRST: Committed(5, ""), SECOND: Committed(7, "")}
    delete_offsets(client, "g", [FIRST])
    assert fetch_committed(client, "g") == {SECOND: Committed(7, "")}
    group = describe_group(client, "g")
    assert (group.state, group.type, group.members) == ("Empty", "classic", [])
    assert ("g", "Empty", "classic") in [one[:3] for one in list_groups(client)]
    delete_group(client, "g")
    assert fetch_committed(client, "g") == {}


def test_partitions_without_an_offset_are_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    none = OffsetFetchResponsePartitions(partition_index=0, committed_offset=-1)
    some = OffsetFetchResponsePartitions(partition_index=1, committed_offset=3, metadata=None)
    topic = OffsetFetchResponseTopics(name="orders", partitions=[none, some])
    response = OffsetFetchResponse(groups=[OffsetFetchResponseGroup(group_id="g", topics=[topic])])
    monkeypatch.setattr(client, "ask_coordinator", lambda *arguments, **options: response)
    assert fetch_committed(client, "g") == {SECOND: Committed(3, "")}


@pytest.mark.parametrize("ask", [describe_group, delete_group])
def test_a_group_that_does_not_exist(client: Client, ask: object) -> None:
    with pytest.raises(BrokerError) as refusal:
        ask(client, "no-such-group")  # type: ignore[operator]
    assert refusal.value.name == "GROUP_ID_NOT_FOUND"


def test_a_partition_that_does_not_exist(client: Client) -> None:
    with pytest.raises(BrokerError, match=r"^orders-9: UNKNOWN_TOPIC_OR_PARTITION"):
        commit_offsets(client, "g", {TopicPartition("orders", 9): 1})


def test_brokers_that_know_less(client: Client) -> None:
    commit_offsets(client, "old", {FIRST: 5})
    client.coordinator(0, "old")
    ranges = client.connection(client.coordinator(0, "old")).ranges
    kept = dict(ranges)
    try:
        ranges[9] = (1, 7)  # OffsetFetch of one group
        del ranges[69]  # no ConsumerGroupDescribe
        ranges[15] = (0, 5)  # DescribeGroups: an unknown group is Dead
        assert fetch_committed(client, "old") == {FIRST: Committed(5, "")}
        assert describe_group(client, "old").state == "Empty"
        with pytest.raises(BrokerError) as refusal:
            describe_group(client, "no-such-group")
        assert refusal.value.name == "GROUP_ID_NOT_FOUND"
    finally:
        ranges.update(kept)


def assignment_bytes(version: int) -> bytes:
    message = ConsumerProtocolAssignment(assigned_partitions=[AssignedPartitions(topic="t", partitions=[1, 0])])
    data = bytearray(version.to_bytes(2, "big"))
    message.write(data, min(version, ConsumerProtocolAssignment.HIGHEST_VERSION))
    return bytes(data)


@pytest.mark.parametrize("version", [0, 3, 9])
def test_assignments_of_classic_consumers(version: int) -> None:
    assert read_assignment(assignment_bytes(version)) == [TopicPartition("t", 0), TopicPartition("t", 1)]


def test_assignments_that_are_missing_or_of_another_kind() -> None:
    assert read_assignment(b"") == []
    assert read_assignment(b"\x00\x01{json}") is None
    whole = assignment_bytes(1)
    for length in range(2, len(whole)):
        assert read_assignment(whole[:length]) is None


def test_a_cluster_with_the_new_protocol_switched_off() -> None:
    with threaded_server() as server, Client(client_config(bootstrap_of(server))) as client:
        admin.create_topics(client, ["orders"], partitions=1)
        commit_offsets(client, "g", {FIRST: 5})
        off = FeatureUpdateKey(feature="group.version", max_version_level=0, upgrade_type=UNSAFE_DOWNGRADE)
        response = client.ask(UpdateFeaturesRequest(feature_updates=[off], timeout_ms=30_000))
        assert (response.error_code, response.error_message) == (0, None)
        [found] = client.ask(ConsumerGroupDescribeRequest(group_ids=["g"])).groups
        assert found.error_code == UNSUPPORTED_VERSION
        assert describe_group(client, "g").state == "Empty"
