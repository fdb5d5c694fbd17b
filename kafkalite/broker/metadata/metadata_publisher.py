"""Keeps the logs of this broker in step with the metadata: what a topic's records say, its partition logs become.

At start that goes both ways: a log that the metadata does not know is a stray, a partition without a log gets one.

Source: kafka.server.metadata.BrokerMetadataPublisher, kafka.log.LogManager.isStrayReplica.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.broker import effective_broker_config
from kafkalite.cluster.configs.tables import TOPIC_CONFIGS
from kafkalite.cluster.configs.topic import broker_defaults
from kafkalite.cluster.image import EMPTY_IMAGE
from kafkalite.cluster.resource_types import BROKER, TOPIC
from kafkalite.log.config import VALIDATE_RECORDS, LogConfig
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import LOGS_AT_ONCE_MAX_COUNT
from kafkalite.model.steps import finish
from kafkalite.model.uuids import ZERO_UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.delta import MetadataDelta
    from kafkalite.cluster.image import ConfigsImage, MetadataImage, PartitionImage, TopicImage
    from kafkalite.log.manager import LogManager
    from kafkalite.model.steps import Steps
    from kafkalite.system.work_queue import SlicedWork


class LogConfigs:
    """The log settings of topics as one image of the configurations has them; topics without own ones share one."""

    __slots__ = ("_defaults", "_image", "_shared")

    def __init__(self, image: ConfigsImage, static: BrokerConfigs, node_id: int) -> None:
        self._image = image
        self._defaults = {
            name: definition.default for name, definition in TOPIC_CONFIGS.items() if definition.default is not None
        }
        config = effective_broker_config(image, static, node_id)
        self._defaults.update(broker_defaults(config))
        self._defaults[VALIDATE_RECORDS] = config.values.get(VALIDATE_RECORDS, "full")
        self._shared = LogConfig.from_values(self._defaults)

    @property
    def default(self) -> LogConfig:
        """The settings of a topic that sets none."""
        return self._shared

    def of(self, topic: str) -> LogConfig:
        """Return the settings of one topic."""
        own = self._image.of(TOPIC, topic)
        return LogConfig.from_values({**self._defaults, **own}) if own else self._shared


class MetadataPublisher:
    """Applies changes of the metadata to the logs; give it to `MetadataLog.subscribe`.

    Args:
        logs: the logs of this broker.
        static: the properties that the broker was started with.
        node_id: this broker; partitions that others hold are not its business.
        on_partitions_gone: called with partitions before their logs are deleted, so that no fetch waits on them.

    Attributes:
        begin: begins work in slices, for changes of many logs; None makes every change at once.
    """

    __slots__ = ("_image", "_logs", "_node_id", "_on_partitions_gone", "_static", "begin")

    def __init__(
        self,
        logs: LogManager,
        static: BrokerConfigs,
        node_id: int,
        on_partitions_gone: Callable[[list[TopicPartition]], None] = lambda partitions: None,
    ) -> None:
        self._logs = logs
        self._static = static
        self._node_id = node_id
        self._on_partitions_gone = on_partitions_gone
        self._image = EMPTY_IMAGE
        self.begin: Callable[[Steps[None]], SlicedWork[None]] | None = None

    def expected_logs(self, image: MetadataImage) -> Callable[[TopicPartition, bytes], LogConfig | None]:
        """Return what `LogManager.open_all` asks for each log directory: its settings, or None for a stray."""
        configs = LogConfigs(image.configs, self._static, self._node_id)

        def expected(topic_partition: TopicPartition, topic_id: bytes) -> LogConfig | None:
            topic = image.topics.by_id.get(topic_id)
            if topic is None or topic.name != topic_partition.topic:
                return None
            if not 0 <= topic_partition.partition < len(topic.partitions):
                return None
            is_ours = self._node_id in topic.partitions[topic_partition.partition].replicas
            return configs.of(topic.name) if is_ours else None

        return expected

    @staticmethod
    def topic_ids(image: MetadataImage) -> Callable[[TopicPartition], bytes]:
        """Return what `LogManager.open_all` asks for a directory that lost its topic id: the id of its name."""

        def identify(topic_partition: TopicPartition) -> bytes:
            topic = image.topics.by_name.get(topic_partition.topic)
            return ZERO_UUID if topic is None else topic.topic_id

        return identify

    @staticmethod
    def leader_epochs(image: MetadataImage) -> Callable[[TopicPartition], int]:
        """Return what `LogManager.open_all` asks for each directory: the leader epoch of its partition, 0 if none."""

        def leader_epoch(topic_partition: TopicPartition) -> int:
            topic = image.topics.by_name.get(topic_partition.topic)
            if topic is None or not 0 <= topic_partition.partition < len(topic.partitions):
                return 0
            return topic.partitions[topic_partition.partition].leader_epoch

        return leader_epoch

    def open_missing(self, image: MetadataImage) -> None:
        """Create the logs that the metadata knows and the disk does not, and set the leader epoch of all logs.

        Raises:
            StorageFault: a log cannot be created.
        """
        self._image = image
        configs = LogConfigs(image.configs, self._static, self._node_id)
        for topic in image.topics.by_name.values():
            self._create(topic, range(len(topic.partitions)), configs, is_known=True)

    def __call__(self, delta: MetadataDelta, image: MetadataImage) -> SlicedWork[None] | None:
        """Apply one change; return the work on its logs where there are too many of them to be done with at once."""
        self._image = image
        created, changed = delta.topics.created(), delta.topics.changed()
        if delta.configs.changed:
            self._reconfigure(delta, image, LogConfigs(image.configs, self._static, self._node_id))
        gone = [partition for topic in delta.topics.deleted() for partition in self._partitions_of(topic)]
        wanted = [(topic.topic_id, index) for topic in created for index in range(len(topic.partitions))]
        wanted += [(after.topic_id, index) for before, after in changed for index in _changed_indexes(before, after)]
        if not gone and not wanted:
            return None
        steps = self._follow_steps(gone, wanted)
        if self.begin is None or len(gone) + len(wanted) <= LOGS_AT_ONCE_MAX_COUNT:
            finish(steps)
            return None
        return self.begin(steps)

    def _follow_steps(self, gone: list[TopicPartition], wanted: list[tuple[bytes, int]]) -> Steps[None]:
        """Delete and create logs, one in each step.

        The metadata may change meanwhile: what is created is what they say then.
        """
        for topic_partition in gone:
            self._delete([topic_partition])
            yield
        if gone:
            self._logs.note_deleted()
        configs = LogConfigs(self._image.configs, self._static, self._node_id)
        image = self._image
        for topic_id, index in wanted:
            if self._image is not image:
                image = self._image
                configs = LogConfigs(image.configs, self._static, self._node_id)
            topic = image.topics.by_id.get(topic_id)
            if topic is not None and index < len(topic.partitions):
                self._create(topic, (index,), configs)
                yield

    def _create(
        self, topic: TopicImage, indexes: Iterable[int], configs: LogConfigs, *, is_known: bool = False
    ) -> None:
        config = None
        for index in indexes:
            partition = topic.partitions[index]
            if self._node_id not in partition.replicas:
                continue
            topic_partition = TopicPartition(topic.name, index)
            log = self._logs.get(topic_partition)
            if log is not None and log.topic_id != topic.topic_id:  # that of a deleted topic, whose turn comes
                self._delete([topic_partition])
                self._logs.note_deleted()
                log = None
            if log is None:
                config = config or configs.of(topic.name)
                if is_known:
                    leader_epoch = partition.leader_epoch
                    log = self._logs.create(
                        topic_partition, topic.topic_id, config, leader_epoch=leader_epoch, is_known=True
                    )
                else:
                    log = self._logs.create_or_retry(topic_partition, topic.topic_id, config, partition.leader_epoch)
                if log is None:
                    continue
            if partition.leader == self._node_id:
                log.lead(partition.leader_epoch)
            else:
                log.leader_epoch = partition.leader_epoch

    def _delete(self, partitions: list[TopicPartition]) -> None:
        """Delete the logs of partitions unless the metadata have a topic of that name with the log's id (again)."""
        self._on_partitions_gone(partitions)
        for topic_partition in partitions:
            log = self._logs.get(topic_partition)
            topic = self._image.topics.by_name.get(topic_partition.topic)
            if log is not None and (topic is None or topic.topic_id != log.topic_id):
                self._logs.delete(topic_partition)

    def _partitions_of(self, topic: TopicImage) -> list[TopicPartition]:
        return [TopicPartition(topic.name, index) for index in range(len(topic.partitions))]

    def _reconfigure(self, delta: MetadataDelta, image: MetadataImage, configs: LogConfigs) -> None:
        """A broker's configuration is the default of all topics; a topic's own concerns only itself."""
        resources = delta.configs.changed
        if any(resource_type == BROKER for resource_type, _ in resources):
            for each in self._logs.logs():
                if each.topic_partition.topic in image.topics.by_name:
                    each.update_config(configs.of(each.topic_partition.topic))
            return
        for resource_type, name in resources:
            if resource_type == TOPIC and name in image.topics.by_name:
                config = configs.of(name)
                for index in range(len(image.topics.by_name[name].partitions)):
                    log = self._logs.get(TopicPartition(name, index))
                    if log is not None:
                        log.update_config(config)


def _changed_indexes(before: TopicImage, after: TopicImage) -> list[int]:
    old: tuple[PartitionImage | None, ...] = before.partitions
    return [i for i, partition in enumerate(after.partitions) if i >= len(old) or old[i] != partition]
