"""ElectLeaders: elect the preferred replicas of partitions, or any replica of partitions without a leader.

Versions 0-2:
    0    the preferred replica
    1    types of elections: preferred, unclean (KIP-460); an error code for the request
    2    flexible

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION
    ELECTION_NOT_NEEDED              the replica leads already; left out if all partitions are requested
    PREFERRED_LEADER_NOT_AVAILABLE   the preferred replica is on a broker that is not alive
    ELIGIBLE_LEADERS_NOT_AVAILABLE   all replicas are
Errors, for the request:
    INVALID_REQUEST                  an unknown type of election
    REQUEST_TIMED_OUT                a timeout of 0 or less
    KAFKA_STORAGE_ERROR              the metadata log cannot be written

Source: kafka.server.ControllerApis.handleElectLeaders, ReplicationControlManager.electLeaders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.elections import elect_leaders_steps
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.elect_leaders_response import (
    ElectLeadersResponse,
    PartitionResult,
    ReplicaElectionResult,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.elect_leaders_request import ElectLeadersRequest


class ElectLeadersHandler:
    """Answers ElectLeaders."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def elect_leaders(self, context: RequestContext, request: ElectLeadersRequest) -> Steps[ElectLeadersResponse]:
        """Elect the leaders of the partitions that need it."""
        if request.topic_partitions is not None and not request.topic_partitions:
            return ElectLeadersResponse()
        try:
            if request.timeout_ms <= 0:
                raise ApiError(errors.REQUEST_TIMED_OUT)
            return (yield from self._metadata.commit_steps(lambda image: elect_leaders_steps(image, request)))
        except ApiError as refusal:
            error = refusal
        return (yield from _refuse(request, error, context.api_version))


def _refuse(request: ElectLeadersRequest, error: ApiError, version: int) -> Steps[ElectLeadersResponse]:
    def refused(index: int) -> PartitionResult:
        return PartitionResult(partition_id=index, error_code=error.error_code, error_message=error.error_message)

    results = []
    pace = Pace()
    for topic in request.topic_partitions or ():
        partitions = yield from map_steps(refused, topic.partitions, pace)
        results.append(ReplicaElectionResult(topic=topic.topic, partition_result=partitions))
        if pace.is_due():
            yield
    code = error.error_code if version >= 1 else errors.NONE
    return ElectLeadersResponse(error_code=code, replica_election_results=results)
