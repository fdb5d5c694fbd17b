"""The partition logs of one log directory: opening, creation, deletion, checkpoints and close.

Source: LogManager, CleanShutdownFileHandler.
"""

from __future__ import annotations

from contextlib import suppress
from logging import ERROR, WARNING, getLogger
from typing import TYPE_CHECKING

from kafkalite.log.checkpoint_files import CheckpointFiles, read_topic_id
from kafkalite.log.checkpoints import (
    CLEAN_SHUTDOWN_FILE,
    HIGH_WATERMARK_FILE,
    LOG_START_OFFSET_FILE,
    PARTITION_METADATA_FILE,
    RECOVERY_POINT_FILE,
    decode_clean_shutdown,
    encode_clean_shutdown,
    encode_partition_metadata,
)
from kafkalite.log.disk_health import DiskHealth
from kafkalite.log.recovery import open_partition_log
from kafkalite.log.retention_task import RetentionTask
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import FLUSH_TOGETHER_MIN_COUNT
from kafkalite.model.steps import finish
from kafkalite.model.uuids import uuid_to_text
from kafkalite.storage.directory_names import DELETE_SUFFIX, marked_directory_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.log.config import LogConfig
    from kafkalite.log.flush import FlushJob
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.model.steps import Steps
    from kafkalite.storage.interface import LogDirectory, PartitionStore
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

STRAY_SUFFIX = "-stray"
FUTURE_SUFFIX = "-future"
ZERO_UUID = bytes(16)
_log = getLogger("kafkalite.log")


def parse_directory_name(name: str) -> TopicPartition | None:
    """Return the partition of a directory name; None if it is not the name of a partition's directory."""
    topic, dash, partition = name.rpartition("-")
    if not dash or not topic or not partition.isdigit() or "." in partition:
        return None
    return TopicPartition(topic, int(partition))


