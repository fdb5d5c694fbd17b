"""AddPartitionsToTxn, AddOffsetsToTxn and what Produce adds by itself: which partitions a transaction touches.

Source: TransactionCoordinator.{handleAddPartitionsToTransaction, handleVerifyPartitionsInTransaction}; KIP-98, KIP-890.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.runtime.result import Result
from kafkalite.coordinators.transaction.metadata import to_record, with_partitions
from kafkalite.coordinators.transaction.states import ONGOING
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.transaction.metadata import TransactionMetadata
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
    from kafkalite.model.identifiers import TopicPartition


class Producer(NamedTuple):
    """The caller: its transactional id, and the producer id and epoch it believes to have."""

    transactional_id: str
    producer_id: int
    producer_epoch: int


def add_partitions(
    shard: TransactionShard,
    producer: Producer,
    partitions: Iterable[TopicPartition],
    *,
    transaction_version: int,
    now_ms: int,
) -> Result[None]:
    """Let partitions join the producer's transaction, and begin one where there is none.

    Args:
        transaction_version: of the client, by the kind of its request; kept with the transaction.

    Raises:
        ApiError: INVALID_REQUEST, INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS.
    """
    metadata = shard.get(producer.transactional_id)
    if metadata.is_prepared:  # first: the producer may know of the next epoch or producer id already
        raise ApiError(errors.CONCURRENT_TRANSACTIONS)
    _check_identity(metadata, producer)
    added = frozenset(partitions)
    if metadata.state == ONGOING and added <= metadata.partitions:
        return Result()
    changed = with_partitions(metadata, added, transaction_version=transaction_version, now_ms=now_ms)
    return Result([to_record(changed, shard.transaction_version())])


def verify_partitions(
    shard: TransactionShard, producer: Producer, partitions: Iterable[TopicPartition]
) -> dict[TopicPartition, int]:
    """Return for each partition whether the producer added it: NONE, or TRANSACTION_ABORTABLE.

    Raises:
        ApiError: as `add_partitions`.
    """
    metadata = shard.get(producer.transactional_id)
    _check_identity(metadata, producer)
    if metadata.is_prepared:
        raise ApiError(errors.CONCURRENT_TRANSACTIONS)
    added = metadata.partitions
    return {partition: errors.NONE if partition in added else errors.TRANSACTION_ABORTABLE for partition in partitions}


def _check_identity(metadata: TransactionMetadata, producer: Producer) -> None:
    if metadata.producer_id != producer.producer_id:
        raise ApiError(errors.INVALID_PRODUCER_ID_MAPPING)
    if metadata.producer_epoch != producer.producer_epoch:
        raise ApiError(errors.PRODUCER_FENCED)
