"""Offsets of partitions by time, requested from their leaders.

Source: ListOffsetsRequest (special timestamps), KIP-79.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.client.errors import BrokerError, check
from kafkalite.protocol.errors import LEADER_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION
from kafkalite.protocol.messages.list_offsets_request import (
    ListOffsetsPartition,
    ListOffsetsRequest,
    ListOffsetsTopic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kafkalite.client.client import Client

EARLIEST, LATEST, MAX_TIMESTAMP = -2, -1, -3
"""Special timestamps: the first offset, one past the last, the record with the highest timestamp."""

READ_UNCOMMITTED, READ_COMMITTED = 0, 1
NO_LEADER = -1


class TopicPartition(NamedTuple):
    """A partition of a topic."""

    topic: str
    partition: int

    def __str__(self) -> str:
        return f"{self.topic}-{self.partition}"


def find_leaders(
    client: Client, partitions: Iterable[TopicPartition], topic_ids: dict[str, bytes] | None = None
) -> dict[int, list[TopicPartition]]:
    """Return the partitions by the broker id of their leader.

    Args:
        topic_ids: is filled with name -> topic id (zeros before Kafka 2.8).

    Raises:
        BrokerError: a partition has no leader or does not exist.
    """
    wanted = list(partitions)
    topics = {topic.name: topic for topic in client.metadata(sorted({partition.topic for partition in wanted})).topics}
    leaders: dict[int, list[TopicPartition]] = {}
    for partition in wanted:
        topic = topics[partition.topic]
        check(topic.error_code, None, partition.topic)
        if topic_ids is not None:
            topic_ids[partition.topic] = topic.topic_id
        found = next((one for one in topic.partitions if one.partition_index == partition.partition), None)
        if found is None:
            raise BrokerError(UNKNOWN_TOPIC_OR_PARTITION, None, str(partition))
        if found.leader_id == NO_LEADER:
            raise BrokerError(LEADER_NOT_AVAILABLE, None, str(partition))
        leaders.setdefault(found.leader_id, []).append(partition)
    return leaders


def list_offsets(
    client: Client, timestamps: Mapping[TopicPartition, int], *, isolation_level: int = READ_UNCOMMITTED
) -> dict[TopicPartition, int]:
    """Return an offset per partition: that of the first record at or after the timestamp.

    Args:
        timestamps: milliseconds since 1970, or EARLIEST, LATEST, MAX_TIMESTAMP.
        isolation_level: with READ_COMMITTED, LATEST is the last stable offset.
    Returns:
        -1 if no record is as new.
    Raises:
        ClientError: BrokerError names the partition.
    """
    return client.retry(lambda: _list_offsets(client, timestamps, isolation_level))


def _list_offsets(
    client: Client, timestamps: Mapping[TopicPartition, int], isolation_level: int
) -> dict[TopicPartition, int]:
    found: dict[TopicPartition, int] = {}
    for leader_id, partitions in find_leaders(client, timestamps).items():
        topics: dict[str, ListOffsetsTopic] = {}
        for partition in partitions:
            topic = topics.setdefault(partition.topic, ListOffsetsTopic(name=partition.topic, partitions=[]))
            topic.partitions.append(
                ListOffsetsPartition(partition_index=partition.partition, timestamp=timestamps[partition])
            )
        request = ListOffsetsRequest(replica_id=-1, isolation_level=isolation_level, topics=list(topics.values()))
        for answered in client.ask(request, broker_id=leader_id).topics:
            for result in answered.partitions:
                partition = TopicPartition(answered.name, result.partition_index)
                check(result.error_code, None, str(partition))
                found[partition] = result.offset
    return found
