"""OffsetFetch: the committed offsets of groups.

Versions 0-10:
    1    offsets from `__consumer_offsets` (0 was ZooKeeper's; both are served alike)
    2    null means all topics; an error code for the request
    3    throttle time
    4    a client is throttled after the answer, not before (KIP-219)
    5    leader epochs (KIP-320)
    6    flexible
    7    the client may require stable offsets (KIP-447)
    8    several groups (KIP-709)
    9    member and epoch of the consumer protocol (KIP-848)
    10   topics by id (KIP-848)

Errors, each for one partition:
    UNSTABLE_OFFSET_COMMIT        an undecided transaction commits an offset of it, and stable offsets are required
    UNKNOWN_TOPIC_ID              no topic has the id
Errors, each for one group (before version 2 for each partition):
    UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH    no such member of a group of the consumer protocol
    NOT_COORDINATOR               the shard of the group cannot work

A group or partition without offsets is no error: the offset is -1.
Source: KafkaApis.handleOffsetFetchRequest, GroupCoordinatorService.fetchOffsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace, map_steps
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
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequest

FIRST_VERSION_OF_GROUP_ERRORS = 2
FIRST_VERSION_OF_SEVERAL_GROUPS = 8
FIRST_VERSION_BY_ID = 10
NO_OFFSET = -1


class OffsetFetchHandler:
    """Answers OffsetFetch."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def offset_fetch(self, context: RequestContext, request: OffsetFetchRequest) -> Steps[OffsetFetchResponse]:
        """Return the offsets of each requested group."""
        version = context.api_version
        pace = Pace()
        if version >= FIRST_VERSION_OF_SEVERAL_GROUPS:
            response = OffsetFetchResponse()
            for group in request.groups:
                response.groups.append((yield from self._fetch(group, version, request.require_stable, pace)))
                if pace.is_due():
                    yield
            return response
        topics = request.topics
        group = OffsetFetchRequestGroup(
            group_id=request.group_id,
            topics=None
            if topics is None
            else [OffsetFetchRequestTopics(name=one.name, partition_indexes=one.partition_indexes) for one in topics],
        )
        return (yield from _single((yield from self._fetch(group, version, request.require_stable, pace)), pace))

    def _fetch(
        self, group: OffsetFetchRequestGroup, version: int, is_stable_required: bool, pace: Pace
    ) -> Steps[OffsetFetchResponseGroup]:
        unknown = (yield from self._resolve(group, pace)) if version >= FIRST_VERSION_BY_ID else []
        try:
            steps: Steps[OffsetFetchResponseGroup] = self._broker.groups.read(
                group.group_id,
                lambda shard: shard.fetch_offsets_steps(group, is_stable_required=is_stable_required),
            )
            response = yield from steps
        except ApiError as error:
            code = error.error_code
            # Consumers before 3.9 do not expect COORDINATOR_NOT_AVAILABLE, and would not retry.
            code = errors.NOT_COORDINATOR if code == errors.COORDINATOR_NOT_AVAILABLE else code
            return (yield from _refusal(group, version, code, pace))
        if version >= FIRST_VERSION_BY_ID and group.topics is None:
            self._add_ids(response)
        response.topics.extend(unknown)
        return response

    def _resolve(self, group: OffsetFetchRequestGroup, pace: Pace) -> Steps[list[OffsetFetchResponseTopics]]:
        """Fill in the names of topics; remove the unknown ones, and return their results."""
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
                unknown.append((yield from _refused_topic(topic, errors.UNKNOWN_TOPIC_ID, pace)))
            if pace.is_due():
                yield
        group.topics = known
        return unknown

    def _add_ids(self, response: OffsetFetchResponseGroup) -> None:
        """Fill in the ids of topics, and remove the deleted ones, which have none."""
        images = self._broker.metadata.image.topics.by_name
        for topic in response.topics:
            image = images.get(topic.name)
            topic.topic_id = ZERO_UUID if image is None else image.topic_id
        response.topics = [topic for topic in response.topics if topic.topic_id != ZERO_UUID]


def _refusal(
    group: OffsetFetchRequestGroup, version: int, error_code: int, pace: Pace
) -> Steps[OffsetFetchResponseGroup]:
    """Return the answer for a group whose offsets cannot be fetched."""
    if version >= FIRST_VERSION_OF_GROUP_ERRORS:
        return OffsetFetchResponseGroup(group_id=group.group_id, error_code=error_code)
    response = OffsetFetchResponseGroup(group_id=group.group_id)
    for topic in group.topics or ():
        response.topics.append((yield from _refused_topic(topic, error_code, pace)))
        if pace.is_due():
            yield
    return response


def _refused_topic(topic: OffsetFetchRequestTopics, error_code: int, pace: Pace) -> Steps[OffsetFetchResponseTopics]:
    def refused(index: int) -> OffsetFetchResponsePartitions:
        return OffsetFetchResponsePartitions(partition_index=index, committed_offset=NO_OFFSET, error_code=error_code)

    partitions = yield from map_steps(refused, topic.partition_indexes, pace)
    return OffsetFetchResponseTopics(name=topic.name, topic_id=topic.topic_id, partitions=partitions)


def _single(group: OffsetFetchResponseGroup, pace: Pace) -> Steps[OffsetFetchResponse]:
    """Return the answer in the versions that have one group."""
    response = OffsetFetchResponse(error_code=group.error_code)
    for topic in group.topics:
        partitions = yield from map_steps(_single_partition, topic.partitions, pace)
        response.topics.append(OffsetFetchResponseTopic(name=topic.name, partitions=partitions))
        if pace.is_due():
            yield
    return response


def _single_partition(partition: OffsetFetchResponsePartitions) -> OffsetFetchResponsePartition:
    return OffsetFetchResponsePartition(
        partition_index=partition.partition_index,
        committed_offset=partition.committed_offset,
        committed_leader_epoch=partition.committed_leader_epoch,
        metadata=partition.metadata,
        error_code=partition.error_code,
    )
