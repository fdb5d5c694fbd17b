"""The logs of a broker follow its metadata, and at start each follows the other."""

from __future__ import annotations

from collections.abc import Generator

from kafkalite.broker.metadata.metadata_publisher import LogConfigs, MetadataPublisher
from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.image import ConfigsImage
from kafkalite.cluster.resource_types import BROKER, TOPIC
from kafkalite.cluster.result import Result
from kafkalite.cluster.topics import delete_topics
from kafkalite.log.config import LogConfig
from kafkalite.log.manager import LogManager
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import LOGS_AT_ONCE_MAX_COUNT
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.system.work_queue import SlicedWork
from tests.cluster.conversation import Cluster


class Published:
    """A cluster whose changes are published to the logs of broker 1."""

    def __init__(self) -> None:
        self.cluster = Cluster()
        self.files = MemoryFiles()
        self.gone: list[TopicPartition] = []
        self.start()

    def start(self) -> None:
        entropy = SeededEntropy(3)
        directory = FileLogDirectory(self.files, "/data", entropy)
        self.logs = LogManager(directory, ManualClock(), entropy, LogConfig.from_values({}))
        static = self.cluster.context.static_configs
        self.publisher = MetadataPublisher(self.logs, static, 1, self.gone.extend)

    def commit(self, *records: object) -> None:
        self.cluster.commit(Result(list(records), None))
        self.publish()

    def create(self, name: str, partitions: int = 1, **configs: str) -> bytes:
        topic_id = self.cluster.create(name, partitions, **configs).topic_id
        self.publish()
        return topic_id

    def publish(self) -> None:
        self.publisher(self.cluster.delta, self.cluster.image)

    def names(self) -> list[str]:
        return sorted(str(log.topic_partition) for log in self.logs.logs())


def config(resource_type: int, name: str, key: str, value: str | None) -> ConfigRecord:
    return ConfigRecord(resource_type=resource_type, resource_name=name, name=key, value=value)


def test_a_topic_gets_its_logs_and_loses_them() -> None:
    published = Published()
    topic_id = published.create("orders", 2, retention_ms="77")
    assert published.names() == ["orders-0", "orders-1"]
    log = published.logs.get(TopicPartition("orders", 1))
    assert log is not None
    assert (log.topic_id, log.leader_epoch, log.config.retention_ms) == (topic_id, 0, 77)
    published.cluster.commit(delete_topics(published.cluster.image, [topic_id]))
    published.publish()
    assert published.names() == []
    assert published.gone == [TopicPartition("orders", 0), TopicPartition("orders", 1)]


def test_a_topic_made_anew_in_the_same_change_has_new_logs() -> None:
    published = Published()
    old_id = published.create("orders")
    published.cluster.commit(delete_topics(published.cluster.image, [old_id]))
    published.publish()
    new_id = published.create("orders")
    log = published.logs.get(TopicPartition("orders", 0))
    assert log is not None
    assert log.topic_id == new_id != old_id


def test_more_partitions_are_more_logs_and_a_new_leader_is_a_new_epoch() -> None:
    published = Published()
    topic_id = published.create("orders", 1)
    record = PartitionChangeRecord(partition_id=0, topic_id=topic_id, leader=1)
    published.commit(record)
    log = published.logs.get(TopicPartition("orders", 0))
    assert log is not None
    assert log.leader_epoch == 1
    assert log.end_offset_for_epoch(1) == (1, 0)
    record.leader = -1
    published.commit(record)
    assert log.leader_epoch == 2, "its leadership is over"
    assert log.end_offset_for_epoch(2) == (-1, -1), "and nobody leads"


def test_partitions_of_other_brokers_have_no_log_here() -> None:
    published = Published()
    published.cluster.register(2)
    published.create("orders", 4)
    held = [
        f"orders-{index}"
        for index, partition in enumerate(published.cluster.image.topics.by_name["orders"].partitions)
        if partition.leader == 1
    ]
    assert published.names() == held
    assert len(held) == 2


def test_a_topics_configuration_reaches_its_logs() -> None:
    published = Published()
    published.create("orders")
    published.create("other")
    published.commit(config(TOPIC, "orders", "retention.ms", "5"))
    retention = {log.topic_partition.topic: log.config.retention_ms for log in published.logs.logs()}
    assert retention == {"orders": 5, "other": 604_800_000}
    published.commit(config(TOPIC, "orders", "retention.ms", None))
    assert {log.config.retention_ms for log in published.logs.logs()} == {604_800_000}


def test_a_brokers_configuration_reaches_all_logs_that_do_not_set_it() -> None:
    published = Published()
    published.create("own", retention_ms="5")
    published.create("other")
    for resource, value, expected in (("", "7", 7), ("1", "8", 8)):
        published.commit(config(BROKER, resource, "log.retention.ms", value))
        retention = {log.topic_partition.topic: log.config.retention_ms for log in published.logs.logs()}
        assert retention == {"own": 5, "other": expected}


