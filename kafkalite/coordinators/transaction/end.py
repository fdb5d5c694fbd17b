"""EndTxn and every other end of a transaction: the decision goes into the log, and after the markers its completion.

With transaction version 2 every end bumps the producer's epoch, so that a late request of the transaction before cannot
be taken for one of the next. What a request meets is a table, one for each generation of clients.

Source: TransactionCoordinator.{endTransactionWithTV1, endTransaction}; KIP-98, KIP-588, KIP-890.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.runtime.result import Result
from kafkalite.coordinators.transaction.metadata import (
    MAX_EPOCH,
    NO_PRODUCER_EPOCH,
    NO_PRODUCER_ID,
    completed,
    prepared,
    to_record,
)
from kafkalite.coordinators.transaction.outcome import ProducerIdentity
from kafkalite.coordinators.transaction.states import (
    COMPLETE_ABORT,
    COMPLETE_COMMIT,
    COMPLETED,
    EMPTY,
    NAMES,
    ONGOING,
    PREPARE_ABORT,
    PREPARE_COMMIT,
    TV_0,
    TV_2,
)
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.coordinators.transaction.metadata import TransactionMetadata
    from kafkalite.coordinators.transaction.partitions import Producer
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard

# ---- what a request meets ------------------------------------------------------------------------------------------
PREPARE = "decide it"
ALREADY_DONE = "it was done before"
IN_PROGRESS = "its markers are being written"
INVALID = "it cannot end this way"

COMMIT, ABORT = True, False

TABLE_TV1: dict[tuple[int, bool], str] = {
    (EMPTY, COMMIT): INVALID,
    (EMPTY, ABORT): INVALID,
    (ONGOING, COMMIT): PREPARE,
    (ONGOING, ABORT): PREPARE,
    (PREPARE_COMMIT, COMMIT): IN_PROGRESS,
    (PREPARE_COMMIT, ABORT): IN_PROGRESS,
    (PREPARE_ABORT, COMMIT): IN_PROGRESS,
    (PREPARE_ABORT, ABORT): IN_PROGRESS,
    (COMPLETE_COMMIT, COMMIT): ALREADY_DONE,
    (COMPLETE_COMMIT, ABORT): INVALID,
    (COMPLETE_ABORT, COMMIT): INVALID,
    (COMPLETE_ABORT, ABORT): ALREADY_DONE,
}
"""(state, commit or abort) -> outcome, of a client whose epoch stays. The epoch was found to be the current one."""

TABLE_TV2: dict[tuple[int, bool, bool], str] = {
    # state, commit or abort, is a repetition: the epoch is the one before the current one
    (EMPTY, COMMIT, False): INVALID,
    (EMPTY, ABORT, False): PREPARE,
    (ONGOING, COMMIT, False): PREPARE,
    (ONGOING, ABORT, False): PREPARE,
    (COMPLETE_COMMIT, COMMIT, True): ALREADY_DONE,
    (COMPLETE_COMMIT, COMMIT, False): INVALID,
    (COMPLETE_COMMIT, ABORT, True): INVALID,
    (COMPLETE_COMMIT, ABORT, False): PREPARE,
    (COMPLETE_ABORT, COMMIT, True): INVALID,
    (COMPLETE_ABORT, COMMIT, False): INVALID,
    (COMPLETE_ABORT, ABORT, True): ALREADY_DONE,
    (COMPLETE_ABORT, ABORT, False): PREPARE,
}
"""(state, commit or abort, is a repetition) -> outcome, of a client with an epoch for each transaction.

