"""CreateTopics: create topics, with partitions placed by the broker or assigned by the client.

Versions 0-7:
    0    names, partitions, replication factor, assignments, configurations; only error codes in the answer
    1    error messages; validate_only
    2    throttle time
    3    a client is throttled after the answer, not before (KIP-219)
    4    -1 leaves partitions and replication factor to the broker (KIP-464)
    5    flexible; the answer has partitions, replication factor and configurations (KIP-525)
    6    THROTTLING_QUOTA_EXCEEDED (KIP-599), which is never returned here
    7    the answer has the topic id (KIP-516)

Errors, each for one topic:
    TOPIC_ALREADY_EXISTS
    INVALID_TOPIC_EXCEPTION       an illegal name, or one that differs from another topic only in '.' against '_'
    INVALID_PARTITIONS            zero partitions, or fewer than -1
    INVALID_REPLICATION_FACTOR    zero, less than -1, or more than there are brokers
    INVALID_REPLICA_ASSIGNMENT    an unknown broker, one twice, uneven lengths, gaps in the partitions
    INVALID_CONFIG                an unknown configuration, a value that is not valid, a null value
    INVALID_REQUEST               named twice; an assignment together with numbers; `__cluster_metadata`
    POLICY_VIOLATION              for all: more than 10,000 partitions, or records for them, in one request
    REQUEST_TIMED_OUT             for all: a timeout of 0 or less
    KAFKA_STORAGE_ERROR           for all: the metadata log cannot be written

Source: kafka.server.ControllerApis.createTopics, org.apache.kafka.controller.ReplicationControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topics import create_topics_steps
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.create_topics_response import CreatableTopicResult, CreateTopicsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_topics_request import CreateTopicsRequest


class CreateTopicsHandler:
    """Answers CreateTopics."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._controller = broker.controller

    def create_topics(self, context: RequestContext, request: CreateTopicsRequest) -> Steps[CreateTopicsResponse]:
        """Create the valid topics; their logs exist when the answer goes out."""
        try:
            if request.timeout_ms <= 0:
                raise ApiError(errors.REQUEST_TIMED_OUT)
            return (
                yield from self._metadata.commit_steps(
                    lambda image: create_topics_steps(image, request, self._controller)
                )
            )
        except ApiError as refusal:
            error = refusal

        def refused(name: str) -> CreatableTopicResult:
            return CreatableTopicResult(
                name=name, error_code=error.error_code, error_message=error.error_message, configs=[]
            )

        names = dict.fromkeys(topic.name for topic in request.topics)
        return CreateTopicsResponse(topics=(yield from map_steps(refused, names, Pace())))
