"""An internal topic that keeps the state of a coordinator: implements `coordinators.runtime.host.HostedTopic`."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.broker.coordination.coordinator_log import PartitionCoordinatorLog
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.broker.data.partitions import Partitions
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.broker.metadata.topic_creation import TopicCreator

_log = getLogger("kafkalite.coordination")


class InternalTopic:
    """The topic of one coordinator.

    Args:
        load_buffer_bytes: the bytes that are read at a time while a shard is loaded.

    Attributes:
        name: of the topic.
    """

    __slots__ = ("_load_buffer_bytes", "_metadata", "_partitions", "_topic_creator", "name")

    def __init__(
        self,
        name: str,
        metadata: MetadataLog,
        partitions: Partitions,
        topic_creator: TopicCreator,
        load_buffer_bytes: int,
    ) -> None:
        self.name = name
        self._metadata = metadata
        self._partitions = partitions
        self._topic_creator = topic_creator
        self._load_buffer_bytes = load_buffer_bytes

    def locate(self) -> tuple[bytes, int] | None:
        """Return the topic's id and its number of partitions, None where it does not exist."""
        image = self._metadata.image.topics.by_name.get(self.name)
        return None if image is None else (image.topic_id, len(image.partitions))

    def create(self) -> None:
        """Create the topic.

        Raises:
            ApiError: COORDINATOR_NOT_AVAILABLE.
        """
        code = self._topic_creator.create([self.name])[self.name]
        if code != errors.NONE:
            _log.error("%s cannot be created: %s", self.name, errors.NAMES[code])
            raise ApiError(errors.COORDINATOR_NOT_AVAILABLE)

    def open_log(self, partition: int) -> PartitionCoordinatorLog:
        """Return the log of one shard."""
        return PartitionCoordinatorLog(self._partitions, TopicPartition(self.name, partition), self._load_buffer_bytes)

    def has_records(self, partition: int) -> bool:
        """Return whether a partition holds any record."""
        log = self._partitions.find(self.name, partition)
        return log is not None and log.end_offset > log.log_start_offset

    def max_batch_bytes(self, partition: int) -> int | None:
        """Return the largest batch that a partition takes, None where there is no such partition."""
        log = self._partitions.find(self.name, partition)
        return None if log is None else log.config.max_message_bytes
