"""UnregisterBroker: remove a broker that will not come back from the metadata (KIP-631).

Version 0.

Errors, for the request:
    BROKER_ID_NOT_REGISTERED    no such broker
    INVALID_REQUEST             this node
    KAFKA_STORAGE_ERROR         the metadata log cannot be written

Deviation: this node is not removed. Kafka removes its only broker, and all partitions are without a leader until it is
started again.
Source: ControllerApis.handleUnregisterBroker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.unregistration import unregister_broker
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.unregister_broker_response import UnregisterBrokerResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.unregister_broker_request import UnregisterBrokerRequest


class UnregisterBrokerHandler:
    """Answers UnregisterBroker."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._node_id = broker.node_id

    def unregister_broker(self, context: RequestContext, request: UnregisterBrokerRequest) -> UnregisterBrokerResponse:
        """Remove a broker that is not this node."""
        try:
            self._metadata.commit(lambda image: unregister_broker(image, request.broker_id, self._node_id))
        except ApiError as error:
            return UnregisterBrokerResponse(error_code=error.error_code, error_message=error.error_message)
        return UnregisterBrokerResponse()
