"""InitProducerId: assign a producer id; a transactional id keeps its producer id and gets a new epoch.

Versions 0-5:
    0    transactional id and timeout (KIP-98)
    2    flexible
    3    the producer's current id and epoch, to continue after an error (KIP-360)
    4    PRODUCER_FENCED instead of INVALID_PRODUCER_EPOCH (KIP-588)
    5    new errors of KIP-890 allowed

Errors, for the request:
    INVALID_REQUEST              only one of producer id and epoch is given; an empty transactional id
    INVALID_TRANSACTION_TIMEOUT  not positive, or above ``transaction.max.timeout.ms``
    CONCURRENT_TRANSACTIONS      the last transaction has not ended completely, or an open one is aborted now: retry
    PRODUCER_FENCED              the producer that comes back was replaced (INVALID_PRODUCER_EPOCH before version 4)
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR
                                 the transaction log cannot be written, or read

Source: KafkaApis.handleInitProducerIdRequest, TransactionCoordinator.handleInitProducerId.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.init_producer_id_response import InitProducerIdResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest

NO_PRODUCER_ID = -1
NO_PRODUCER_EPOCH = -1
FIRST_VERSION_OF_PRODUCER_FENCED = 4


class InitProducerIdHandler:
    """Answers InitProducerId."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def init_producer_id(self, context: RequestContext, request: InitProducerIdRequest) -> InitProducerIdResponse:
        """Return a fresh id with epoch 0 to an idempotent producer, the next epoch of its id to a transactional one."""
        try:
            is_id_given = request.producer_id != NO_PRODUCER_ID
            if is_id_given != (request.producer_epoch != NO_PRODUCER_EPOCH):
                raise ApiError(errors.INVALID_REQUEST)
            if request.transactional_id is None:
                producer_id = self._broker.producer_ids.next_id()
                return InitProducerIdResponse(producer_id=producer_id, producer_epoch=0)
            return self._init_transactional(request, request.transactional_id, is_id_given)
        except ApiError as error:
            code = error.error_code
            if code == errors.PRODUCER_FENCED and context.api_version < FIRST_VERSION_OF_PRODUCER_FENCED:
                code = errors.INVALID_PRODUCER_EPOCH
            return InitProducerIdResponse(error_code=code, producer_id=-1, producer_epoch=-1)

    def _init_transactional(
        self, request: InitProducerIdRequest, transactional_id: str, is_id_given: bool
    ) -> InitProducerIdResponse:
        from kafkalite.coordinators.transaction.init_producer_id import InitProducerId

        expected = (request.producer_id, request.producer_epoch) if is_id_given else None
        identity = self._broker.transactions.init_producer_id(
            InitProducerId(transactional_id, request.transaction_timeout_ms, expected)
        )
        return InitProducerIdResponse(
            error_code=identity.error_code, producer_id=identity.producer_id, producer_epoch=identity.producer_epoch
        )
