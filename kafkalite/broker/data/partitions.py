"""The partitions this broker leads, as requests see them: found by name, checked by leader epoch, appended to.

Source: ReplicaManager.getPartitionOrException, Partition.checkCurrentLeaderEpoch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.data.storage_errors import storage_error
from kafkalite.broker.unstored_changes import UnstoredChanges
from kafkalite.cluster.topic_names import CLUSTER_METADATA
from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.purgatory import Purgatory
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
        logs: all logs of this broker.
        purgatory: hears of the growth of partitions.
        clock: stamps what is appended.

    Attributes:
        unstored: the appends that the answer to the present request waits for.
    """

    __slots__ = ("_clock", "_find", "_purgatory", "unstored")

    def __init__(self, logs: LogManager, purgatory: Purgatory, clock: Clock) -> None:
        # A plain tuple finds what a TopicPartition is the key of, and costs less to make.
        self._find: Callable[[tuple[str, int]], PartitionLog | None] = logs.by_partition.get  # type: ignore[assignment]
        self._purgatory = purgatory
        self._clock = clock
        self.unstored = UnstoredChanges()

    def find(self, topic: str, partition: int) -> PartitionLog | None:
        """Return the log, or None where this broker has no such partition; that of the metadata is none of them."""
        return None if topic == CLUSTER_METADATA else self._find((topic, partition))

    def get(self, topic: str, partition: int, current_leader_epoch: int = NO_EPOCH) -> PartitionLog:
        """Return the log of a partition whose leader epoch the client knows.

        Args:
            current_leader_epoch: the epoch that the client believes in; -1 where it sent none.

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
        self,
        log: PartitionLog,
        records: Records,
        *,
        is_from_client: bool = True,
        transaction_version: int = 0,
        is_lasting: bool = False,
        now_ms: int | None = None,
    ) -> AppendResult | LateAppend:
        """Append a record set in one write and wake the fetches that wait for it.

        Args:
            records: a writable view, into which the log patches offsets, or the result of its validation.
            transaction_version: 2 for a producer with an epoch for each transaction (KIP-890).
            is_lasting: the buffer of the records stays as it is until the append has ended.
            now_ms: the wall clock; None to read it.

        Returns:
            The result, or an append that ends later; `appended` returns its result then.

        Raises:
            ApiError: the records are refused (RecordsRejected), the producer is out of order or fenced.
            ApiError: KAFKA_STORAGE_ERROR where the disk failed, NOT_LEADER_OR_FOLLOWER where another broker has the
                partition; nothing was appended.
        """
        try:
            result = log.append(
                records,
                now_ms=self._clock.now_ms() if now_ms is None else now_ms,
                is_from_client=is_from_client,
                transaction_version=transaction_version,
                is_lasting=is_lasting,
            )
        except StorageFault as fault:
            raise storage_error(fault) from fault
        if type(result) is AppendResult:
            if not result.is_duplicate:
                size_bytes = len(records if type(records) is memoryview else records.buffer)
                self._purgatory.note(log.topic_partition, size_bytes)
        else:
            self._follow(log, result)  # type: ignore[arg-type]  # mypy does not narrow by type()
        return result

    def _follow(self, log: PartitionLog, late: LateAppend) -> None:
        def end() -> None:
            if late.result is not None and not late.result.is_duplicate:
                self._purgatory.note(log.topic_partition, late.size_bytes)

        late.then(end)


def appended(late: LateAppend) -> AppendResult:
    """Return the result of an append that has ended.

    Raises:
        ApiError: as `Partitions.append`.
    """
    error = late.error
    if isinstance(error, StorageFault):
        raise storage_error(error) from error
    if error is not None:
        raise error
    assert late.result is not None, "the append has not ended"
    return late.result
