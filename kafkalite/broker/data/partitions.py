"""The partitions this broker leads, as requests see them: found by name, checked by leader epoch, appended to.

Source: ReplicaManager.getPartitionOrException, Partition.checkCurrentLeaderEpoch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topic_names import CLUSTER_METADATA
from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.data.purgatory import FetchPurgatory
    from kafkalite.log.append import LateAppend
    from kafkalite.log.manager import LogManager
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.records.validation import ValidatedRecords
    from kafkalite.system.clock import Clock

    Records = memoryview | ValidatedRecords

NO_EPOCH = -1


class Partitions:
    """Access to partition logs for handlers and coordinators.

    Args:
        logs: where the logs are.
        purgatory: is told what grew.
        clock: stamps what is appended.

    Attributes:
        write_later: hands a large append to a thread, which runs and completes it; None writes it at once.
    """

    __slots__ = ("_clock", "_find", "_purgatory", "write_later")

    def __init__(self, logs: LogManager, purgatory: FetchPurgatory, clock: Clock) -> None:
        # A plain tuple finds what a TopicPartition is the key of, and costs less to make.
        self._find: Callable[[tuple[str, int]], PartitionLog | None] = logs.by_partition.get  # type: ignore[assignment]
        self._purgatory = purgatory
        self._clock = clock
        self.write_later: Callable[[LateAppend], None] | None = None

    def find(self, topic: str, partition: int) -> PartitionLog | None:
        """Return the log, or None where this broker has no such partition; that of the metadata is none of them."""
        return None if topic == CLUSTER_METADATA else self._find((topic, partition))

    def get(self, topic: str, partition: int, current_leader_epoch: int = NO_EPOCH) -> PartitionLog:
        """Return the log of a partition whose leader epoch the client knows.

        Args:
            current_leader_epoch: what the client believes; -1 where it says nothing.

        Raises:
            ApiError: UNKNOWN_TOPIC_OR_PARTITION, FENCED_LEADER_EPOCH (the client's is older), UNKNOWN_LEADER_EPOCH.
        """
        log = self._find((topic, partition))
        if log is None or topic == CLUSTER_METADATA:  # the metadata log is nobody's to read or write
            raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
        if current_leader_epoch != NO_EPOCH and current_leader_epoch != log.leader_epoch:
            is_older = current_leader_epoch < log.leader_epoch
            raise ApiError(errors.FENCED_LEADER_EPOCH if is_older else errors.UNKNOWN_LEADER_EPOCH)
        return log

    def append(
        self, log: PartitionLog, records: Records, *, is_from_client: bool = True, transaction_version: int = 0
    ) -> AppendResult:
        """Append a record set in one write and wake who waits for it.

        Args:
            records: a writable view, into which the log patches offsets, or what validation made of one.
            transaction_version: 2 for a producer with an epoch for each transaction (KIP-890).

        Raises:
            ApiError: the records are refused (RecordsRejected), the producer is out of order or fenced.
            ApiError: KAFKA_STORAGE_ERROR where the disk failed; nothing was appended.
        """
        try:
            result = log.append(
                records,
                now_ms=self._clock.now_ms(),
                is_from_client=is_from_client,
                transaction_version=transaction_version,
            )
        except StorageFault as fault:
            raise ApiError(errors.KAFKA_STORAGE_ERROR, str(fault)) from fault
        if not result.is_duplicate:
            self._purgatory.note_growth(log.topic_partition, _size_of(records))
        return result

    def append_large(
        self,
        log: PartitionLog,
        records: Records,
        on_done: Callable[[ApiError | None], None],
        *,
        transaction_version: int = 0,
    ) -> AppendResult:
        """Append a client's batch with the write itself in another thread, where there is one for that.

        Args:
            records: must stay as they are until ``on_done`` was called: a frame that nobody reads over.
            on_done: called once, maybe before this returns, when the records can be read (None), or with
                KAFKA_STORAGE_ERROR where they cannot. Not called when this raises, or for a retry.

        Raises:
            ApiError: as ``append``.
        """
        try:
            outcome = log.begin_append(records, now_ms=self._clock.now_ms(), transaction_version=transaction_version)
        except StorageFault as fault:
            raise ApiError(errors.KAFKA_STORAGE_ERROR, str(fault)) from fault
        if isinstance(outcome, AppendResult):
            return outcome
        pending = outcome
        size_bytes = _size_of(records)

        def complete() -> None:
            if pending.fault is not None:
                on_done(ApiError(errors.KAFKA_STORAGE_ERROR, str(pending.fault)))
            else:
                self._purgatory.note_growth(log.topic_partition, size_bytes)
                on_done(None)

        pending.on_complete = complete
        if self.write_later is not None:
            self.write_later(pending)
        else:
            pending.run()
            pending.complete()
        return pending.result


def _size_of(records: Records) -> int:
    return len(records if isinstance(records, memoryview) else records.buffer)
