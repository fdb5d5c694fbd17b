"""ListTransactions: the transactional ids that match filters.

Versions 0-2:
    0    by state and producer id (KIP-664)
    1    by duration (KIP-994)
    2    by a pattern of the transactional id (KIP-1152)

Errors, for the request:
    INVALID_REGULAR_EXPRESSION   the pattern is not valid

Source: KafkaApis.handleListTransactionsRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction.listing import TransactionFilter
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.list_transactions_response import ListTransactionsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.list_transactions_request import ListTransactionsRequest


class ListTransactionsHandler:
    """Answers ListTransactions."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def list_transactions(
        self, context: RequestContext, request: ListTransactionsRequest
    ) -> Steps[ListTransactionsResponse]:
        """Return the transactions that pass all filters."""
        try:
            transaction_filter = TransactionFilter(
                state_names=request.state_filters,
                producer_ids=request.producer_id_filters,
                duration_ms=request.duration_filter,
                id_pattern=request.transactional_id_pattern,
            )
            listed = yield from self._broker.transactions.list_transactions(transaction_filter)
        except ApiError as error:
            return ListTransactionsResponse(error_code=error.error_code)
        return ListTransactionsResponse(
            unknown_state_filters=transaction_filter.unknown_state_names, transaction_states=listed
        )
