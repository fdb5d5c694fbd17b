"""AddOffsetsToTxn: add the committed offsets of a group to a producer's transaction.

The partition of `__consumer_offsets` that holds the group joins. Clients of transaction version 2 do not send it.

Versions 0-4:
    0    first (KIP-98)
    2    PRODUCER_FENCED instead of INVALID_PRODUCER_EPOCH (KIP-588)
    3    flexible
    4    TRANSACTION_ABORTABLE allowed (KIP-890)

Errors, for the request:
    INVALID_REQUEST              an empty transactional id
    INVALID_PRODUCER_ID_MAPPING  the transactional id has another producer id, or none
    PRODUCER_FENCED              another producer has a later epoch (INVALID_PRODUCER_EPOCH before version 2)
    CONCURRENT_TRANSACTIONS      the last transaction has not ended completely
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR
                                 the transaction log cannot be written, or read

Source: KafkaApis.handleAddOffsetsToTxnRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.coordinators.transaction.states import TV_0
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.add_offsets_to_txn_response import AddOffsetsToTxnResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.add_offsets_to_txn_request import AddOffsetsToTxnRequest

FIRST_VERSION_OF_PRODUCER_FENCED = 2


class AddOffsetsToTxnHandler:
    """Answers AddOffsetsToTxn."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def add_offsets_to_txn(self, context: RequestContext, request: AddOffsetsToTxnRequest) -> AddOffsetsToTxnResponse:
        """Add the group's partition to the transaction."""
        producer = Producer(request.transactional_id, request.producer_id, request.producer_epoch)
        try:
            partition = TopicPartition(CONSUMER_OFFSETS, self._broker.groups.partition_of(request.group_id))
            self._broker.transactions.add_partitions(producer, [partition], TV_0)
        except ApiError as error:
            code = error.error_code
            if code == errors.PRODUCER_FENCED and context.api_version < FIRST_VERSION_OF_PRODUCER_FENCED:
                code = errors.INVALID_PRODUCER_EPOCH
            return AddOffsetsToTxnResponse(error_code=code)
        return AddOffsetsToTxnResponse()
