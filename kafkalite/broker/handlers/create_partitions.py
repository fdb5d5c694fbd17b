"""CreatePartitions: add partitions to existing topics.

Versions 0-3:
    0    new total counts, and optional assignments of the new partitions
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    THROTTLING_QUOTA_EXCEEDED (KIP-599), which is never returned here

Errors, each for one topic:
    UNKNOWN_TOPIC_OR_PARTITION
    INVALID_PARTITIONS            the count is not above the current one
    INVALID_REPLICA_ASSIGNMENT    not one assignment for each new partition; an unknown broker, one twice, uneven
                                  lengths
    INVALID_REPLICATION_FACTOR    fewer brokers than the topic has replicas
    INVALID_REQUEST               named twice
    POLICY_VIOLATION              the request would add more than 10,000 partitions
    REQUEST_TIMED_OUT             for all: a timeout of 0 or less
    KAFKA_STORAGE_ERROR           for all: the metadata log cannot be written

Source: kafka.server.ControllerApis.createPartitions, ReplicationControlManager.createPartitions (KIP-195).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.partitions import create_partitions_steps
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.create_partitions_response import CreatePartitionsResponse, CreatePartitionsTopicResult

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_partitions_request import CreatePartitionsRequest


class CreatePartitionsHandler:
    """Answers CreatePartitions."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._controller = broker.controller

    def create_partitions(
        self, context: RequestContext, request: CreatePartitionsRequest
    ) -> Steps[CreatePartitionsResponse]:
        """Add the partitions of valid topics; their logs exist when the answer goes out."""
        try:
            if request.timeout_ms <= 0:
                raise ApiError(errors.REQUEST_TIMED_OUT)
            return (
                yield from self._metadata.commit_steps(
                    lambda image: create_partitions_steps(image, request, self._controller)
                )
            )
        except ApiError as refusal:
            error = refusal

        def refused(name: str) -> CreatePartitionsTopicResult:
            return CreatePartitionsTopicResult(
                name=name, error_code=error.error_code, error_message=error.error_message
            )

        names = dict.fromkeys(topic.name for topic in request.topics)
        return CreatePartitionsResponse(results=(yield from map_steps(refused, names, Pace())))
