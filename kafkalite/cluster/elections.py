"""ElectLeaders on the metadata: elects the preferred replica, or any live replica of a partition without leader.

Source: org.apache.kafka.controller.ReplicationControlManager.electLeaders (KIP-183, KIP-460).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.result import Result
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.elect_leaders_response import (
    ElectLeadersResponse,
    PartitionResult,
    ReplicaElectionResult,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.cluster.image import MetadataImage, PartitionImage, TopicImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.elect_leaders_request import ElectLeadersRequest

PREFERRED, UNCLEAN = 0, 1
ELECTION_TYPES = (PREFERRED, UNCLEAN)


def elect_leaders(image: MetadataImage, request: ElectLeadersRequest) -> Result[ElectLeadersResponse]:
    """Elect as `elect_leaders_steps` does, at once."""
    return finish(elect_leaders_steps(image, request))


def elect_leaders_steps(image: MetadataImage, request: ElectLeadersRequest) -> Steps[Result[ElectLeadersResponse]]:
    """Elect the leaders of the named partitions; for a null list of all, with only the changed ones in the response.

    Errors, per partition: UNKNOWN_TOPIC_OR_PARTITION, ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE,
    ELIGIBLE_LEADERS_NOT_AVAILABLE.

    Raises:
        ApiError: INVALID_REQUEST for an unknown type of election.
    """
    if request.election_type not in ELECTION_TYPES:
        raise ApiError(errors.INVALID_REQUEST, f"There is no kind of election {request.election_type}.")
    is_of_all = request.topic_partitions is None
    if request.topic_partitions is None:
        wanted: list[tuple[str, Sequence[int]]] = [
            (name, range(len(topic.partitions))) for name, topic in image.topics.by_name.items()
        ]
    else:
        wanted = [(topic.topic, topic.partitions) for topic in request.topic_partitions]
    records: list[Any] = []
    results = []
    pace = Pace()
    for name, indexes in wanted:
        if pace.is_due():
            yield
        told = []
        for index in indexes:
            result = _elect(image, name, index, request.election_type, records)
            if not (is_of_all and result.error_code == errors.ELECTION_NOT_NEEDED):
                told.append(result)
            if pace.is_due():
                yield
        results.append(ReplicaElectionResult(topic=name, partition_result=told))
    return Result(records, ElectLeadersResponse(replica_election_results=results))


def _elect(
    image: MetadataImage, topic: str, partition_index: int, election_type: int, records: list[Any]
) -> PartitionResult:
    result = PartitionResult(partition_id=partition_index, error_message=None)
    try:
        found = image.topics.by_name.get(topic)
        partition = image.topics.find_partition(topic, partition_index)
        if found is None or partition is None:
            raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION, "There is no such partition.")
        records.append(_new_leader(image, found, partition_index, partition, election_type))
    except ApiError as error:
        result.error_code, result.error_message = error.error_code, error.error_message
    return result


def _new_leader(
    image: MetadataImage, topic: TopicImage, index: int, partition: PartitionImage, election_type: int
) -> PartitionChangeRecord:
    """Return the record of the election.

    Raises:
        ApiError: the reason why there is no election.
    """
    preferred = partition.replicas[0]
    is_needed = partition.leader != preferred if election_type == PREFERRED else partition.leader == NO_LEADER
    if not is_needed:
        raise ApiError(errors.ELECTION_NOT_NEEDED, "The leader needs no election.")
    active = {broker.broker_id for broker in image.brokers.active()}
    record = PartitionChangeRecord(partition_id=index, topic_id=topic.topic_id)
    if election_type == PREFERRED:
        if preferred not in active or preferred not in partition.isr:
            raise ApiError(errors.PREFERRED_LEADER_NOT_AVAILABLE, "The preferred leader is not available.")
        record.leader = preferred
        return record
    leader = next((replica for replica in partition.replicas if replica in active), None)
    if leader is None:
        raise ApiError(errors.ELIGIBLE_LEADERS_NOT_AVAILABLE, "No replica is available.")
    record.leader = leader
    if leader not in partition.isr:
        record.isr = [leader]
    record.eligible_leader_replicas = [] if partition.eligible_leader_replicas else None
    record.last_known_elr = [] if partition.last_known_elr else None
    return record
