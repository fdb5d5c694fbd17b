"""WriteTxnMarkers: end transactions on partitions without the coordinator; an administrator ends hanging ones so.

Versions 0-2:
    0    first (KIP-98)
    1    flexible
    2    the transaction version of each marker (KIP-890)

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION      no such partition
    INVALID_PRODUCER_EPOCH          the producer has a later epoch there; from transaction version 2 on the marker's
                                    epoch must be above that of the open transaction
    TRANSACTION_COORDINATOR_FENCED  a later coordinator has written a marker there
    NOT_LEADER_OR_FOLLOWER          the group coordinator of that partition is not ready
    KAFKA_STORAGE_ERROR             the disk failed

Source: KafkaApis.handleWriteTxnMarkersRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction.completion import EndMarker
from kafkalite.coordinators.transaction.metadata import by_topic
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.write_txn_markers_response import (
    WritableTxnMarkerPartitionResult,
    WritableTxnMarkerResult,
    WritableTxnMarkerTopicResult,
    WriteTxnMarkersResponse,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.write_txn_markers_request import WriteTxnMarkersRequest


class WriteTxnMarkersHandler:
    """Answers WriteTxnMarkers."""

    def __init__(self, broker: Broker) -> None:
        self._markers = broker.transactions.markers

    def write_txn_markers(
        self, context: RequestContext, request: WriteTxnMarkersRequest
    ) -> Steps[WriteTxnMarkersResponse]:
        """Write every marker; the answer has one entry for each producer id."""
        results: dict[int, dict[TopicPartition, int]] = {}
        pace = Pace()
        for one in request.markers:
            if pace.is_due():
                yield
            marker = EndMarker(
                one.producer_id,
                one.producer_epoch,
                one.coordinator_epoch,
                one.transaction_result,
                one.transaction_version,
            )
            codes = results.setdefault(one.producer_id, {})
            for topic in one.topics:
                if pace.is_due():
                    yield
                for index in topic.partition_indexes:
                    partition = TopicPartition(topic.name, index)
                    codes[partition] = self._write(marker, partition)
                    if pace.is_due():
                        yield
        response = WriteTxnMarkersResponse()
        for producer_id, codes in results.items():
            if codes:
                response.markers.append((yield from _result(producer_id, codes, pace)))
        return response

    def _write(self, marker: EndMarker, partition: TopicPartition) -> int:
        try:
            self._markers.write_one(marker, partition)
        except ApiError as error:
            return error.error_code
        return errors.NONE


def _result(producer_id: int, codes: dict[TopicPartition, int], pace: Pace) -> Steps[WritableTxnMarkerResult]:
    result = WritableTxnMarkerResult(producer_id=producer_id)
    for name, indexes in by_topic(codes):
        topic = WritableTxnMarkerTopicResult(name=name)
        for index in indexes:
            topic.partitions.append(
                WritableTxnMarkerPartitionResult(partition_index=index, error_code=codes[TopicPartition(name, index)])
            )
            if pace.is_due():
                yield
        result.topics.append(topic)
    return result
