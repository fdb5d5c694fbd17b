"""DescribeTransactions: state, producer, timeout and partitions of the transactions of some ids.

Version 0 (KIP-664).

Errors, each for one transactional id:
    INVALID_REQUEST              the empty id
    TRANSACTIONAL_ID_NOT_FOUND   no producer has used it, or it has expired
    NOT_COORDINATOR              the transaction log cannot be read, or does not exist

Source: KafkaApis.handleDescribeTransactionsRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.describe_transactions_response import DescribeTransactionsResponse, TransactionState

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest


class DescribeTransactionsHandler:
    """Answers DescribeTransactions."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_transactions(
        self, context: RequestContext, request: DescribeTransactionsRequest
    ) -> Steps[DescribeTransactionsResponse]:
        """Describe the transaction of each id; the error of one does not affect another."""
        states = yield from map_steps(self._describe, request.transactional_ids, Pace())
        return DescribeTransactionsResponse(transaction_states=states)

    def _describe(self, transactional_id: str) -> TransactionState:
        try:
            return self._broker.transactions.describe_transaction(transactional_id)
        except ApiError as error:
            return TransactionState(transactional_id=transactional_id, error_code=error.error_code)
