"""OffsetCommit: store the committed offsets of a group.

Versions 0-10:
    0    by any client that knows the group id
    1    member and generation; a timestamp for each offset
    2    instead, a retention time for all
    3    throttle time
    4    a client is throttled after the answer, not before (KIP-219)
    5    no retention time (KIP-211)
    6    leader epochs (KIP-320)
    7    static members (KIP-345)
    8    flexible
    9    member epochs of the consumer protocol; GROUP_ID_NOT_FOUND, STALE_MEMBER_EPOCH (KIP-848)
    10   topics by id (KIP-848)

Errors, each for one partition:
    UNKNOWN_TOPIC_ID              no topic has the id
    UNKNOWN_TOPIC_OR_PARTITION    no such topic or partition
    OFFSET_METADATA_TOO_LARGE     more than `offset.metadata.max.bytes`
Errors, for every partition:
    GROUP_ID_NOT_FOUND            a generation of a group that does not exist; ILLEGAL_GENERATION before version 9
    UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, STALE_MEMBER_EPOCH
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR

Source: KafkaApis.handleOffsetCommitRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.group_callers import caller_of
from kafkalite.broker.coordination.offset_batches import is_too_large
from kafkalite.model.steps import Pace, map_steps
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
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.offset_commit_request import OffsetCommitRequest, OffsetCommitRequestPartition

FIRST_VERSION_BY_ID = 10


class _Answers:
    """The response under construction.

    Once a partition was refused, there is one entry for each topic, however often it is named.
    """

    __slots__ = ("_by_topic", "response")

    def __init__(self) -> None:
        self.response = OffsetCommitResponse()
        self._by_topic: dict[tuple[str, bytes], OffsetCommitResponseTopic] = {}

    def add(self, name: str, topic_id: bytes, partitions: Iterable[OffsetCommitResponsePartition]) -> None:
        """Add the results of partitions of a topic."""
        topic = self._by_topic.get((name, topic_id))
        if topic is None:
            topic = self._by_topic[name, topic_id] = OffsetCommitResponseTopic(name=name, topic_id=topic_id)
            self.response.topics.append(topic)
        topic.partitions.extend(partitions)

    def merge(self, topics: list[OffsetCommitResponseTopic]) -> None:
        """Add the coordinator's results; alone, they are the answer. Source: OffsetCommitResponse.Builder."""
        if not self.response.topics:
            self.response.topics = topics
            return
        for topic in topics:
            self.add(topic.name, topic.topic_id, topic.partitions)


class OffsetCommitHandler:
    """Answers OffsetCommit."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def offset_commit(self, context: RequestContext, request: OffsetCommitRequest) -> Steps[OffsetCommitResponse]:
        """Commit the offsets of the partitions that exist."""
        answers = _Answers()
        pace = Pace()
        request.topics = yield from self._existing(context, request.topics, answers, pace)
        if not request.topics:
            return answers.response
        groups, caller = self._broker.groups, caller_of(context)
        is_large = yield from is_too_large(groups, request.group_id, request.topics, pace)
        try:
            if is_large:
                groups.read(request.group_id, lambda shard: shard.check_commit(caller, request))
                raise ApiError(errors.UNKNOWN_SERVER_ERROR)
            result: OffsetCommitResponse = groups.run(
                request.group_id, lambda shard: shard.commit_offsets(caller, request)
            )
        except ApiError as refusal:
            code = refusal.error_code
        else:
            answers.merge(result.topics)
            return answers.response
        refused = []
        for topic in request.topics:
            partitions = yield from _refusals(topic, code, pace)
            refused.append(OffsetCommitResponseTopic(name=topic.name, topic_id=topic.topic_id, partitions=partitions))
        answers.merge(refused)
        return answers.response

    def _existing(
        self,
        context: RequestContext,
        topics: Iterable[OffsetCommitRequestTopic],
        answers: _Answers,
        pace: Pace,
    ) -> Steps[list[OffsetCommitRequestTopic]]:
        """Return the topics, with name and id, and those of their partitions that exist; answer for the others."""
        is_by_id = context.api_version >= FIRST_VERSION_BY_ID
        images = self._broker.metadata.image.topics
        existing = []
        for topic in topics:
            image = _find(images, topic, is_by_id)
            if image is None:
                code = errors.UNKNOWN_TOPIC_ID if is_by_id else errors.UNKNOWN_TOPIC_OR_PARTITION
                answers.add(topic.name, topic.topic_id, (yield from _refusals(topic, code, pace)))
                if pace.is_due():
                    yield
                continue
            count = len(image.partitions)
            known: list[OffsetCommitRequestPartition] = []
            unknown: list[OffsetCommitRequestPartition] = []
            for one in topic.partitions:
                (known if 0 <= one.partition_index < count else unknown).append(one)
                if pace.is_due():
                    yield
            if unknown:
                refused = OffsetCommitRequestTopic(partitions=unknown)
                refusals = yield from _refusals(refused, errors.UNKNOWN_TOPIC_OR_PARTITION, pace)
                answers.add(image.name, image.topic_id, refusals)
            if known:
                existing.append(OffsetCommitRequestTopic(name=image.name, topic_id=image.topic_id, partitions=known))
        return existing


def _find(images: TopicsImage, topic: OffsetCommitRequestTopic, is_by_id: bool) -> TopicImage | None:
    if is_by_id:
        return images.by_id.get(topic.topic_id) if topic.topic_id != ZERO_UUID else None
    return images.by_name.get(topic.name)


def _refusals(
    topic: OffsetCommitRequestTopic, error_code: int, pace: Pace
) -> Steps[list[OffsetCommitResponsePartition]]:
    def refused(partition: OffsetCommitRequestPartition) -> OffsetCommitResponsePartition:
        return OffsetCommitResponsePartition(partition_index=partition.partition_index, error_code=error_code)

    return map_steps(refused, topic.partitions, pace)
