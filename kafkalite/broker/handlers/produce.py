"""Produce: append record batches to partitions; the answer has the offset of each.

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
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED          for every partition: transactional records without a transactional id
    INVALID_RECORD, CORRUPT_MESSAGE, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE, UNSUPPORTED_COMPRESSION_TYPE,
    UNSUPPORTED_FOR_MESSAGE_FORMAT                 the batch is refused, see ``kafkalite.records.validation``
    OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE
                                                   the producer's, see ``kafkalite.log.producer_state``
    INVALID_TXN_STATE, TRANSACTION_ABORTABLE, CONCURRENT_TRANSACTIONS, INVALID_PRODUCER_ID_MAPPING,
    NOT_ENOUGH_REPLICAS                            of the transaction, see `TransactionAdmission`
    KAFKA_STORAGE_ERROR                            the disk failed

With acks=0 there is no answer; an error closes the connection instead, so that the producer notices.

Source: KafkaApis.handleProduceRequest, ReplicaManager.appendRecords, ProduceRequest.validateRecords.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.broker.data.produce_answers import refuse, refuse_append, respond
from kafkalite.broker.data.produce_batches import has_many_batches, keep_last_batches, last_batches_steps
from kafkalite.broker.data.produce_run import ProduceRun, begin_produce
from kafkalite.log.results import AppendResult
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.produce_response import (
    PartitionProduceResponse,
    ProduceResponse,
    TopicProduceResponse,
)
from kafkalite.records.batch import (
    ATTRIBUTES_POSITION,
    BATCH_HEADER_SIZE,
    CODEC_MASK,
    LOG_OVERHEAD_SIZE,
    MAGIC_POSITION,
    TRANSACTIONAL_FLAG,
)
from kafkalite.records.compression import ZSTD
from kafkalite.records.validation import validate_quickly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import Deferred, RequestContext
    from kafkalite.broker.data.produce_admission import ProduceAdmission
    from kafkalite.log.append import LateAppend
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.model.buffers import Buffer
    from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
    from kafkalite.system.work_queue import SlicedSteps

INTERNAL_TOPICS = frozenset(("__consumer_offsets", "__transaction_state", "__share_group_state"))
ADMIN_CLIENT_ID = "__admin_client"
"""The one client id that may write to internal topics (AdminUtils.ADMIN_CLIENT_ID)."""

_FIRST_VERSION_OF_ONE_BATCH = 3
_FIRST_VERSION_OF_ZSTD = 7
_FIRST_VERSION_OF_TOPIC_IDS = 13
_MAGIC_V2 = 2
_ATTRIBUTES_LOW_POSITION = ATTRIBUTES_POSITION + 1
_BATCH_LENGTH_POSITION = 8
_SIZE_UP_TO_MAGIC_BYTES = MAGIC_POSITION + 1
_SMALLEST_BATCH_LENGTH_BYTES = 14
"""Of the smallest message of format v0, without its length field: a shorter one is no batch of any format."""

_read_batch_length = Struct(">i").unpack_from


class ProduceHandler:
    """Answers Produce."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._clock = broker.clock
        self._partitions = broker.partitions
        self._metadata = broker.metadata

    def produce(self, context: RequestContext, request: ProduceRequest) -> ProduceResponse | Deferred | None:
        """Append the batches of each partition; one bad partition never spoils another.

        Returns:
            the answer, or one that is completed when large batches are written, or None with acks=0.

        Raises:
            ProtocolViolation: a partition failed and acks is 0: the connection is to be closed.
        """
        topics: Sequence[TopicProduceData] = request.topic_data or ()
        if len(topics) > 1 or (topics and len(topics[0].partition_data or ()) > 1):
            if has_many_batches(topics):
                return begin_produce(self._broker.work, self._steps(context, request))
            topics = keep_last_batches(topics)
        is_allowed = True
        admission = None
        if _has_transactional_records(topics):
            is_allowed = request.transactional_id is not None
            admission = self._admit(context, request.transactional_id, topics)
            if self._partitions.unstored.changes:  # no records before their partition is known to be in a transaction
                return begin_produce(self._broker.work, self._steps(context, request))
        responses, run = self._append_all(context, request.acks, topics, is_allowed, admission, None)
        if run is not None:
            return run.respond_with(responses)
        return ProduceResponse(responses=responses) if request.acks else respond(request.acks, responses)

    def _steps(
        self, context: RequestContext, request: ProduceRequest
    ) -> SlicedSteps[ProduceResponse | Deferred | None]:
        """Append as `produce` does, a few batches at a time; also if the coordinator stores its changes later."""
        topics = yield from last_batches_steps(request.topic_data or ())
        is_allowed = True
        admission = None
        if _has_transactional_records(topics):
            is_allowed = request.transactional_id is not None
            admission = self._admit(context, request.transactional_id, topics)
            yield from self._settle_steps(admission)
        yield None
        run = ProduceRun(self._broker, request.acks, admission)
        responses: list[TopicProduceResponse] = []
        for piece in topics:
            if admission is not None:
                admission.ask()  # the transaction may have ended since the piece before
                yield from self._settle_steps(admission)
            answers, _ = self._append_all(context, request.acks, (piece,), is_allowed, admission, run)
            for topic in answers:
                if responses and (responses[-1].name, responses[-1].topic_id) == (topic.name, topic.topic_id):
                    responses[-1].partition_responses.extend(topic.partition_responses)
                else:
                    responses.append(topic)
            yield None
        return run.respond_with(responses)

    def _settle_steps(self, admission: ProduceAdmission | None) -> SlicedSteps[None]:
        """Wait until what the coordinator changed is stored; refuse the request's batches where it could not be."""
        try:
            yield from self._partitions.unstored.settle_steps()
        except ApiError as error:
            if admission is not None:
                admission.refuse_all(error)

    def _append_all(
        self,
        context: RequestContext,
        acks: int,
        topics: Sequence[TopicProduceData],
        is_allowed: bool,
        admission: ProduceAdmission | None,
        run: ProduceRun | None,
    ) -> tuple[list[TopicProduceResponse], ProduceRun | None]:
        """Return the answers, and the run that completes the slow ones, or None."""
        version = context.api_version
        responses: list[TopicProduceResponse] = []
        for topic in topics:
            if not topic.partition_data:
                continue
            partitions: list[PartitionProduceResponse] = []
            name = topic.name if version < _FIRST_VERSION_OF_TOPIC_IDS else self._resolve(topic, version)
            for data in topic.partition_data:
                index = data.index
                try:
                    if not is_allowed:
                        raise ApiError(errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
                    log, records = self._prepare(context, acks, name, data, admission)
                except ApiError as error:
                    partitions.append(refuse(PartitionProduceResponse(index=index), error))
                    continue
                if not records:  # an empty message set of an old version is not refused either
                    partitions.append(PartitionProduceResponse(index=index, base_offset=-1))
                    continue
                answer = self._append_quickly(index, log, records, admission)
                if type(answer) is not PartitionProduceResponse:
                    run = run or ProduceRun(self._broker, acks, admission)
                    if answer is None:
                        answer = run.append(index, log, records)
                    else:
                        answer = run.follow(index, log, answer)  # type: ignore[arg-type]  # mypy ignores type()
                partitions.append(answer)
            responses.append(
                TopicProduceResponse(name=name or topic.name, topic_id=topic.topic_id, partition_responses=partitions)
            )
        return responses, run

    def _resolve(self, topic: TopicProduceData, version: int) -> str | None:
        """Return the topic's name, or None if its id is unknown."""
        if version < _FIRST_VERSION_OF_TOPIC_IDS:
            return topic.name
        image = self._metadata.image.topics.by_id.get(topic.topic_id)
        return None if image is None else image.name

    def _admit(
        self, context: RequestContext, transactional_id: str | None, topics: Sequence[TopicProduceData]
    ) -> ProduceAdmission | None:
        """Ask the transaction coordinator about all partitions with transactional records at once."""
        if transactional_id is None:
            return None
        from kafkalite.broker.data.produce_admission import ProduceAdmission

        admission = ProduceAdmission(self._broker, transactional_id, context.api_version)
        for topic in topics:
            name = self._resolve(topic, context.api_version)
            for data in topic.partition_data or ():
                if name is not None and _is_transactional(data.records):
                    try:
                        admission.add(name, data.index, _one_batch(context.api_version, data.records))
                    except ApiError:
                        pass  # `_prepare` raises it again, for the answer
        admission.ask()
        return admission

    def _prepare(
        self,
        context: RequestContext,
        acks: int,
        topic: str | None,
        data: PartitionProduceData,
        admission: ProduceAdmission | None,
    ) -> tuple[PartitionLog, memoryview]:
        """Return the log to append to and the records, which are not validated yet.

        Raises:
            ApiError: the partition is refused before its records are validated.
        """
        if admission is not None and admission.refusal is not None:
            raise admission.refusal
        if topic is None:
            raise ApiError(errors.UNKNOWN_TOPIC_ID)
        log = self._partitions.get(topic, data.index)
        records = data.records
        if context.api_version >= _FIRST_VERSION_OF_ONE_BATCH:
            records = _one_batch(context.api_version, records)
        if not -1 <= acks <= 1:
            raise ApiError(errors.INVALID_REQUIRED_ACKS)
        if topic in INTERNAL_TOPICS and context.client_id != ADMIN_CLIENT_ID:
            raise ApiError(errors.INVALID_TOPIC_EXCEPTION, f"Cannot append to internal topic {topic}")
        if admission is not None and records:
            admission.check(topic, data.index)
        return log, records if isinstance(records, memoryview) else memoryview(records or b"")

    def _append_quickly(
        self, index: int, log: PartitionLog, records: memoryview, admission: ProduceAdmission | None
    ) -> PartitionProduceResponse | LateAppend | None:
        """Validate and append a small batch; None if it may take long.

        Returns:
            the answer, or the append if it ends later.
        """
        now_ms = self._clock.now_ms()
        try:
            validated = validate_quickly(records, log.config.validation_rules, now_ms=now_ms)
            if validated is None:
                return None
            transaction_version = 0 if admission is None else admission.transaction_version
            result = self._partitions.append(log, validated, transaction_version=transaction_version, now_ms=now_ms)
        except ApiError as error:
            return refuse_append(PartitionProduceResponse(index=index), error, log.log_start_offset)
        if type(result) is not AppendResult:
            return result  # type: ignore[return-value]  # mypy does not narrow by type()
        return PartitionProduceResponse(
            index=index,
            base_offset=result.base_offset,
            log_append_time_ms=result.log_append_time_ms,
            log_start_offset=result.log_start_offset,
        )


def _has_transactional_records(topics: Sequence[TopicProduceData]) -> bool:
    """Return whether a batch in format v2 belongs to a transaction, by its flag alone."""
    for topic in topics:
        for data in topic.partition_data or ():
            records = data.records
            # The flag first: it settles nearly every batch without the call.
            if (
                records is not None
                and len(records) > _ATTRIBUTES_LOW_POSITION
                and records[_ATTRIBUTES_LOW_POSITION] & TRANSACTIONAL_FLAG
                and _is_transactional(records)
            ):
                return True
    return False


def _is_transactional(records: Buffer | None) -> bool:
    return (
        records is not None
        and len(records) > _ATTRIBUTES_LOW_POSITION
        and records[_ATTRIBUTES_LOW_POSITION] & TRANSACTIONAL_FLAG != 0
        and records[MAGIC_POSITION] == _MAGIC_V2
    )


def _one_batch(version: int, records: Buffer | None) -> Buffer:
    """Return the one batch in format v2 that a record set must be, with a codec that the version knows.

    Bytes after it that are no whole batch are cut off, as Kafka's reading of record sets does.

    Raises:
        ApiError: INVALID_RECORD, CORRUPT_MESSAGE, UNSUPPORTED_COMPRESSION_TYPE.
    """
    if records is None:
        raise _invalid(version, "at least one record batch per partition is needed")
    size = len(records)
    # Three peeks in place of a whole header: the log reads that anyway, and every small request passes here.
    if (
        size < BATCH_HEADER_SIZE
        or records[MAGIC_POSITION] != _MAGIC_V2
        or _read_batch_length(records, _BATCH_LENGTH_POSITION)[0] + LOG_OVERHEAD_SIZE != size
    ):
        size = _check_unusual(version, records)
    if version < _FIRST_VERSION_OF_ZSTD and records[_ATTRIBUTES_LOW_POSITION] & CODEC_MASK == ZSTD:
        raise ApiError(errors.UNSUPPORTED_COMPRESSION_TYPE)
    return records if size == len(records) else memoryview(records)[:size]


def _check_unusual(version: int, records: Buffer) -> int:
    """Return the size of the only batch in a record set that is not exactly one batch.

    Raises:
        ApiError: INVALID_RECORD, CORRUPT_MESSAGE.
    """
    size_bytes = _find_batch_size(records, 0)
    if size_bytes is None:
        raise _invalid(version, "at least one record batch per partition is needed")
    if records[MAGIC_POSITION] != _MAGIC_V2:
        raise _invalid(version, "only allowed to contain record batches with magic version 2")
    if size_bytes < BATCH_HEADER_SIZE:
        raise ApiError(errors.CORRUPT_MESSAGE)
    if _find_batch_size(records, size_bytes) is not None:
        raise _invalid(version, "only allowed to contain exactly one record batch per partition")
    return size_bytes


def _find_batch_size(records: Buffer, position: int) -> int | None:
    """Return the size of the batch at a position, None if it is missing or incomplete.

    Raises:
        ApiError: CORRUPT_MESSAGE, its length or magic is not valid.

    Source: ByteBufferLogInputStream.
    """
    left_bytes = len(records) - position
    if left_bytes < LOG_OVERHEAD_SIZE:
        return None
    (length,) = _read_batch_length(records, position + _BATCH_LENGTH_POSITION)
    if length < _SMALLEST_BATCH_LENGTH_BYTES:
        raise ApiError(errors.CORRUPT_MESSAGE)
    if left_bytes < _SIZE_UP_TO_MAGIC_BYTES:
        return None
    if records[position + MAGIC_POSITION] > _MAGIC_V2:
        raise ApiError(errors.CORRUPT_MESSAGE)
    size_bytes: int = length + LOG_OVERHEAD_SIZE
    return size_bytes if size_bytes <= left_bytes else None


def _invalid(version: int, reason: str) -> ApiError:
    return ApiError(errors.INVALID_RECORD, f"Produce requests with version {version}: {reason}")
