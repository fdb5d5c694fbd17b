"""The group coordinator of this broker: the shards of `__consumer_offsets`, each loaded when somebody first needs it.

Source: GroupCoordinatorService.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, Any

from kafkalite.broker.coordination.coordinator_log import PartitionCoordinatorLog
from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
from kafkalite.coordinators.group.config import GroupCoordinatorConfig
from kafkalite.coordinators.group.group_shard import GroupShard
from kafkalite.coordinators.runtime.partitioning import partition_for
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.compression import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kafkalite.broker.data.partitions import Partitions
    from kafkalite.broker.metadata.live_configs import LiveConfigs
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.broker.metadata.topic_creation import TopicCreator
    from kafkalite.cluster.delta import MetadataDelta
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.coordinators.runtime.result import Result
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers
    from kafkalite.model.completion import Completion
    from kafkalite.settings import Settings
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.timers import TimerQueue

_log = getLogger("kafkalite.groups")


class GroupCoordinator:
    """Coordinates all groups: there is no other broker."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        entropy: Entropy,
        timers: TimerQueue,
        metadata: MetadataLog,
        partitions: Partitions,
        configs: LiveConfigs,
        topic_creator: TopicCreator,
    ) -> None:
        self._clock = clock
        self._entropy = entropy
        self._timers = timers
        self._metadata = metadata
        self._partitions = partitions
        self._configs = configs
        self._topic_creator = topic_creator
        self.config = GroupCoordinatorConfig(settings)
        self._load_buffer_bytes = settings.get_int("offsets.load.buffer.size")
        self._compression = settings.get_int("offsets.topic.compression.codec")
        self._runtimes: dict[int, ShardRuntime[GroupShard]] = {}
        self._topic_id = b""
        self._partition_count = 0
        metadata.subscribe(self._on_metadata_change)

    # ---- requests --------------------------------------------------------------------------------------------------

    def run(self, group_id: str, operation: Callable[[GroupShard], Result[Any]]) -> Any:
        """Run an operation on the shard of a group; see `ShardRuntime.run`.

        Raises ApiError: of the operation; COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR where the shard cannot work.
        """
        return self._runtime_of(group_id).run(operation)

    def run_transactional(
        self, group_id: str, producer_id: int, producer_epoch: int, operation: Callable[[GroupShard], Result[Any]]
    ) -> Any:
        """Run an operation whose records belong to a transaction. Raises ApiError."""
        return self._runtime_of(group_id).run_transactional(operation, producer_id, producer_epoch)

    def read(self, group_id: str, query: Callable[[GroupShard], Any]) -> Any:
        """Return what a query finds in the shard of a group. Raises ApiError, as `run`."""
        return self._runtime_of(group_id).read(query)

    def max_offsets_batch_bytes(self, group_id: str) -> int | None:
        """Return how large a batch of offsets of a group may be, None where compression decides or it is not known."""
        if self._compression != NONE or not self._find_topic():
            return None
        log = self._partitions.find(CONSUMER_OFFSETS, partition_for(group_id, self._partition_count))
        return None if log is None else log.config.max_message_bytes

    def shards(self) -> Iterator[GroupShard]:
        """Yield every shard that holds something and can be loaded."""
        for runtime in self._runtimes_with_data():
            try:
                yield runtime.load()
            except ApiError as error:
                _log.error("groups cannot be loaded: %s", error)

    def partition_of(self, group_id: str) -> int:
        """Return the partition of `__consumer_offsets` that keeps a group; the topic is created where it is missing.

        Raises ApiError: COORDINATOR_NOT_AVAILABLE.
        """
        self._need_topic()
        return partition_for(group_id, self._partition_count)

    def complete_transaction(
        self,
        partition: int,
        producer_id: int,
        producer_epoch: int,
        *,
        is_commit: bool,
        coordinator_epoch: int,
        transaction_version: int = 0,
    ) -> Completion | None:
        """Write the end of a transaction into one partition of `__consumer_offsets`; its offsets count, or are gone.

        Returns None where it is stored at once, else its end, whose error is an ApiError.

        Raises ApiError: UNKNOWN_TOPIC_OR_PARTITION, NOT_COORDINATOR, and what the log says of the producer.
        """
        if not self._find_topic() or not 0 <= partition < self._partition_count:
            raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
        return self._runtime(partition).complete_transaction(
            producer_id, producer_epoch, is_commit, coordinator_epoch, transaction_version=transaction_version
        )

    # ---- shards ----------------------------------------------------------------------------------------------------

    def _find_topic(self) -> bool:
        """Notice whether the topic is there, and forget the shards of one that was deleted."""
        image = self._metadata.image.topics.by_name.get(CONSUMER_OFFSETS)
        topic_id = b"" if image is None else image.topic_id
        if topic_id != self._topic_id:
            gone = list(self._runtimes.values())
            self._runtimes.clear()
            self._topic_id = topic_id
            self._partition_count = 0 if image is None else len(image.partitions)
            for runtime in gone:
                for reply, response in runtime.unload():
                    reply.complete(response)
        return image is not None

    def _need_topic(self) -> None:
        if self._find_topic():
            return
        code = self._topic_creator.create([CONSUMER_OFFSETS])[CONSUMER_OFFSETS]
        if code != errors.NONE:
            _log.error("%s cannot be created: %s", CONSUMER_OFFSETS, errors.NAMES[code])
            raise ApiError(errors.COORDINATOR_NOT_AVAILABLE)
        self._find_topic()

    def _runtime_of(self, group_id: str) -> ShardRuntime[GroupShard]:
        return self._runtime(self.partition_of(group_id))

    def _runtime(self, partition: int) -> ShardRuntime[GroupShard]:
        runtime = self._runtimes.get(partition)
        if runtime is None:
            runtime = self._runtimes[partition] = self._new_runtime(partition)
        return runtime

    def _new_runtime(self, partition: int) -> ShardRuntime[GroupShard]:
        def new_shard(timers: ShardTimers) -> GroupShard:
            return GroupShard(
                self.config,
                timers,
                self._clock,
                self._entropy,
                lambda: self._metadata.image,
                self._configs.current,
            )

        return ShardRuntime(
            CONSUMER_OFFSETS,
            partition,
            new_shard,
            PartitionCoordinatorLog(
                self._partitions, TopicPartition(CONSUMER_OFFSETS, partition), self._load_buffer_bytes
            ),
            self._clock,
            self._timers,
            compression=self._compression,
        )

    def _runtimes_with_data(self) -> Iterator[ShardRuntime[GroupShard]]:
        if not self._find_topic():
            return
        for partition in range(self._partition_count):
            log = self._partitions.find(CONSUMER_OFFSETS, partition)
            if log is not None and log.end_offset > log.log_start_offset:
                yield self._runtime(partition)

    # ---- metadata --------------------------------------------------------------------------------------------------

    def _on_metadata_change(self, delta: MetadataDelta, image: MetadataImage) -> None:
        """Forget the offsets of topics that were deleted; those of shards that cannot be loaded go when they can."""
        deleted = [(topic.name, topic.topic_id) for topic in delta.topics.deleted()]
        if not deleted or not self._find_topic():
            return
        for runtime in self._runtimes_with_data():
            try:
                runtime.run(lambda shard: shard.on_topics_deleted(deleted))
            except ApiError as error:
                _log.error("offsets of deleted topics stay until their shard is loaded again: %s", error)
