"""AlterReplicaLogDirs: move partitions into a log directory; a broker has only one, and they are in it already.

Versions 1-2:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible

Errors, each for one partition, in this order:
    INVALID_TOPIC_EXCEPTION       with the ending of a partition that is being moved, the name is too long for a
                                  directory
    LOG_DIR_NOT_FOUND             another directory than the only one
    INVALID_REPLICA_ASSIGNMENT    the directory is cordoned
    UNKNOWN_TOPIC_OR_PARTITION    no such partition
    KAFKA_STORAGE_ERROR           its log is offline

Source: kafka.server.KafkaApis.handleAlterReplicaLogDirsRequest, ReplicaManager.alterReplicaLogDirs (KIP-113).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.metadata.cordoned_directories import is_directory_cordoned
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_replica_log_dirs_response import (
    AlterReplicaLogDirPartitionResult,
    AlterReplicaLogDirsResponse,
    AlterReplicaLogDirTopicResult,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_replica_log_dirs_request import AlterReplicaLogDirsRequest

DIRECTORY_NAME_MAX_LENGTH = 255
FUTURE_ENDING_LENGTH = len(".") + 32 + len("-future")
"""Of the ending of a directory into which Kafka moves a partition: a random id and a suffix."""


class AlterReplicaLogDirsHandler:
    """Answers AlterReplicaLogDirs."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def alter_replica_log_dirs(
        self, context: RequestContext, request: AlterReplicaLogDirsRequest
    ) -> Steps[AlterReplicaLogDirsResponse]:
        """Return whether each partition may be in its directory; the last directory named for a partition counts."""
        wanted: dict[str, dict[int, str]] = {}
        pace = Pace()
        for directory in request.dirs:
            if pace.is_due():
                yield
            for topic in directory.topics:
                if pace.is_due():
                    yield
                for partition in topic.partitions:
                    wanted.setdefault(topic.name, {})[partition] = directory.path
                    if pace.is_due():
                        yield
        results = []
        is_cordoned = is_directory_cordoned(self._broker)
        for name, of_topic in wanted.items():
            partitions = []
            for index, path in of_topic.items():
                code = self._find_obstacle(TopicPartition(name, index), path, is_cordoned=is_cordoned)
                partitions.append(AlterReplicaLogDirPartitionResult(partition_index=index, error_code=code))
                if pace.is_due():
                    yield
            results.append(AlterReplicaLogDirTopicResult(topic_name=name, partitions=partitions))
        return AlterReplicaLogDirsResponse(results=results)

    def _find_obstacle(self, topic_partition: TopicPartition, path: str, *, is_cordoned: bool) -> int:
        """Return the error of a partition that cannot be in a directory; NONE if it can."""
        if len(str(topic_partition)) + FUTURE_ENDING_LENGTH > DIRECTORY_NAME_MAX_LENGTH:
            return errors.INVALID_TOPIC_EXCEPTION
        if path != self._broker.logs.directory.path:
            return errors.LOG_DIR_NOT_FOUND
        if is_cordoned:
            return errors.INVALID_REPLICA_ASSIGNMENT
        log = self._broker.partitions.find(*topic_partition)
        if log is None:
            return errors.UNKNOWN_TOPIC_OR_PARTITION
        return errors.NONE if log.fault is None else errors.KAFKA_STORAGE_ERROR
