"""Produce: append record batches to partitions and tell the offset each of them got.

Versions 0-13:
    0-2  message sets in format v0 or v1, converted up; v1 adds throttling, v2 the append time (KIP-32)
    3    exactly one batch in format v2 per partition; transactional id (KIP-98)
    5    log start offset in the answer (KIP-207)
    7    zstd allowed (KIP-110)
    8    record errors and an error message (KIP-467)
    9    flexible
    10   current leader with NOT_LEADER_OR_FOLLOWER (KIP-951); a single node is always the leader
    11   transactional errors of KIP-890, 12 partitions join a transaction implicitly
    13   topics by id (KIP-516)

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID   no such partition; Produce never creates topics
    INVALID_REQUIRED_ACKS                          acks is none of -1, 0, 1
    INVALID_TOPIC_EXCEPTION                        a client writes to an internal topic
    INVALID_RECORD, CORRUPT_MESSAGE, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE, UNSUPPORTED_COMPRESSION_TYPE,
    UNSUPPORTED_FOR_MESSAGE_FORMAT                 the batch is refused, see ``kafkalite.records.validation``
    OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE
                                                   the producer's, see ``kafkalite.log.producer_state``
    KAFKA_STORAGE_ERROR                            the disk failed

With acks=0 nothing is answered; an error closes the connection instead, so that the producer notices.

Source: KafkaApis.handleProduceRequest, ReplicaManager.appendRecords, ProduceRequest.validateRecords.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.messages.produce_response import (
    BatchIndexAndErrorMessage,
    PartitionProduceResponse,
    ProduceResponse,
    TopicProduceResponse,
)
from kafkalite.records.batch import BATCH_HEADER_SIZE
from kafkalite.records.compression import ZSTD
from kafkalite.records.validation import RecordsRejected

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.produce_request import ProduceRequest, TopicProduceData
    from kafkalite.protocol.primitives import Buffer

INTERNAL_TOPICS = frozenset(("__consumer_offsets", "__transaction_state", "__share_group_state"))
ADMIN_CLIENT_ID = "__admin_client"
"""The one client id that may write to internal topics (AdminUtils.ADMIN_CLIENT_ID)."""

_FIRST_VERSION_OF_ONE_BATCH = 3
_FIRST_VERSION_OF_ZSTD = 7
_FIRST_VERSION_OF_TOPIC_IDS = 13
_ERRORS_WITHOUT_START_OFFSET = frozenset(
    (errors.MESSAGE_TOO_LARGE, errors.RECORD_LIST_TOO_LARGE, errors.CORRUPT_MESSAGE, errors.KAFKA_STORAGE_ERROR)
)
_MAGIC_V2 = 2
_MAGIC_POSITION = 16
_ATTRIBUTES_LOW_POSITION = 22
_CODEC_MASK = 0x07
_BATCH_LENGTH_POSITION = 8
_LENGTH_OVERHEAD_BYTES = 12
_read_batch_length = Struct(">i").unpack_from


class ProduceHandler:
    """Answers Produce."""

    def __init__(self, broker: Broker) -> None:
        self._partitions = broker.partitions
        self._metadata = broker.metadata

    def produce(self, context: RequestContext, request: ProduceRequest) -> ProduceResponse | None:
        """Append what each partition was sent; one bad partition never spoils another.

        Returns:
            the answer, or None with acks=0.

        Raises:
            ProtocolViolation: acks=0 and something went wrong: the connection is to be closed.
        """
        responses: list[TopicProduceResponse] = []
        failure = errors.NONE
        for topic in request.topic_data or ():
            partitions: list[PartitionProduceResponse] = []
            name = self._resolve(topic, context.api_version)
            for data in topic.partition_data or ():
                try:
                    answer = self._append(context, request.acks, name, data.index, data.records)
                except ApiError as error:
                    answer = _refusal(data.index, error)
                failure = failure or answer.error_code
                partitions.append(answer)
            responses.append(
                TopicProduceResponse(name=name or topic.name, topic_id=topic.topic_id, partition_responses=partitions)
            )
        if request.acks == 0:
            if failure != errors.NONE:
                raise ProtocolViolation(f"Produce with acks=0 failed with {errors.NAMES[failure]}")
            return None
        return ProduceResponse(responses=responses)

    def _resolve(self, topic: TopicProduceData, version: int) -> str | None:
        """Return the topic's name, or None where its id is unknown."""
        if version < _FIRST_VERSION_OF_TOPIC_IDS or topic.topic_id == ZERO_UUID:
            return topic.name
        image = self._metadata.image.topics.by_id.get(topic.topic_id)
        return None if image is None else image.name

    def _append(
        self, context: RequestContext, acks: int, topic: str | None, index: int, records: Buffer | None
    ) -> PartitionProduceResponse:
        if topic is None:
            raise ApiError(errors.UNKNOWN_TOPIC_ID)
        log = self._partitions.get(topic, index)
        if context.api_version >= _FIRST_VERSION_OF_ONE_BATCH:
            _check_one_batch(context.api_version, records)
        if not -1 <= acks <= 1:
            raise ApiError(errors.INVALID_REQUIRED_ACKS)
        if topic in INTERNAL_TOPICS and context.client_id != ADMIN_CLIENT_ID:
            raise ApiError(errors.INVALID_TOPIC_EXCEPTION, f"Cannot append to internal topic {topic}")
        view = records if isinstance(records, memoryview) else memoryview(records or b"")
        try:
            result = self._partitions.append(log, view)
        except ApiError as error:
            return _append_refusal(index, error, log.log_start_offset)
        return PartitionProduceResponse(
            index=index,
            base_offset=result.base_offset,
            log_append_time_ms=result.log_append_time_ms,
            log_start_offset=result.log_start_offset,
        )


