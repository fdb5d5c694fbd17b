"""CreateTopics and DeleteTopics on the metadata.

Source: kafka.server.ControllerApis, org.apache.kafka.controller.ReplicationControlManager (KIP-4, KIP-464, KIP-516).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.configs.alter import new_topic_config_records
from kafkalite.cluster.configs.broker import effective_broker_config
from kafkalite.cluster.configs.tables import TOPIC_CONFIGS
from kafkalite.cluster.configs.topic import resolve_topic_configs
from kafkalite.cluster.controller import PARTITIONS_PER_REQUEST_MAX_COUNT, RECORDS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.partitions import check_has_active_replica, partition_record
from kafkalite.cluster.placement import check_manual_assignment, place_partitions
from kafkalite.cluster.repetitions import find_repeated
from kafkalite.cluster.result import Result
from kafkalite.cluster.topic_names import CLUSTER_METADATA, check_name, has_collision_characters, unify
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.remove_topic_record import RemoveTopicRecord
from kafkalite.protocol.internal_records.topic_record import TopicRecord
from kafkalite.protocol.messages.create_topics_response import (
    CreatableTopicConfigs,
    CreatableTopicResult,
    CreateTopicsResponse,
)

if TYPE_CHECKING:
    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreateTopicsRequest

UNSET = -1
"""The broker's default number of partitions or replication factor (KIP-464)."""


def create_topics(
    image: MetadataImage, request: CreateTopicsRequest, context: ControllerContext
) -> Result[CreateTopicsResponse]:
    """Create topics as `create_topics_steps` does, at once."""
    return finish(create_topics_steps(image, request, context))


def create_topics_steps(
    image: MetadataImage, request: CreateTopicsRequest, context: ControllerContext
) -> Steps[Result[CreateTopicsResponse]]:
    """Create topics independently of each other.

    Errors, per topic: see the CreateTopics handler.

    Raises:
        ApiError: POLICY_VIOLATION for more than `PARTITIONS_PER_REQUEST_MAX_COUNT` partitions or
            `RECORDS_PER_REQUEST_MAX_COUNT` records.
    """
    broker = effective_broker_config(image.configs, context.static_configs, context.node_id)
    _check_total_partitions(request, broker)
    duplicates = find_repeated(topic.name for topic in request.topics)
    records: list[Any] = []
    results = []
    pace = Pace()
    for topic in request.topics:
        if topic.name in duplicates:
            continue
        try:
            topic_records, result = _create_topic(image, topic, context, broker)
            records += topic_records
        except ApiError as error:
            result = _failed(topic.name, error.error_code, error.error_message)
            topic_records = []
        results.append(result)
        if len(records) > RECORDS_PER_REQUEST_MAX_COUNT:
            raise ApiError(
                errors.POLICY_VIOLATION,
                f"Topics, partitions and properties need more than {RECORDS_PER_REQUEST_MAX_COUNT} records "
                "in one request.",
            )
        if pace.is_due(1 + len(topic_records)):
            yield
    results += [_failed(name, errors.INVALID_REQUEST, "The topic is named more than once.") for name in duplicates]
    return Result([] if request.validate_only else records, CreateTopicsResponse(topics=results))


def delete_topics(image: MetadataImage, topic_ids: list[bytes]) -> Result[None]:
    """Remove existing topics, by id."""
    return Result([RemoveTopicRecord(topic_id=topic_id) for topic_id in topic_ids], None)


def _create_topic(
    image: MetadataImage, topic: CreatableTopic, context: ControllerContext, broker: BrokerConfigs
) -> tuple[list[Any], CreatableTopicResult]:
    if topic.name == CLUSTER_METADATA:
        raise ApiError(errors.INVALID_REQUEST, f"Topic {CLUSTER_METADATA} is Kafka's own and cannot be created.")
    _check_is_new(image, topic.name)
    values = _config_values(topic)
    config_records = new_topic_config_records(image, topic.name, values, context) if values else []
    assignment = _assign(image, topic, context, broker)
    topic_id = context.entropy.uuid()
    records: list[Any] = [
        TopicRecord(name=topic.name, topic_id=topic_id),
        *config_records,
        *(partition_record(topic_id, i, replicas, image.brokers) for i, replicas in enumerate(assignment)),
    ]
    return records, _created(image, topic.name, topic_id, values, assignment, context)


