"""DeleteRecords: advance the start of partitions, so that the records before it are no longer served.

Versions 0-2:
    0    for each partition the offset before which records are deleted; -1 is the high watermark
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible

Errors, each for one partition, with the low watermark -1:
    UNKNOWN_TOPIC_OR_PARTITION    no such partition
    INVALID_TOPIC_EXCEPTION       an internal topic
    POLICY_VIOLATION              the topic is only compacted
    OFFSET_OUT_OF_RANGE           an offset above the high watermark, or a negative one other than -1
    KAFKA_STORAGE_ERROR           the disk failed

An offset below the start changes nothing and is no error. There is one replica, so the answer waits for no other.
Deviation: whole segments before the start are removed at once, Kafka leaves them to its next retention check; and the
new start is written to `log-start-offset-checkpoint` before the answer, which Kafka does once a minute: deleted
records stay deleted when the process is killed.
Source: KafkaApis.handleDeleteRecordsRequest, ReplicaManager.deleteRecords, Partition.deleteRecordsOnLeader (KIP-107).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topic_names import is_internal
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_records_response import (
    DeleteRecordsPartitionResult,
    DeleteRecordsResponse,
    DeleteRecordsTopicResult,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.delete_records_request import DeleteRecordsRequest

HIGH_WATERMARK = -1
NO_LOW_WATERMARK = -1


class DeleteRecordsHandler:
    """Answers DeleteRecords."""

    def __init__(self, broker: Broker) -> None:
        self._partitions = broker.partitions
        self._logs = broker.logs

    def delete_records(self, context: RequestContext, request: DeleteRecordsRequest) -> Steps[DeleteRecordsResponse]:
        """Advance the start of each partition once; if one is named twice, the last offset counts."""
        wanted: dict[str, dict[int, int]] = {}
        pace = Pace()
        for topic in request.topics:
            if pace.is_due():
                yield
            for partition in topic.partitions:
                wanted.setdefault(topic.name, {})[partition.partition_index] = partition.offset
                if pace.is_due():
                    yield
        response = DeleteRecordsResponse()
        moved: list[DeleteRecordsPartitionResult] = []
        try:
            for name, of_topic in wanted.items():
                partitions = []
                for index, offset in of_topic.items():
                    result = self._delete(name, index, offset)
                    partitions.append(result)
                    if result.error_code == errors.NONE:
                        moved.append(result)
                    if pace.is_due():
                        yield
                response.topics.append(DeleteRecordsTopicResult(name=name, partitions=partitions))
        finally:  # even if the client has gone: a start that moved stays moved
            self._remember(moved)
        return response

    def _delete(self, topic: str, index: int, offset: int) -> DeleteRecordsPartitionResult:
        try:
            return _result(index, errors.NONE, self._move_start(topic, index, offset))
        except ApiError as error:
            return _result(index, error.error_code)
        except StorageFault:
            return _result(index, errors.KAFKA_STORAGE_ERROR)

    def _move_start(self, topic: str, index: int, offset: int) -> int:
        """Advance the start of a partition and return its log start offset.

        Raises:
            ApiError: no such partition, records of its topic cannot be deleted, or no such offset.
            StorageFault: the disk failed.
        """
        log = self._partitions.get(topic, index)
        if is_internal(topic):
            raise ApiError(errors.INVALID_TOPIC_EXCEPTION, f"records of the internal topic {topic} cannot be deleted")
        policy = log.config.cleanup_policy
        if "compact" in policy and "delete" not in policy:
            raise ApiError(errors.POLICY_VIOLATION, f"topic {topic} is compacted")
        if offset == HIGH_WATERMARK:
            offset = log.high_watermark
        if offset < 0:
            raise ApiError(errors.OFFSET_OUT_OF_RANGE, f"there is no offset {offset}")
        log.advance_log_start_offset(offset)
        return log.log_start_offset

    def _remember(self, done: list[DeleteRecordsPartitionResult]) -> None:
        if not done:
            return
        try:
            self._logs.checkpoint_log_starts()
        except StorageFault:
            for result in done:
                result.error_code, result.low_watermark = errors.KAFKA_STORAGE_ERROR, NO_LOW_WATERMARK


def _result(index: int, error_code: int, low_watermark: int = NO_LOW_WATERMARK) -> DeleteRecordsPartitionResult:
    return DeleteRecordsPartitionResult(partition_index=index, low_watermark=low_watermark, error_code=error_code)
