"""The group coordinator of this broker: the shards of `__consumer_offsets`, each loaded on first use.

Source: GroupCoordinatorService.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, Any

from kafkalite.broker.coordination.internal_topic import InternalTopic
from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
from kafkalite.coordinators.group.config import GroupCoordinatorConfig
from kafkalite.coordinators.group.group_shard import GroupShard
from kafkalite.coordinators.runtime.host import ShardHost
from kafkalite.coordinators.runtime.runtime import ShardRuntime
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
    from kafkalite.coordinators.runtime.log import CoordinatorLog
    from kafkalite.coordinators.runtime.result import Result
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers
    from kafkalite.model.completion import Completion
    from kafkalite.settings import Settings
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.timers import TimerQueue

_log = getLogger("kafkalite.groups")


class GroupCoordinator:
    """Coordinates all groups, as there is no other broker.

    Attributes:
        host: the shards of `__consumer_offsets`.
    """

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
        self._configs = configs
        self.config = GroupCoordinatorConfig(settings)
        self._compression = settings.get_int("offsets.topic.compression.codec")
        self._topic = InternalTopic(
            CONSUMER_OFFSETS, metadata, partitions, topic_creator, settings.get_int("offsets.load.buffer.size")
        )
        self.host = ShardHost(self._topic, self._make_runtime)
        metadata.subscribe(self._on_metadata_change)

    # ---- requests --------------------------------------------------------------------------------------------------

    def run(self, group_id: str, operation: Callable[[GroupShard], Result[Any]]) -> Any:
        """Run an operation on the shard of a group; see `ShardRuntime.run`.

        Raises:
            ApiError: of the operation; COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR where the shard cannot work.
        """
        return self._runtime_of(group_id).run(operation)

    def run_transactional(
        self, group_id: str, producer_id: int, producer_epoch: int, operation: Callable[[GroupShard], Result[Any]]
    ) -> Any:
        """Run an operation whose records belong to a transaction.

        Raises:
            ApiError: of the operation, or where the shard cannot work.
        """
        return self._runtime_of(group_id).run_transactional(operation, producer_id, producer_epoch)

    def read(self, group_id: str, query: Callable[[GroupShard], Any]) -> Any:
        """Return what a query finds in the shard of a group.

        Raises:
            ApiError: as `run`.
        """
        return self._runtime_of(group_id).read(query)

    def max_offsets_batch_bytes(self, group_id: str) -> int | None:
        """Return how large a batch of offsets of a group may be, None where compression decides or it is not known."""
        if self._compression != NONE or not self.host.find_topic():
            return None
        return self._topic.max_batch_bytes(self.host.partition_of(group_id))

    def shards(self) -> Iterator[GroupShard]:
        """Yield every shard that holds something and can be loaded."""
        for runtime in self.host.with_records():
            try:
                yield runtime.load()
            except ApiError as error:
                _log.error("groups cannot be loaded: %s", error)

    def partition_of(self, group_id: str) -> int:
        """Return the partition of `__consumer_offsets` that keeps a group; the topic is created where it is missing.

        Raises:
            ApiError: COORDINATOR_NOT_AVAILABLE.
        """
        self.host.need_topic()
        return self.host.partition_of(group_id)

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

        Raises:
            ApiError: UNKNOWN_TOPIC_OR_PARTITION, NOT_COORDINATOR, and what the log says of the producer.
        """
        if not self.host.has_partition(partition):
            raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
        return self.host.runtime(partition).complete_transaction(
            producer_id, producer_epoch, is_commit, coordinator_epoch, transaction_version=transaction_version
        )

    # ---- shards ----------------------------------------------------------------------------------------------------

    def _runtime_of(self, group_id: str) -> ShardRuntime[GroupShard]:
        return self.host.runtime(self.partition_of(group_id))

    def _make_runtime(self, partition: int, log: CoordinatorLog) -> ShardRuntime[GroupShard]:
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
            CONSUMER_OFFSETS, partition, new_shard, log, self._clock, self._timers, compression=self._compression
        )

    # ---- metadata --------------------------------------------------------------------------------------------------

    def _on_metadata_change(self, delta: MetadataDelta, image: MetadataImage) -> None:
        """Forget the offsets of topics that were deleted; those of shards that cannot be loaded go when they can."""
        deleted = [(topic.name, topic.topic_id) for topic in delta.topics.deleted()]
        if not deleted:
            return
        for runtime in self.host.with_records():
            try:
                runtime.run(lambda shard: shard.on_topics_deleted(deleted))
            except ApiError as error:
                _log.error("offsets of deleted topics stay until their shard is loaded again: %s", error)
