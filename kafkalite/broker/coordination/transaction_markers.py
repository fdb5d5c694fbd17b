"""Writes the markers that end transactions into partitions, for the coordinator and for WriteTxnMarkers.

Every marker is one control batch; the log finds out what it ends, and read_committed fetches that waited for it wake.

Source: KafkaApis.handleWriteTxnMarkersRequest, TransactionMarkerRequestCompletionHandler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.data.partitions import appended
from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
from kafkalite.coordinators.transaction.completion import LateMarkers
from kafkalite.log.results import AppendResult
from kafkalite.model.completion import Completion
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.control import build_end_transaction_marker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.coordination.groups import GroupCoordinator
    from kafkalite.broker.data.partitions import Partitions
    from kafkalite.coordinators.transaction.completion import EndMarker
    from kafkalite.log.append import LateAppend
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.model.lazy import Lazy
    from kafkalite.system.clock import Clock

UNNECESSARY = frozenset(
    (
        errors.UNKNOWN_TOPIC_OR_PARTITION,  # deleted meanwhile, and the records of the transaction with it
        errors.INVALID_PRODUCER_EPOCH,  # a later epoch of the producer has a marker there: an administrator was faster
        errors.TRANSACTION_COORDINATOR_FENCED,  # a later coordinator has a marker there
    )
)
"""Refusals after which a partition has no use for the marker any more.

Deviation: for the last two Kafka stops and leaves the transaction prepared until the coordinator moves; there is no
other coordinator here, and nothing may be stuck.
"""


_GROUPS_NOT_READY = frozenset(
    (errors.COORDINATOR_NOT_AVAILABLE, errors.COORDINATOR_LOAD_IN_PROGRESS, errors.NOT_COORDINATOR)
)


class TransactionMarkers:
    """Implements `coordinators.transaction.completion.MarkerWriter`."""

    __slots__ = ("_clock", "_groups", "_partitions")

    def __init__(self, partitions: Partitions, clock: Clock, groups: Lazy[GroupCoordinator]) -> None:
        self._partitions = partitions
        self._clock = clock
        self._groups = groups

    def write(self, marker: EndMarker, partitions: Iterable[TopicPartition]) -> frozenset[TopicPartition] | LateMarkers:
        """Write the marker into each partition and return those that are to be tried again later."""
        missing = []
        changes = []
        for partition in sorted(partitions):
            try:
                change = self.write_one(marker, partition)
            except ApiError as error:
                if error.error_code not in UNNECESSARY:
                    missing.append(partition)
            else:
                if change is not None:
                    changes.append((partition, change))
        return LateMarkers(missing, changes, UNNECESSARY) if changes else frozenset(missing)

    def write_one(self, marker: EndMarker, partition: TopicPartition) -> Completion | None:
        """Write the marker into one partition.

        Returns None where it is written, else its end, whose error is an ApiError.

        Raises:
            ApiError: UNKNOWN_TOPIC_OR_PARTITION, INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED,
                KAFKA_STORAGE_ERROR, NOT_LEADER_OR_FOLLOWER where a coordinator is not ready.
        """
        if partition.topic == CONSUMER_OFFSETS:
            return self._write_offsets(marker, partition.partition)
        partitions = self._partitions
        batch = build_end_transaction_marker(
            producer_id=marker.producer_id,
            producer_epoch=marker.producer_epoch,
            is_commit=marker.is_commit,
            coordinator_epoch=marker.coordinator_epoch,
            now_ms=self._clock.now_ms(),
        )
        log = partitions.get(partition.topic, partition.partition)
        late = partitions.append(
            log,
            memoryview(batch),
            is_from_client=False,
            transaction_version=marker.transaction_version,
            is_lasting=True,
        )
        return None if isinstance(late, AppendResult) else _end_of(late)

    def _write_offsets(self, marker: EndMarker, partition: int) -> Completion | None:
        """Let the group coordinator write the marker: it has to know which of its offsets count from now on."""
        try:
            return self._groups.get().complete_transaction(
                partition,
                marker.producer_id,
                marker.producer_epoch,
                is_commit=marker.is_commit,
                coordinator_epoch=marker.coordinator_epoch,
                transaction_version=marker.transaction_version,
            )
        except ApiError as error:
            if error.error_code in _GROUPS_NOT_READY:
                raise ApiError(errors.NOT_LEADER_OR_FOLLOWER, error.error_message) from error
            raise


def _end_of(late: LateAppend) -> Completion:
    """Return the end of an append, with the error that a client gets."""
    change = Completion()

    def end() -> None:
        try:
            appended(late)
        except ApiError as error:
            change.end(error)
        else:
            change.end()

    late.then(end)
    return change
