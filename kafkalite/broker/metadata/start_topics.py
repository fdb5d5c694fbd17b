"""Creates the topics that the environment asks for (``KAFKA_CREATE_TOPICS``) before clients can connect."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.cluster.topics import create_topics
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.settings.image_variables import StartTopic

_log = getLogger("kafkalite.server")


def create_start_topics(broker: Broker, topics: Sequence[StartTopic]) -> None:
    """Create each topic that does not exist yet; log a warning for each that cannot be, and for replicas left out."""
    known = broker.metadata.image.topics.by_name
    for topic in topics:
        if topic.name in known:
            continue
        if topic.replica_count > 1:
            _log.warning(
                "%s: topic %s gets 1 replica instead of %d: there is one node",
                topic.variable,
                topic.name,
                topic.replica_count,
            )
        problem = _create(broker, topic)
        if problem is not None:
            _log.warning("%s: topic %r cannot be created: %s", topic.variable, topic.name, problem)
        known = broker.metadata.image.topics.by_name


def _create(broker: Broker, topic: StartTopic) -> str | None:
    """Create a topic with one replica; return why it could not be, or None."""
    policy = topic.cleanup_policy
    configs = [] if policy is None else [CreatableTopicConfig(name="cleanup.policy", value=policy)]
    wanted = CreatableTopic(
        name=topic.name, num_partitions=topic.partition_count, replication_factor=-1, configs=configs
    )
    if topic.replica_count > 0:
        wanted.replication_factor = 1
    request = CreateTopicsRequest(topics=[wanted])
    try:
        response = broker.metadata.commit(lambda image: create_topics(image, request, broker.controller))
    except ApiError as error:
        return error.error_message or errors.NAMES[error.error_code]
    [result] = response.topics
    return None if result.error_code == errors.NONE else result.error_message or errors.NAMES[result.error_code]
