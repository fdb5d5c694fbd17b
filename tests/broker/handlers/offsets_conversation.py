"""What the tests of committed offsets have in common: a commit, and the stored offsets of a group."""

from __future__ import annotations

from typing import Any

from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from tests.broker.played_broker import PlayedBroker


def request_for(
    broker: PlayedBroker, version: int, offsets: dict[str, dict[int, int]], metadata: str = "", **fields: Any
) -> OffsetCommitRequest:
    """Return a commit; a topic that does not exist has the id "xx..."."""
    topics = []
    for name, partitions in offsets.items():
        image = broker.broker.metadata.image.topics.by_name.get(name)
        topic = OffsetCommitRequestTopic(
            partitions=[
                OffsetCommitRequestPartition(
                    partition_index=index, committed_offset=offset, committed_metadata=metadata
                )
                for index, offset in partitions.items()
            ]
        )
        if version >= 10:
            topic.topic_id = b"x" * 16 if image is None else image.topic_id
        else:
            topic.name = name
        topics.append(topic)
    return OffsetCommitRequest(group_id=fields.pop("group_id", "g"), topics=topics, **fields)


def stored(broker: PlayedBroker, group_id: str = "g") -> dict[tuple[str, int], int]:
    """Return the offsets that the coordinator holds for a group: (topic, partition) -> offset."""
    offsets = broker.broker.groups.read(group_id, lambda shard: shard.context.offsets.of_group(group_id))
    return {(topic, index): one.offset for topic, partitions in offsets.items() for index, one in partitions.items()}