def _check_is_new(image: MetadataImage, name: str) -> None:
    check_name(name)
    if name in image.topics.by_name:
        raise ApiError(errors.TOPIC_ALREADY_EXISTS, f"Topic '{name}' already exists.")
    if has_collision_characters(name):
        colliding = image.topics.by_unified_name.get(unify(name))
        if colliding:
            raise ApiError(
                errors.INVALID_TOPIC_EXCEPTION,
                f"Topic '{name}' collides with '{colliding[0]}': '.' and '_' are the same in names of metrics.",
            )


def _config_values(topic: CreatableTopic) -> dict[str, str]:
    nulls = [config.name for config in topic.configs if config.value is None]
    if nulls:
        raise ApiError(errors.INVALID_CONFIG, f"A value is needed for: {', '.join(nulls)}")
    return {config.name: config.value for config in topic.configs if config.value is not None}


def _assign(
    image: MetadataImage, topic: CreatableTopic, context: ControllerContext, broker: BrokerConfigs
) -> list[tuple[int, ...]]:
    """Return the replicas of each partition: the client's assignment or the broker's placement."""
    if topic.assignments:
        return _manual_assignment(image, topic)
    if topic.replication_factor < UNSET or topic.replication_factor == 0:
        raise ApiError(errors.INVALID_REPLICATION_FACTOR, "The replication factor must be at least 1, or -1.")
    if topic.num_partitions < UNSET or topic.num_partitions == 0:
        raise ApiError(errors.INVALID_PARTITIONS, "The number of partitions must be at least 1, or -1.")
    partition_count = broker.get_int("num.partitions") if topic.num_partitions == UNSET else topic.num_partitions
    replication_factor = topic.replication_factor
    if replication_factor == UNSET:
        replication_factor = broker.get_int("default.replication.factor")
    return place_partitions(image.brokers, partition_count, replication_factor, context.entropy.random_int)


def _manual_assignment(image: MetadataImage, topic: CreatableTopic) -> list[tuple[int, ...]]:
    if topic.replication_factor != UNSET:
        raise ApiError(errors.INVALID_REQUEST, "With a manual assignment the replication factor must be -1.")
    if topic.num_partitions != UNSET:
        raise ApiError(errors.INVALID_REQUEST, "With a manual assignment the number of partitions must be -1.")
    by_index: dict[int, tuple[int, ...]] = {}
    replication_factor = None
    for assignment in topic.assignments:
        index, replicas = assignment.partition_index, assignment.broker_ids
        if index in by_index:
            raise ApiError(errors.INVALID_REPLICA_ASSIGNMENT, f"Partition {index} is assigned more than once.")
        check_manual_assignment(image.brokers, replicas, replication_factor)
        check_has_active_replica(image.brokers, replicas, index)
        replication_factor = len(replicas)
        by_index[index] = tuple(replicas)
    if sorted(by_index) != list(range(len(by_index))):
        raise ApiError(errors.INVALID_REPLICA_ASSIGNMENT, "Partitions must be numbered from 0 on without a gap.")
    return [by_index[index] for index in range(len(by_index))]


def _created(
    image: MetadataImage,
    name: str,
    topic_id: bytes,
    values: dict[str, str],
    assignment: list[tuple[int, ...]],
    context: ControllerContext,
) -> CreatableTopicResult:
    configs = [
        CreatableTopicConfigs(
            name=config.name,
            value=None if TOPIC_CONFIGS[config.name].is_sensitive else config.value,
            config_source=config.source,
            is_sensitive=TOPIC_CONFIGS[config.name].is_sensitive,
        )
        for config in resolve_topic_configs(image.configs, context.static_configs, context.node_id, values)
    ]
    return CreatableTopicResult(
        name=name,
        topic_id=topic_id,
        error_message=None,
        num_partitions=len(assignment),
        replication_factor=len(assignment[0]),
        configs=configs,
    )


def _failed(name: str, error_code: int, message: str | None) -> CreatableTopicResult:
    return CreatableTopicResult(name=name, error_code=error_code, error_message=message)


def _check_total_partitions(request: CreateTopicsRequest, broker: BrokerConfigs) -> None:
    default_count = broker.get_int("num.partitions")
    total = 0
    for topic in request.topics:
        if topic.assignments:
            total += len(topic.assignments)
        elif topic.num_partitions == UNSET:
            total += default_count
        else:
            total += max(topic.num_partitions, 0)
    if total > PARTITIONS_PER_REQUEST_MAX_COUNT:
        raise ApiError(
            errors.POLICY_VIOLATION,
            f"{total} partitions are more than {PARTITIONS_PER_REQUEST_MAX_COUNT} for one request.",
        )
