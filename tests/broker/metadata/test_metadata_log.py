"""The metadata log: what is committed is stored first, and starting is replaying."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from typing import Any

import pytest

from kafkalite.broker.metadata.metadata_log import (
    METADATA_PARTITION,
    MetadataLog,
    open_metadata_log,
)
from kafkalite.cluster.bootstrap import bootstrap_records
from kafkalite.cluster.brokers import BrokerRegistration
from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.delta import MetadataDelta
from kafkalite.cluster.image import Endpoint, MetadataImage
from kafkalite.cluster.record_codec import write_record
from kafkalite.cluster.resource_types import BROKER, TOPIC
from kafkalite.cluster.result import Result
from kafkalite.log.config import LogConfig
from kafkalite.log.manager import LogManager
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.steps import finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.internal_records.begin_transaction_record import BeginTransactionRecord
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from kafkalite.protocol.internal_records.no_op_record import NoOpRecord
from kafkalite.protocol.internal_records.snapshot_footer_record import SnapshotFooterRecord
from kafkalite.protocol.internal_records.snapshot_header_record import SnapshotHeaderRecord
from kafkalite.protocol.internal_records.topic_record import TopicRecord
from kafkalite.records.batch import iterate_batches
from kafkalite.records.builder import build_batch
from kafkalite.records.control import SNAPSHOT_FOOTER, SNAPSHOT_HEADER, build_control_batch
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.system.work_queue import SlicedWork
from kafkalite.testing.late_directory import LateLogDirectory

KAFKA = BrokerConfigs({})
NOW_MS = 1_700_000_000_000


class Directory:
    """One log directory that is opened and closed as processes come and go."""

    def __init__(self) -> None:
        self.files = MemoryFiles()
        self.clock = ManualClock(NOW_MS)
        self.logs = self._open()

    def _open(self) -> LogManager:
        entropy = SeededEntropy(1)
        directory = FileLogDirectory(self.files, "/data", entropy)
        return LogManager(directory, self.clock, entropy, LogConfig.from_values({}))

    def metadata(self, static: BrokerConfigs = KAFKA) -> MetadataLog:
        return open_metadata_log(self.logs, self.clock, 1, static)

    def stop(self, *, clean: bool = True) -> None:
        self.logs.close_all(clean=clean)
        self.logs = self._open()


def registration(port: int = 9092) -> BrokerRegistration:
    return BrokerRegistration(
        broker_id=1,
        incarnation_id=b"i" * 16,
        endpoints=[Endpoint("PLAINTEXT", "localhost", port, 0)],
        directory_ids=[b"d" * 16],
    )


def register(metadata: MetadataLog, stopped_epoch: int | None = None) -> int:
    return metadata.start_broker(registration(), KAFKA, stopped_epoch)


def topic(name: str) -> Result[str]:
    return Result([TopicRecord(name=name, topic_id=name.encode().ljust(16, b"."))], name)


@pytest.fixture
def directory() -> Directory:
    return Directory()


def test_a_new_log_begins_as_kafkas_does(directory: Directory) -> None:
    metadata = directory.metadata(BrokerConfigs({"min.insync.replicas": "2"}))
    assert (metadata.image.end_offset, metadata.image.epoch) == (10, 1)
    assert metadata.image.features.metadata_version == 33
    assert metadata.image.configs.of(BROKER, "") == {"min.insync.replicas": "2"}
    batches = list(iterate_batches(metadata.log.read(0, 1 << 20).records))
    assert [(b.base_offset, b.record_count, b.is_control, b.partition_leader_epoch) for b in batches] == [
        (0, 1, True, 1),
        (1, 9, False, 1),
    ]
    quorum_state = directory.files.read("/data/__cluster_metadata-0/quorum-state")
    assert b'"leaderId":1,"leaderEpoch":1' in quorum_state


@pytest.mark.parametrize("clean", [True, False])
def test_a_restart_replays_what_was_committed(directory: Directory, clean: bool) -> None:
    metadata = directory.metadata()
    register(metadata)
    assert metadata.commit(lambda image: topic("orders")) == "orders"
    before = metadata.image
    directory.stop(clean=clean)
    again = directory.metadata()
    assert again.image == before._replace(epoch=2)
    assert again.commit(lambda image: topic("more")) == "more"
    assert again.image.end_offset == before.end_offset + 2, "the leader change of this start, and the topic"


@pytest.mark.parametrize("clean", [True, False])
def test_each_start_is_an_epoch_of_the_quorum(directory: Directory, clean: bool) -> None:
    """As it is with Apache Kafka: the voted leader is on disk before the first record of its epoch."""
    for epoch in range(1, 4):
        metadata = directory.metadata()
        state = directory.files.read("/data/__cluster_metadata-0/quorum-state")
        assert b'"leaderId":1,"leaderEpoch":%d,' % epoch in state
        metadata.commit(lambda image, epoch=epoch: topic(f"topic-{epoch}"))
        assert (metadata.log.leader_epoch, metadata.image.epoch) == (epoch, epoch)
        batches = list(iterate_batches(metadata.log.read(0, 1 << 20).records))
        assert [(b.is_control, b.partition_leader_epoch) for b in batches[-2:]] == [
            (epoch > 1 or False, epoch),
            (False, epoch),
        ]
        directory.stop(clean=clean)


def test_an_epoch_is_higher_than_any_that_is_known(directory: Directory) -> None:
    """Of quorum-state, which a former version never raised, and of the log."""
    path = "/data/__cluster_metadata-0/quorum-state"
    metadata = directory.metadata()
    metadata.log.lead(7)
    metadata.commit(lambda image: topic("orders"))
    directory.stop(clean=False)
    assert directory.metadata().log.leader_epoch == 8
    directory.stop(clean=False)
    dynamic = (
        b'{"leaderId":-1,"leaderEpoch":20,"votedId":3,"votedDirectoryId":"AAAAAAAAAAAAAAAAAAAAAQ","data_version":1}'
    )
    directory.files.write_atomically(path, dynamic)
    assert directory.metadata().log.leader_epoch == 21
    raised = dynamic.replace(b'"leaderId":-1,"leaderEpoch":20', b'"leaderId":1,"leaderEpoch":21')
    assert directory.files.read(path) == raised
    directory.stop(clean=False)
    directory.files.remove(path)
    assert directory.metadata().log.leader_epoch == 8, "of 21 no record tells"
    assert b'"leaderId":1,' in directory.files.read(path)


def test_very_many_records_are_several_batches(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kafkalite.broker.metadata.metadata_log.RECORDS_PER_BATCH", 2)
    metadata = directory.metadata()
    first = metadata.log.end_offset
    topics = [record for name in "abcde" for record in topic(name).records]
    metadata.commit(lambda image: Result(topics, None))
    batches = list(iterate_batches(metadata.log.read(first, 1 << 20).records))
    assert [batch.record_count for batch in batches] == [2, 2, 1]
    image = metadata.image
    directory.stop()
    assert directory.metadata().image.topics == image.topics


def test_subscribers_see_each_change_before_its_reply(directory: Directory) -> None:
    metadata = directory.metadata()
    seen: list[tuple[list[str], MetadataImage]] = []

    def subscriber(delta: MetadataDelta, image: MetadataImage) -> None:
        seen.append(([created.name for created in delta.topics.created()], image))

    metadata.subscribe(subscriber)
    metadata.commit(lambda image: topic("orders"))
    assert seen == [(["orders"], metadata.image)]
    assert metadata.commit(lambda image: Result([], "nothing")) == "nothing"
    assert len(seen) == 1


def test_each_start_is_a_registration_in_a_new_epoch(directory: Directory) -> None:
    metadata = directory.metadata()
    first = register(metadata)
    assert first == metadata.image.end_offset - 2
    metadata.stop_broker(KAFKA)
    assert metadata.image.brokers.by_id[1].is_fenced
    directory.stop()
    metadata = directory.metadata()
    second = register(metadata, first)
    assert second > first and metadata.image.brokers.by_id[1].broker_epoch == second
    [batch] = iterate_batches(metadata.log.read(second, 1 << 20).records)
    assert batch.base_offset == second


def test_producer_ids_are_never_given_twice(directory: Directory) -> None:
    metadata = directory.metadata()
    register(metadata)
    assert metadata.allocate_producer_ids() == (0, 1000)
    directory.stop(clean=False)
    assert directory.metadata().allocate_producer_ids() == (1000, 1000)


class FailingLog:
    """A log whose disk fails once it is told to."""

    def __init__(self, log: Any) -> None:
        self._log = log
        self.is_failing = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def append(self, *args: Any, **kwargs: Any) -> Any:
        if self.is_failing:
            raise StorageFault("append", "/data", "disk full")
        return self._log.append(*args, **kwargs)


def test_a_failing_disk_changes_nothing(directory: Directory) -> None:
    log = FailingLog(directory.metadata().log)
    metadata = MetadataLog(log, directory.clock, 1)  # type: ignore[arg-type]
    before = metadata.load()
    seen: list[Any] = []
    metadata.subscribe(lambda delta, image: seen.append(image))
    log.is_failing = True
    with pytest.raises(ApiError) as refusal:
        metadata.commit(lambda image: topic("orders"))
    assert refusal.value.error_code == errors.KAFKA_STORAGE_ERROR
    assert metadata.image is before
    assert seen == []


def test_a_record_that_contradicts_the_state_is_not_written(directory: Directory) -> None:
    metadata = directory.metadata()
    metadata.commit(lambda image: topic("orders"))
    end_offset = metadata.log.end_offset
    with pytest.raises(ValueError, match="taken"):
        metadata.commit(lambda image: topic("orders"))
    assert metadata.log.end_offset == end_offset


def append(metadata: MetadataLog, *records: Any) -> None:
    values = [(None, write_record(record, 30)) for record in records]
    batch = build_batch(values, now_ms=NOW_MS)
    metadata.log.append(memoryview(batch), now_ms=NOW_MS, is_from_client=False)


def test_a_transaction_that_a_crash_cut_short_is_aborted(directory: Directory) -> None:
    append(directory.metadata(), BeginTransactionRecord(name="half"), *topic("orders").records)
    directory.stop(clean=False)
    metadata = directory.metadata()
    assert metadata.image.topics.by_name == {}
    assert metadata.image.end_offset == 14, "also the leader change of this start is there"
    metadata.commit(lambda image: topic("orders"))
    directory.stop()
    assert list(directory.metadata().image.topics.by_name) == ["orders"]


def test_kafkas_idle_records_only_move_the_end(directory: Directory) -> None:
    metadata = directory.metadata()
    append(metadata, NoOpRecord(), NoOpRecord())
    directory.stop()
    image = directory.metadata().image
    assert image._replace(end_offset=10, epoch=1) == metadata.image
    assert image.end_offset == 12


def test_a_log_that_holds_something_else_is_refused(directory: Directory) -> None:
    metadata = directory.metadata()
    batch = build_batch([(None, b"hello")], now_ms=NOW_MS)
    metadata.log.append(memoryview(batch), now_ms=NOW_MS, is_from_client=False)
    directory.stop()
    with pytest.raises(ProtocolViolation):
        directory.metadata()


def test_a_snapshot_stands_for_the_part_of_the_log_that_is_gone(directory: Directory) -> None:
    metadata = directory.metadata()
    metadata.commit(lambda image: topic("orders"))
    metadata.commit(lambda image: topic("kept"))
    before = metadata.image
    kept_from = before.end_offset - 1
    values = [(None, write_record(r, 30)) for r in (*bootstrap_records("1"), *topic("orders").records)]
    header = build_control_batch(SNAPSHOT_HEADER, SnapshotHeaderRecord(), now_ms=NOW_MS, leader_epoch=1)
    footer = build_control_batch(SNAPSHOT_FOOTER, SnapshotFooterRecord(), now_ms=NOW_MS, leader_epoch=1)
    snapshot = header + build_batch(values, now_ms=NOW_MS, leader_epoch=1) + footer
    metadata.log.roll()
    metadata.log.advance_log_start_offset(kept_from)
    directory.stop()
    directory.files.write_atomically(f"/data/{METADATA_PARTITION}/{kept_from:020}-{1:010}.checkpoint", bytes(snapshot))
    assert directory.metadata().image == before._replace(epoch=2)


# ---- in steps ------------------------------------------------------------------------------------------------------


def planned(name: str, plans: list[MetadataImage], step_count: int = 1) -> Any:
    """Return a plan that creates a topic and notes the images it was made from."""

    def plan(image: MetadataImage) -> Any:
        plans.append(image)
        for _ in range(step_count):
            yield
        return Result([TopicRecord(name=name, topic_id=name.encode().ljust(16))], name)

    return plan


def test_a_plan_is_committed_when_it_is_done() -> None:
    metadata = Directory().metadata()
    plans: list[MetadataImage] = []
    steps = metadata.commit_steps(planned("a", plans, 3))
    for _ in range(3):
        next(steps)
        assert "a" not in metadata.image.topics.by_name
    assert finish(steps) == "a"
    assert "a" in metadata.image.topics.by_name and len(plans) == 1


def test_a_plan_that_another_change_came_between_is_made_again() -> None:
    metadata = Directory().metadata()
    plans: list[MetadataImage] = []
    steps = metadata.commit_steps(planned("a", plans))
    next(steps)
    finish(metadata.commit_steps(planned("b", [])))
    assert finish(steps) == "a"
    assert plans == [plans[0], plans[1]] and "b" not in plans[0].topics.by_name and "b" in plans[1].topics.by_name
    assert {"a", "b"} <= set(metadata.image.topics.by_name)


def test_a_plan_that_changes_come_between_again_and_again_is_made_at_once() -> None:
    metadata = Directory().metadata()
    plans: list[MetadataImage] = []
    steps = metadata.commit_steps(planned("a", plans))
    others = 0
    with pytest.raises(StopIteration) as end:
        while True:
            next(steps)
            finish(metadata.commit_steps(planned(f"other-{others}", [])))
            others += 1
    assert end.value.value == "a" and others == 2 and len(plans) == 3


def test_the_reply_waits_for_what_a_subscriber_has_begun() -> None:
    metadata = Directory().metadata()
    done: list[str] = []

    def work() -> Any:
        for _ in range(3):
            yield
        done.append("logs")

    begun = SlicedWork(work(), ManualClock(), lambda run_slice: None)
    metadata.subscribe(lambda delta, image: begun)
    steps = metadata.commit_steps(planned("a", [], 0))
    next(steps)
    next(steps)
    assert "a" in metadata.image.topics.by_name and done == []
    begun.run_slice()
    assert finish(steps) == "a" and done == ["logs"]


def test_who_cannot_wait_finishes_what_a_subscriber_has_begun() -> None:
    metadata = Directory().metadata()
    done: list[str] = []

    def work() -> Any:
        yield
        done.append("logs")

    metadata.subscribe(lambda delta, image: SlicedWork(work(), ManualClock(), lambda run_slice: None))
    metadata.commit(lambda image: Result([TopicRecord(name="a", topic_id=b"a" * 16)], None))
    assert done == ["logs"]


def test_configurations_of_older_releases_are_ignored_and_named(
    directory: Directory, caplog: pytest.LogCaptureFixture
) -> None:
    metadata = directory.metadata()
    record = ConfigRecord(resource_type=TOPIC, resource_name="t", name="message.format.version", value="2.8")
    metadata.commit(lambda image: Result([record, *topic("t").records], None))
    directory.stop()
    caplog.clear()
    image = directory.metadata().image
    assert image.configs.of(TOPIC, "t") == {}
    assert caplog.messages == [
        "configurations that Kafka 4.4 does not have any more are ignored: message.format.version"
    ]


# ---- a log that is done later --------------------------------------------------------------------------------------


class LateDirectory(Directory):
    """A directory whose storage is done later, and the commits that are due."""

    def _open(self) -> LogManager:
        self.due: deque[Callable[[], None]] = deque()
        inner = FileLogDirectory(self.files, "/data", SeededEntropy(1))
        self.late = LateLogDirectory(inner, self.due.append)
        return LogManager(self.late, self.clock, SeededEntropy(2), LogConfig.from_values({}))

    def commit_all(self) -> None:
        while self.due:
            self.due.popleft()()


def take_steps(steps: Generator[Any, None, Any], outcome: list[Any]) -> None:
    """Take steps as a work queue does."""
    try:
        errand = next(steps)
    except StopIteration as end:
        outcome.append(end.value)
    except ApiError as error:
        outcome.append(error.error_code)
    else:
        assert errand is not None, "nothing here takes turns"
        errand.begin(lambda: take_steps(steps, outcome))


def at_once(result: Result[str]) -> Callable[[Any], Generator[None, None, Result[str]]]:
    def plan(image: Any) -> Generator[None, None, Result[str]]:
        return result
        yield

    return plan


def test_a_change_counts_when_it_is_stored() -> None:
    directory = LateDirectory()
    metadata = directory.metadata()
    register(metadata)
    seen: list[str] = []
    metadata.subscribe(lambda delta, image: seen.extend(image.topics.by_name))
    outcomes: list[Any] = []
    take_steps(metadata.commit_steps(at_once(topic("a"))), outcomes)
    take_steps(metadata.commit_steps(at_once(topic("b"))), outcomes)
    assert outcomes == [] and "a" not in metadata.image.topics.by_name and seen == []
    directory.commit_all()
    assert outcomes == ["a", "b"] and seen == ["a", "a", "b"]
    assert sorted(metadata.image.topics.by_name) == ["a", "b"]


def test_one_who_cannot_wait_in_steps_waits_for_all_before() -> None:
    directory = LateDirectory()
    metadata = directory.metadata()
    register(metadata)
    outcomes: list[Any] = []
    take_steps(metadata.commit_steps(at_once(topic("a"))), outcomes)
    assert metadata.commit(lambda image: topic("b") if "a" in image.topics.by_name else topic("c")) == "b"
    assert outcomes == ["a"]


def test_a_change_that_cannot_be_stored_later_is_refused_and_ends_the_broker() -> None:
    directory = LateDirectory()
    metadata = directory.metadata()
    register(metadata)
    directory.logs.health.stops_on_failure = True
    failures: list[StorageFault] = []
    directory.logs.health.on_failure = failures.append
    directory.late.fail_next = fault = StorageFault("commit", "store", "refused")
    outcomes: list[Any] = []
    take_steps(metadata.commit_steps(at_once(topic("a"))), outcomes)
    directory.commit_all()
    assert outcomes == [errors.KAFKA_STORAGE_ERROR] and failures == [fault]
    assert "a" not in metadata.image.topics.by_name
