"""DescribeTopicPartitions: topics and their partitions, page by page.

Version 0 (KIP-966): at most as many partitions as the client wants and `max.request.partition.size.limit` allows; a
cursor marks the beginning of the next page.

Errors, each for one topic:
    UNKNOWN_TOPIC_OR_PARTITION
    INVALID_TOPIC_EXCEPTION       an illegal name
    INVALID_REQUEST               for all: a cursor at a topic that is not requested, or at a negative partition

Source: kafka.server.handlers.DescribeTopicPartitionsRequestHandler, KRaftMetadataCache.describeTopicResponse.
"""

from __future__ import annotations

from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_TOPIC
from kafkalite.broker.metadata.partition_replicas import offline_replicas, registered_leader
from kafkalite.cluster.topic_names import find_flaw, is_internal
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_topic_partitions_response import (
    Cursor,
    DescribeTopicPartitionsResponse,
    DescribeTopicPartitionsResponsePartition,
    DescribeTopicPartitionsResponseTopic,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.image import MetadataImage, PartitionImage, TopicImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_topic_partitions_request import (
        DescribeTopicPartitionsRequest,
        TopicRequest,
    )


SORT_STEP_COUNT = 1_000
"""Names that are sorted in one step."""


class DescribeTopicPartitionsHandler:
    """Answers DescribeTopicPartitions."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._partitions_max_count = broker.settings.get_int("max.request.partition.size.limit")

    def describe_topic_partitions(
        self, context: RequestContext, request: DescribeTopicPartitionsRequest
    ) -> Steps[DescribeTopicPartitionsResponse]:
        """Return the next page of topics, sorted by name."""
        image = self._metadata.image
        is_all = not request.topics
        pace = Pace()
        names: Collection[str] = image.topics.by_name
        if not is_all:
            names = set((yield from map_steps(attrgetter("name"), request.topics, pace)))
        start_name, start_index = "", 0
        if request.cursor is not None:
            start_name, start_index = request.cursor.topic_name, request.cursor.partition_index
            if start_index < 0 or (not is_all and start_name not in names):
                return (yield from _refuse(request, pace))
        remaining = max(min(self._partitions_max_count, request.response_partition_limit), 1)
        response = DescribeTopicPartitionsResponse(next_cursor=None)
        for name in (yield from _sort_steps(names, start_name)):
            if remaining == 0:
                response.next_cursor = Cursor(topic_name=name, partition_index=0)
                break
            topic = image.topics.by_name.get(name)
            if topic is None:
                response.topics.append(_unknown(name))
                if pace.is_due():
                    yield
                continue
            first = start_index if name == start_name else 0
            last = min(len(topic.partitions), first + remaining)
            response.topics.append(_describe(image, topic, first, last))
            if pace.is_due(1 + last - first):
                yield
            if last < len(topic.partitions):
                response.next_cursor = Cursor(topic_name=name, partition_index=last)
                break
            remaining -= max(0, last - first)
        return response


def _sort_steps(names: Iterable[str], start_name: str) -> Steps[Iterable[str]]:
    """Return the names from `start_name` on, sorted."""
    runs: list[list[str]] = []
    remaining = iter(names)
    while some := list(islice(remaining, SORT_STEP_COUNT)):
        runs.append(sorted(name for name in some if name >= start_name))
        yield
    return runs[0] if len(runs) == 1 else merge(*runs)


def _refuse(request: DescribeTopicPartitionsRequest, pace: Pace) -> Steps[DescribeTopicPartitionsResponse]:
    def refused(topic: TopicRequest) -> DescribeTopicPartitionsResponseTopic:
        return DescribeTopicPartitionsResponseTopic(error_code=errors.INVALID_REQUEST, name=topic.name)

    topics = yield from map_steps(refused, request.topics, pace)
    return DescribeTopicPartitionsResponse(topics=topics, next_cursor=None)


def _unknown(name: str) -> DescribeTopicPartitionsResponseTopic:
    code = errors.UNKNOWN_TOPIC_OR_PARTITION if find_flaw(name) is None else errors.INVALID_TOPIC_EXCEPTION
    return DescribeTopicPartitionsResponseTopic(
        error_code=code, name=name, is_internal=is_internal(name), topic_authorized_operations=ALL_ON_TOPIC
    )


def _describe(image: MetadataImage, topic: TopicImage, first: int, last: int) -> DescribeTopicPartitionsResponseTopic:
    return DescribeTopicPartitionsResponseTopic(
        name=topic.name,
        topic_id=topic.topic_id,
        is_internal=is_internal(topic.name),
        partitions=[_describe_partition(image, index, topic.partitions[index]) for index in range(first, last)],
        topic_authorized_operations=ALL_ON_TOPIC,
    )


def _describe_partition(
    image: MetadataImage, index: int, partition: PartitionImage
) -> DescribeTopicPartitionsResponsePartition:
    return DescribeTopicPartitionsResponsePartition(
        partition_index=index,
        leader_id=registered_leader(image, partition),
        leader_epoch=partition.leader_epoch,
        replica_nodes=list(partition.replicas),
        isr_nodes=list(partition.isr),
        eligible_leader_replicas=list(partition.eligible_leader_replicas),
        last_known_elr=list(partition.last_known_elr),
        offline_replicas=offline_replicas(image, partition),
    )
