"""Reads what a fetch asks for out of the partition logs, within its limits.

Source: ReplicaManager.readFromLog, Partition.readRecords, KIP-74 (limits), KIP-595 (diverging epochs).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import DOWN_CONVERTED_MAX_BYTES, STEP_MAX_ITEM_COUNT
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.fetch_response import (
    AbortedTransaction,
    EpochEndOffset,
    LeaderIdAndEpoch,
    PartitionData,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.data.fetch_sessions import FetchTarget, PartitionKey
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.log.results import FetchedRecords
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.fetch_request import FetchRequest
    from kafkalite.system.work_queue import SlicedSteps

READ_COMMITTED = 1
ISOLATION_LEVELS = (0, READ_COMMITTED)
UNDEFINED_EPOCH = -1
UNDEFINED_OFFSET = -1
NO_REPLICA = -1

_LAST_VERSION_OF_MAGIC_0 = 1
_LAST_VERSION_OF_MAGIC_1 = 3
_FIRST_VERSION_OF_STORAGE_ERROR = 6
_FIRST_VERSION_OF_TOPIC_IDS = 13
_FIRST_VERSION_OF_REPLICA_STATE = 15
_FIRST_VERSION_OF_LEADER_HINTS = 16
_ERRORS_WITH_LEADER_HINT = frozenset((errors.NOT_LEADER_OR_FOLLOWER, errors.FENCED_LEADER_EPOCH))


class FetchParameters:
    """The limits of one fetch and how its records are to look.

    Attributes:
        max_bytes, min_bytes: of the whole answer's records; min never above max.
        down_conversion_magic: 0 or 1 for message formats of old versions, None for batches as they are.
    """

    __slots__ = (
        "down_conversion_magic",
        "is_from_replica",
        "is_read_committed",
        "max_bytes",
        "max_wait_ms",
        "min_bytes",
        "version",
    )

    def __init__(self, request: FetchRequest, version: int, fetch_max_bytes: int) -> None:
        self.version = version
        self.max_bytes = min(request.max_bytes, fetch_max_bytes)
        if version <= _LAST_VERSION_OF_MAGIC_1:
            self.max_bytes = min(self.max_bytes, DOWN_CONVERTED_MAX_BYTES)
        self.min_bytes = min(request.min_bytes, self.max_bytes)
        self.max_wait_ms = request.max_wait_ms
        self.is_read_committed = request.isolation_level == READ_COMMITTED
        replica_state = request.replica_state
        replica_id = request.replica_id if version < _FIRST_VERSION_OF_REPLICA_STATE else NO_REPLICA
        self.is_from_replica = (replica_id if replica_state is None else replica_state.replica_id) >= 0
        self.down_conversion_magic = None
        if version <= _LAST_VERSION_OF_MAGIC_1:
            self.down_conversion_magic = 0 if version <= _LAST_VERSION_OF_MAGIC_0 else 1


class FetchResult:
    """The result of one pass over the partitions.

    Args:
        left_bytes: the bytes of records that the answer may still have.

    Attributes:
        answers: (key, target, data) of every partition, in the order of the request; after `close` also of those that
            are not here.
        byte_count: records in all answers, in bytes.
        is_final: whether waiting is pointless: nothing can be read, or a partition failed.
        partitions: those that can be read, whose growth is worth waiting for.
        unknown: as `answers`, of the partitions that are not here.
    """

    __slots__ = ("answers", "byte_count", "is_final", "left_bytes", "partitions", "unknown")

    def __init__(self, left_bytes: int) -> None:
        self.answers: list[tuple[PartitionKey, FetchTarget, PartitionData]] = []
        self.byte_count = 0
        self.is_final = False
        self.left_bytes = left_bytes
        self.partitions: list[TopicPartition] = []
        self.unknown: list[tuple[PartitionKey, FetchTarget, PartitionData]] = []

    def close(self) -> FetchResult:
        """Put the partitions that are not here after all others, once all are read, and return the result."""
        if not self.partitions:
            self.is_final = True
        self.answers += self.unknown
        return self

    def discard_steps(self) -> Steps[None]:
        """Let go of the answers in steps: freeing a million at once would be a long one."""
        self.unknown.clear()  # they are among the answers
        while self.answers:
            del self.answers[-STEP_MAX_ITEM_COUNT:]
            yield


class FetchReader:
    """Reads partitions for Fetch."""

    def __init__(self, broker: Broker) -> None:
        self._partitions = broker.partitions
        self._metadata = broker.metadata
        self._node_id = broker.node_id
        self._codecs = broker.codecs
        self.fetch_max_bytes = broker.settings.get_int("fetch.max.bytes")

    def read(self, parameters: FetchParameters, targets: dict[PartitionKey, FetchTarget]) -> FetchResult:
        """Read every target in order until the limit is used up; the first batch comes whole even over the limit.

        Partitions that are not here are answered after all others.
        """
        result = FetchResult(parameters.max_bytes)
        self._read_some(parameters, targets.items(), result)
        return result.close()

    def read_steps(self, parameters: FetchParameters, targets: dict[PartitionKey, FetchTarget]) -> Steps[FetchResult]:
        """Read as `read` does, in steps. Targets that are added or removed meanwhile do not count."""
        result = FetchResult(parameters.max_bytes)
        remaining = iter(list(targets.items()))
        while some := list(islice(remaining, STEP_MAX_ITEM_COUNT)):
            self._read_some(parameters, some, result)
            yield
        return result.close()

    def _read_some(
        self,
        parameters: FetchParameters,
        targets: Iterable[tuple[PartitionKey, FetchTarget]],
        result: FetchResult,
    ) -> None:
        left_bytes = result.left_bytes
        for key, target in targets:
            name = target.topic or self._name_of(target)
            log = self._partitions.find(name, target.partition) if name else None
            if log is None:
                is_by_name = name or parameters.version < _FIRST_VERSION_OF_TOPIC_IDS
                code = errors.UNKNOWN_TOPIC_OR_PARTITION if is_by_name else errors.UNKNOWN_TOPIC_ID
                answer = PartitionData(
                    partition_index=target.partition, error_code=code, high_watermark=-1, records=b""
                )
                result.unknown.append((key, target, answer))
                continue
            is_first = result.byte_count == 0
            try:
                answer = self._read_one(parameters, target, log, left_bytes, is_first)
            except ApiError as error:
                answer = self._failure(parameters.version, target.partition, error.error_code, log)
                result.is_final = True
            except StorageFault:
                answer = self._failure(parameters.version, target.partition, errors.KAFKA_STORAGE_ERROR, log)
                result.is_final = True
            if answer.records:
                size_bytes = len(answer.records)
                result.byte_count += size_bytes
                left_bytes = max(0, left_bytes - size_bytes)
                if size_bytes < parameters.min_bytes and target.fetch_offset < log.active_base_offset:
                    result.is_final = True  # a read ends with its segment: more is there, but not in this answer
            elif answer.diverging_epoch is not None:
                result.is_final = True
            result.partitions.append(log.topic_partition)
            result.answers.append((key, target, answer))
        result.left_bytes = left_bytes

    def convert_steps(self, parameters: FetchParameters, result: FetchResult) -> SlicedSteps[None]:
        """Convert what was read down to the message format of an old version, in steps.

        A partition whose records cannot be converted fails alone. What was read counts for the limits, not what comes
        out, as in Kafka, where an answer is converted while it is sent.
        """
        from kafkalite.records.down_conversion import legacy_steps

        magic = parameters.down_conversion_magic
        assert magic is not None
        for index, (key, target, answer) in enumerate(result.answers):
            records = answer.records
            if not records:
                continue
            assert isinstance(records, (bytes, memoryview)), "a range was lent for conversion"
            steps = legacy_steps(records, magic, from_offset=target.fetch_offset)
            try:
                answer.records = yield from self._codecs.drive(steps)
            except ApiError as error:
                failure = self._failure(parameters.version, target.partition, error.error_code, None)
                result.answers[index] = (key, target, failure)

    def _name_of(self, target: FetchTarget) -> str:
        """Resolve an id that was unknown when its session began."""
        image = self._metadata.image.topics.by_id.get(target.topic_id)
        if image is not None:
            target.topic = image.name
        return target.topic

    def _read_one(
        self, parameters: FetchParameters, target: FetchTarget, log: PartitionLog, left_bytes: int, is_first: bool
    ) -> PartitionData:
        if target.topic_id != ZERO_UUID and target.topic_id != log.topic_id:
            raise ApiError(errors.INCONSISTENT_TOPIC_ID)
        epoch = target.current_leader_epoch
        if epoch >= 0 and epoch != log.leader_epoch:  # no negative one is an epoch, not only -1
            raise ApiError(errors.FENCED_LEADER_EPOCH if epoch < log.leader_epoch else errors.UNKNOWN_LEADER_EPOCH)
        if parameters.is_from_replica:  # nobody but this node holds replicas
            is_epoch_given = epoch >= 0
            raise ApiError(errors.UNKNOWN_LEADER_EPOCH if is_epoch_given else errors.NOT_LEADER_OR_FOLLOWER)
        if target.last_fetched_epoch >= 0:
            diverging = _find_divergence(target, log)
            if diverging is not None:
                return diverging
        limit_bytes = min(target.max_bytes, left_bytes)
        fetched = log.read(
            target.fetch_offset,
            limit_bytes,
            is_read_committed=parameters.is_read_committed,
            min_one_batch=is_first,
            lends_ranges=parameters.down_conversion_magic is None,
        )
        if limit_bytes < 0 and target.fetch_offset < fetched.high_watermark:  # Kafka notices it at the file
            raise ApiError(errors.UNKNOWN_SERVER_ERROR, f"a limit of {limit_bytes} bytes")
        return _answer(target.partition, fetched)

    def _failure(self, version: int, index: int, error_code: int, log: PartitionLog | None) -> PartitionData:
        if error_code == errors.KAFKA_STORAGE_ERROR and version < _FIRST_VERSION_OF_STORAGE_ERROR:
            error_code = errors.NOT_LEADER_OR_FOLLOWER
        answer = PartitionData(
            partition_index=index, error_code=error_code, high_watermark=-1, aborted_transactions=None, records=b""
        )
        if error_code == errors.UNSUPPORTED_COMPRESSION_TYPE:  # the one failure for which Kafka tells null
            answer.records = None
        if log is not None and version >= _FIRST_VERSION_OF_LEADER_HINTS and error_code in _ERRORS_WITH_LEADER_HINT:
            answer.current_leader = LeaderIdAndEpoch(leader_id=self._node_id, leader_epoch=log.leader_epoch)
        return answer


def _answer(index: int, fetched: FetchedRecords) -> PartitionData:
    aborted = fetched.aborted_transactions
    return PartitionData(
        partition_index=index,
        high_watermark=fetched.high_watermark,
        last_stable_offset=fetched.last_stable_offset,
        log_start_offset=fetched.log_start_offset,
        aborted_transactions=None
        if aborted is None
        else [AbortedTransaction(producer_id=pid, first_offset=first) for pid, first in aborted],
        records=fetched.records,
    )


def _find_divergence(target: FetchTarget, log: PartitionLog) -> PartitionData | None:
    """Return the answer that makes a client truncate, or None where its log and ours agree."""
    epoch, end_offset = log.end_offset_for_epoch(target.last_fetched_epoch)
    if epoch == UNDEFINED_EPOCH or end_offset == UNDEFINED_OFFSET or target.fetch_offset < log.log_start_offset:
        raise ApiError(errors.OFFSET_OUT_OF_RANGE)
    if epoch >= target.last_fetched_epoch and end_offset >= target.fetch_offset:
        return None
    return PartitionData(
        partition_index=target.partition,
        high_watermark=log.high_watermark,
        last_stable_offset=log.last_stable_offset,
        log_start_offset=log.log_start_offset,
        aborted_transactions=None,
        diverging_epoch=EpochEndOffset(epoch=epoch, end_offset=end_offset),
        records=b"",
    )
