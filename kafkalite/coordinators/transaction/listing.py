"""ListTransactions and DescribeTransactions: looking without changing anything.

Source: TransactionStateManager.listTransactionStates, TransactionCoordinator.handleDescribeTransactions; KIP-664,
KIP-994, KIP-1152.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction import states
from kafkalite.coordinators.transaction.metadata import by_topic
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.describe_transactions_response import TopicData
from kafkalite.protocol.messages.describe_transactions_response import TransactionState as DescribedTransaction
from kafkalite.protocol.messages.list_transactions_response import TransactionState as ListedTransaction

if TYPE_CHECKING:
    from collections.abc import Collection

    from kafkalite.coordinators.regex.matcher import LinearRegex
    from kafkalite.coordinators.transaction.metadata import TransactionMetadata
    from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
    from kafkalite.model.steps import Steps


class TransactionFilter:
    """Which transactions are listed.

    Args:
        state_names: names of states, none for all; `unknown_state_names` are those that no state has.
        producer_ids: none for all.
        duration_ms: only what began longer ago than this; negative for all.
        id_pattern: a regular expression of RE2 that the whole transactional id matches; None or "" for all.

    Raises:
        ApiError: INVALID_REGULAR_EXPRESSION.
    """

    __slots__ = ("_duration_ms", "_has_states", "_pattern", "_producer_ids", "_states", "unknown_state_names")

    def __init__(
        self,
        *,
        state_names: Collection[str] = (),
        producer_ids: Collection[int] = (),
        duration_ms: int = -1,
        id_pattern: str | None = None,
    ) -> None:
        self.unknown_state_names = [name for name in state_names if name not in states.BY_NAME]
        self._has_states = bool(state_names)
        self._states = frozenset(states.BY_NAME[name] for name in state_names if name in states.BY_NAME)
        self._producer_ids = frozenset(producer_ids)
        self._duration_ms = duration_ms
        self._pattern = _compile(id_pattern) if id_pattern else None

    def matches(self, metadata: TransactionMetadata, now_ms: int) -> bool:
        """Return whether a transaction is listed, if the pattern of its id does not object."""
        if metadata.state == states.DEAD:
            return False
        if self._producer_ids and metadata.producer_id not in self._producer_ids:
            return False
        if self._has_states and metadata.state not in self._states:
            return False
        return self._duration_ms < 0 or now_ms - metadata.start_ms > self._duration_ms

    def matches_pattern(self, transactional_id: str, pace: Pace) -> Steps[bool]:
        """Return, in steps, whether the pattern lets a transaction through too."""
        return self._pattern is None or (yield from self._pattern.match_steps(transactional_id, pace))


def _compile(pattern: str) -> LinearRegex:
    from kafkalite.coordinators.regex.matcher import LinearRegex
    from kafkalite.coordinators.regex.syntax import InvalidRegex

    try:
        return LinearRegex(pattern)
    except InvalidRegex as problem:
        raise ApiError(
            errors.INVALID_REGULAR_EXPRESSION, f"{pattern!r} is no valid regular expression: {problem}."
        ) from None


def list_transactions(
    shard: TransactionShard, transaction_filter: TransactionFilter, *, now_ms: int
) -> Steps[list[ListedTransaction]]:
    """Return the transactions of a shard that the filter lets through, in steps."""
    listed = []
    pace = Pace()
    for metadata in list(shard.transactions.values()):
        if transaction_filter.matches(metadata, now_ms) and (
            yield from transaction_filter.matches_pattern(metadata.transactional_id, pace)
        ):
            listed.append(
                ListedTransaction(
                    transactional_id=metadata.transactional_id,
                    producer_id=metadata.producer_id,
                    transaction_state=states.NAMES[metadata.state],
                )
            )
        if pace.is_due():
            yield
    return listed


def describe_transaction(shard: TransactionShard, transactional_id: str) -> DescribedTransaction:
    """Return everything about one transactional id.

    Raises:
        ApiError: INVALID_REQUEST for the empty id, TRANSACTIONAL_ID_NOT_FOUND.
    """
    if not transactional_id:
        raise ApiError(errors.INVALID_REQUEST)
    metadata = shard.transactions.get(transactional_id)
    if metadata is None or metadata.state == states.DEAD:
        raise ApiError(errors.TRANSACTIONAL_ID_NOT_FOUND)
    return DescribedTransaction(
        transactional_id=transactional_id,
        transaction_state=states.NAMES[metadata.state],
        transaction_timeout_ms=metadata.timeout_ms,
        transaction_start_time_ms=metadata.start_ms,
        producer_id=metadata.producer_id,
        producer_epoch=metadata.producer_epoch,
        topics=[TopicData(topic=topic, partitions=indexes) for topic, indexes in by_topic(metadata.partitions)],
    )
