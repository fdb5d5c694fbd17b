"""Topics and configs of a cluster: thin functions around the requests of Kafka's Admin client.

Each returns plain values. BrokerError reports the first item that a broker refused, unless the function says otherwise.

Source: KafkaAdminClient; KIP-4, KIP-107 (DeleteRecords), KIP-133, KIP-195 (CreatePartitions), KIP-339
(IncrementalAlterConfigs), KIP-464 (the broker's default of partitions and replicas).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.client.errors import UnsupportedByBroker, check
from kafkalite.client.offsets import NO_LEADER, TopicPartition, find_leaders
from kafkalite.protocol.errors import NONE, UNKNOWN_TOPIC_OR_PARTITION
from kafkalite.protocol.messages.create_partitions_request import CreatePartitionsRequest, CreatePartitionsTopic
from kafkalite.protocol.messages.create_topics_request import (
    CreatableTopic,
    CreatableTopicConfig,
    CreateTopicsRequest,
)
from kafkalite.protocol.messages.delete_records_request import (
    DeleteRecordsPartition,
    DeleteRecordsRequest,
    DeleteRecordsTopic,
)
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest, DeleteTopicState
from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from kafkalite.protocol.messages.incremental_alter_configs_request import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kafkalite.client.client import Client
    from kafkalite.protocol.messages.metadata_response import MetadataResponseTopic

OPERATION_TIMEOUT_MS = 30_000
"""The time limit that the broker gets for creating or deleting."""

TOPIC, BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP_CONFIG = 2, 4, 8, 16, 32
"""Types of config resources. Source: org.apache.kafka.common.config.ConfigResource.Type."""

SET, DELETE, APPEND, SUBTRACT = 0, 1, 2, 3
"""The operation on a config. Source: AlterConfigOp.OpType."""

DYNAMIC_SOURCES = {TOPIC: (1,), BROKER: (2, 3), BROKER_LOGGER: (6,), CLIENT_METRICS: (7,), GROUP_CONFIG: (8,)}
"""Resource type -> sources that say: set for this resource (or, for brokers, for all of them) and not a default.

Source: ConfigEntry.ConfigSource."""


PROPAGATION_PATIENCE_MS = 3_000
"""The time that a change of a topic may take until brokers show it."""

_FIRST_CREATE_WITH_DEFAULTS = 4
_FIRST_DELETE_BY_STATE = 6
"""The first version of DeleteTopics with topics as structs, which may have ids instead of names."""


class Outcome(NamedTuple):
    """The result of one item of a request; ``code`` 0 is success.

    Attributes:
        partition_count: of a created topic, None if the broker does not say.
    """

    name: str
    code: int
    message: str | None = None
    partition_count: int | None = None


class ConfigEntry(NamedTuple):
    """One property of a resource; ``source`` as Kafka numbers it, ``value`` None where null or hidden."""

    name: str
    value: str | None
    source: int
    is_read_only: bool
    is_sensitive: bool
    documentation: str | None


def create_topics(
    client: Client,
    names: Sequence[str],
    *,
    partitions: int = -1,
    replication_factor: int = -1,
    configs: Mapping[str, str] | None = None,
    is_dry_run: bool = False,
) -> list[Outcome]:
    """Create topics of one shape; -1 is the broker's default.

    Raises:
        UnsupportedByBroker: the broker has no defaults (before Kafka 2.4). Refused items do not raise.
    """
    has_defaults = client.connection(None).highest_version(CreateTopicsRequest) >= _FIRST_CREATE_WITH_DEFAULTS
    if not has_defaults and -1 in (partitions, replication_factor):
        raise UnsupportedByBroker(
            "the broker is too old to choose the number of partitions and the replication factor: give both"
        )
    topics = [
        CreatableTopic(
            name=name,
            num_partitions=partitions,
            replication_factor=replication_factor,
            configs=[CreatableTopicConfig(name=key, value=value) for key, value in (configs or {}).items()],
        )
        for name in names
    ]
    request = CreateTopicsRequest(topics=topics, timeout_ms=OPERATION_TIMEOUT_MS, validate_only=is_dry_run)
    response = client.ask_controller(request)
    return [
        Outcome(one.name, one.error_code, one.error_message, one.num_partitions if one.num_partitions > 0 else None)
        for one in response.topics
    ]


def delete_topics(client: Client, names: Sequence[str]) -> list[Outcome]:
    """Delete topics by name. Refused items do not raise."""
    if client.connection(None).highest_version(DeleteTopicsRequest) < _FIRST_DELETE_BY_STATE:
        request = DeleteTopicsRequest(topic_names=list(names), timeout_ms=OPERATION_TIMEOUT_MS)
        response = client.ask_controller(request, max_version=_FIRST_DELETE_BY_STATE - 1)
    else:
        states = [DeleteTopicState(name=name) for name in names]
        response = client.ask_controller(DeleteTopicsRequest(topics=states, timeout_ms=OPERATION_TIMEOUT_MS))
    return [Outcome(one.name or "", one.error_code, one.error_message) for one in response.responses]


def create_partitions(client: Client, name: str, count: int, *, is_dry_run: bool = False) -> None:
    """Increase the number of a topic's partitions to ``count``."""
    request = CreatePartitionsRequest(
        topics=[CreatePartitionsTopic(name=name, count=count, assignments=None)],
        timeout_ms=OPERATION_TIMEOUT_MS,
        validate_only=is_dry_run,
    )
    for one in client.ask_controller(request).results:
        check(one.error_code, one.error_message, one.name)


