"""AlterPartitionReassignments and ListPartitionReassignments on the metadata of a cluster with one live broker.

Replicas can be reordered, and those on brokers that are gone can be dropped; both take effect at once. A reassignment
that was in progress in a cluster of Kafka is listed and can be cancelled.

Deviation: a replica on another broker is refused, where Kafka would wait for it: no other broker will ever copy it.
Source: org.apache.kafka.controller.ReplicationControlManager, PartitionReassignmentReplicas,
PartitionReassignmentRevert (KIP-455, KIP-860).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.controller import RECORDS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.placement import check_manual_assignment
from kafkalite.cluster.result import Result
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.alter_partition_reassignments_response import (
    AlterPartitionReassignmentsResponse,
    ReassignablePartitionResponse,
    ReassignableTopicResponse,
)
from kafkalite.protocol.messages.list_partition_reassignments_response import (
    ListPartitionReassignmentsResponse,
    OngoingPartitionReassignment,
    OngoingTopicReassignment,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.cluster.image import MetadataImage, PartitionImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_partition_reassignments_request import (
        AlterPartitionReassignmentsRequest,
        ReassignablePartition,
    )
    from kafkalite.protocol.messages.list_partition_reassignments_request import ListPartitionReassignmentsRequest


def alter_partition_reassignments(
    image: MetadataImage, request: AlterPartitionReassignmentsRequest
) -> Result[AlterPartitionReassignmentsResponse]:
    """Alter as `alter_partition_reassignments_steps` does, at once."""
    return finish(alter_partition_reassignments_steps(image, request))


def alter_partition_reassignments_steps(
    image: MetadataImage, request: AlterPartitionReassignmentsRequest
) -> Steps[Result[AlterPartitionReassignmentsResponse]]:
    """Change the replicas of partitions; a null list cancels a partition's reassignment.

    Errors, per partition: UNKNOWN_TOPIC_OR_PARTITION, INVALID_REPLICA_ASSIGNMENT, INVALID_REPLICATION_FACTOR if the
    number of replicas may not change, NO_REASSIGNMENT_IN_PROGRESS, UNKNOWN_SERVER_ERROR beyond
    `RECORDS_PER_REQUEST_MAX_COUNT` records.
    """
    is_factor_free = request.allow_replication_factor_change
    records: list[Any] = []
    responses = []
    pace = Pace()
    for topic in request.topics:
        if pace.is_due():
            yield
        answers = []
        for target in topic.partitions:
            answer = ReassignablePartitionResponse(partition_index=target.partition_index, error_message=None)
            try:
                changes = _reassign(image, topic.name, target, is_factor_free=is_factor_free)
                if len(records) + len(changes) > RECORDS_PER_REQUEST_MAX_COUNT:
                    raise ApiError(errors.UNKNOWN_SERVER_ERROR)
                records += changes
            except ApiError as error:
                answer.error_code, answer.error_message = error.error_code, error.error_message
            answers.append(answer)
            if pace.is_due(1 + len(target.replicas or ())):
                yield
        responses.append(ReassignableTopicResponse(name=topic.name, partitions=answers))
    return Result(
        records,
        AlterPartitionReassignmentsResponse(
            allow_replication_factor_change=is_factor_free, error_message=None, responses=responses
        ),
    )


def list_partition_reassignments(
    image: MetadataImage, request: ListPartitionReassignmentsRequest
) -> ListPartitionReassignmentsResponse:
    """List as `list_partition_reassignments_steps` does, at once."""
    return finish(list_partition_reassignments_steps(image, request))


def list_partition_reassignments_steps(
    image: MetadataImage, request: ListPartitionReassignmentsRequest
) -> Steps[ListPartitionReassignmentsResponse]:
    """Return the ongoing reassignments of the named partitions, of all for a null list; unknown ones are left out."""
    if request.topics is None:
        wanted: Iterable[tuple[str, Iterable[int]]] = [
            (name, range(len(topic.partitions))) for name, topic in image.topics.by_name.items()
        ]
    else:
        wanted = [(topic.name, topic.partition_indexes) for topic in request.topics]
    topics = []
    pace = Pace()
    for name, indexes in wanted:
        if pace.is_due():
            yield
        ongoing = []
        for index in indexes:
            if pace.is_due():
                yield
            partition = image.topics.find_partition(name, index)
            if partition is not None and is_in_progress(partition):
                ongoing.append(_describe(index, partition))
        if ongoing:
            topics.append(OngoingTopicReassignment(name=name, partitions=ongoing))
    return ListPartitionReassignmentsResponse(error_message=None, topics=topics)


def _describe(index: int, partition: PartitionImage) -> OngoingPartitionReassignment:
    return OngoingPartitionReassignment(
        partition_index=index,
        replicas=list(partition.replicas),
        adding_replicas=list(partition.adding_replicas),
        removing_replicas=list(partition.removing_replicas),
    )


def is_in_progress(partition: PartitionImage) -> bool:
    """Return whether the partition is being reassigned."""
    return bool(partition.adding_replicas or partition.removing_replicas)


def _reassign(
    image: MetadataImage, topic: str, target: ReassignablePartition, *, is_factor_free: bool
) -> list[PartitionChangeRecord]:
    partition = image.topics.find_partition(topic, target.partition_index)
    if partition is None:
        raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION, "There is no such partition.")
    if target.replicas is None:
        if not is_in_progress(partition):
            raise ApiError(errors.NO_REASSIGNMENT_IN_PROGRESS)
        replicas = [replica for replica in partition.replicas if replica not in partition.adding_replicas]
    else:
        replicas = list(target.replicas)
        check_manual_assignment(image.brokers, replicas, None)
        if not is_factor_free:
            _check_factor(partition, len(replicas))
        if tuple(replicas) == partition.replicas and not is_in_progress(partition):
            return []
    topic_id = image.topics.by_name[topic].topic_id
    return [_change(image, partition, replicas, topic_id, target.partition_index)]


def _check_factor(partition: PartitionImage, count: int) -> None:
    settled = {*partition.replicas, *partition.adding_replicas} - {*partition.removing_replicas}
    if len(settled) != count:
        raise ApiError(
            errors.INVALID_REPLICATION_FACTOR, f"There are {len(settled)} replica(s), not {count}, and may be no other."
        )


def _change(
    image: MetadataImage, partition: PartitionImage, replicas: list[int], topic_id: bytes, index: int
) -> PartitionChangeRecord:
    """Return the record that completes a reassignment to `replicas` at once.

    Raises:
        ApiError: INVALID_REPLICA_ASSIGNMENT if it would have to wait for another broker.
    """
    isr = [replica for replica in partition.isr if replica in replicas]
    active = {broker.broker_id for broker in image.brokers.active()}
    candidates = [replica for replica in replicas if replica in isr and replica in active]
    settled = {*isr, *({*partition.replicas} - {*partition.adding_replicas})}
    if not candidates or not settled.issuperset(replicas):
        raise ApiError(
            errors.INVALID_REPLICA_ASSIGNMENT, "A replica would have to be copied to a broker that is not there."
        )
    record = PartitionChangeRecord(partition_id=index, topic_id=topic_id, replicas=replicas)
    is_shrunk = set(replicas) < set(partition.replicas)
    if partition.leader not in candidates:
        record.leader = candidates[0]
    elif is_shrunk:
        record.leader = partition.leader  # the same leader in a new epoch: the old assignment must not be used
    if isr != list(partition.isr):
        record.isr = isr
    if is_in_progress(partition):
        record.adding_replicas, record.removing_replicas = [], []
    if len(partition.directories) == len(partition.replicas):
        record.directories = [partition.directories[partition.replicas.index(replica)] for replica in replicas]
    record.eligible_leader_replicas = [] if partition.eligible_leader_replicas else None
    record.last_known_elr = [] if partition.last_known_elr else None
    return record
