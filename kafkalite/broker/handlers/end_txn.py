"""EndTxn: commit or abort a producer's transaction.

The answer means that the end is decided. Its markers are written by then, unless a disk failed: they are retried until
they succeed.

Versions 0-5:
    0    first (KIP-98)
    2    PRODUCER_FENCED instead of INVALID_PRODUCER_EPOCH (KIP-588)
    3    flexible
    4    TRANSACTION_ABORTABLE allowed (KIP-890)
    5    every end bumps the epoch; producer id and epoch of the next transaction in the answer (KIP-890)

Errors, for the request:
    INVALID_REQUEST              an empty transactional id
    INVALID_PRODUCER_ID_MAPPING  the transactional id has another producer id, or none
    PRODUCER_FENCED              another producer has a later epoch (INVALID_PRODUCER_EPOCH before version 2)
    CONCURRENT_TRANSACTIONS      the same end is in progress
    INVALID_TXN_STATE            there is no transaction to end, or it ended the other way
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR
                                 the transaction log cannot be written, or read

Source: KafkaApis.handleEndTxnRequest, TransactionCoordinator.handleEndTransaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction.end import EndTransaction
from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.coordinators.transaction.states import TV_0, TV_2
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.end_txn_response import EndTxnResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.end_txn_request import EndTxnRequest

FIRST_VERSION_OF_PRODUCER_FENCED = 2
FIRST_VERSION_OF_EPOCH_BUMP = 5


class EndTxnHandler:
    """Answers EndTxn."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def end_txn(self, context: RequestContext, request: EndTxnRequest) -> EndTxnResponse:
        """Decide the end of the transaction and write its markers."""
        producer = Producer(request.transactional_id, request.producer_id, request.producer_epoch)
        version = TV_2 if context.api_version >= FIRST_VERSION_OF_EPOCH_BUMP else TV_0
        try:
            identity = self._broker.transactions.end_transaction(EndTransaction(producer, request.committed, version))
        except ApiError as error:
            code = error.error_code
            if code == errors.PRODUCER_FENCED and context.api_version < FIRST_VERSION_OF_PRODUCER_FENCED:
                code = errors.INVALID_PRODUCER_EPOCH
            return EndTxnResponse(error_code=code)
        if version < TV_2:
            return EndTxnResponse()
        return EndTxnResponse(producer_id=identity.producer_id, producer_epoch=identity.producer_epoch)