def wait_for_topics(client: Client, names: Sequence[str], is_right: Callable[[MetadataResponseTopic], bool]) -> bool:
    """Wait until Metadata of every topic is up to date, for at most PROPAGATION_PATIENCE_MS; return whether it is.

    A controller answers before all brokers have a change; without the wait, the next command of a script may still see
    the former state of the topic.
    """
    deadline_ms = client.clock.monotonic_ms() + PROPAGATION_PATIENCE_MS
    while names and not all(is_right(topic) for topic in client.metadata(names).topics):
        if client.clock.monotonic_ms() >= deadline_ms:
            return False
        client.pause()
    return True


def has_leaders(topic: MetadataResponseTopic) -> bool:
    """Return whether a topic exists and each of its partitions has a leader."""
    return topic.error_code == NONE and all(partition.leader_id != NO_LEADER for partition in topic.partitions)


def list_topic_names(client: Client) -> list[str]:
    """Return the names of all topics, internal ones included, sorted."""
    return sorted(topic.name or "" for topic in client.metadata(None).topics)


def describe_configs(
    client: Client,
    resource_type: int,
    name: str,
    *,
    keys: Iterable[str] | None = None,
    has_documentation: bool = False,
) -> list[ConfigEntry]:
    """Return the properties of one resource, of the given keys only unless None, sorted by name.

    Requests about brokers and their loggers (``name`` is the broker id) go to that broker; the name "" means the
    defaults of all brokers.
    """
    resource = DescribeConfigsResource(
        resource_type=resource_type, resource_name=name, configuration_keys=None if keys is None else list(keys)
    )
    request = DescribeConfigsRequest(resources=[resource], include_documentation=has_documentation)
    [result] = client.retry(lambda: client.ask(request, broker_id=_owner(resource_type, name))).results
    check(result.error_code, result.error_message, name)
    return sorted(
        ConfigEntry(
            entry.name, entry.value, entry.config_source, entry.read_only, entry.is_sensitive, entry.documentation
        )
        for entry in result.configs
    )


def alter_configs(
    client: Client,
    resource_type: int,
    name: str,
    changes: Mapping[str, tuple[int, str | None]],
    *,
    is_dry_run: bool = False,
) -> None:
    """Change properties of one resource; ``changes`` is key -> (SET, DELETE, APPEND or SUBTRACT, value)."""
    resource = AlterConfigsResource(
        resource_type=resource_type,
        resource_name=name,
        configs=[
            AlterableConfig(name=key, config_operation=operation, value=value)
            for key, (operation, value) in changes.items()
        ],
    )
    request = IncrementalAlterConfigsRequest(resources=[resource], validate_only=is_dry_run)
    owner = _owner(resource_type, name)
    response = client.ask_controller(request) if owner is None else client.ask(request, broker_id=owner)
    for one in response.responses:
        check(one.error_code, one.error_message, name)


def _owner(resource_type: int, name: str) -> int | None:
    """Return the broker that must be asked for a resource itself, None for any."""
    return int(name) if resource_type in (BROKER, BROKER_LOGGER) and name.isdecimal() else None


def delete_records(client: Client, offsets: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
    """Delete the records before an offset (-1: all) of each partition; return the new first offsets."""
    found: dict[TopicPartition, int] = {}
    for leader_id, partitions in client.retry(lambda: find_leaders(client, offsets)).items():
        topics: dict[str, DeleteRecordsTopic] = {}
        for partition in partitions:
            topic = topics.setdefault(partition.topic, DeleteRecordsTopic(name=partition.topic, partitions=[]))
            topic.partitions.append(
                DeleteRecordsPartition(partition_index=partition.partition, offset=offsets[partition])
            )
        request = DeleteRecordsRequest(topics=list(topics.values()), timeout_ms=OPERATION_TIMEOUT_MS)
        for answered in client.ask(request, broker_id=leader_id).topics:
            for result in answered.partitions:
                partition = TopicPartition(answered.name, result.partition_index)
                check(result.error_code, None, str(partition))
                found[partition] = result.low_watermark
    return found


def is_missing(outcome: Any) -> bool:
    """Return whether an outcome, or a topic of Metadata, has the error of an unknown topic."""
    code: int = outcome.code if isinstance(outcome, Outcome) else outcome.error_code
    return code == UNKNOWN_TOPIC_OR_PARTITION
