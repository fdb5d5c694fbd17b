"""Partition records for new partitions, and CreatePartitions on the metadata.

Source: org.apache.kafka.controller.ReplicationControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.controller import RECORDS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.placement import check_manual_assignment, place_partitions
from kafkalite.cluster.repetitions import find_repeated
from kafkalite.cluster.result import Result
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.partition_record import PartitionRecord
from kafkalite.protocol.messages.create_partitions_response import CreatePartitionsResponse, CreatePartitionsTopicResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.cluster.image import BrokersImage, MetadataImage, TopicImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_partitions_request import CreatePartitionsRequest, CreatePartitionsTopic

UNASSIGNED_DIRECTORY = bytes(16)
"""DirectoryId.UNASSIGNED: the broker chooses among its log directories. Source: KIP-858."""


def create_partitions(
    image: MetadataImage, request: CreatePartitionsRequest, context: ControllerContext
) -> Result[CreatePartitionsResponse]:
    """Add partitions as `create_partitions_steps` does, at once."""
    return finish(create_partitions_steps(image, request, context))


def create_partitions_steps(
    image: MetadataImage, request: CreatePartitionsRequest, context: ControllerContext
) -> Steps[Result[CreatePartitionsResponse]]:
    """Add partitions to existing topics, independently for each topic.

    Errors, per topic: INVALID_REQUEST for a repeated name, UNKNOWN_TOPIC_OR_PARTITION, INVALID_PARTITIONS if the count
    does not grow, INVALID_REPLICA_ASSIGNMENT, INVALID_REPLICATION_FACTOR, POLICY_VIOLATION if the request would add
    more than `RECORDS_PER_REQUEST_MAX_COUNT` partitions.

    Raises:
        ApiError: POLICY_VIOLATION for more than `RECORDS_PER_REQUEST_MAX_COUNT` topics.
    """
    duplicates = find_repeated(topic.name for topic in request.topics)
    results = [
        CreatePartitionsTopicResult(
            name=name, error_code=errors.INVALID_REQUEST, error_message="The topic is named more than once."
        )
        for name in duplicates
    ]
    records: list[Any] = []
    result_count = 0
    pace = Pace()
    for topic in request.topics:
        if topic.name in duplicates:
            continue
        result_count += 1
        if result_count > RECORDS_PER_REQUEST_MAX_COUNT:
            raise ApiError(errors.POLICY_VIOLATION, "Unable to perform excessively large batch operation.")
        record_count = len(records)
        result = CreatePartitionsTopicResult(name=topic.name, error_message=None)
        try:
            _check_total(image, topic, len(records))
            records += _new_partitions(image, topic, context)
        except ApiError as error:
            result.error_code, result.error_message = error.error_code, error.error_message
        results.append(result)
        if pace.is_due(1 + len(records) - record_count):
            yield
    return Result([] if request.validate_only else records, CreatePartitionsResponse(results=results))


def partition_record(
    topic_id: bytes, partition_index: int, replicas: Sequence[int], brokers: BrokersImage
) -> PartitionRecord:
    """Return the record of a new partition, led by the first of its replicas that is active.

    `replicas` has at least one active broker.
    """
    active = {broker.broker_id for broker in brokers.active()}
    isr = [broker_id for broker_id in replicas if broker_id in active]
    return PartitionRecord(
        partition_id=partition_index,
        topic_id=topic_id,
        replicas=list(replicas),
        isr=isr,
        leader=isr[0],
        leader_epoch=0,
        partition_epoch=0,
        directories=[_default_directory(brokers, broker_id) for broker_id in replicas],
    )


def check_has_active_replica(brokers: BrokersImage, replicas: Sequence[int], partition_index: int) -> None:
    """Check that some replica of a manual assignment can lead.

    Raises:
        ApiError: INVALID_REPLICA_ASSIGNMENT if none can.
    """
    if not any(broker.broker_id in replicas for broker in brokers.active()):
        raise ApiError(
            errors.INVALID_REPLICA_ASSIGNMENT,
            f"Every broker assigned to partition {partition_index} is fenced or shutting down.",
        )


def _new_partitions(image: MetadataImage, topic: CreatePartitionsTopic, context: ControllerContext) -> list[Any]:
    existing = image.topics.by_name.get(topic.name)
    if existing is None:
        raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
    first = len(existing.partitions)
    _check_count(existing, topic)
    replication_factor = len(existing.partitions[0].replicas)
    if topic.assignments is None:
        placed: list[Any] = list(
            place_partitions(image.brokers, topic.count - first, replication_factor, context.entropy.random_int)
        )
    else:
        placed = [assignment.broker_ids for assignment in topic.assignments]
        for index, replicas in enumerate(placed, first):
            check_manual_assignment(image.brokers, replicas, replication_factor)
            check_has_active_replica(image.brokers, replicas, index)
    return [
        partition_record(existing.topic_id, index, replicas, image.brokers)
        for index, replicas in enumerate(placed, first)
    ]


def _check_total(image: MetadataImage, topic: CreatePartitionsTopic, before_count: int) -> None:
    existing = image.topics.by_name.get(topic.name)
    added_count = 0 if existing is None else topic.count - len(existing.partitions)
    if before_count + added_count > RECORDS_PER_REQUEST_MAX_COUNT:
        raise ApiError(
            errors.POLICY_VIOLATION,
            f"{before_count + added_count} partitions are more than {RECORDS_PER_REQUEST_MAX_COUNT} for one request.",
        )


def _check_count(existing: TopicImage, topic: CreatePartitionsTopic) -> None:
    count = len(existing.partitions)
    if topic.count == count:
        raise ApiError(errors.INVALID_PARTITIONS, f"Topic {topic.name} has {count} partition(s) already.")
    if topic.count < count:
        raise ApiError(
            errors.INVALID_PARTITIONS, f"Topic {topic.name} has {count} partition(s); {topic.count} would be fewer."
        )
    if topic.assignments is not None and len(topic.assignments) != topic.count - count:
        raise ApiError(
            errors.INVALID_REPLICA_ASSIGNMENT,
            f"{topic.count - count} partition(s) are to be added, but {len(topic.assignments)} are assigned.",
        )


def _default_directory(brokers: BrokersImage, broker_id: int) -> bytes:
    directories = brokers.by_id[broker_id].directories
    return directories[0] if len(directories) == 1 else UNASSIGNED_DIRECTORY
