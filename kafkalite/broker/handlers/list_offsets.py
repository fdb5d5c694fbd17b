"""ListOffsets: the offsets of partitions at a time, and at their start and end.

Versions 0-11:
    0    a list of offsets of segment starts, newest first
    1    one offset and its timestamp (KIP-79)
    2    isolation level (KIP-98), throttle time
    4    leader epochs (KIP-320)
    5    OFFSET_NOT_AVAILABLE, which a single node never returns
    6    flexible
    7    timestamp -3: the offset of the largest timestamp (KIP-734)
    8    timestamp -4: the earliest local offset (KIP-405)
    9    timestamp -5: the latest offset in remote storage, which does not exist here (KIP-1005)
    10   a timeout for remote reads (KIP-1075)
    11   timestamp -6: the earliest offset waiting for upload (KIP-1023)

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH
    INVALID_REQUEST       the partition is named twice
    UNSUPPORTED_VERSION   a negative timestamp that this version does not define
    UNKNOWN_SERVER_ERROR  the isolation level does not exist
    KAFKA_STORAGE_ERROR   the disk failed

Source: KafkaApis.handleListOffsetRequest, ReplicaManager.fetchOffset, Partition.fetchOffsetForTimestamp; v0 as in
Kafka 3.9 (UnifiedLog.legacyFetchOffsetsBefore).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.list_offsets_response import (
    ListOffsetsPartitionResponse,
    ListOffsetsResponse,
    ListOffsetsTopicResponse,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.protocol.messages.list_offsets_request import ListOffsetsPartition, ListOffsetsRequest
    from kafkalite.system.work_queue import SlicedSteps

LATEST_TIMESTAMP = -1
EARLIEST_TIMESTAMP = -2
AT_ONCE_TIMESTAMPS = frozenset((LATEST_TIMESTAMP, EARLIEST_TIMESTAMP))
"""Of nearly every request; their offsets are known without reading records."""

READ_COMMITTED = 1
ISOLATION_LEVELS = (0, READ_COMMITTED)

_LOWEST_TIMESTAMP_BY_VERSION = ((11, -6), (9, -5), (8, -4), (7, -3), (0, -2))
"""(first version, the lowest special timestamp that it defines), newest first."""


class ListOffsetsHandler:
    """Answers ListOffsets."""

    def __init__(self, broker: Broker) -> None:
        self._partitions = broker.partitions
        self._codecs = broker.codecs

    def list_offsets(self, context: RequestContext, request: ListOffsetsRequest) -> SlicedSteps[ListOffsetsResponse]:
        """Find an offset for each requested partition; one that is named twice is answered once."""
        seen: set[tuple[str, int]] = set()
        duplicates: set[tuple[str, int]] = set()
        pace = Pace()
        for topic in request.topics:
            if pace.is_due():
                yield None
            for partition in topic.partitions:
                key = (topic.name, partition.partition_index)
                (duplicates if key in seen else seen).add(key)
                if pace.is_due():
                    yield None
        answers: dict[str, dict[int, ListOffsetsPartitionResponse]] = {}
        for topic in request.topics:
            if not topic.partitions:
                continue
            of_topic = answers.setdefault(topic.name, {})
            for partition in topic.partitions:
                is_duplicate = (topic.name, partition.partition_index) in duplicates
                of_topic[partition.partition_index] = yield from self._answer(
                    context.api_version, request, topic.name, partition, is_duplicate=is_duplicate
                )
                if pace.is_due():
                    yield None
        response = ListOffsetsResponse()
        for name, of_topic in answers.items():
            response.topics.append(ListOffsetsTopicResponse(name=name, partitions=list(of_topic.values())))
            if pace.is_due():
                yield None
        return response

    def _answer(
        self,
        version: int,
        request: ListOffsetsRequest,
        topic: str,
        partition: ListOffsetsPartition,
        *,
        is_duplicate: bool,
    ) -> SlicedSteps[ListOffsetsPartitionResponse]:
        try:
            if is_duplicate:
                raise ApiError(errors.INVALID_REQUEST)
            return (yield from self._find(version, request, topic, partition))
        except ApiError as error:
            return _answer(partition.partition_index, error.error_code)
        except StorageFault:
            return _answer(partition.partition_index, errors.KAFKA_STORAGE_ERROR)

    def _find(
        self, version: int, request: ListOffsetsRequest, topic: str, partition: ListOffsetsPartition
    ) -> SlicedSteps[ListOffsetsPartitionResponse]:
        lowest = next(lowest for first, lowest in _LOWEST_TIMESTAMP_BY_VERSION if version >= first)
        if partition.timestamp < lowest:
            raise ApiError(errors.UNSUPPORTED_VERSION)
        log = self._partitions.get(topic, partition.partition_index, partition.current_leader_epoch)
        if request.isolation_level not in ISOLATION_LEVELS:
            raise ApiError(errors.UNKNOWN_SERVER_ERROR, f"there is no isolation level {request.isolation_level}")
        if version == 0:
            answer = _answer(partition.partition_index, errors.NONE)
            answer.old_style_offsets = legacy_offsets(log, partition)
            return answer
        is_read_committed = request.isolation_level == READ_COMMITTED
        if partition.timestamp in AT_ONCE_TIMESTAMPS:
            found = log.list_offset(partition.timestamp, is_read_committed=is_read_committed)
        else:
            steps = log.list_offset_steps(partition.timestamp, is_read_committed=is_read_committed)
            found = yield from self._codecs.drive(steps)
        timestamp, offset, leader_epoch = found
        answer = _answer(partition.partition_index, errors.NONE)
        answer.timestamp = timestamp
        answer.offset = offset
        if version >= 4:
            answer.leader_epoch = leader_epoch
        return answer


def legacy_offsets(log: PartitionLog, partition: ListOffsetsPartition) -> list[int]:
    """Return up to ``max_num_offsets`` segment starts before a time, and the end offset, newest first."""
    points = log.segment_times()
    if partition.timestamp == LATEST_TIMESTAMP:
        newest = len(points)
    elif partition.timestamp == EARLIEST_TIMESTAMP:
        newest = 1
    else:
        newest = max((index + 1 for index, point in enumerate(points) if point[1] <= partition.timestamp), default=0)
    return [offset for offset, _ in points[:newest]][::-1][: max(partition.max_num_offsets, 0)]


def _answer(index: int, error_code: int) -> ListOffsetsPartitionResponse:
    return ListOffsetsPartitionResponse(partition_index=index, error_code=error_code, timestamp=-1, offset=-1)