A prepared transaction is in progress for every client: its owner may know the next epoch or producer id already.
Before the first transaction and in an open one, a repetition is fenced."""


class EndTransaction(NamedTuple):
    """The request; `transaction_version` 2 for clients with an epoch for each transaction."""

    producer: Producer
    is_commit: bool
    transaction_version: int


def end_transaction(shard: TransactionShard, request: EndTransaction, *, now_ms: int) -> Result[ProducerIdentity]:
    """Decide the end of the producer's transaction. Its markers are still to be written when this is stored.

    The response of version 2 is the producer id and epoch of the next transaction.

    Raises:
        ApiError: INVALID_REQUEST, INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS,
            INVALID_TXN_STATE; that of the producer ids.
    """
    metadata = shard.get(request.producer.transactional_id)
    if request.transaction_version >= TV_2:
        return _end_with_epoch_bump(shard, metadata, request, now_ms)
    return _end_with_same_epoch(shard, metadata, request, now_ms)


def _end_with_same_epoch(
    shard: TransactionShard, metadata: TransactionMetadata, request: EndTransaction, now_ms: int
) -> Result[ProducerIdentity]:
    if request.producer.producer_id != metadata.producer_id:
        raise ApiError(errors.INVALID_PRODUCER_ID_MAPPING)
    if request.producer.producer_epoch != metadata.producer_epoch:
        raise ApiError(errors.PRODUCER_FENCED)
    if not _is_to_be_decided(TABLE_TV1[metadata.state, request.is_commit], metadata, request.is_commit):
        return Result((), ProducerIdentity())
    state = PREPARE_COMMIT if request.is_commit else PREPARE_ABORT
    changed = prepared(metadata, state, transaction_version=TV_0, now_ms=now_ms)
    return Result([to_record(changed, shard.transaction_version())], ProducerIdentity())


def _end_with_epoch_bump(
    shard: TransactionShard, metadata: TransactionMetadata, request: EndTransaction, now_ms: int
) -> Result[ProducerIdentity]:
    if metadata.is_prepared:
        raise ApiError(errors.CONCURRENT_TRANSACTIONS)
    _, producer_id, producer_epoch = request.producer
    is_retry_over_new_id = (
        metadata.previous_producer_id == producer_id
        and producer_epoch == MAX_EPOCH - 1
        and metadata.producer_epoch == 0
    )
    is_retry = is_retry_over_new_id or metadata.producer_epoch == producer_epoch + 1
    if producer_id != metadata.producer_id and not is_retry_over_new_id:
        raise ApiError(errors.INVALID_PRODUCER_ID_MAPPING)
    if producer_epoch != metadata.producer_epoch and not (is_retry and metadata.state in COMPLETED):
        raise ApiError(errors.PRODUCER_FENCED)
    if not _is_to_be_decided(TABLE_TV2[metadata.state, request.is_commit, is_retry], metadata, request.is_commit):
        return Result((), ProducerIdentity(metadata.producer_id, metadata.producer_epoch))
    changed = _decide_with_epoch_bump(shard, metadata, PREPARE_COMMIT if request.is_commit else PREPARE_ABORT, now_ms)
    after = completed(changed, now_ms=now_ms)
    response = ProducerIdentity(after.producer_id, after.producer_epoch)
    return Result([to_record(changed, shard.transaction_version())], response)


def _decide_with_epoch_bump(
    shard: TransactionShard, metadata: TransactionMetadata, state: int, now_ms: int
) -> TransactionMetadata:
    next_producer_id = shard.next_producer_id() if metadata.is_epoch_exhausted else NO_PRODUCER_ID
    shard.last_epochs[metadata.transactional_id] = metadata.producer_epoch
    return prepared(metadata, state, transaction_version=TV_2, next_producer_id=next_producer_id, now_ms=now_ms)


def _is_to_be_decided(outcome: str, metadata: TransactionMetadata, is_commit: bool) -> bool:
    """Whether there is something to decide; False where it was done before.

    Raises:
        ApiError: the state does not allow it.
    """
    if outcome == INVALID:
        wish = "committed" if is_commit else "aborted"
        raise ApiError(errors.INVALID_TXN_STATE, f"In state {NAMES[metadata.state]} nothing can be {wish}.")
    if outcome == IN_PROGRESS:
        raise ApiError(errors.CONCURRENT_TRANSACTIONS)
    return outcome == PREPARE


def abort_by_fencing(shard: TransactionShard, metadata: TransactionMetadata, *, now_ms: int) -> Result[None]:
    """Abort an ongoing transaction on behalf of a new producer of this transactional id, or of the clock.

    The producer's epoch is bumped, so that it is fenced; no client ever gets the epoch.
    """
    transaction_version = shard.transaction_version()
    if transaction_version >= TV_2:
        changed = _decide_with_epoch_bump(shard, metadata, PREPARE_ABORT, now_ms)
    else:
        shard.last_epochs[metadata.transactional_id] = NO_PRODUCER_EPOCH
        epoch = min(metadata.producer_epoch + 1, MAX_EPOCH)
        changed = prepared(metadata, PREPARE_ABORT, transaction_version=TV_0, producer_epoch=epoch, now_ms=now_ms)
    return Result([to_record(changed, transaction_version)])


def complete_transaction(shard: TransactionShard, transactional_id: str, *, now_ms: int) -> Result[None]:
    """Record that every partition has its marker; nothing where the transaction is not prepared any more."""
    metadata = shard.transactions.get(transactional_id)
    if metadata is None or not metadata.is_prepared:
        return Result()
    return Result([to_record(completed(metadata, now_ms=now_ms), shard.transaction_version())])