class LogManager:
    """The logs of this broker.

    Args:
        directory: already locked; `close_all` closes it.
        default_config: for topics without settings.
        producer_id_expiration_ms: `producer.id.expiration.ms`.
        run_flush: called with each flush that may take long; has to call its `run` and then, in the thread of the logs,
            its `complete`. By default both are called at once.
        run_later: called with work in steps that may end later. By default it is done at once.

    Attributes:
        broker_epoch: for the marker of a clean stop, by which a Kafka controller recognises the stop; -1 for none.
        stopped_broker_epoch: from the marker of the last clean stop; None without one, and until the first log is
            opened.
        by_partition: all logs; always the same dictionary, which only this manager changes.
        health: of the directory: handles its faults.
        retention: deletes expired segments and files.
        on_upkeep_needed: called when `run_upkeep` has work to do, possibly several times.

    Nothing is read or changed before the first log is opened, so that the owner of the directory can be checked first.
    """

    __slots__ = (
        "_clock",
        "_entropy",
        "_files",
        "_high_watermarks",
        "_is_begun",
        "_log_start_offsets",
        "_recovery_points",
        "_strays",
        "_to_reload",
        "_uncreated",
        "_was_clean",
        "broker_epoch",
        "by_partition",
        "default_config",
        "directory",
        "health",
        "on_upkeep_needed",
        "producer_id_expiration_ms",
        "retention",
        "run_flush",
        "run_later",
        "stopped_broker_epoch",
    )

    def __init__(
        self,
        directory: LogDirectory,
        clock: Clock,
        entropy: Entropy,
        default_config: LogConfig,
        *,
        producer_id_expiration_ms: int = 86_400_000,
        run_flush: Callable[[FlushJob], None] | None = None,
        run_later: Callable[[Steps[None]], object] = finish,
    ) -> None:
        self.directory = directory
        self.broker_epoch = -1
        self.default_config = default_config
        self.producer_id_expiration_ms = producer_id_expiration_ms
        self._clock = clock
        self._entropy = entropy
        self.run_flush = run_flush or _run_at_once
        self.run_later = run_later
        self.by_partition: dict[TopicPartition, PartitionLog] = {}
        self._is_begun = False
        self._was_clean = False
        self.stopped_broker_epoch: int | None = None
        self._recovery_points: dict[TopicPartition, int] = {}
        self._log_start_offsets: dict[TopicPartition, int] = {}
        self._high_watermarks: dict[TopicPartition, int] = {}
        self._strays: dict[str, str] = {}
        self._uncreated: dict[TopicPartition, tuple[bytes, LogConfig, int]] = {}
        self._to_reload: set[TopicPartition] = set()
        self.on_upkeep_needed: Callable[[], None] | None = None
        self.health = DiskHealth(directory.path, clock)
        self._files = CheckpointFiles(directory, self.health)
        self.retention = RetentionTask(self.by_partition, clock, self.health, self._ask_for_upkeep)
        self.health.take_offline = self._take_offline
        self.health.reload = self._reload_later

    # ---- looking ---------------------------------------------------------------------------------------------------

    def get(self, topic_partition: TopicPartition) -> PartitionLog | None:
        """Return the log of a partition; None for none."""
        return self.by_partition.get(topic_partition)

    def logs(self) -> Iterable[PartitionLog]:
        """Return all logs, in no particular order."""
        return self.by_partition.values()

    @property
    def was_clean(self) -> bool:
        """Return whether the last broker closed this directory cleanly; False until the first log is opened."""
        return self._was_clean

    # ---- opening ---------------------------------------------------------------------------------------------------

    def open_all(
        self,
        expected: Callable[[TopicPartition, bytes], LogConfig | None],
        identify: Callable[[TopicPartition], bytes] = lambda topic_partition: ZERO_UUID,
        leader_epoch_of: Callable[[TopicPartition], int] = lambda topic_partition: 0,
    ) -> list[str]:
        """Open every expected partition, and rename the other directories as strays.

        Args:
            expected: called with a partition and its topic id (zero if its directory has none), returns its settings,
                or None if the cluster has no such partition: its directory is then renamed as a stray.
            identify: returns the topic id for a directory without one, zero for none. A power loss may destroy the id
                of a young partition, which is written without a flush, and leave its records.
            leader_epoch_of: returns the partition's epoch in the metadata, for the lease of the files.

        Returns:
            The new names of the strays.

        Raises:
            StorageFault: a log cannot be opened or recovered.
        """
        self._begin()
        strays = []
        for name in sorted(self.directory.partitions()):
            topic_partition = parse_directory_name(name)
            if topic_partition is None:
                self._note_other_directory(name)
                continue
            if topic_partition in self.by_partition:
                continue
            store = self.directory.open(name, epoch=leader_epoch_of(topic_partition))
            topic_id = read_topic_id(store)
            if topic_id == ZERO_UUID:
                topic_id = identify(topic_partition)
                if topic_id != ZERO_UUID:
                    _log.warning(
                        "%s: %s/%s cannot be read and is rewritten with the topic's id",
                        topic_partition,
                        store.path,
                        PARTITION_METADATA_FILE,
                    )
                    store.replace(PARTITION_METADATA_FILE, encode_partition_metadata(topic_id), durable=False)
            config = expected(topic_partition, topic_id)
            if config is None:
                strays.append(self._put_aside(name, topic_id))
            else:
                self._open(topic_partition, topic_id, config, store)
        return strays

    def create(
        self,
        topic_partition: TopicPartition,
        topic_id: bytes,
        config: LogConfig,
        *,
        leader_epoch: int = 0,
        is_known: bool = False,
    ) -> PartitionLog:
        """Return the log of a partition, creating it if there is none.

        A directory of that name with another topic id is renamed as a stray first.

        Args:
            leader_epoch: for the lease of the files.
            is_known: the partition existed before this start, so that a missing directory is a loss.

        Raises:
            StorageFault: the log cannot be created or opened.
        """
        log = self.by_partition.get(topic_partition)
        if log is not None:
            return log
        self._begin()
        name = str(topic_partition)
        if is_known:
            self._note_missing(topic_partition)
        self.directory.create(name)
        store = self.directory.open(name, epoch=leader_epoch)
        try:
            stored_id = read_topic_id(store)
            if stored_id not in (topic_id, ZERO_UUID):
                self._put_aside(name, stored_id)
                self._forget_checkpoints(topic_partition)
                self.directory.create(name)
                store = self.directory.open(name, epoch=leader_epoch)
                stored_id = ZERO_UUID
            if stored_id == ZERO_UUID:
                self._forget_checkpoints(topic_partition)  # of an earlier partition of that name
                if topic_id != ZERO_UUID:
                    store.replace(PARTITION_METADATA_FILE, encode_partition_metadata(topic_id), durable=False)
            return self._open(topic_partition, topic_id, config, store)
        except StorageFault:
            store.close()  # or the next attempt would find the partition still open
            raise

    def create_or_retry(
        self, topic_partition: TopicPartition, topic_id: bytes, config: LogConfig, leader_epoch: int
    ) -> PartitionLog | None:
        """Return the log of a partition; None if the disk refuses to create it: `run_upkeep` then tries again."""
        try:
            log = self.create(topic_partition, topic_id, config, leader_epoch=leader_epoch)
        except StorageFault as fault:
            self._uncreated[topic_partition] = topic_id, config, leader_epoch
            self.health.report(f"creating {topic_partition}", fault, "the partition is unknown until it can be created")
            self._ask_for_upkeep()
            return None
        log.leader_epoch = leader_epoch
        self.health.note_recovery(f"creating {topic_partition}")
        return log

    def _open(
        self, topic_partition: TopicPartition, topic_id: bytes, config: LogConfig, store: PartitionStore
    ) -> PartitionLog:
        try:
            log = self._recover(topic_partition, topic_id, config, store, self._was_clean)
        except StorageFault as fault:
            if not self._was_clean or fault.is_failure or fault.is_shortage:
                raise
            _log.error("%s was closed cleanly but cannot be read, recovering it: %s", topic_partition, fault)
            log = self._recover(topic_partition, topic_id, config, store, False)
        return self._take_in(log)

    def _take_in(self, log: PartitionLog) -> PartitionLog:
        self.by_partition[log.topic_partition] = log
        self.retention.note_removed_files(log)
        return log

    def recover_again(self, topic_partition: TopicPartition) -> PartitionLog:
        """Reopen a log with a check of all of its files, because files that were trusted turned out to be damaged.

        Raises:
            StorageFault: the log cannot be recovered.
        """
        log = self.by_partition[topic_partition]
        log.close(clean=False)
        self._recovery_points.pop(topic_partition, None)
        return self._reopen(log)

    def _reload_later(self, topic_partition: TopicPartition) -> None:
        self._to_reload.add(topic_partition)
        self._ask_for_upkeep()

    def _reload(self, topic_partition: TopicPartition) -> None:
        """Reopen a log that has lost appends; after a failure it stays offline, and is tried again."""
        log = self.by_partition.get(topic_partition)
        if log is None or not log.is_offline:
            return
        try:
            log.close(clean=False)
            self._recovery_points[topic_partition] = min(log.recovery_point, log.end_offset)
            self._log_start_offsets[topic_partition] = log.log_start_offset
            self._high_watermarks[topic_partition] = log.high_watermark
            self._reopen(log).leader_epoch = log.leader_epoch
        except StorageFault as fault:
            self.health.report(f"reopening {topic_partition}", fault, "appends are refused; it is tried again")
            self._reload_later(topic_partition)
        else:
            self.health.note_recovery(str(topic_partition))
            self.health.note_recovery(f"reopening {topic_partition}")

    def _reopen(self, log: PartitionLog) -> PartitionLog:
        store = self.directory.open(str(log.topic_partition), epoch=log.leader_epoch)
        try:
            return self._take_in(self._recover(log.topic_partition, log.topic_id, log.config, store, False))
        except StorageFault:
            store.close()
            raise

    def _note_missing(self, topic_partition: TopicPartition) -> None:
        high_watermark = self._high_watermarks.pop(topic_partition, 0)
        name = str(topic_partition)
        what = f"its directory {self.directory.path}/{name} is missing"
        if name in self._strays:
            what = f"its directory belongs to another topic and was renamed to {self._strays[name]}"
        if high_watermark:
            what += f": acknowledged offsets 0 to {high_watermark - 1} are lost"
        _log.log(ERROR if high_watermark else WARNING, "%s: %s; the partition is created again, empty", name, what)

    def _recover(
        self,
        topic_partition: TopicPartition,
        topic_id: bytes,
        config: LogConfig,
        store: PartitionStore,
        was_clean: bool,
    ) -> PartitionLog:
        return open_partition_log(
            topic_partition,
            topic_id,
            config,
            store,
            clock=self._clock,
            entropy=self._entropy,
            was_clean=was_clean,
            log_start_offset=self._log_start_offsets.get(topic_partition, 0),
            recovery_point=self._recovery_points.get(topic_partition, 0),
            producer_id_expiration_ms=self.producer_id_expiration_ms,
            high_watermark=self._high_watermarks.get(topic_partition, 0),
            health=self.health,
        )

    def _begin(self) -> None:
        """Remove the marker of a clean stop: from here on only `close_all` makes the next start a clean one."""
        if self._is_begun:
            return
        self._recovery_points = self._files.read(RECOVERY_POINT_FILE, "every log is checked from its beginning")
        self._log_start_offsets = self._files.read(LOG_START_OFFSET_FILE, "deleted records may come back")
        self._high_watermarks = self._files.read(HIGH_WATERMARK_FILE, "the acknowledged offsets are unknown")
        self._is_begun = True
        marker = self.directory.read_root(CLEAN_SHUTDOWN_FILE)
        self._was_clean = marker is not None
        if marker is not None:
            self.stopped_broker_epoch = decode_clean_shutdown(marker)
            self.directory.remove_root(CLEAN_SHUTDOWN_FILE)

    def _note_other_directory(self, name: str) -> None:
        if name.endswith(DELETE_SUFFIX):
            self.directory.schedule_removal(name)
        elif not name.endswith((STRAY_SUFFIX, FUTURE_SUFFIX)):
            _log.warning("%s/%s does not have the name of a partition and is ignored", self.directory.path, name)

    def _put_aside(self, name: str, topic_id: bytes) -> str:
        stray_name = marked_directory_name(name, STRAY_SUFFIX, self._entropy)
        self.directory.rename(name, stray_name)
        _log.warning(
            "%s (topic id %s) belongs to no partition of this cluster, renamed to %s",
            name,
            uuid_to_text(topic_id),
            stray_name,
        )
        self._strays[name] = stray_name
        return stray_name

    # ---- changing --------------------------------------------------------------------------------------------------

    def update_config(self, topic: str, config: LogConfig) -> None:
        """Change the settings of all logs of a topic."""
        for topic_partition, log in self.by_partition.items():
            if topic_partition.topic == topic:
                log.update_config(config)

    def delete(self, topic_partition: TopicPartition) -> bool:
        """Delete a partition, and return whether it existed; the next `run_removals` removes its files.

        Faults of the disk are reported, not raised.
        """
        self._uncreated.pop(topic_partition, None)
        log = self.by_partition.pop(topic_partition, None)
        if log is None:
            return False
        self._forget_checkpoints(topic_partition)
        self.health.forget(str(topic_partition))
        with suppress(StorageFault):  # its files are about to be removed
            log.close(clean=False)
        try:
            if log.is_start_above_first_segment:  # a later partition of that name must not start there
                self.checkpoint_log_starts()
            self.directory.schedule_removal(str(topic_partition))
        except StorageFault as fault:
            self.health.report(f"removing {topic_partition}", fault, "its files stay until the next start, as a stray")
        return True

    def run_removals(self) -> int:
        """Remove the files of deleted partitions and return the number of these partitions.

        Failures are reported, and the next call tries again.
        """
        return self._run_removals()

    def _run_removals(self, max_count: int | None = None) -> int:
        try:
            return self.directory.run_removals(max_count)
        except StorageFault as fault:
            self.health.report("removing deleted partitions", fault, "their files stay; the removal is tried again")
            return 0

    @property
    def needs_upkeep(self) -> bool:
        """Return whether `run_upkeep` has work to do, now or later."""
        return bool(self.retention.has_removed_files or self._uncreated or self._to_reload)

    def run_upkeep(self) -> None:
        """Do the work that is due or may now succeed; to be called about every second while `needs_upkeep`."""
        self.retention.delete_removed_files()
        to_reload, self._to_reload = self._to_reload, set()
        for topic_partition in sorted(to_reload):
            self._reload(topic_partition)
        for topic_partition, (topic_id, config, leader_epoch) in list(self._uncreated.items()):
            del self._uncreated[topic_partition]
            if self.create_or_retry(topic_partition, topic_id, config, leader_epoch) is None:
                break

    def _take_offline(self, fault: StorageFault) -> None:
        for log in self.by_partition.values():
            log.take_offline(fault)

    def _ask_for_upkeep(self) -> None:
        if self.on_upkeep_needed is not None:
            self.on_upkeep_needed()

    def note_deleted(self) -> None:
        """Store the deletion of partitions, so that later ones of the same names do not inherit their checkpoints."""
        self._files.try_to_write(HIGH_WATERMARK_FILE, self._current_high_watermarks(), durable=False)

    def _removal_steps(self) -> Steps[None]:
        """Remove the files of deleted partitions, one partition per step; see `run_removals` for failures."""
        while self._run_removals(max_count=1):
            yield

    def _forget_checkpoints(self, topic_partition: TopicPartition) -> None:
        self._recovery_points.pop(topic_partition, None)
        self._log_start_offsets.pop(topic_partition, None)
        self._high_watermarks.pop(topic_partition, None)

    def expire_producers(self) -> int:
        """Forget producers without a write for `producer.id.expiration.ms`, and return their number."""
        now_ms = self._clock.now_ms()
        return sum(log.producer_state.remove_expired(now_ms) for log in self.by_partition.values())

    def expire_producers_after(self, expiration_ms: int) -> None:
        """Change `producer.id.expiration.ms` of every present and future log."""
        self.producer_id_expiration_ms = expiration_ms
        for log in self.by_partition.values():
            log.producer_state.producer_id_expiration_ms = expiration_ms

    # ---- durability ------------------------------------------------------------------------------------------------

    def flush_due(self) -> int:
        """Flush the logs whose `flush.ms` has passed since their first unflushed append, and return their number."""
        now_ms = self._clock.now_ms()
        due = [
            log
            for log in self.by_partition.values()
            if not log.is_offline and log.has_unflushed and now_ms - log.unflushed_since_ms >= log.config.flush_ms
        ]
        for log in due:
            self._flush(log, log.end_offset)
        return len(due)

    def checkpoint(self) -> None:
        """Flush rolled segments, and store the recovery point and start offset of each log.

        Also removes the files of deleted partitions, which may continue after the return. Failures are reported, and
        the next checkpoint tries again.
        """
        for log in list(self.by_partition.values()):
            if not log.is_offline and log.has_unflushed_sealed:
                self._flush(log, log.active_base_offset)
        for name, offsets in self._checkpoints():
            self._files.try_to_write(name, offsets)
        self.run_later(self._removal_steps())

    def _flush(self, log: PartitionLog, up_to_offset: int) -> None:
        with suppress(StorageFault):  # the log has reported it
            job = log.begin_flush(up_to_offset)
            if job is not None:
                self.run_flush(job)

    def checkpoint_log_starts(self) -> None:
        """Store the start offset of each log that does not start at its first segment.

        Raises:
            StorageFault: the checkpoint cannot be written.
        """
        self._files.write(LOG_START_OFFSET_FILE, self._current_log_starts())

    def _current_log_starts(self) -> dict[TopicPartition, int]:
        logs = self.by_partition.items()
        return {tp: log.log_start_offset for tp, log in logs if log.is_start_above_first_segment}

    def _current_high_watermarks(self) -> dict[TopicPartition, int]:
        return {tp: log.high_watermark for tp, log in self.by_partition.items()}

    def _checkpoints(self) -> list[tuple[str, dict[TopicPartition, int]]]:
        return [
            (RECOVERY_POINT_FILE, {tp: log.recovery_point for tp, log in self.by_partition.items()}),
            (LOG_START_OFFSET_FILE, self._current_log_starts()),
            (HIGH_WATERMARK_FILE, self._current_high_watermarks()),
        ]

    def _flush_together(self) -> None:
        """Flush the whole directory at once if many logs need a flush, since one by one costs several flushes each."""
        unflushed = [log for log in self.by_partition.values() if _is_finished(log)]
        if len(unflushed) >= FLUSH_TOGETHER_MIN_COUNT:
            try:
                self.directory.flush_all()
            except StorageFault:
                return  # the flush of each log then reports the files concerned
            for log in unflushed:
                log.mark_flushed()

    def close_all(self, *, clean: bool = True) -> bool:
        """Close every log and then the directory, and return whether the next start will be a clean one.

        The marker of a clean stop is written if every step succeeded. Faults are logged, not raised.

        Args:
            clean: False leaves all files as they are; the next start recovers them.
        """
        is_clean = clean and self._is_begun
        if is_clean:
            self._flush_together()
        for log in self.by_partition.values():
            try:
                log.close(clean=clean)
            except StorageFault as fault:
                is_clean = False
                _log.error("%s was not closed cleanly: %s", log.topic_partition, fault)
        try:
            if clean and self._is_begun:
                for name, offsets in self._checkpoints():
                    self._files.write(name, offsets)
                self.run_removals()
            if is_clean:
                self.directory.replace_root(CLEAN_SHUTDOWN_FILE, encode_clean_shutdown(self.broker_epoch))
        except StorageFault as fault:
            is_clean = False
            _log.error("the checkpoints of %s were not written: %s", self.directory.path, fault)
        self.by_partition.clear()
        self.directory.close()
        return is_clean


def _is_finished(log: PartitionLog) -> bool:
    """Finish a log for its close, and return whether that succeeded and left something to flush."""
    try:
        return log.finish()
    except StorageFault:
        return False  # the close meets the same fault and reports it


def _run_at_once(job: FlushJob) -> None:
    job.run()
    job.complete()
