"""Subscriptions and assignments of the classic protocol, read and written."""

from __future__ import annotations

import pytest

from kafkalite.cluster.image import PartitionImage, TopicImage, TopicsImage
from kafkalite.coordinators.group.consumer.consumer_protocol import (
    MalformedConsumerProtocol,
    partitions_by_id,
    read_assignment,
    read_subscription,
    write_assignment,
)

A = b"a" * 16
TOPIC = TopicImage("a", A, (PartitionImage((1,), (1,), 1, 0, 0),))
TOPICS = TopicsImage({"a": TOPIC}, {A: TOPIC}, {})
PLAIN = b"\x00\x00" + b"\x00\x00\x00\x01" + b"\x00\x01a" + b"\xff\xff\xff\xff"
"""Version 0, the topic a, no user data."""


def test_a_subscription_of_a_version_to_come_is_read_as_far_as_it_is_known() -> None:
    newest = b"\x00\x09" + PLAIN[2:] + b"\x00\x00\x00\x00" + b"\x00\x00\x00\x05" + b"\x00\x01n" + b"more"
    subscription = read_subscription(newest)
    assert (subscription.topics, subscription.generation_id, subscription.rack_id) == (["a"], 5, "n")
    assert read_subscription(PLAIN).topics == ["a"]


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xff", PLAIN[:7], b"\0\0\x7f\xff\xff\xff"])
def test_what_cannot_be_read(data: bytes) -> None:
    with pytest.raises(MalformedConsumerProtocol):
        read_subscription(data)


def test_an_assignment_is_written_in_the_members_version() -> None:
    for version in (0, 1, 3):
        written = write_assignment({A: [1, 0], b"gone" * 4: [0]}, TOPICS, version.to_bytes(2) + PLAIN[2:])
        assert int.from_bytes(written[:2]) == version
        (pair,) = read_assignment(written).assigned_partitions
        assert (pair.topic, pair.partitions) == ("a", [0, 1])
    assert write_assignment({A: [0]}, TOPICS, b"\0\0")[2:].hex() == "00000001000161000000010000000" + "0ffffffff"


def test_names_become_ids_where_the_topic_exists() -> None:
    pairs = read_assignment(write_assignment({A: [2]}, TOPICS, b"\0\0")).assigned_partitions
    assert partitions_by_id(pairs, TOPICS) == {A: frozenset((2,))}
    assert partitions_by_id(pairs, TopicsImage({}, {}, {})) == {}
