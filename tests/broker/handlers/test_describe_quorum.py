"""DescribeQuorum through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_quorum_request import DescribeQuorumRequest, PartitionData, TopicData
from tests.broker.played_broker import START_MS, PlayedBroker


def request(*topics: tuple[str, list[int]]) -> DescribeQuorumRequest:
    return DescribeQuorumRequest(
        topics=[
            TopicData(topic_name=name, partitions=[PartitionData(partition_index=index) for index in indexes])
            for name, indexes in topics
        ]
    )


@pytest.mark.parametrize("version", range(3))
def test_this_node_is_the_quorum(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    response = broker.ask(request(("__cluster_metadata", [0])), version)
    (partition,) = response.topics[0].partitions
    end_offset = broker.broker.metadata.image.end_offset
    assert (partition.error_code, partition.leader_id, partition.leader_epoch) == (0, 1, 1)
    assert (partition.high_watermark, partition.observers) == (end_offset, [])
    (voter,) = partition.current_voters
    assert (voter.replica_id, voter.log_end_offset) == (1, end_offset)
    assert voter.last_fetch_timestamp == voter.last_caught_up_timestamp == (START_MS if version else -1)
    assert [(node.node_id, node.listeners[0].port) for node in response.nodes] == ([(1, 9092)] if version == 2 else [])


@pytest.mark.parametrize(
    "topics",
    [
        [("orders", [0])],
        [("__cluster_metadata", [1])],
        [("__cluster_metadata", [0, 1])],
        [("__cluster_metadata", [0]), ("orders", [0])],
    ],
)
def test_nothing_else_has_a_quorum(topics: list[tuple[str, list[int]]]) -> None:
    response = PlayedBroker().ask(request(*topics), 2)
    codes = {partition.error_code for topic in response.topics for partition in topic.partitions}
    assert codes == {errors.UNKNOWN_TOPIC_OR_PARTITION}
    assert [topic.topic_name for topic in response.topics] == [name for name, _ in topics]


def test_asking_for_nothing_answers_nothing() -> None:
    assert PlayedBroker().ask(request(), 2).topics == []
