"""`__cluster_metadata-0`: the only place where topics, configurations, brokers and features are kept.

What an operation on the metadata wants to change goes into the log first, as one batch, and is replayed after that.
Starting is replaying from the beginning: there is no other way for anything to get into the image.

Source: org.apache.kafka.controller.QuorumController, org.apache.kafka.raft (KIP-500, KIP-595, KIP-868).
"""

from __future__ import annotations

from contextlib import suppress
from logging import getLogger
from typing import TYPE_CHECKING, Any, TypeVar

from kafkalite.broker.metadata.metadata_snapshots import find_snapshot, write_snapshot
from kafkalite.cluster.bootstrap import (
    FIRST_LEADER_EPOCH,
    bootstrap_records,
    is_dynamic_quorum,
    leader_change,
    quorum_state_epoch,
    raise_quorum_epoch,
)
from kafkalite.cluster.brokers import start_broker, stop_broker
from kafkalite.cluster.delta import MetadataDelta
from kafkalite.cluster.features import METADATA_VERSION, SUPPORTED
from kafkalite.cluster.image import EMPTY_IMAGE
from kafkalite.cluster.leadership import ElectionRules
from kafkalite.cluster.producer_ids import allocate_producer_ids
from kafkalite.cluster.record_codec import read_record, write_record
from kafkalite.cluster.topic_names import CLUSTER_METADATA
from kafkalite.log.checkpoints import LEADER_EPOCH_FILE, CorruptCheckpoint, decode_leader_epochs
from kafkalite.log.config import LogConfig
from kafkalite.log.results import AppendResult
from kafkalite.model.completion import Completion
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import finish
from kafkalite.model.uuids import METADATA_TOPIC_ID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import InvalidBatch, check_crc, iterate_batches, iterate_records
from kafkalite.records.builder import build_batch
from kafkalite.records.control import LEADER_CHANGE, build_control_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.metadata.metadata_snapshots import Snapshot
    from kafkalite.cluster.brokers import BrokerRegistration
    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.cluster.result import Result
    from kafkalite.log.append import LateAppend
    from kafkalite.log.manager import LogManager
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.model.buffers import Buffer
    from kafkalite.model.steps import Steps
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.system.clock import Clock
    from kafkalite.system.work_queue import SlicedSteps, SlicedWork

    Subscriber = Callable[[MetadataDelta, MetadataImage], SlicedWork[None] | None]

Response = TypeVar("Response")

_logger = getLogger("kafkalite.broker")

LOAD_BYTES = 1024 * 1024
"""The bytes of the log that are read at a time while loading."""

PLAN_MAX_COUNT = 3
"""The number of times that a change is computed in steps before it holds up the others."""

QUORUM_STATE_FILE = "quorum-state"
BOOTSTRAP_FILE = "bootstrap.checkpoint"
"""Beside the logs of a directory that Kafka's own tool formatted: what its first records shall be."""

METADATA_PARTITION = TopicPartition(CLUSTER_METADATA, 0)

LOG_CONFIG_VALUES = {
    "cleanup.policy": "delete",
    "retention.ms": "-1",
    "retention.bytes": "-1",
    "max.message.bytes": str(8 * 1024 * 1024),
    "flush.messages": "1",
}
"""The settings of the log: kept for ever, in batches of at most 8 MiB, each flushed to disk before it counts.

Source: org.apache.kafka.raft.KafkaRaftClient.MAX_BATCH_SIZE_BYTES."""


SNAPSHOT_MIN_RECORDS = 1_000
SNAPSHOT_FACTOR_AT_STOP = 2
SNAPSHOT_FACTOR_AT_START = 4
"""The ratio of the log after the last snapshot to a snapshot, and the length from which on it counts.

A stop and a start write two records for each partition, which every later start would replay. So a stop writes a
snapshot, and a start only where there is never a clean stop. Kafka goes by 20 MiB and an hour, which take Python long.
"""

RECORDS_PER_BATCH = 10_000
"""The records of one batch. More of them, as of very many elections, go into several batches, each good alone.

Source: org.apache.kafka.controller.QuorumController.MAX_RECORDS_PER_BATCH."""

