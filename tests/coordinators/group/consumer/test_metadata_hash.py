"""Hashes of topics and groups, beside those of Kafka 4.3.1 (org.apache.kafka.coordinator.group.Utils)."""

from __future__ import annotations

import pytest
from xxhash import xxh3_64_intdigest

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


HASH4J_VALUES = [
    (0, 3244421341483603138),
    (1, 5502495245947142431),
    (2, 12097320375286824743),
    (3, 1582743943441612892),
    (4, 15897727546751563449),
    (5, 12867007321144116037),
    (7, 8458189580353027099),
    (8, 16052704444545341486),
    (9, 14691748285104259005),
    (12, 5092156298037866404),
    (16, 9099606716676871632),
    (17, 2345212530088924167),
    (31, 12193325751505373713),
    (32, 278953543771952198),
    (33, 1844846513307983686),
    (64, 15938362409982048069),
    (65, 18064900749750750752),
    (96, 15151742081251682690),
    (97, 6981672134384256435),
    (128, 17954568492486910600),
    (129, 17939920976028066042),
    (200, 1368452603177808973),
    (240, 14755823527060053763),
    (241, 809349449570470400),
    (256, 17043229969274554996),
    (512, 17276623102455839658),
    (513, 16949779108474750085),
    (1023, 17353267451234812155),
    (1024, 2575082683865311686),
    (1025, 13880058576091512194),
    (1088, 11631581122726222405),
    (1089, 9377382453413254524),
    (2048, 1870957339171033971),
    (2049, 5784106328234771061),
    (5000, 6169931020318013678),
]
"""Values of hash4j 0.22.0, with which Kafka 4.3 hashes, on both sides of every change of method: (length, hash of that
many bytes, of which number n is n * 31 + 7)."""


@pytest.mark.parametrize(("length", "expected"), HASH4J_VALUES)
def test_the_hash_function_is_that_of_hash4j(length: int, expected: int) -> None:
    assert xxh3_64_intdigest(bytes((number * 31 + 7) & 0xFF for number in range(length))) == expected
