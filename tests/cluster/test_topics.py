"""CreateTopics and DeleteTopics on the metadata."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs import sources
from kafkalite.cluster.resource_types import BROKER, TOPIC
from kafkalite.cluster.result import Result
from kafkalite.cluster.topics import create_topics, delete_topics
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from kafkalite.protocol.messages.create_topics_request import (
    CreatableReplicaAssignment,
    CreatableTopic,
    CreatableTopicConfig,
    CreateTopicsRequest,
)
from tests.cluster.conversation import DIRECTORY_ID, Cluster, summary


def topic(name: str, partitions: int = 1, replication_factor: int = 1, **configs: str | None) -> CreatableTopic:
    return CreatableTopic(
        name=name,
        num_partitions=partitions,
        replication_factor=replication_factor,
        configs=[CreatableTopicConfig(name=key.replace("_", "."), value=value) for key, value in configs.items()],
    )


def assigned(name: str, *replicas: tuple[int, list[int]], **numbers: int) -> CreatableTopic:
    made = topic(name, numbers.get("partitions", -1), numbers.get("replication_factor", -1))
    made.assignments = [CreatableReplicaAssignment(partition_index=i, broker_ids=ids) for i, ids in replicas]
    return made


def create(cluster: Cluster, *topics: CreatableTopic, validate_only: bool = False):
    request = CreateTopicsRequest(topics=list(topics), validate_only=validate_only)
    return create_topics(cluster.image, request, cluster.context)


def test_a_topic_is_its_records_in_kafkas_order(cluster: Cluster) -> None:
    result = create(cluster, topic("orders", 2, min_insync_replicas="1", retention_ms="5"))
    assert summary(result.records) == [
        ("Topic", "orders"),
        ("Config", TOPIC, "orders", "min.insync.replicas", "1"),
        ("Config", TOPIC, "orders", "retention.ms", "5"),
        ("ClearElr", "orders"),
        ("Partition", 0, [1], [1], 1),
        ("Partition", 1, [1], [1], 1),
    ]
    partition = result.records[-1]
    assert (partition.leader_epoch, partition.partition_epoch) == (0, 0)
    assert partition.directories == [DIRECTORY_ID[:15] + b"\x01"]
    answer = cluster.commit(result).topics[0]
    assert (answer.error_code, answer.error_message, answer.num_partitions, answer.replication_factor) == (
        0,
        None,
        2,
        1,
    )
    image = cluster.image.topics.by_name["orders"]
    assert image is cluster.image.topics.by_id[answer.topic_id]
    assert len(image.partitions) == 2
    assert cluster.image.configs.of(TOPIC, "orders") == {"min.insync.replicas": "1", "retention.ms": "5"}


def test_the_answer_tells_every_configuration_and_its_source(cluster: Cluster) -> None:
    configs = [("message.max.bytes", "5000"), ("log.retention.ms", "77")]
    records = [ConfigRecord(resource_type=BROKER, resource_name="1", name=name, value=value) for name, value in configs]
    cluster.commit(Result(records, None))
    cluster.context.static_configs.values["log.roll.hours"] = "2"
    answer = create(cluster, topic("orders", retention_ms="5")).response.topics[0]
    told = {config.name: (config.value, config.config_source) for config in answer.configs}
    assert len(told) == 37
    assert [config.name for config in answer.configs] == sorted(told)
    assert told["retention.ms"] == ("5", sources.TOPIC_CONFIG)
    assert told["max.message.bytes"] == ("5000", sources.DYNAMIC_BROKER_CONFIG)
    assert told["min.insync.replicas"] == ("1", sources.DYNAMIC_DEFAULT_BROKER_CONFIG)
    assert told["segment.ms"] == ("7200000", sources.STATIC_BROKER_CONFIG)
    assert told["cleanup.policy"] == ("delete", sources.DEFAULT_CONFIG)


def test_minus_one_leaves_the_numbers_to_the_broker() -> None:
    cluster = Cluster({"num.partitions": "3", "default.replication.factor": "2"})
    cluster.register(2)
    result = create(cluster, topic("orders", -1, -1))
    assert [sorted(record.replicas) for record in result.records[1:]] == [[1, 2]] * 3
    assert (result.response.topics[0].num_partitions, result.response.topics[0].replication_factor) == (3, 2)
    cluster.check_replay()


def test_validate_only_answers_and_stores_nothing(cluster: Cluster) -> None:
    result = create(cluster, topic("orders", 2), topic("", 1), validate_only=True)
    assert result.records == []
    assert [(t.name, t.error_code) for t in result.response.topics] == [
        ("orders", errors.NONE),
        ("", errors.INVALID_TOPIC_EXCEPTION),
    ]


def test_a_topic_that_fails_does_not_hinder_the_others(cluster: Cluster) -> None:
    response = cluster.commit(create(cluster, topic("bad", 0), topic("good"), topic("good2")))
    assert [t.error_code for t in response.topics] == [errors.INVALID_PARTITIONS, errors.NONE, errors.NONE]
    assert set(cluster.image.topics.by_name) == {"good", "good2"}


def test_a_name_given_twice_is_refused_once_and_not_created(cluster: Cluster) -> None:
    result = create(cluster, topic("twice"), topic("once"), topic("twice"))
    assert [(t.name, t.error_code) for t in result.response.topics] == [
        ("once", errors.NONE),
        ("twice", errors.INVALID_REQUEST),
    ]


REFUSED = [
    (topic(""), errors.INVALID_TOPIC_EXCEPTION),
    (topic("."), errors.INVALID_TOPIC_EXCEPTION),
    (topic(".."), errors.INVALID_TOPIC_EXCEPTION),
    (topic("x" * 250), errors.INVALID_TOPIC_EXCEPTION),
    (topic("a b"), errors.INVALID_TOPIC_EXCEPTION),
    (topic("ä"), errors.INVALID_TOPIC_EXCEPTION),
    (topic("is.there"), errors.TOPIC_ALREADY_EXISTS),
    (topic("is_there"), errors.INVALID_TOPIC_EXCEPTION),
    (topic("__cluster_metadata"), errors.INVALID_REQUEST),
    (topic("t", 0), errors.INVALID_PARTITIONS),
    (topic("t", -2), errors.INVALID_PARTITIONS),
    (topic("t", 1, 0), errors.INVALID_REPLICATION_FACTOR),
    (topic("t", 1, -2), errors.INVALID_REPLICATION_FACTOR),
    (topic("t", 1, 2), errors.INVALID_REPLICATION_FACTOR),
    (topic("t", retention_ms=None), errors.INVALID_CONFIG),
    (topic("t", retention_ms="soon"), errors.INVALID_CONFIG),
    (topic("t", no_such="1"), errors.INVALID_CONFIG),
    (topic("t", retention_ms="9" * 40000), errors.INVALID_CONFIG),
    (assigned("t", (0, [1]), partitions=1), errors.INVALID_REQUEST),
    (assigned("t", (0, [1]), replication_factor=1), errors.INVALID_REQUEST),
    (assigned("t", (0, [])), errors.INVALID_REPLICA_ASSIGNMENT),
    (assigned("t", (0, [9])), errors.INVALID_REPLICA_ASSIGNMENT),
    (assigned("t", (0, [1, 1])), errors.INVALID_REPLICA_ASSIGNMENT),
    (assigned("t", (1, [1])), errors.INVALID_REPLICA_ASSIGNMENT),
    (assigned("t", (0, [1]), (0, [1])), errors.INVALID_REPLICA_ASSIGNMENT),
]


@pytest.mark.parametrize(("refused", "error_code"), REFUSED, ids=lambda case: getattr(case, "name", case))
def test_what_cannot_be_created_is_refused(cluster: Cluster, refused: CreatableTopic, error_code: int) -> None:
    cluster.create("is.there")
    result = create(cluster, refused)
    answer = result.response.topics[0]
    assert (answer.name, answer.error_code, answer.num_partitions) == (refused.name, error_code, -1)
    assert answer.error_message
    assert result.records == []


def test_a_name_collides_only_as_long_as_the_other_topic_is_there(cluster: Cluster) -> None:
    first = cluster.create("a.b")
    assert create(cluster, topic("a_b")).response.topics[0].error_code == errors.INVALID_TOPIC_EXCEPTION
    cluster.commit(delete_topics(cluster.image, [first.topic_id]))
    assert create(cluster, topic("a_b")).response.topics[0].error_code == errors.NONE


def test_replicas_may_be_assigned_by_hand(cluster: Cluster) -> None:
    cluster.register(2)
    result = create(cluster, assigned("orders", (1, [2, 1]), (0, [1, 2])))
    assert summary(result.records)[1:] == [("Partition", 0, [1, 2], [1, 2], 1), ("Partition", 1, [2, 1], [2, 1], 2)]
    uneven = create(cluster, assigned("uneven", (0, [1, 2]), (1, [1])))
    assert uneven.response.topics[0].error_code == errors.INVALID_REPLICA_ASSIGNMENT


def test_one_request_makes_at_most_ten_thousand_partitions(cluster: Cluster) -> None:
    with pytest.raises(ApiError) as refusal:
        create(cluster, topic("a", 9_999), topic("b", 1), topic("c", -1))
    assert refusal.value.error_code == errors.POLICY_VIOLATION
    assert create(cluster, topic("a", 9_990), topic("c", -1)).response.topics[0].error_code == errors.NONE


def test_a_deleted_topic_takes_its_configurations_along(cluster: Cluster) -> None:
    gone, kept = cluster.create("gone", retention_ms="1"), cluster.create("kept", retention_ms="1")
    result = delete_topics(cluster.image, [gone.topic_id])
    assert [record.topic_id for record in result.records] == [gone.topic_id]
    cluster.commit(result)
    assert list(cluster.image.topics.by_name) == ["kept"]
    assert list(cluster.image.topics.by_id) == [kept.topic_id]
    assert cluster.image.configs.of(TOPIC, "gone") == {}
    assert cluster.create("gone").topic_id != gone.topic_id


def test_a_request_has_a_limit_of_records(cluster: Cluster) -> None:
    """A topic, each of its properties and what forgets its eligible leaders are records too."""
    largest = 10_000 - len(create(cluster, topic("orders", retention_ms="1")).records) + 1
    assert len(create(cluster, topic("orders", largest, retention_ms="1")).records) == 10_000
    for count in (largest + 1, 10_001):
        with pytest.raises(ApiError) as raised:
            create(cluster, topic("orders", count, retention_ms="1"))
        assert raised.value.error_code == errors.POLICY_VIOLATION