_NO_OP = b"\x01\x14\x00\x00"
"""NoOpRecord, of which Kafka writes two each second; worth not being decoded."""


def open_metadata_log(logs: LogManager, clock: Clock, node_id: int, static: BrokerConfigs) -> MetadataLog:
    """Open or begin the metadata of a log directory, before any other of its logs.

    Args:
        logs: their directory is known to belong to this node.
        static: the properties that the broker was started with.

    Batches whose checksum is wrong are cut off with all that follows them, also after a clean stop: Kafka checks the
    whole log with every start.

    Raises:
        StorageFault, ApiError: the disk failed, or a file beside the log is damaged.
        ProtocolViolation, ValueError: the log holds something else than Kafka's metadata.
    """
    name = str(METADATA_PARTITION)
    logs.directory.create(name)
    store = logs.directory.open(name, epoch=0)  # closed again before anything is led
    snapshot = find_snapshot(store)
    formatted_with = logs.directory.read_root(BOOTSTRAP_FILE)
    if snapshot is not None and not snapshot.end_offset:
        # Kafka 4.4 formats with such a snapshot. It replays none of it: a new log repeats its records.
        formatted_with, snapshot = formatted_with or snapshot.content, None
    quorum_epoch, is_dynamic = _raise_quorum_epoch(store, node_id)
    store.close()
    config = LogConfig.from_values(LOG_CONFIG_VALUES)
    log = logs.create(METADATA_PARTITION, METADATA_TOPIC_ID, config, leader_epoch=quorum_epoch)
    metadata = MetadataLog(log, clock, node_id, writes_snapshots=not is_dynamic)
    try:
        metadata.load(snapshot, quorum_epoch)
    except (InvalidBatch, StorageFault) as problem:
        if isinstance(problem, StorageFault) and (problem.is_failure or problem.is_shortage):
            raise
        log = logs.recover_again(METADATA_PARTITION)
        metadata = MetadataLog(log, clock, node_id, writes_snapshots=not is_dynamic)
        metadata.load(snapshot, quorum_epoch)
    metadata.bootstrap(static.get("min.insync.replicas") or "1", formatted_with)
    return metadata


def _raise_quorum_epoch(store: PartitionStore, node_id: int) -> tuple[int, bool]:
    """Vote this node the leader of an epoch after all those in the files, before anything is written in it.

    So each record is identified by its offset and epoch, also where a power loss took unflushed ones.
    Returns the epoch, and whether the voters of the quorum are in the log (KIP-853).

    Source: org.apache.kafka.raft.QuorumState.initialize.
    """
    names = store.list()
    before = b""
    if QUORUM_STATE_FILE in names:
        before = store.read_whole(QUORUM_STATE_FILE)
        _check_quorum_state(f"{store.path}/{QUORUM_STATE_FILE}", before)
    epoch = quorum_state_epoch(before)
    if LEADER_EPOCH_FILE in names:
        with suppress(CorruptCheckpoint):
            epoch = max(epoch, *(entry.epoch for entry in decode_leader_epochs(store.read_whole(LEADER_EPOCH_FILE))), 0)
    store.replace(QUORUM_STATE_FILE, raise_quorum_epoch(before, node_id, epoch + 1))
    return epoch + 1, is_dynamic_quorum(before)


def _check_quorum_state(path: str, content: bytes) -> None:
    """Raise StorageFault where `quorum-state` is no JSON object with an epoch, with which Kafka would not start."""
    text = content.strip()
    if not (text.startswith(b"{") and text.endswith(b"}") and b'"leaderEpoch"' in text):
        raise StorageFault("read", path, "the file is damaged: remove it, it is made anew from the metadata log")


