"""CreatePartitions on the metadata."""

from __future__ import annotations

import pytest

from kafkalite.cluster.partitions import create_partitions, partition_record
from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_partitions_request import (
    CreatePartitionsAssignment,
    CreatePartitionsRequest,
    CreatePartitionsTopic,
)
from tests.cluster.conversation import Cluster, summary


def more(name: str, count: int, *replicas: list[int]) -> CreatePartitionsTopic:
    assignments = [CreatePartitionsAssignment(broker_ids=ids) for ids in replicas]
    return CreatePartitionsTopic(name=name, count=count, assignments=assignments or None)


def grow(cluster: Cluster, *topics: CreatePartitionsTopic, validate_only: bool = False):
    request = CreatePartitionsRequest(topics=list(topics), validate_only=validate_only)
    return create_partitions(cluster.image, request, cluster.context)


def test_partitions_are_added_behind_those_there_are(cluster: Cluster) -> None:
    before = cluster.create("orders", 2)
    result = grow(cluster, more("orders", 4))
    assert summary(result.records) == [("Partition", 2, [1], [1], 1), ("Partition", 3, [1], [1], 1)]
    assert (result.response.results[0].error_code, result.response.results[0].error_message) == (0, None)
    cluster.commit(result)
    after = cluster.image.topics.by_name["orders"]
    assert after.partitions[:2] == before.partitions
    assert len(after.partitions) == 4
    (changed,) = cluster.delta.topics.changed()
    assert (changed.before, changed.after) == (before, after)


def test_new_partitions_get_as_many_replicas_as_the_old_ones(cluster: Cluster) -> None:
    cluster.register(2)
    cluster.context.static_configs.values["default.replication.factor"] = "2"
    cluster.create("orders")
    assert len(grow(cluster, more("orders", 2)).records[0].replicas) == 2


def test_replicas_may_be_assigned_by_hand(cluster: Cluster) -> None:
    cluster.register(2)
    cluster.create("orders", 1)
    assert summary(grow(cluster, more("orders", 3, [2], [1])).records) == [
        ("Partition", 1, [2], [2], 2),
        ("Partition", 2, [1], [1], 1),
    ]


def test_validate_only_answers_and_stores_nothing(cluster: Cluster) -> None:
    cluster.create("orders")
    result = grow(cluster, more("orders", 4), validate_only=True)
    assert (result.records, result.response.results[0].error_code) == ([], errors.NONE)


@pytest.mark.parametrize(
    ("refused", "error_code"),
    [
        (more("orders", 2), errors.INVALID_PARTITIONS),
        (more("orders", 1), errors.INVALID_PARTITIONS),
        (more("orders", 0), errors.INVALID_PARTITIONS),
        (more("nope", 3), errors.UNKNOWN_TOPIC_OR_PARTITION),
        (more("orders", 4, [1]), errors.INVALID_REPLICA_ASSIGNMENT),
        (more("orders", 3, [9]), errors.INVALID_REPLICA_ASSIGNMENT),
        (more("orders", 3, []), errors.INVALID_REPLICA_ASSIGNMENT),
        (more("orders", 3, [1, 1]), errors.INVALID_REPLICA_ASSIGNMENT),
    ],
)
def test_what_cannot_be_added_is_refused(cluster: Cluster, refused: CreatePartitionsTopic, error_code: int) -> None:
    cluster.create("orders", 2)
    result = grow(cluster, refused)
    assert result.response.results[0].error_code == error_code
    assert result.records == []


def test_too_many_replicas_by_hand_are_refused(cluster: Cluster) -> None:
    cluster.register(2)
    cluster.create("orders", 1)
    result = grow(cluster, more("orders", 2, [1, 2]))
    assert result.response.results[0].error_code == errors.INVALID_REPLICA_ASSIGNMENT


def test_a_topic_named_twice_is_refused_once(cluster: Cluster) -> None:
    cluster.create("orders", 1)
    cluster.create("other", 1)
    result = grow(cluster, more("orders", 2), more("other", 2), more("orders", 3))
    answers = [(answer.name, answer.error_code) for answer in result.response.results]
    assert answers == [("orders", errors.INVALID_REQUEST), ("other", errors.NONE)]
    assert len(result.records) == 1


def test_a_new_partition_is_led_by_the_first_active_replica(cluster: Cluster) -> None:
    cluster.register(2)
    fenced = cluster.image.brokers.by_id[1]._replace(is_fenced=True)
    brokers = cluster.image.brokers._replace(by_id={**cluster.image.brokers.by_id, 1: fenced})
    record = partition_record(bytes(16), 0, (1, 2), brokers)
    assert (record.replicas, record.isr, record.leader) == ([1, 2], [2], 2)


def test_a_request_has_a_limit(cluster: Cluster) -> None:
    cluster.create("orders")
    cluster.create("payments")
    most = grow(cluster, more("orders", 10_001), validate_only=True)
    assert most.response.results[0].error_code == errors.NONE
    for topics in ([more("orders", 10_002)], [more("orders", 3), more("payments", 2_000_000_000)]):
        assert grow(cluster, *topics, validate_only=True).response.results[-1].error_code == errors.POLICY_VIOLATION
