"""Descriptions of topics and brokers by pykafka. It can create a topic by asking for it, and change nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from pykafka import KafkaClient  # type: ignore[import-not-found]
from pykafka.exceptions import UnknownTopicOrPartition  # type: ignore[import-not-found]

CREATION_TIMEOUT_S = 10.0


def find_or_create(client: KafkaClient, topic: str) -> Any:
    """Return a topic, which is made where there is none; KRaft calls it unknown until it is there."""
    deadline = time.monotonic() + CREATION_TIMEOUT_S
    while True:
        try:
            return client.topics[topic]
        except UnknownTopicOrPartition:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def list_topics(client: KafkaClient) -> list[str]:
    """Return the names of all topics."""
    client.update_cluster()
    return [name.decode() for name in client.topics]


def find_leaders(client: KafkaClient, topic: str) -> dict[int, int]:
    """Return the leader of each partition."""
    client.update_cluster()
    return {number: partition.leader.id for number, partition in client.topics[topic].partitions.items()}


def find_brokers(client: KafkaClient) -> dict[int, tuple[str, int]]:
    """Return host and port of each broker."""
    return {number: (broker.host.decode(), broker.port) for number, broker in client.brokers.items()}


def find_offsets(client: KafkaClient, topic: str, partitions: Sequence[int], time_ms: int) -> dict[int, int]:
    """Return where each partition begins (time -2) or ends (-1); another time is answered by segments only."""
    found = client.topics[topic].fetch_offset_limits(time_ms)
    return {number: found[number].offset[0] for number in partitions}
