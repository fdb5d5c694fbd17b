"""InitProducerId: hand out a producer id, for idempotence now and for transactions with the transaction coordinator.

Versions 0-5:
    0    transactional id and timeout (KIP-98)
    2    flexible
    3    the producer's own id and epoch, to go on after an error (KIP-360)
    4    PRODUCER_FENCED instead of INVALID_PRODUCER_EPOCH (KIP-588)
    5    new errors of KIP-890 allowed

Errors, for the request:
    INVALID_REQUEST              only one of producer id and epoch is given; an empty transactional id
    COORDINATOR_NOT_AVAILABLE    a transactional id is given

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


class InitProducerIdHandler:
    """Answers InitProducerId."""

    def __init__(self, broker: Broker) -> None:
        self._producer_ids = broker.producer_ids

    def init_producer_id(self, context: RequestContext, request: InitProducerIdRequest) -> InitProducerIdResponse:
        """Give an idempotent producer a fresh id with epoch 0; a producer that comes back gets a fresh one too."""
        if (request.producer_id < 0) != (request.producer_epoch < 0):
            return _refusal(errors.INVALID_REQUEST)
        if request.transactional_id is not None:
            is_empty = not request.transactional_id
            return _refusal(errors.INVALID_REQUEST if is_empty else errors.COORDINATOR_NOT_AVAILABLE)
        try:
            producer_id = self._producer_ids.next_id()
        except ApiError as error:
            return _refusal(error.error_code)
        return InitProducerIdResponse(producer_id=producer_id, producer_epoch=0)


def _refusal(error_code: int) -> InitProducerIdResponse:
    return InitProducerIdResponse(error_code=error_code, producer_id=-1, producer_epoch=-1)
