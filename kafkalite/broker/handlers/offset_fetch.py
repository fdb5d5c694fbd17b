"""OffsetFetch: tell how far groups got.

Versions 0-10:
    1    offsets from Kafka's own topic (0 was ZooKeeper's; both are served alike)
    2    all topics where none are named; an error code for the whole
    3    throttle time
    4    a client is throttled after the answer, not before (KIP-219)
    5    leader epochs (KIP-320)
    6    flexible
    7    the client may ask for stable offsets (KIP-447)
    8    several groups (KIP-709)
    9    member and epoch of the consumer protocol (KIP-848)
    10   topics by id (KIP-848)

Errors, each for one partition:
    UNSTABLE_OFFSET_COMMIT        a transaction that is not decided commits an offset of it, and stable ones are wanted
    UNKNOWN_TOPIC_ID              no topic has the id
Errors, for a group (before version 2 for each partition):
    UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH    no such member of a group of the consumer protocol
    NOT_COORDINATOR               the shard of the group cannot work

A group or partition without offsets is no error: its offset is -1.
Source: KafkaApis.handleOffsetFetchRequest, GroupCoordinatorService.fetchOffsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequestGroup, OffsetFetchRequestTopics
from kafkalite.protocol.messages.offset_fetch_response import (
    OffsetFetchResponse,
    OffsetFetchResponseGroup,
    OffsetFetchResponsePartition,
    OffsetFetchResponsePartitions,
    OffsetFetchResponseTopic,
    OffsetFetchResponseTopics,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequest

FIRST_VERSION_OF_GROUP_ERRORS = 2
FIRST_VERSION_OF_SEVERAL_GROUPS = 8
FIRST_VERSION_BY_ID = 10
NO_OFFSET = -1


class OffsetFetchHandler:
    """Answers OffsetFetch."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def offset_fetch(self, context: RequestContext, request: OffsetFetchRequest) -> OffsetFetchResponse:
        """Tell the offsets of each group asked for."""
        version = context.api_version
        if version >= FIRST_VERSION_OF_SEVERAL_GROUPS:
            groups = [self._fetch(group, version, request.require_stable) for group in request.groups]
            return OffsetFetchResponse(groups=groups)
        topics = request.topics
        group = OffsetFetchRequestGroup(
            group_id=request.group_id,
            topics=None
            if topics is None
            else [OffsetFetchRequestTopics(name=one.name, partition_indexes=one.partition_indexes) for one in topics],
        )
        return _single(self._fetch(group, version, request.require_stable))

    def _fetch(
        self, group: OffsetFetchRequestGroup, version: int, is_stable_required: bool
    ) -> OffsetFetchResponseGroup:
        unknown = self._resolve(group) if version >= FIRST_VERSION_BY_ID else []
        try:
            response: OffsetFetchResponseGroup = self._broker.groups.read(
                group.group_id, lambda shard: shard.fetch_offsets(group, is_stable_required=is_stable_required)
            )
        except ApiError as error:
            code = error.error_code
            # Consumers before 3.9 do not expect to hear that the coordinator is not available, and would not ask again.
            code = errors.NOT_COORDINATOR if code == errors.COORDINATOR_NOT_AVAILABLE else code
            return _refusal(group, version, code)
        if version >= FIRST_VERSION_BY_ID and group.topics is None:
            self._add_ids(response)
        response.topics.extend(unknown)
        return response

    def _resolve(self, group: OffsetFetchRequestGroup) -> list[OffsetFetchResponseTopics]:
        """Fill in the names of topics; take those without one out and return what is told of them."""
        if group.topics is None:
            return []
        images = self._broker.metadata.image.topics.by_id
        known, unknown = [], []
        for topic in group.topics:
            image = images.get(topic.topic_id)
            if image is not None:
                topic.name = image.name
                known.append(topic)
            else:
                unknown.append(_refused_topic(topic, errors.UNKNOWN_TOPIC_ID))
        group.topics = known
        return unknown

    def _add_ids(self, response: OffsetFetchResponseGroup) -> None:
        """Tell the topics by id; those that are not there any more cannot be told."""
        images = self._broker.metadata.image.topics.by_name
        for topic in response.topics:
            image = images.get(topic.name)
            topic.topic_id = ZERO_UUID if image is None else image.topic_id
        response.topics = [topic for topic in response.topics if topic.topic_id != ZERO_UUID]


def _refusal(group: OffsetFetchRequestGroup, version: int, error_code: int) -> OffsetFetchResponseGroup:
    """Say that the offsets of a group cannot be told."""
    if version >= FIRST_VERSION_OF_GROUP_ERRORS:
        return OffsetFetchResponseGroup(group_id=group.group_id, error_code=error_code)
    topics = [_refused_topic(topic, error_code) for topic in group.topics or ()]
    return OffsetFetchResponseGroup(group_id=group.group_id, topics=topics)


def _refused_topic(topic: OffsetFetchRequestTopics, error_code: int) -> OffsetFetchResponseTopics:
    return OffsetFetchResponseTopics(
        name=topic.name,
        topic_id=topic.topic_id,
        partitions=[
            OffsetFetchResponsePartitions(partition_index=index, committed_offset=NO_OFFSET, error_code=error_code)
            for index in topic.partition_indexes
        ],
    )


def _single(group: OffsetFetchResponseGroup) -> OffsetFetchResponse:
    """Return the answer of versions that know one group alone."""
    topics = [
        OffsetFetchResponseTopic(
            name=topic.name,
            partitions=[
                OffsetFetchResponsePartition(
                    partition_index=partition.partition_index,
                    committed_offset=partition.committed_offset,
                    committed_leader_epoch=partition.committed_leader_epoch,
                    metadata=partition.metadata,
                    error_code=partition.error_code,
                )
                for partition in topic.partitions
            ],
        )
        for topic in group.topics
    ]
    return OffsetFetchResponse(topics=topics, error_code=group.error_code)
