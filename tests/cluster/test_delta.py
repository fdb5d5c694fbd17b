"""From one image to the next."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.cluster.delta import MetadataDelta
from kafkalite.cluster.image import EMPTY_IMAGE
from kafkalite.cluster.record_codec import read_record
from kafkalite.cluster.resource_types import BROKER
from kafkalite.protocol.internal_records.abort_transaction_record import AbortTransactionRecord
from kafkalite.protocol.internal_records.access_control_entry_record import AccessControlEntryRecord
from kafkalite.protocol.internal_records.begin_transaction_record import BeginTransactionRecord
from kafkalite.protocol.internal_records.end_transaction_record import EndTransactionRecord
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.internal_records.producer_ids_record import ProducerIdsRecord
from kafkalite.protocol.internal_records.topic_record import TopicRecord
from tests.cluster.conversation import Cluster
from tests.cluster.kafka_records import BOOTSTRAP, LATER


def replay(*records: Any, on: Any = EMPTY_IMAGE) -> MetadataDelta:
    delta = MetadataDelta(on)
    for record in records:
        delta.replay(record)
    return delta


def test_apache_kafkas_log_becomes_an_image() -> None:
    records = [read_record(bytes.fromhex(value)) for _, value in BOOTSTRAP + LATER[:-1]]
    image = replay(*records).apply(99, 2)
    assert (image.end_offset, image.epoch, image.unread) == (99, 2, {})
    topic = image.topics.by_name["orders"]
    (partition,) = topic.partitions
    assert (partition.leader, partition.leader_epoch, partition.partition_epoch) == (1, 2, 2)
    assert (partition.isr, partition.eligible_leader_replicas, partition.last_known_elr) == ((1,), (), ())
    assert image.features.metadata_version == 33
    assert image.features.is_elr_enabled()
    assert image.configs.of(BROKER, "") == {"min.insync.replicas": "1"}
    broker = image.brokers.by_id[1]
    assert (broker.broker_epoch, broker.is_fenced, broker.is_in_controlled_shutdown) == (12, True, True)
    assert image.producer_ids.next_producer_id == 1000
    last = read_record(bytes.fromhex(LATER[-1][1]))
    assert replay(last, on=image).apply(100, 2).topics.by_name == {}


def test_what_did_not_change_is_the_same_object(cluster: Cluster) -> None:
    image = replay(FeatureLevelRecord(name="group.version", feature_level=0), on=cluster.image).apply(1, 1)
    assert image.topics is cluster.image.topics
    assert image.configs is cluster.image.configs
    assert image.brokers is cluster.image.brokers
    assert "group.version" not in image.features.finalized


def test_an_image_never_changes_under_its_readers(cluster: Cluster) -> None:
    before = cluster.image
    names = dict(before.topics.by_name)
    cluster.create("later", retention_ms="1")
    assert before.topics.by_name == names
    assert "later" in cluster.image.topics.by_name


def test_a_transaction_counts_from_its_end_on() -> None:
    topic = TopicRecord(name="t", topic_id=b"t" * 16)
    delta = replay(BeginTransactionRecord(name="both"), topic)
    assert delta.is_in_transaction
    assert delta.apply(2, 1).topics.by_name == {}
    delta.replay(EndTransactionRecord())
    assert not delta.is_in_transaction
    assert list(delta.apply(3, 1).topics.by_name) == ["t"]


def test_an_aborted_transaction_leaves_nothing() -> None:
    topic = TopicRecord(name="t", topic_id=b"t" * 16)
    delta = replay(BeginTransactionRecord(name="both"), topic, AbortTransactionRecord(reason="because"))
    assert delta.apply(3, 1).topics.by_name == {}


@pytest.mark.parametrize(
    "records",
    [
        [EndTransactionRecord()],
        [AbortTransactionRecord(reason="")],
        [BeginTransactionRecord(), BeginTransactionRecord()],
        [ProducerIdsRecord(next_producer_id=5), ProducerIdsRecord(next_producer_id=4)],
    ],
)
def test_contradictions_are_refused(records: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replay(*records)


def test_kinds_that_are_not_acted_upon_are_counted() -> None:
    record = AccessControlEntryRecord(id=b"a" * 16, principal="User:a", host="*")
    image = replay(record, record).apply(2, 1)
    assert image.unread == {"AccessControlEntryRecord": 2}
    assert replay(record, on=image).apply(3, 1).unread == {"AccessControlEntryRecord": 3}
