"""From a decision to its end: every partition gets its marker, then the transaction is complete.

The decision is in the log before the first marker is written, so a crash anywhere in between leaves it standing, and
the next load of the shard comes here and goes on. A marker may be written twice by that, never lost.

Source: TransactionMarkerChannelManager, TransactionMarkerRequestCompletionHandler.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.transaction.end import complete_transaction
from kafkalite.coordinators.transaction.states import PREPARE_COMMIT
from kafkalite.model.completion import Completion
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol

    from kafkalite.coordinators.runtime.runtime import ShardRuntime
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
    from kafkalite.model.identifiers import TopicPartition

    class MarkerWriter(Protocol):
        """Writes markers into partitions."""

        def write(
            self, marker: EndMarker, partitions: Iterable[TopicPartition]
        ) -> frozenset[TopicPartition] | LateMarkers:
            """Write the marker into each partition and return those that are to be tried again later, or the writes
            where they end later."""


class EndMarker(NamedTuple):
    """The end of one producer's transaction, the same for every partition.

    Fields:
        coordinator_epoch: of the coordinator that decided; partitions refuse an older one.
        transaction_version: from 2 on, `producer_epoch` is the one after that of the transaction.
    """

    producer_id: int
    producer_epoch: int
    coordinator_epoch: int
    is_commit: bool
    transaction_version: int


class LateMarkers(Completion):
    """Markers that are being written.

    Args:
        missing: partitions that have refused theirs already.
        changes: (partition, the end of its write, whose error is an ApiError), at least one.
        unnecessary: error codes of partitions that have no use for the marker any more.

    Attributes:
        missing: the partitions to be tried again later, once all have ended.
    """

    __slots__ = ("_left_count", "missing")

    def __init__(
        self,
        missing: Iterable[TopicPartition],
        changes: Sequence[tuple[TopicPartition, Completion]],
        unnecessary: frozenset[int],
    ) -> None:
        super().__init__()
        self.missing = frozenset(missing)
        self._left_count = len(changes)
        for partition, change in changes:
            change.then(partial(self._end_one, partition, change, unnecessary))

    def _end_one(self, partition: TopicPartition, change: Completion, unnecessary: frozenset[int]) -> None:
        error = change.error
        if isinstance(error, ApiError) and error.error_code not in unnecessary:
            self.missing |= {partition}
        self._left_count -= 1
        if self._left_count == 0:
            self.end()


def complete_prepared(
    runtime: ShardRuntime[TransactionShard],
    writer: MarkerWriter,
    *,
    coordinator_epoch: int,
    now_ms: int,
    resume: Callable[[], object],
) -> bool:
    """Write the markers of every prepared transaction of a shard, and complete those that have them all.

    Args:
        resume: called when this is to be called again, since what it waits for has been stored.

    Returns whether nothing is left to try again after a while.
    """
    shard = runtime.load()
    decided = runtime.unstored
    if decided is not None:  # no marker before its decision is stored
        decided.then(resume)
        return True
    is_finished = True
    for transactional_id in list(shard.prepared):
        try:
            is_finished &= _complete(runtime, writer, transactional_id, coordinator_epoch, now_ms, resume)
        except ApiError:  # the log refused; the shard was loaded again and knows the transaction as prepared
            is_finished = False
    return is_finished


def _complete(
    runtime: ShardRuntime[TransactionShard],
    writer: MarkerWriter,
    transactional_id: str,
    coordinator_epoch: int,
    now_ms: int,
    resume: Callable[[], object],
) -> bool:
    shard = runtime.load()
    if transactional_id in shard.late_markers:
        return True
    metadata = shard.transactions[transactional_id]
    marker = EndMarker(
        metadata.producer_id,
        metadata.producer_epoch,
        coordinator_epoch,
        metadata.state == PREPARE_COMMIT,
        metadata.client_transaction_version,
    )
    missing = writer.write(marker, shard.missing_markers.get(transactional_id, metadata.partitions))
    if isinstance(missing, LateMarkers):
        late = missing
        shard.late_markers.add(transactional_id)

        def end() -> None:
            shard.late_markers.discard(transactional_id)
            shard.missing_markers[transactional_id] = late.missing
            resume()

        late.then(end)
        return True
    if missing:
        shard.missing_markers[transactional_id] = missing
        return False
    runtime.run(lambda shard: complete_transaction(shard, transactional_id, now_ms=now_ms))
    return True
