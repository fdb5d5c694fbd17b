"""InitProducerId: a producer takes its transactional id over, and fences the producer that used it before.

Source: TransactionCoordinator.handleInitProducerId, TransactionMetadata.prepareIncrementProducerEpoch; KIP-98, KIP-360,
KIP-588, KIP-890.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.runtime.result import Result
from kafkalite.coordinators.transaction.end import abort_by_fencing
from kafkalite.coordinators.transaction.metadata import (
    NO_PRODUCER_EPOCH,
    NO_PRODUCER_ID,
    TransactionMetadata,
    initialized,
    is_epoch_exhausted,
    to_record,
)
from kafkalite.coordinators.transaction.outcome import ProducerIdentity
from kafkalite.coordinators.transaction.states import ONGOING
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard


class InitProducerId(NamedTuple):
    """The request.

    Fields:
        expected: the producer id and epoch that the producer believes to have (KIP-360), None for a new one.
    """

    transactional_id: str
    timeout_ms: int
    expected: tuple[int, int] | None = None


def check_request(request: InitProducerId, *, max_timeout_ms: int) -> None:
    """Check a request that no state could allow.

    Raises:
        ApiError: INVALID_REQUEST, INVALID_TRANSACTION_TIMEOUT.
    """
    if not request.transactional_id:
        raise ApiError(errors.INVALID_REQUEST)
    if not 0 < request.timeout_ms <= max_timeout_ms:
        raise ApiError(errors.INVALID_TRANSACTION_TIMEOUT)


def init_producer_id(shard: TransactionShard, request: InitProducerId, *, now_ms: int) -> Result[ProducerIdentity]:
    """Give the producer an id and an epoch that no other producer writes with.

    A transaction that is still open is aborted first; the response is CONCURRENT_TRANSACTIONS then, and the producer
    asks again.

    Raises:
        ApiError: CONCURRENT_TRANSACTIONS, PRODUCER_FENCED; that of the producer ids.
    """
    metadata = shard.transactions.get(request.transactional_id)
    if metadata is None:
        metadata = TransactionMetadata(request.transactional_id, shard.next_producer_id())
    if metadata.is_prepared:
        raise ApiError(errors.CONCURRENT_TRANSACTIONS)
    if request.expected is not None and not _is_known(metadata, *request.expected):
        raise ApiError(errors.PRODUCER_FENCED)
    if metadata.state == ONGOING:
        result = abort_by_fencing(shard, metadata, now_ms=now_ms)
        response = ProducerIdentity(NO_PRODUCER_ID, NO_PRODUCER_EPOCH, errors.CONCURRENT_TRANSACTIONS)
        return Result(result.records, response)
    return _begin(shard, metadata, request, now_ms)


def _is_known(metadata: TransactionMetadata, producer_id: int, producer_epoch: int) -> bool:
    """Whether the producer that comes back may be the one we know.

    It has the current id; or we know nothing of it and gave it the id just now; or it had the id before, used up all
    its epochs and never heard of its new id.
    """
    return (
        metadata.producer_epoch == NO_PRODUCER_EPOCH
        or producer_id == metadata.producer_id
        or (producer_id == metadata.previous_producer_id and is_epoch_exhausted(producer_epoch))
    )


def _begin(
    shard: TransactionShard, metadata: TransactionMetadata, request: InitProducerId, now_ms: int
) -> Result[ProducerIdentity]:
    transactional_id = metadata.transactional_id
    expected_epoch = None if request.expected is None else request.expected[1]
    if metadata.is_epoch_exhausted and expected_epoch in (None, metadata.producer_epoch):
        producer_id, producer_epoch = shard.next_producer_id(), 0
        last_epoch = NO_PRODUCER_EPOCH if expected_epoch is None else metadata.producer_epoch
    else:
        producer_id = metadata.producer_id
        producer_epoch, last_epoch = _next_epoch(metadata, expected_epoch, shard.last_epoch(transactional_id))
    shard.last_epochs[transactional_id] = last_epoch
    changed = initialized(
        metadata,
        producer_id=producer_id,
        producer_epoch=producer_epoch,
        timeout_ms=request.timeout_ms,
        now_ms=now_ms,
    )
    record = to_record(changed, shard.transaction_version())
    return Result([record], ProducerIdentity(producer_id, producer_epoch))


def _next_epoch(metadata: TransactionMetadata, expected_epoch: int | None, last_epoch: int) -> tuple[int, int]:
    """Return the epoch of the producer and the one it has until then.

    Raises:
        ApiError: PRODUCER_FENCED.
    """
    epoch = metadata.producer_epoch
    if expected_epoch is None:
        return _bumped(epoch), NO_PRODUCER_EPOCH
    if epoch in (NO_PRODUCER_EPOCH, expected_epoch):
        return _bumped(epoch), epoch
    if expected_epoch == last_epoch:
        # It did not hear that its epoch was bumped. No other producer came in between: that one would have left no
        # last epoch.
        return epoch, last_epoch
    raise ApiError(errors.PRODUCER_FENCED)


def _bumped(epoch: int) -> int:
    assert not is_epoch_exhausted(epoch)
    return epoch + 1
