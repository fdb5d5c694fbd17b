"""The batches of a Produce request by partition: where it names one twice, the last one counts.

Source: KafkaApis.handleProduceRequest, which collects the batches in a map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import PRODUCE_SLICE_COUNT, RECEIVE_BUFFER_BYTES
from kafkalite.protocol.messages.produce_request import PartitionProduceData, TopicProduceData

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    ByPartition = dict[tuple[str, bytes], dict[int, PartitionProduceData]]


_TOPIC_MIN_BYTES = 3
"""A topic in a request: an empty name, the count of its partitions, no tags."""
_PARTITION_MIN_BYTES = 6
"""A partition in a request: its index, null records, no tags."""


def has_many_batches(topics: Sequence[TopicProduceData]) -> bool:
    """Return whether a request has more batches than are appended in one go."""
    count = 0
    for topic in topics:
        count += 1 + len(topic.partition_data or ())
        if count > PRODUCE_SLICE_COUNT:
            return True
    return False


def keep_last_batches(topics: Sequence[TopicProduceData]) -> Sequence[TopicProduceData]:
    """Return the topics with the last batch of each partition, `topics` itself where none is named twice."""
    by_topic: ByPartition = {}
    count = 0
    for topic in topics:
        by_index = by_topic.setdefault((topic.name, topic.topic_id), {})
        for data in topic.partition_data or ():
            by_index[data.index] = data
            count += 1
    if len(by_topic) == len(topics) and sum(map(len, by_topic.values())) == count:
        return topics
    return [
        TopicProduceData(name=name, topic_id=topic_id, partition_data=list(by_index.values()))
        for (name, topic_id), by_index in by_topic.items()
    ]


def _may_be_lent(topics: Sequence[TopicProduceData]) -> bool:
    """Return whether the request may be so small that it is read where it was received."""
    frame_bytes = 0
    for topic in topics:
        frame_bytes += _TOPIC_MIN_BYTES
        for data in topic.partition_data or ():
            frame_bytes += _PARTITION_MIN_BYTES + len(data.records or b"")
            if frame_bytes > RECEIVE_BUFFER_BYTES:
                return False
    return frame_bytes <= RECEIVE_BUFFER_BYTES


def last_batches_steps(topics: Sequence[TopicProduceData]) -> Generator[None, None, list[TopicProduceData]]:
    """Do as `keep_last_batches` in steps, with entries of at most PRODUCE_SLICE_COUNT partitions.

    What may be in the buffer that all connections read into is copied before the first step ends.
    """
    if _may_be_lent(topics):
        for topic in topics:
            for data in topic.partition_data or ():
                if data.records:
                    data.records = memoryview(bytearray(data.records))
    by_topic: ByPartition = {}
    count = 0
    for topic in topics:
        by_index = by_topic.setdefault((topic.name, topic.topic_id), {})
        for entry in topic.partition_data or (None,):
            if entry is not None:
                by_index[entry.index] = entry
            count += 1
            if count % PRODUCE_SLICE_COUNT == 0:
                yield None
    pieces = []
    for (name, topic_id), by_index in by_topic.items():
        entries = list(by_index.values())
        for begin in range(0, len(entries), PRODUCE_SLICE_COUNT):
            piece = entries[begin : begin + PRODUCE_SLICE_COUNT]
            pieces.append(TopicProduceData(name=name, topic_id=topic_id, partition_data=piece))
            if len(pieces) % PRODUCE_SLICE_COUNT == 0:
                yield None
    return pieces
