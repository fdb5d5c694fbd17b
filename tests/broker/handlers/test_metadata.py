"""Metadata through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.authorized_operations import ALL_ON_CLUSTER, ALL_ON_TOPIC, NOT_ASKED_FOR
from kafkalite.cluster.result import Result
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from tests.broker.played_broker import PlayedBroker

VERSIONS = range(14)


def request(*names: str, version: int = 13, may_create: bool = False, **fields: Any) -> MetadataRequest:
    if version >= 4:
        fields["allow_auto_topic_creation"] = may_create
    return MetadataRequest(topics=[MetadataRequestTopic(name=name) for name in names], **fields)


def by_id(*topic_ids: bytes) -> MetadataRequest:
    return MetadataRequest(topics=[MetadataRequestTopic(name=None, topic_id=topic_id) for topic_id in topic_ids])


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_tells_what_it_can(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    response = broker.ask(request("orders", version=version), version)
    (node,) = response.brokers
    assert (node.node_id, node.host, node.port, node.rack) == (1, "127.0.0.1", 9092, None)
    assert response.controller_id == (1 if version >= 1 else -1)
    assert response.cluster_id == (broker.broker.cluster_id if version >= 2 else None)
    (topic,) = response.topics
    assert (topic.name, topic.error_code, topic.is_internal) == ("orders", errors.NONE, False)
    assert topic.topic_id == (broker.topic_id() if version >= 10 else ZERO_UUID)
    for index, partition in enumerate(topic.partitions):
        assert (partition.error_code, partition.partition_index, partition.leader_id) == (0, index, 1)
        assert (partition.replica_nodes, partition.isr_nodes, partition.offline_replicas) == ([1], [1], [])
        assert partition.leader_epoch == (0 if version >= 7 else -1)


@pytest.mark.parametrize("version", VERSIONS)
def test_null_asks_for_all_topics_and_none_for_none_but_in_version_0(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("a")
    broker.create_topic("b")
    nobody = broker.ask(request(version=version), version)
    assert [topic.name for topic in nobody.topics] == (["a", "b"] if version == 0 else [])
    if version >= 1:
        everybody = broker.ask(MetadataRequest(topics=None), version)
        assert [topic.name for topic in everybody.topics] == ["a", "b"]


@pytest.mark.parametrize("version", VERSIONS)
def test_topics_that_are_missing_are_made_and_told(version: int) -> None:
    broker = PlayedBroker(properties={"num.partitions": "2"})
    made, bad = broker.ask(request("new", "bad name", version=version, may_create=True), version).topics
    assert (made.error_code, len(made.partitions)) == (errors.NONE, 2)
    assert (bad.error_code, bad.partitions) == (errors.INVALID_TOPIC_EXCEPTION, [])
    assert broker.produce(b"x", topic="new", partition=1).error_code == errors.NONE


@pytest.mark.parametrize("version", VERSIONS)
def test_topics_that_are_made_may_be_told_with_the_next_answer(version: int, caplog: pytest.LogCaptureFixture) -> None:
    """As Kafka does."""
    broker = PlayedBroker(properties={"kafkalite.auto.create.at.once": "false"})
    broker.create_topic("old.one")
    wanted = request("new", "bad name", "old_one", "old.one", version=version, may_create=True)
    first, *others = broker.ask(wanted, version).topics
    assert (first.name, first.error_code) == ("old.one", errors.NONE)
    assert {topic.name: (topic.error_code, topic.topic_id, topic.partitions) for topic in others} == {
        "new": (errors.UNKNOWN_TOPIC_OR_PARTITION, ZERO_UUID, []),
        "old_one": (errors.UNKNOWN_TOPIC_OR_PARTITION, ZERO_UUID, []),
        "bad name": (errors.INVALID_TOPIC_EXCEPTION, ZERO_UUID, []),
    }
    assert caplog.messages == ["topic old_one cannot be created automatically: INVALID_TOPIC_EXCEPTION"]
    [made] = broker.ask(request("new", version=version, may_create=True), version).topics
    assert (made.name, made.error_code, len(made.partitions)) == ("new", errors.NONE, 1)


@pytest.mark.parametrize(("properties", "may_create"), [({}, False), ({"auto.create.topics.enable": "false"}, True)])
def test_topics_are_not_made_against_the_clients_or_the_brokers_will(
    properties: dict[str, str], may_create: bool
) -> None:
    broker = PlayedBroker(properties=properties)
    unknown, bad, internal = broker.ask(request("nope", "a b", "__consumer_offsets", may_create=may_create), 13).topics
    assert (unknown.error_code, unknown.topic_id) == (errors.UNKNOWN_TOPIC_OR_PARTITION, ZERO_UUID)
    assert bad.error_code == errors.INVALID_TOPIC_EXCEPTION
    assert (internal.error_code, internal.is_internal) == (errors.UNKNOWN_TOPIC_OR_PARTITION, True)
    assert broker.broker.metadata.image.topics.by_name == {}


def test_internal_topics_are_made_as_their_kind_demands() -> None:
    broker = PlayedBroker()
    (topic,) = broker.ask(request("__consumer_offsets", may_create=True), 13).topics
    assert (topic.error_code, topic.is_internal, len(topic.partitions)) == (errors.NONE, True, 1)
    values = broker.broker.metadata.image.configs.of(2, "__consumer_offsets")
    assert values["cleanup.policy"] == "compact"


@pytest.mark.parametrize(
    ("properties", "name", "code"),
    [
        ({"default.replication.factor": "3"}, "new", errors.INVALID_REPLICATION_FACTOR),
        ({}, "is_there", errors.INVALID_TOPIC_EXCEPTION),
    ],
)
def test_topics_that_cannot_be_made_say_why(properties: dict[str, str], name: str, code: int) -> None:
    broker = PlayedBroker(properties=properties)
    broker.create_topic("is.there")
    (answer,) = broker.ask(request(name, may_create=True), 13).topics
    assert (answer.error_code, answer.partitions) == (code, [])


@pytest.mark.parametrize("version", [12, 13])
def test_topics_are_told_by_id(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    known, unknown = broker.ask(by_id(broker.topic_id(), b"?" * 16), version).topics
    assert (known.name, known.error_code, len(known.partitions)) == ("orders", errors.NONE, 1)
    assert (unknown.name, unknown.topic_id, unknown.error_code) == (None, b"?" * 16, errors.UNKNOWN_TOPIC_ID)


def test_one_id_makes_names_not_count() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    mixed = by_id(b"?" * 16)
    mixed.topics.append(MetadataRequestTopic(name="orders"))
    (answer,) = broker.ask(mixed, 13).topics
    assert answer.error_code == errors.UNKNOWN_TOPIC_ID


@pytest.mark.parametrize("version", [10, 11])
def test_ids_are_refused_before_version_12(version: int) -> None:
    broker = PlayedBroker()
    wrong = MetadataRequest(topics=[MetadataRequestTopic(name="orders", topic_id=b"x" * 16)])
    response = broker.ask(wrong, version)
    assert [(topic.name, topic.error_code) for topic in response.topics] == [("orders", errors.INVALID_REQUEST)]


def test_a_topic_without_name_and_id_is_no_request() -> None:
    response = PlayedBroker().ask(by_id(ZERO_UUID), 13)
    assert response.error_code == errors.INVALID_REQUEST
    assert [topic.error_code for topic in response.topics] == [errors.INVALID_REQUEST]


def test_a_topic_asked_for_twice_is_told_once() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert len(broker.ask(request("orders", "orders"), 13).topics) == 1


@pytest.mark.parametrize("version", range(8, 14))
def test_operations_are_told_to_those_who_ask(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    with_cluster = {"include_cluster_authorized_operations": True} if version <= 10 else {}
    asked = broker.ask(request("orders", "nope", include_topic_authorized_operations=True, **with_cluster), version)
    assert [topic.topic_authorized_operations for topic in asked.topics] == [ALL_ON_TOPIC] * 2
    assert asked.cluster_authorized_operations == (ALL_ON_CLUSTER if version <= 10 else NOT_ASKED_FOR)
    silent = broker.ask(request("orders"), version)
    assert silent.topics[0].topic_authorized_operations == NOT_ASKED_FOR


def test_a_partition_that_nobody_leads_says_so() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    change = PartitionChangeRecord(partition_id=0, topic_id=broker.topic_id(), leader=2, replicas=[1, 2])
    broker.broker.metadata.commit(lambda image: Result([change], None))
    (partition,) = broker.ask(request("orders"), 13).topics[0].partitions
    assert (partition.error_code, partition.leader_id) == (errors.LEADER_NOT_AVAILABLE, -1)
    assert (partition.leader_epoch, partition.offline_replicas) == (1, [2])
