"""AlterPartitionReassignments: choose the brokers that hold a partition, or cancel the choice.

Versions 0-1:
    1    the number of replicas may be held (KIP-860)

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION
    INVALID_REPLICA_ASSIGNMENT    no replicas, an unknown broker, one twice; a broker that is not there
    INVALID_REPLICATION_FACTOR    another number of replicas, although it may not change
    NO_REASSIGNMENT_IN_PROGRESS   there is nothing to cancel
Errors, for the request:
    REQUEST_TIMED_OUT             a timeout of 0 or less
    KAFKA_STORAGE_ERROR           the metadata log cannot be written

Source: kafka.server.ControllerApis.handleAlterPartitionReassignments (KIP-455).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.reassignments import alter_partition_reassignments_steps
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_partition_reassignments_response import (
    AlterPartitionReassignmentsResponse,
    ReassignablePartitionResponse,
    ReassignableTopicResponse,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_partition_reassignments_request import (
        AlterPartitionReassignmentsRequest,
        ReassignablePartition,
    )


class AlterPartitionReassignmentsHandler:
    """Answers AlterPartitionReassignments."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def alter_partition_reassignments(
        self, context: RequestContext, request: AlterPartitionReassignmentsRequest
    ) -> Steps[AlterPartitionReassignmentsResponse]:
        """Reassign the partitions that allow it."""
        if not request.topics:
            return AlterPartitionReassignmentsResponse()
        try:
            if request.timeout_ms <= 0:
                raise ApiError(errors.REQUEST_TIMED_OUT)
            return (
                yield from self._metadata.commit_steps(
                    lambda image: alter_partition_reassignments_steps(image, request)
                )
            )
        except ApiError as refusal:
            error = refusal
        return (yield from _refuse(request, error))


def _refuse(request: AlterPartitionReassignmentsRequest, error: ApiError) -> Steps[AlterPartitionReassignmentsResponse]:
    code, message = error.error_code, error.error_message

    def refused(partition: ReassignablePartition) -> ReassignablePartitionResponse:
        return ReassignablePartitionResponse(
            partition_index=partition.partition_index, error_code=code, error_message=message
        )

    responses = []
    pace = Pace()
    for topic in request.topics:
        partitions = yield from map_steps(refused, topic.partitions, pace)
        responses.append(ReassignableTopicResponse(name=topic.name, partitions=partitions))
        if pace.is_due():
            yield
    return AlterPartitionReassignmentsResponse(error_code=code, error_message=message, responses=responses)
