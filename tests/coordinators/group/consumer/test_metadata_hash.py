"""Hashes of topics and groups, beside those of Kafka 4.3.1 (org.apache.kafka.coordinator.group.Utils)."""

from __future__ import annotations

import pytest

from kafkalite.cluster.image import (
    EMPTY_IMAGE,
    BrokerImage,
    BrokersImage,
    MetadataImage,
    PartitionImage,
    TopicImage,
    TopicsImage,
)
from kafkalite.coordinators.group.consumer.metadata_hash import NO_TOPICS_HASH, TopicHashes, topic_hash

RACKS = {1: "north", 2: "süd-öst", 3: None}
TOPICS = [("a", 1, (3,)), ("orders.eu-1", 3, (1,)), ("both", 2, (1, 2)), ("many", 40, (2, 1, 3))]
"""(name, partition count, replicas); the n-th topic has the id 0x0102030405060708 and n."""
HASHES = {
    "a": -7281322168879741080,
    "orders.eu-1": -5579335181110186555,
    "both": -1567152775231669146,
    "many": -8645303487224075066,
}


def make_image(racks: dict[int, str | None] | None = None) -> MetadataImage:
    by_name = {
        name: TopicImage(
            name,
            bytes(range(1, 9)) + number.to_bytes(8),
            (PartitionImage(replicas, replicas, replicas[0], 0, 0),) * count,
        )
        for number, (name, count, replicas) in enumerate(TOPICS)
    }
    brokers = {
        broker_id: BrokerImage(broker_id, 0, bytes(16), (), rack, False, False, (), (), {})
        for broker_id, rack in (racks or RACKS).items()
    }
    topics = TopicsImage(by_name, {one.topic_id: one for one in by_name.values()}, {})
    return EMPTY_IMAGE._replace(topics=topics, brokers=BrokersImage(brokers))


@pytest.mark.parametrize(("name", "expected"), HASHES.items())
def test_a_topic_has_the_hash_that_kafka_gives_it(name: str, expected: int) -> None:
    image = make_image()
    assert topic_hash(image.topics.by_name[name], image.brokers) == expected % 2**64


def test_a_group_has_the_hash_that_kafka_gives_it() -> None:
    image = make_image()
    hashes = TopicHashes()
    assert hashes.hash_of(["many", "both", "orders.eu-1", "a"], image) == 1754561746385486712
    assert hashes.hash_of({"a", "orders.eu-1", "no-such-topic"}, image) == -7694052562622856256


def test_without_topics_there_is_nothing_to_hash() -> None:
    assert TopicHashes().hash_of(["no-such-topic"], make_image()) == NO_TOPICS_HASH


def test_what_was_computed_is_dropped_when_topic_or_racks_change() -> None:
    image = make_image()
    hashes = TopicHashes()
    before = hashes.hash_of(["both"], image)
    moved = make_image({1: "south", 2: "süd-öst", 3: None})
    assert hashes.hash_of(["both"], moved) != before
    assert hashes.hash_of(["both"], image) == before
    longer = image.topics.by_name["both"]._replace(partitions=image.topics.by_name["both"].partitions * 2)
    grown = image._replace(topics=TopicsImage({"both": longer}, {longer.topic_id: longer}, {}))
    assert hashes.hash_of(["both"], grown) != before