class MetadataLog:
    """The metadata, and the way to change it.

    Args:
        log: the log of `__cluster_metadata-0`, with `LOG_CONFIG_VALUES`.
        clock: stamps the batches.
        node_id: this node, the leader of the log.
        writes_snapshots: False where an image lacks what a snapshot needs, which are the voters of a dynamic quorum.

    Attributes:
        image: the metadata up to the end of the log; replaced with every change, never altered.
        is_new: the log was empty when it was opened.
    """

    __slots__ = (
        "_change",
        "_clock",
        "_leader_change",
        "_log",
        "_node_id",
        "_snapshot_end_offset",
        "_subscribers",
        "_writes_snapshots",
        "image",
        "is_new",
    )

    def __init__(self, log: PartitionLog, clock: Clock, node_id: int, *, writes_snapshots: bool = True) -> None:
        self.image: MetadataImage = EMPTY_IMAGE
        log.is_vital = True
        self._log = log
        self._change: MetadataChange | None = None  # that is being stored
        self._clock = clock
        self._node_id = node_id
        self._snapshot_end_offset = 0
        self._writes_snapshots = writes_snapshots
        self._leader_change = bytearray()  # of this start, appended together with the first records
        self._subscribers: list[Subscriber] = []
        self.is_new = False

    @property
    def log(self) -> PartitionLog:
        """The log itself: DescribeQuorum returns its offsets."""
        return self._log

    def subscribe(self, subscriber: Subscriber) -> None:
        """Call `subscriber(delta, image)` after every change, before its reply is known to anyone.

        What takes the subscriber longer it returns as work that was begun; the reply waits for that too.
        """
        self._subscribers.append(subscriber)

    def load(self, snapshot: Snapshot | None = None, quorum_epoch: int = FIRST_LEADER_EPOCH) -> MetadataImage:
        """Replay the log and return the image.

        Args:
            snapshot: the newest one, from which the log is replayed; needed where that does not begin at offset 0.
            quorum_epoch: the epoch in which this node leads, as `quorum-state` has it; later where the log holds
                one as late.

        Raises:
            StorageFault: the log cannot be read.
            ProtocolViolation, ValueError: what it holds is no metadata of Kafka's, or it ends before its snapshot.
        """
        delta = MetadataDelta(EMPTY_IMAGE)
        epoch = 0
        offset = self._log.log_start_offset
        if snapshot is not None:
            if snapshot.end_offset > self._log.end_offset:
                raise ValueError(f"the log ends at {self._log.end_offset}, before its snapshot {snapshot.name}")
            epoch = _replay_batches(snapshot.content, delta, epoch)
            self._snapshot_end_offset = snapshot.end_offset
            offset = max(offset, snapshot.end_offset)
        while offset < self._log.end_offset:
            records = self._log.read(offset, LOAD_BYTES).in_memory
            epoch = _replay_batches(records, delta, epoch)
            offset = _end_offset(records, offset)
        self._lead(max(epoch + 1, quorum_epoch))
        if delta.is_in_transaction:
            self._abort_transaction(delta)
        if delta.configs.unsupported:
            names = ", ".join(sorted(delta.configs.unsupported))
            _logger.warning("configurations that Kafka 4.4 does not have any more are ignored: %s", names)
        self.image = delta.apply(self._log.end_offset, self._log.leader_epoch)
        return self.image

    def _lead(self, epoch: int) -> None:
        """Lead the quorum from here on; that is in the log with whatever is appended first."""
        self._log.lead(epoch)
        message = leader_change(self._node_id)
        self._leader_change = build_control_batch(
            LEADER_CHANGE, message, now_ms=self._clock.now_ms(), leader_epoch=epoch
        )

    def bootstrap(self, min_in_sync_replicas: str, formatted_with: Buffer | None = None) -> None:
        """Turn an empty log into a new cluster with this node as the leader of its quorum; else do nothing.

        Args:
            min_in_sync_replicas: the value that the broker was started with.
            formatted_with: content of `bootstrap.checkpoint`, or of the snapshot at offset 0, None where there is
                neither. The users in it are taken over; the feature levels are ours.

        Raises:
            ProtocolViolation, ValueError: the content is no metadata of Kafka's.
        """
        if self._log.end_offset == 0:
            self.is_new = True
            self._commit_records(bootstrap_records(min_in_sync_replicas, _scram_users(formatted_with or b"")))
            self._log.settle()

    def start_broker(self, registration: BrokerRegistration, static: BrokerConfigs, stopped_epoch: int | None) -> int:
        """Take this broker into service and return its broker epoch, see `cluster.brokers.start_broker`.

        Args:
            static: the properties that the broker was started with.
            stopped_epoch: the broker epoch of the last clean stop, None where that was none.

        Raises:
            ApiError: KAFKA_STORAGE_ERROR.
        """

        def plan(image: MetadataImage) -> Result[int]:
            rules = ElectionRules(image, static, self._node_id)
            base_offset = self._log.end_offset + (1 if self._leader_change else 0)
            return start_broker(image, registration, rules, stopped_epoch=stopped_epoch, base_offset=base_offset)

        broker_epoch = self.commit(plan)
        self._write_snapshot_after(SNAPSHOT_FACTOR_AT_START)
        return broker_epoch

    def stop_broker(self, static: BrokerConfigs) -> None:
        """Take this broker out of service before a clean stop.

        Raises:
            ApiError: the log cannot be written.
        """
        self.commit(lambda image: stop_broker(image, self._node_id, ElectionRules(image, static, self._node_id)))
        self._write_snapshot_after(SNAPSHOT_FACTOR_AT_STOP)

    def _write_snapshot_after(self, factor: int) -> None:
        """Write a snapshot where so many times the records of one were appended since the last one."""
        image = self.image
        if not self._writes_snapshots or image.unread:
            return
        count = image.end_offset - self._snapshot_end_offset
        if count < max(SNAPSHOT_MIN_RECORDS, factor * image.count_entries()):
            return
        try:
            write_snapshot(self._log.store, image, self._clock.now_ms())
        except StorageFault as fault:
            _logger.warning("no snapshot of the metadata was written, the next start replays its whole log: %s", fault)
        else:
            self._snapshot_end_offset = image.end_offset

    def allocate_producer_ids(self) -> tuple[int, int]:
        """Set a block of producer ids aside for this broker and return (first id, how many).

        Raises:
            ApiError: the log cannot be written.
        """
        return self.commit(lambda image: allocate_producer_ids(image, self._node_id))

    def commit(self, plan: Callable[[MetadataImage], Result[Response]]) -> Response:
        """Compute a result from the current image, store its records, replay them and return its response.

        Where the log stores later, this waits for it.

        Raises:
            ApiError: of the plan, or KAFKA_STORAGE_ERROR where the log cannot be written; nothing has changed then.
        """
        self._log.settle()  # the plan is to know what is being stored
        result = plan(self.image)
        if result.records:
            change = self._commit_records(result.records)
            self._log.settle()
            for work in change.finished():
                while not work.is_done:
                    work.run_slice()
                work.result()
        return result.response

    def commit_steps(self, plan: Callable[[MetadataImage], Steps[Result[Response]]]) -> Steps[Response]:
        """Compute a result from the current image in steps and commit it; see `commit`.

        A plan that another change came between is made again; a third one is made at once. The result is committed in
        one step, and the work that subscribers have begun goes on when the steps are not taken any more.

        Args:
            plan: computes the result from an image.

        Raises:
            ApiError: of the plan, or KAFKA_STORAGE_ERROR.
        """
        for _ in range(PLAN_MAX_COUNT - 1):
            yield from self._wait_steps()  # type: ignore[misc]  # see there
            image = self.image
            result = yield from plan(image)
            if self.image is image and self._change is None:
                break
        else:
            yield from self._wait_steps()  # type: ignore[misc]
            result = finish(plan(self.image))
        if result.records:
            change = self._commit_records(result.records)
            if not change.is_done:
                yield change  # type: ignore[misc]
            for work in change.finished():
                while not work.is_done:
                    yield
                work.result()
        return result.response

    def _wait_steps(self) -> SlicedSteps[None]:
        """Wait until no change is being stored.

        Steps have no errands by their type; but those of a commit, where the log stores later, are always driven by a
        work queue.
        """
        while self._change is not None:
            yield self._change

    def _commit_records(self, records: list[Any]) -> MetadataChange:
        """Append records in one write, and replay them once they are stored."""
        delta = MetadataDelta(self.image)
        for record in records:
            delta.replay(record)
        version = self.image.features.metadata_version or SUPPORTED[METADATA_VERSION].finalized
        late = self._append([(None, write_record(record, version)) for record in records])
        change = MetadataChange()
        if late is None:
            change.unfinished = self._publish(delta)
            change.end()
            return change
        self._change = change

        def end() -> None:
            self._change = None
            if isinstance(late.error, StorageFault):
                change.end(_cannot_be_written(late.error))
                return
            self._leader_change = bytearray()
            change.unfinished = self._publish(delta)
            change.end(late.error)

        late.then(end)
        return change

    def _publish(self, delta: MetadataDelta) -> list[SlicedWork[None]]:
        """Make a stored change the image; return what subscribers have begun and not finished."""
        image = self.image = delta.apply(self._log.end_offset, self._log.leader_epoch)
        unfinished = []
        for subscriber in self._subscribers:
            work = subscriber(delta, image)
            if work is not None:
                unfinished.append(work)
        return unfinished

    def _append(self, values: list[tuple[None, bytes]]) -> LateAppend | None:
        """Append record values as one batch, as several where they are many, and once for each start a leader change
        before them.

        Returns None where they are in the log.

        Raises:
            ApiError: KAFKA_STORAGE_ERROR.
        """
        now_ms = self._clock.now_ms()
        batches = self._leader_change
        for first in range(0, len(values), RECORDS_PER_BATCH):
            part = values[first : first + RECORDS_PER_BATCH]
            batches = batches + build_batch(part, now_ms=now_ms, leader_epoch=self._log.leader_epoch)
        try:
            result = self._log.append(memoryview(batches), now_ms=now_ms, is_from_client=False, is_lasting=True)
        except StorageFault as fault:
            raise _cannot_be_written(fault) from fault
        if isinstance(result, AppendResult):
            self._leader_change = bytearray()
            return None
        return result

    def _abort_transaction(self, delta: MetadataDelta) -> None:
        """Write the end of a metadata transaction that was cut short by a crash, for all readers of the log."""
        from kafkalite.protocol.internal_records.abort_transaction_record import AbortTransactionRecord

        record = AbortTransactionRecord(reason="Controller failover")
        self._append([(None, write_record(record, SUPPORTED[METADATA_VERSION].finalized))])
        self._log.settle()
        delta.replay(record)


