"""OffsetCommit: store how far a group got.

Versions 0-10:
    0    by whoever knows the group id
    1    of a member and its generation; a timestamp for each offset
    2    a retention time for all instead
    3    throttle time
    4    a client is throttled after the answer, not before (KIP-219)
    5    no retention time any more (KIP-211)
    6    leader epochs (KIP-320)
    7    static members (KIP-345)
    8    flexible
    9    member epochs of the consumer protocol; GROUP_ID_NOT_FOUND, STALE_MEMBER_EPOCH (KIP-848)
    10   topics by id (KIP-848)

Errors, each for one partition:
    UNKNOWN_TOPIC_ID              no topic has the id
    UNKNOWN_TOPIC_OR_PARTITION    no such topic or partition
    OFFSET_METADATA_TOO_LARGE     more than `offset.metadata.max.bytes`
Errors, told for every partition:
    GROUP_ID_NOT_FOUND            a generation of a group that is not there; ILLEGAL_GENERATION before version 9
    UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, STALE_MEMBER_EPOCH
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR

Source: KafkaApis.handleOffsetCommitRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.group_membership import caller_of
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_commit_request import OffsetCommitRequestTopic
from kafkalite.protocol.messages.offset_commit_response import (
    OffsetCommitResponse,
    OffsetCommitResponsePartition,
    OffsetCommitResponseTopic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.image import TopicImage, TopicsImage
    from kafkalite.protocol.messages.offset_commit_request import OffsetCommitRequest

FIRST_VERSION_BY_ID = 10


class _Answers:
    """The response while it is put together.

    Once a partition was refused, there is one entry for each topic, however often it is named.
    """

    __slots__ = ("_by_topic", "response")

    def __init__(self) -> None:
        self.response = OffsetCommitResponse()
        self._by_topic: dict[tuple[str, bytes], OffsetCommitResponseTopic] = {}

    def add(self, name: str, topic_id: bytes, partitions: Iterable[OffsetCommitResponsePartition]) -> None:
        """Add what is told of partitions of a topic."""
        topic = self._by_topic.get((name, topic_id))
        if topic is None:
            topic = self._by_topic[name, topic_id] = OffsetCommitResponseTopic(name=name, topic_id=topic_id)
            self.response.topics.append(topic)
        topic.partitions.extend(partitions)

    def merge(self, topics: list[OffsetCommitResponseTopic]) -> None:
        """Add what the coordinator says; alone, it is the answer as it is. Source: OffsetCommitResponse.Builder."""
        if not self.response.topics:
            self.response.topics = topics
            return
        for topic in topics:
            self.add(topic.name, topic.topic_id, topic.partitions)


class OffsetCommitHandler:
    """Answers OffsetCommit."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def offset_commit(self, context: RequestContext, request: OffsetCommitRequest) -> OffsetCommitResponse:
        """Commit the offsets of partitions that exist."""
        answers = _Answers()
        request.topics = self._existing(context, request.topics, answers)
        if not request.topics:
            return answers.response
        caller = caller_of(context)
        try:
            result: OffsetCommitResponse = self._broker.groups.run(
                request.group_id, lambda shard: shard.commit_offsets(caller, request)
            )
        except ApiError as error:
            answers.merge(
                [
                    OffsetCommitResponseTopic(
                        name=topic.name, topic_id=topic.topic_id, partitions=_refusals(topic, error.error_code)
                    )
                    for topic in request.topics
                ]
            )
        else:
            answers.merge(result.topics)
        return answers.response

    def _existing(
        self, context: RequestContext, topics: Iterable[OffsetCommitRequestTopic], answers: _Answers
    ) -> list[OffsetCommitRequestTopic]:
        """Return the topics, with name and id, and those of their partitions that exist; answer for the others."""
        is_by_id = context.api_version >= FIRST_VERSION_BY_ID
        images = self._broker.metadata.image.topics
        existing = []
        for topic in topics:
            image = _find(images, topic, is_by_id)
            if image is None:
                code = errors.UNKNOWN_TOPIC_ID if is_by_id else errors.UNKNOWN_TOPIC_OR_PARTITION
                answers.add(topic.name, topic.topic_id, _refusals(topic, code))
                continue
            count = len(image.partitions)
            known = [one for one in topic.partitions if 0 <= one.partition_index < count]
            unknown = [one for one in topic.partitions if not 0 <= one.partition_index < count]
            if unknown:
                refused = OffsetCommitRequestTopic(partitions=unknown)
                answers.add(image.name, image.topic_id, _refusals(refused, errors.UNKNOWN_TOPIC_OR_PARTITION))
            if known:
                existing.append(OffsetCommitRequestTopic(name=image.name, topic_id=image.topic_id, partitions=known))
        return existing


def _find(images: TopicsImage, topic: OffsetCommitRequestTopic, is_by_id: bool) -> TopicImage | None:
    if is_by_id:
        return images.by_id.get(topic.topic_id) if topic.topic_id != ZERO_UUID else None
    return images.by_name.get(topic.name)


def _refusals(topic: OffsetCommitRequestTopic, error_code: int) -> list[OffsetCommitResponsePartition]:
    return [
        OffsetCommitResponsePartition(partition_index=partition.partition_index, error_code=error_code)
        for partition in topic.partitions
    ]
