"""DescribeLogDirs, AlterReplicaLogDirs: the log directory, its room, how large each partition in it is; and moving
partitions into it, where they are already.

DescribeLogDirs 0-5:
    0    partitions with their sizes; null asks for all
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    an error code for the whole
    4    total and usable bytes of the disk (KIP-827)
    5    whether the directory is cordoned (KIP-1066)

AlterReplicaLogDirs 1-2:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible

Errors, for the directory:
    KAFKA_STORAGE_ERROR           its logs or its disk cannot be looked at
and for one partition that is to be moved, in this order:
    INVALID_TOPIC_EXCEPTION       with the ending that a moving partition has, the name is too long for a directory
    LOG_DIR_NOT_FOUND             another directory than the only one
    INVALID_REPLICA_ASSIGNMENT    the directory is cordoned
    UNKNOWN_TOPIC_OR_PARTITION    no such partition
    KAFKA_STORAGE_ERROR           its log is offline

DescribeLogDirs leaves out partitions that this broker does not have.
Source: kafka.server.KafkaApis.handleDescribeLogDirsRequest, ReplicaManager.{describeLogDirs,alterReplicaLogDirs}
(KIP-113).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.metadata.metadata_log import METADATA_PARTITION
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_replica_log_dirs_response import (
    AlterReplicaLogDirPartitionResult,
    AlterReplicaLogDirsResponse,
    AlterReplicaLogDirTopicResult,
)
from kafkalite.protocol.messages.describe_log_dirs_response import (
    DescribeLogDirsPartition,
    DescribeLogDirsResponse,
    DescribeLogDirsResult,
    DescribeLogDirsTopic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_replica_log_dirs_request import AlterReplicaLogDirsRequest
    from kafkalite.protocol.messages.describe_log_dirs_request import DescribeLogDirsRequest

DIRECTORY_NAME_MAX_LENGTH = 255
FUTURE_ENDING_LENGTH = len(".") + 32 + len("-future")
"""What Kafka puts behind the directory of a partition on its way: a random id and a suffix."""


class LogDirsHandler:
    """Answers DescribeLogDirs and AlterReplicaLogDirs."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_log_dirs(
        self, context: RequestContext, request: DescribeLogDirsRequest
    ) -> Steps[DescribeLogDirsResponse]:
        """Tell the only log directory of this broker."""
        directory = self._broker.logs.directory
        result = DescribeLogDirsResult(log_dir=directory.path)
        try:
            result.topics = yield from _describe((yield from self._wanted_logs(request)))
            result.usable_bytes = directory.free_bytes()
            result.total_bytes = directory.total_bytes()
        except StorageFault:
            result.topics = []
            result.error_code = errors.KAFKA_STORAGE_ERROR
        result.is_cordoned = self._is_cordoned()
        return DescribeLogDirsResponse(results=[result])

    def alter_replica_log_dirs(
        self, context: RequestContext, request: AlterReplicaLogDirsRequest
    ) -> Steps[AlterReplicaLogDirsResponse]:
        """Tell of each partition whether it may be where it is; of several directories for one the last counts."""
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
        is_cordoned = self._is_cordoned()
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
        """Return why a partition cannot be in a directory, NONE where it can."""
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

    def _is_cordoned(self) -> bool:
        """Whether the directory is cordoned, by its path or by what `log.dirs` calls it."""
        cordoned = (self._broker.configs.current().get("cordoned.log.dirs") or "").split(",")
        return self._broker.logs.directory.path in cordoned or self._broker.settings.data_directory in cordoned

    def _wanted_logs(self, request: DescribeLogDirsRequest) -> Steps[Iterable[PartitionLog]]:
        logs = self._broker.logs
        if request.topics is None:
            return [log for log in logs.logs() if log.topic_partition != METADATA_PARTITION]
        wanted: dict[TopicPartition, PartitionLog] = {}
        pace = Pace()
        for topic in request.topics:
            if pace.is_due():
                yield
            for partition in topic.partitions:
                topic_partition = TopicPartition(topic.topic, partition)
                log = logs.get(topic_partition)
                if log is not None and topic_partition != METADATA_PARTITION:
                    wanted[topic_partition] = log
                if pace.is_due():
                    yield
        return wanted.values()


def _describe(logs: Iterable[PartitionLog]) -> Steps[list[DescribeLogDirsTopic]]:
    topics: dict[str, DescribeLogDirsTopic] = {}
    pace = Pace()
    for log in sorted(logs, key=lambda log: log.topic_partition):
        name, index = log.topic_partition
        topic = topics.setdefault(name, DescribeLogDirsTopic(name=name))
        topic.partitions.append(
            DescribeLogDirsPartition(partition_index=index, partition_size=log.size_bytes, offset_lag=0)
        )
        if pace.is_due():
            yield
    return list(topics.values())