def test_a_change_of_something_else_touches_no_log() -> None:
    published = Published()
    published.create("orders")
    log = published.logs.get(TopicPartition("orders", 0))
    assert log is not None
    before = log.config
    published.commit(config(32, "group", "share.auto.offset.reset", "earliest"))
    assert log.config is before


def test_at_start_strays_are_put_aside_and_missing_logs_are_made() -> None:
    published = Published()
    published.create("known", 2)
    lost_id = published.create("lost")
    published.logs.close_all()
    cluster = published.cluster
    cluster.commit(delete_topics(cluster.image, [lost_id]))
    cluster.create("missing")
    published.start()
    strays = published.logs.open_all(published.publisher.expected_logs(cluster.image))
    assert [name.split(".")[0] for name in strays] == ["lost-0"]
    assert published.names() == ["known-0", "known-1"]
    published.publisher.open_missing(cluster.image)
    assert published.names() == ["known-0", "known-1", "missing-0"]


def test_a_log_is_expected_by_id_name_and_index() -> None:
    published = Published()
    topic_id = published.create("orders", 1)
    expected = published.publisher.expected_logs(published.cluster.image)
    assert expected(TopicPartition("orders", 0), topic_id) is not None
    assert expected(TopicPartition("orders", 1), topic_id) is None
    assert expected(TopicPartition("other", 0), topic_id) is None
    assert expected(TopicPartition("orders", 0), bytes(16)) is None


def test_topics_without_configurations_share_their_settings() -> None:
    configs = LogConfigs(ConfigsImage({(TOPIC, "own"): {"flush.ms": "5"}}), BrokerConfigs({"log.roll.hours": "1"}), 1)
    assert configs.of("a") is configs.of("b") is configs.default
    assert configs.default.segment_ms == 3_600_000
    assert (configs.of("own").flush_ms, configs.of("own").segment_ms) == (5, 3_600_000)


def test_a_name_tells_the_id_of_a_directory_that_lost_it() -> None:
    published = Published()
    topic_id = published.create("orders")
    identify = published.publisher.topic_ids(published.cluster.image)
    assert identify(TopicPartition("orders", 0)) == topic_id
    assert identify(TopicPartition("unknown", 0)) == bytes(16)


# ---- many logs at a time -------------------------------------------------------------------------------------------

MANY = LOGS_AT_ONCE_MAX_COUNT + 1


class InSteps(Published):
    """Changes of many logs are begun and go on when the test says so."""

    def start(self) -> None:
        super().start()
        self.begun: list[SlicedWork[None]] = []
        self.publisher.begin = self.begin

    def begin(self, steps: Generator[None, None, None]) -> SlicedWork[None]:
        self.begun.append(SlicedWork(steps, ManualClock(), lambda run_slice: None))
        return self.begun[-1]

    def delete(self, *topic_ids: bytes) -> None:
        self.cluster.commit(delete_topics(self.cluster.image, list(topic_ids)))
        self.publish()


def test_many_logs_are_begun_and_few_are_made_at_once() -> None:
    published = InSteps()
    published.create("few", LOGS_AT_ONCE_MAX_COUNT)
    assert published.begun == [] and len(published.names()) == LOGS_AT_ONCE_MAX_COUNT
    published.create("many", MANY)
    assert len(published.names()) == LOGS_AT_ONCE_MAX_COUNT
    [work] = published.begun
    assert not work.run_slice() and work.is_done
    assert len(published.names()) == LOGS_AT_ONCE_MAX_COUNT + MANY


def test_one_log_is_made_in_each_step() -> None:
    published = InSteps()
    published.create("many", MANY)
    steps = published.begun[0]._steps
    for count in range(1, MANY + 1):
        next(steps)
        assert len(published.names()) == count


def test_a_topic_that_is_deleted_before_its_turn_gets_no_logs() -> None:
    published = InSteps()
    topic_id = published.create("many", MANY)
    next(published.begun[0]._steps)
    published.delete(topic_id)
    for work in published.begun:
        work.run_slice()
        work.result()
    assert published.names() == []


def test_a_topic_that_is_there_again_before_its_logs_are_gone_has_new_ones() -> None:
    published = InSteps()
    old_id = published.create("many", MANY)
    published.begun.pop().run_slice()
    published.delete(old_id)
    new_id = published.create("many", 2)
    assert new_id != old_id
    assert {log.topic_id for log in published.logs.logs() if log.topic_partition.partition < 2} == {new_id}
    published.begun.pop().run_slice()
    assert published.names() == ["many-0", "many-1"]
    assert {log.topic_id for log in published.logs.logs()} == {new_id}


def test_settings_that_change_meanwhile_hold_for_the_logs_that_come() -> None:
    published = InSteps()
    published.create("many", MANY)
    next(published.begun[0]._steps)
    published.commit(config(TOPIC, "many", "retention.ms", "55"))
    published.begun[0].run_slice()
    assert {log.config.retention_ms for log in published.logs.logs()} == {55}
    assert len(published.names()) == MANY