def _check_one_batch(version: int, records: Buffer | None) -> None:
    """Raise unless there is exactly one batch in format v2, with a codec that the version knows."""
    if records is None or len(records) < BATCH_HEADER_SIZE:
        if records is not None and len(records) > _MAGIC_POSITION and records[_MAGIC_POSITION] < _MAGIC_V2:
            raise _invalid(version, "only allowed to contain record batches with magic version 2")
        raise _invalid(version, "at least one record batch per partition is needed")
    if records[_MAGIC_POSITION] != _MAGIC_V2:
        raise _invalid(version, "only allowed to contain record batches with magic version 2")
    # Two peeks in place of a whole header: the log reads that anyway, and every small request passes here.
    if version < _FIRST_VERSION_OF_ZSTD and records[_ATTRIBUTES_LOW_POSITION] & _CODEC_MASK == ZSTD:
        raise ApiError(errors.UNSUPPORTED_COMPRESSION_TYPE)
    if _read_batch_length(records, _BATCH_LENGTH_POSITION)[0] + _LENGTH_OVERHEAD_BYTES < len(records):
        raise _invalid(version, "only allowed to contain exactly one record batch per partition")


def _invalid(version: int, reason: str) -> ApiError:
    return ApiError(errors.INVALID_RECORD, f"Produce requests with version {version}: {reason}")


def _refusal(index: int, error: ApiError) -> PartitionProduceResponse:
    """Answer for a partition whose log was never asked."""
    return PartitionProduceResponse(
        index=index, error_code=error.error_code, base_offset=-1, log_append_time_ms=-1, log_start_offset=-1
    )


def _append_refusal(index: int, error: ApiError, log_start_offset: int) -> PartitionProduceResponse:
    """Answer for records that the log refused; only refused records come with words."""
    answer = _refusal(index, error)
    if error.error_code not in _ERRORS_WITHOUT_START_OFFSET:
        answer.log_start_offset = log_start_offset
    if isinstance(error, RecordsRejected) and error.record_errors:
        answer.error_message = error.error_message
        answer.record_errors = [
            BatchIndexAndErrorMessage(batch_index=batch_index, batch_index_error_message=message)
            for batch_index, message in error.record_errors
        ]
    return answer
