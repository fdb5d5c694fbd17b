"""Reassignments on the metadata: what is done at once, what is refused, what a cluster of Kafka had begun."""

from __future__ import annotations

import pytest

from kafkalite.cluster.image import PartitionImage
from kafkalite.cluster.reassignments import alter_partition_reassignments, list_partition_reassignments
from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.internal_records.fence_broker_record import FenceBrokerRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.alter_partition_reassignments_request import (
    AlterPartitionReassignmentsRequest,
    ReassignablePartition,
    ReassignableTopic,
)
from kafkalite.protocol.messages.list_partition_reassignments_request import (
    ListPartitionReassignmentsRequest,
    ListPartitionReassignmentsTopics,
)
from tests.cluster.conversation import Cluster


@pytest.fixture
def cluster() -> Cluster:
    """Return a cluster of broker 1 and of 2 and 3, which are fenced."""
    cluster = Cluster()
    cluster.create("orders", 2)
    for broker_id in (2, 3):
        epoch = cluster.register(broker_id)
        cluster.commit(Result([FenceBrokerRecord(id=broker_id, epoch=epoch)], None))
    return cluster


def partition(cluster: Cluster, index: int = 0) -> PartitionImage:
    return cluster.image.topics.by_name["orders"].partitions[index]


def change(cluster: Cluster, **fields: object) -> None:
    topic_id = cluster.image.topics.by_name["orders"].topic_id
    cluster.commit(Result([PartitionChangeRecord(partition_id=0, topic_id=topic_id, **fields)], None))  # type: ignore[arg-type]


def reassign(
    cluster: Cluster, *targets: tuple[int, list[int] | None], topic: str = "orders", free: bool = True
) -> list[int]:
    """Return the error code of each partition; what was done is in the image."""
    wanted = [ReassignablePartition(partition_index=index, replicas=replicas) for index, replicas in targets]
    request = AlterPartitionReassignmentsRequest(
        allow_replication_factor_change=free, topics=[ReassignableTopic(name=topic, partitions=wanted)]
    )
    [answer] = cluster.commit(alter_partition_reassignments(cluster.image, request)).responses
    cluster.check_replay()
    return [each.error_code for each in answer.partitions]


def ongoing(cluster: Cluster, *indexes: int) -> list[tuple[int, list[int], list[int], list[int]]]:
    """Return (partition, replicas, adding, removing) of what goes on; without indexes of all."""
    topics = [ListPartitionReassignmentsTopics(name="orders", partition_indexes=list(indexes))] if indexes else None
    response = list_partition_reassignments(cluster.image, ListPartitionReassignmentsRequest(topics=topics))
    return [
        (each.partition_index, each.replicas, each.adding_replicas, each.removing_replicas)
        for topic in response.topics
        for each in topic.partitions
    ]


def test_replicas_that_are_where_they_should_be_change_nothing(cluster: Cluster) -> None:
    before = cluster.image.topics
    assert reassign(cluster, (0, [1]), (1, [1])) == [errors.NONE] * 2
    assert cluster.image.topics is before
    assert ongoing(cluster) == ongoing(cluster, 0, 7, -1) == []


@pytest.mark.parametrize("replicas", [[], [4711], [-1], [1, 1], [2], [1, 2]])
def test_what_cannot_be_is_refused(cluster: Cluster, replicas: list[int]) -> None:
    before = partition(cluster)
    assert reassign(cluster, (0, replicas), (1, [1])) == [errors.INVALID_REPLICA_ASSIGNMENT, errors.NONE]
    assert partition(cluster) == before


def test_unknown_partitions(cluster: Cluster) -> None:
    unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
    assert reassign(cluster, (7, [1]), (-1, None), (0, None)) == [unknown, unknown, errors.NO_REASSIGNMENT_IN_PROGRESS]
    assert reassign(cluster, (0, [1]), topic="nope") == [unknown]


def test_replicas_on_brokers_that_are_gone_can_be_dropped(cluster: Cluster) -> None:
    directories = [b"a" * 16, b"b" * 16, b"c" * 16]
    change(cluster, replicas=[2, 1, 3], isr=[2, 1], leader=1, directories=directories)
    epoch = partition(cluster).leader_epoch
    assert reassign(cluster, (0, [1])) == [errors.NONE]
    after = partition(cluster)
    assert (after.replicas, after.isr, after.leader, after.directories) == ((1,), (1,), 1, (b"b" * 16,))
    assert after.leader_epoch == epoch + 1, "nobody goes by the old assignment"


def test_replicas_can_be_put_in_another_order(cluster: Cluster) -> None:
    change(cluster, replicas=[2, 1], isr=[1], leader=1)
    epoch = partition(cluster).leader_epoch
    assert reassign(cluster, (0, [1, 2]), free=False) == [errors.NONE]
    after = partition(cluster)
    assert (after.replicas, after.isr, after.leader, after.leader_epoch) == ((1, 2), (1,), 1, epoch)


def test_the_number_of_replicas_can_be_held(cluster: Cluster) -> None:
    change(cluster, replicas=[1, 2], isr=[1], leader=1)
    assert reassign(cluster, (0, [1]), free=False) == [errors.INVALID_REPLICATION_FACTOR]


def test_what_goes_on_is_told_and_can_be_cancelled(cluster: Cluster) -> None:
    change(cluster, replicas=[2, 3, 1], adding_replicas=[2], removing_replicas=[3], isr=[1, 3], leader=1)
    assert ongoing(cluster) == ongoing(cluster, 0, 1) == [(0, [2, 3, 1], [2], [3])]
    assert reassign(cluster, (0, None)) == [errors.NONE]
    after = partition(cluster)
    assert (after.replicas, after.adding_replicas, after.removing_replicas) == ((3, 1), (), ())
    assert ongoing(cluster) == []


def test_nobody_could_lead_after_a_cancellation(cluster: Cluster) -> None:
    change(cluster, replicas=[2, 1], adding_replicas=[1], isr=[1], leader=1)
    assert reassign(cluster, (0, None)) == [errors.INVALID_REPLICA_ASSIGNMENT]
    assert reassign(cluster, (0, [1])) == [errors.NONE], "but what has arrived may stay"
    assert (partition(cluster).replicas, ongoing(cluster)) == ((1,), [])
