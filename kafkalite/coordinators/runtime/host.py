"""The shards of one internal topic: the topic is found or created, a shard is loaded on first use and given up with it.

Source: CoordinatorRuntime (coordinators, scheduleLoadOperation, scheduleUnloadOperation), GroupCoordinatorService.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from kafkalite.coordinators.runtime.partitioning import partition_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from kafkalite.coordinators.runtime.log import CoordinatorLog
    from kafkalite.coordinators.runtime.runtime import ShardRuntime
    from kafkalite.coordinators.runtime.shard import Shard

    class HostedTopic(Protocol):
        """The internal topic as the broker has it."""

        def locate(self) -> tuple[bytes, int] | None:
            """Return the topic's id and its number of partitions, None where it does not exist."""

        def create(self) -> None:
            """Create the topic.

            Raises:
                ApiError: COORDINATOR_NOT_AVAILABLE.
            """

        def open_log(self, partition: int) -> CoordinatorLog:
            """Return the log of one shard."""

        def has_records(self, partition: int) -> bool:
            """Return whether a partition holds any record."""


ShardT = TypeVar("ShardT", bound="Shard")


class ShardHost(Generic[ShardT]):
    """The shards of one internal topic.

    Args:
        topic: keeps their logs.
        make_runtime: makes the runtime of a partition over its log.
    """

    __slots__ = ("_make_runtime", "_partition_count", "_runtimes", "_topic", "_topic_id")

    def __init__(self, topic: HostedTopic, make_runtime: Callable[[int, CoordinatorLog], ShardRuntime[ShardT]]) -> None:
        self._topic = topic
        self._make_runtime = make_runtime
        self._runtimes: dict[int, ShardRuntime[ShardT]] = {}
        self._topic_id = b""
        self._partition_count = 0

    def find_topic(self) -> bool:
        """Return whether the topic exists; the shards of one that was deleted are given up."""
        located = self._topic.locate()
        topic_id, partition_count = located or (b"", 0)
        if topic_id != self._topic_id:
            gone = list(self._runtimes.values())
            self._runtimes.clear()
            self._topic_id = topic_id
            for runtime in gone:
                for reply, response in runtime.unload():
                    reply.complete(response)
        self._partition_count = partition_count
        return located is not None

    def need_topic(self) -> None:
        """Create the topic, unless it exists.

        Raises:
            ApiError: COORDINATOR_NOT_AVAILABLE.
        """
        if not self.find_topic():
            self._topic.create()
            self.find_topic()

    def has_partition(self, partition: int) -> bool:
        """Return whether the topic exists and has that partition."""
        return self.find_topic() and 0 <= partition < self._partition_count

    def partition_of(self, key: str) -> int:
        """Return the partition that keeps a key, which takes a topic that was found."""
        return partition_for(key, self._partition_count)

    def runtime(self, partition: int) -> ShardRuntime[ShardT]:
        """Return the runtime of a partition; it loads its shard on first use."""
        runtime = self._runtimes.get(partition)
        if runtime is None:
            runtime = self._runtimes[partition] = self._make_runtime(partition, self._topic.open_log(partition))
        return runtime

    def hosts(self, runtime: ShardRuntime[ShardT]) -> bool:
        """Return whether a runtime is of the topic as it is now."""
        return self._runtimes.get(runtime.partition) is runtime

    def used(self) -> list[ShardRuntime[ShardT]]:
        """Return the runtimes that were asked for so far, in the order of their partitions."""
        return [runtime for _, runtime in sorted(self._runtimes.items())] if self.find_topic() else []

    def with_records(self) -> Iterator[ShardRuntime[ShardT]]:
        """Yield the runtime of every partition that holds any record."""
        if self.find_topic():
            for partition in range(self._partition_count):
                if self._topic.has_records(partition):
                    yield self.runtime(partition)
