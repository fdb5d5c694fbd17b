"""DescribeProducers: the idempotent producers of partitions, and their open transactions.

Version 0 (KIP-664).

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION
    INVALID_TOPIC_EXCEPTION       an illegal name

Source: kafka.server.KafkaApis.handleDescribeProducersRequest, kafka.cluster.Partition.activeProducerState.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topic_names import check_name
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.describe_producers_response import (
    DescribeProducersResponse,
    PartitionResponse,
    ProducerState,
    TopicResponse,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.log.producer_entry import ProducerStateEntry
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_producers_request import DescribeProducersRequest


class DescribeProducersHandler:
    """Answers DescribeProducers."""

    def __init__(self, broker: Broker) -> None:
        self._logs = broker.logs
        self._metadata = broker.metadata

    def describe_producers(
        self, context: RequestContext, request: DescribeProducersRequest
    ) -> Steps[DescribeProducersResponse]:
        """Return the producers of each requested partition."""
        pace = Pace()
        response = DescribeProducersResponse()
        for topic in request.topics:
            partitions = []
            for index in topic.partition_indexes:
                described = self._describe(topic.name, index)
                partitions.append(described)
                if pace.is_due(1 + len(described.active_producers)):
                    yield
            response.topics.append(TopicResponse(name=topic.name, partitions=partitions))
            if pace.is_due():
                yield
        return response

    def _describe(self, topic: str, partition_index: int) -> PartitionResponse:
        response = PartitionResponse(partition_index=partition_index, error_message=None)
        try:
            check_name(topic)
            if topic not in self._metadata.image.topics.by_name:
                raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION, "No topic has this name.")
            log = self._logs.get(TopicPartition(topic, partition_index))
            if log is None:
                raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
            response.active_producers = [_state(entry) for entry in log.producers()]
        except ApiError as error:
            response.error_code, response.error_message = error.error_code, error.error_message
        return response


def _state(entry: ProducerStateEntry) -> ProducerState:
    return ProducerState(
        producer_id=entry.producer_id,
        producer_epoch=entry.producer_epoch,
        last_sequence=entry.last_sequence,
        last_timestamp=entry.last_timestamp,
        coordinator_epoch=entry.coordinator_epoch,
        current_txn_start_offset=entry.current_txn_first_offset,
    )
