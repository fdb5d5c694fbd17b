"""The effects of time: transactions that stay open too long are aborted, and unused ids are forgotten.

Source: TransactionStateManager.{timedOutTransactions, removeExpiredTransactionalIds}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.runtime.result import Result
from kafkalite.coordinators.transaction.end import abort_by_fencing
from kafkalite.coordinators.transaction.metadata import NO_TIMEOUT_MS, to_tombstone
from kafkalite.coordinators.transaction.states import EXPIRABLE

if TYPE_CHECKING:
    from kafkalite.coordinators.transaction.metadata import TransactionMetadata
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard


def timed_out_transactions(shard: TransactionShard, *, now_ms: int) -> list[str]:
    """Return the ids whose ongoing transaction has been open for longer than its timeout."""
    return [
        transactional_id
        for transactional_id in shard.ongoing
        if _is_timed_out(shard.transactions[transactional_id], now_ms)
    ]


def abort_timed_out(shard: TransactionShard, transactional_id: str, *, now_ms: int) -> Result[None]:
    """Abort a transaction that is still open and timed out; nothing where it ended meanwhile."""
    metadata = shard.transactions.get(transactional_id)
    if metadata is None or transactional_id not in shard.ongoing or not _is_timed_out(metadata, now_ms):
        return Result()
    return abort_by_fencing(shard, metadata, now_ms=now_ms)


def remove_expired(shard: TransactionShard, *, now_ms: int, expiration_ms: int) -> Result[int]:
    """Forget the ids without a transaction that nothing happened to for `expiration_ms`; the response counts them."""
    limit_ms = now_ms - expiration_ms
    expired = [
        to_tombstone(metadata.transactional_id)
        for metadata in shard.transactions.values()
        if metadata.state in EXPIRABLE and metadata.last_update_ms <= limit_ms
    ]
    return Result(expired, len(expired), is_atomic=False)


def _is_timed_out(metadata: TransactionMetadata, now_ms: int) -> bool:
    return metadata.timeout_ms != NO_TIMEOUT_MS and metadata.start_ms + metadata.timeout_ms < now_ms
