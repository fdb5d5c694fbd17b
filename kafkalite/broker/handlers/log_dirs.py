"""DescribeLogDirs: the log directory, its room, and how large each partition in it is.

Versions 0-5:
    0    partitions with their sizes; null asks for all
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    an error code for the whole
    4    total and usable bytes of the disk (KIP-827)
    5    whether the directory is cordoned (KIP-1066)

Errors, for the directory:
    KAFKA_STORAGE_ERROR           its logs or its disk cannot be looked at

Partitions that this broker does not have are left out.
Source: kafka.server.KafkaApis.handleDescribeLogDirsRequest, ReplicaManager.describeLogDirs (KIP-113).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.controller_context import current_broker_config
from kafkalite.broker.metadata_log import METADATA_PARTITION
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
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
    from kafkalite.protocol.messages.describe_log_dirs_request import DescribeLogDirsRequest


class LogDirsHandler:
    """Answers DescribeLogDirs."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_log_dirs(self, context: RequestContext, request: DescribeLogDirsRequest) -> DescribeLogDirsResponse:
        """Tell the only log directory of this broker."""
        directory = self._broker.logs.directory
        result = DescribeLogDirsResult(log_dir=directory.path)
        try:
            result.topics = _describe(self._wanted_logs(request))
            result.usable_bytes = directory.free_bytes()
            result.total_bytes = directory.total_bytes()
        except StorageFault:
            result.topics = []
            result.error_code = errors.KAFKA_STORAGE_ERROR
        config = current_broker_config(self._broker)
        result.is_cordoned = directory.path in (config.get("cordoned.log.dirs") or "").split(",")
        return DescribeLogDirsResponse(results=[result])

    def _wanted_logs(self, request: DescribeLogDirsRequest) -> Iterable[PartitionLog]:
        logs = self._broker.logs
        if request.topics is None:
            return [log for log in logs.logs() if log.topic_partition != METADATA_PARTITION]
        wanted = {
            TopicPartition(topic.topic, partition): None for topic in request.topics for partition in topic.partitions
        }
        wanted.pop(METADATA_PARTITION, None)
        return [log for log in map(logs.get, wanted) if log is not None]


def _describe(logs: Iterable[PartitionLog]) -> list[DescribeLogDirsTopic]:
    topics: dict[str, DescribeLogDirsTopic] = {}
    for log in sorted(logs, key=lambda log: log.topic_partition):
        name, index = log.topic_partition
        topic = topics.setdefault(name, DescribeLogDirsTopic(name=name))
        topic.partitions.append(
            DescribeLogDirsPartition(partition_index=index, partition_size=log.size_bytes, offset_lag=0)
        )
    return list(topics.values())
