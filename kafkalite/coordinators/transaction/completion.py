"""From a decision to its end: every partition gets its marker, then the transaction is complete.

The decision is in the log before the first marker is written, so a crash anywhere in between leaves it standing, and
whoever loads the shard comes here and goes on. A marker may be written twice by that, never lost.

Source: TransactionMarkerChannelManager, TransactionMarkerRequestCompletionHandler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.transaction.end import complete_transaction
from kafkalite.coordinators.transaction.states import PREPARE_COMMIT
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from kafkalite.coordinators.runtime.runtime import ShardRuntime
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
    from kafkalite.model.identifiers import TopicPartition

    class MarkerWriter(Protocol):
        """Writes markers into partitions."""

        def write(self, marker: EndMarker, partitions: Iterable[TopicPartition]) -> frozenset[TopicPartition]:
            """Write the marker into each partition and return those that are to be tried again later."""


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


def complete_prepared(
    runtime: ShardRuntime[TransactionShard], writer: MarkerWriter, *, coordinator_epoch: int, now_ms: int
) -> bool:
    """Write the markers of every prepared transaction of a shard, and complete those that have them all.

    Returns whether nothing is left to do; else this is to be called again later.
    """
    is_finished = True
    for transactional_id in list(runtime.load().prepared):
        try:
            is_finished &= _complete(runtime, writer, transactional_id, coordinator_epoch, now_ms)
        except ApiError:  # the log refused; the shard was loaded again and knows the transaction as prepared
            is_finished = False
    return is_finished


def _complete(
    runtime: ShardRuntime[TransactionShard],
    writer: MarkerWriter,
    transactional_id: str,
    coordinator_epoch: int,
    now_ms: int,
) -> bool:
    shard = runtime.load()
    metadata = shard.transactions[transactional_id]
    marker = EndMarker(
        metadata.producer_id,
        metadata.producer_epoch,
        coordinator_epoch,
        metadata.state == PREPARE_COMMIT,
        metadata.client_transaction_version,
    )
    missing = writer.write(marker, shard.missing_markers.get(transactional_id, metadata.partitions))
    if missing:
        shard.missing_markers[transactional_id] = missing
        return False
    runtime.run(lambda shard: complete_transaction(shard, transactional_id, now_ms=now_ms))
    return True
