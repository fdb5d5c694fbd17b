"""DescribeLogDirs: the log directory, the room on its disk, and the size of each partition in it.

Versions 0-5:
    0    partitions with their sizes; null asks for all
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    an error code for the request
    4    total and usable bytes of the disk (KIP-827)
    5    whether the directory is cordoned (KIP-1066)

Errors, for the directory:
    KAFKA_STORAGE_ERROR    its logs or its disk cannot be read

Partitions that this broker does not have are left out.
Source: kafka.server.KafkaApis.handleDescribeLogDirsRequest, ReplicaManager.describeLogDirs (KIP-113).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.metadata.cordoned_directories import is_directory_cordoned
from kafkalite.broker.metadata.metadata_log import METADATA_PARTITION
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
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
    from kafkalite.protocol.messages.describe_log_dirs_request import DescribeLogDirsRequest


class DescribeLogDirsHandler:
    """Answers DescribeLogDirs."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_log_dirs(
        self, context: RequestContext, request: DescribeLogDirsRequest
    ) -> Steps[DescribeLogDirsResponse]:
        """Return the only log directory of this broker."""
        directory = self._broker.logs.directory
        result = DescribeLogDirsResult(log_dir=directory.path)
        try:
            result.topics = yield from _describe((yield from self._wanted_logs(request)))
            result.usable_bytes = directory.free_bytes()
            result.total_bytes = directory.total_bytes()
        except StorageFault:
            result.topics = []
            result.error_code = errors.KAFKA_STORAGE_ERROR
        result.is_cordoned = is_directory_cordoned(self._broker)
        return DescribeLogDirsResponse(results=[result])

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