class MetadataChange(Completion):
    """A change of the metadata on its way into the log; an errand for those who wait for it.

    Attributes:
        error: an ApiError; nothing has changed then.
        unfinished: the work that subscribers have begun and not finished, once it is stored.
    """

    __slots__ = ("unfinished",)

    def __init__(self) -> None:
        super().__init__()
        self.unfinished: list[SlicedWork[None]] = []

    def begin(self, resume: Callable[[], object]) -> None:
        """Call `resume` once the change has ended."""
        self.then(resume)

    def finished(self) -> list[SlicedWork[None]]:
        """Return `unfinished`, or raise `error`; only once the change has ended."""
        assert self.is_done, "the change is not stored yet"
        if self.error is not None:
            raise self.error
        return self.unfinished


def _cannot_be_written(fault: StorageFault) -> ApiError:
    return ApiError(errors.KAFKA_STORAGE_ERROR, f"The metadata log cannot be written: {fault}")


def _replay_batches(buffer: Buffer, delta: MetadataDelta, epoch: int) -> int:
    """Replay the metadata records of some batches and return the leader epoch of the last one."""
    for header in iterate_batches(buffer):
        check_crc(buffer, header)
        epoch = max(epoch, header.partition_leader_epoch)
        if not header.is_control:
            for record in iterate_records(buffer, header):
                if record.value != _NO_OP:
                    delta.replay(read_record(record.value or b""))
    return epoch


def _scram_users(buffer: Buffer) -> list[Any]:
    """Return the records of credentials among the metadata records of some batches."""
    values = (
        record.value or b""
        for header in iterate_batches(buffer)
        if not header.is_control
        for record in iterate_records(buffer, header)
    )
    return [record for record in map(read_record, values) if record.NAME == "UserScramCredentialRecord"]


def _end_offset(buffer: Buffer, offset: int) -> int:
    """Return the offset after the last batch; more than `offset` where there is any."""
    for header in iterate_batches(buffer):
        offset = header.end_offset
    return offset
