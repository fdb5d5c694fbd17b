"""Opening of a partition's files after any stop: one path for a clean start, a crash and a new partition.

After a clean stop only names, checkpoints and the tail of the last segment are read. After a crash every segment from
the one with the recovery point on is read and checked: the log is cut at the first torn or misplaced batch, and
indexes, producers and epochs are rebuilt from the rest. Earlier segments were flushed whole, and are trusted. The
removed part is set aside: its files end in `.deleted` and are kept for `file.delete.delay.ms`.

If the segment after a damaged end begins at exactly the offset of the cut, no record is missing and the log continues;
Kafka removes everything after the cut.

Source: LogLoader, LogSegment.recover, UnifiedLog.rebuildProducerState.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.batch_scan import read_batch, scan_headers
from kafkalite.log.checkpoints import (
    LEADER_EPOCH_FILE,
    PARTITION_METADATA_FILE,
    CorruptCheckpoint,
    decode_leader_epochs,
    encode_leader_epochs,
)
from kafkalite.log.epoch_cache import LeaderEpochCache
from kafkalite.log.markers import read_marker
from kafkalite.log.offset_index import OFFSET_INDEX_SUFFIX
from kafkalite.log.partition_log import PartitionLog
from kafkalite.log.producer_snapshot import SNAPSHOT_SUFFIX
from kafkalite.log.producer_state import ProducerStateManager
from kafkalite.log.recovery_report import RecoveryReport
from kafkalite.log.removed_files import DELETED_SUFFIX
from kafkalite.log.results import LoadedLog
from kafkalite.log.segment import INDEX_SUFFIXES, LOG_SUFFIX, Segment, segment_file_name
from kafkalite.log.segment_recovery import SegmentRecovery
from kafkalite.log.segments import Segments
from kafkalite.log.snapshot_files import SnapshotFiles
from kafkalite.log.swap_files import CLEANED_SUFFIX, OFFSET_DIGIT_COUNT, begins_with_offset, finish_swaps
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.log.config import LogConfig
    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.log.epoch_cache import EpochEntry
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.records.batch import BatchHeader
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

TEMPORARY_SUFFIX = ".tmp"
_SMALL_FILES = {PARTITION_METADATA_FILE, LEADER_EPOCH_FILE}


def open_partition_log(
    topic_partition: TopicPartition,
    topic_id: bytes,
    config: LogConfig,
    store: PartitionStore,
    *,
    clock: Clock,
    entropy: Entropy,
    was_clean: bool,
    log_start_offset: int = 0,
    recovery_point: int = 0,
    producer_id_expiration_ms: int = 86_400_000,
    high_watermark: int = 0,
    health: DiskHealth | None = None,
) -> PartitionLog:
    """Open a partition's log, and repair its files if the last stop was not a clean one.

    Args:
        store: of the partition; may be empty.
        was_clean: whether the last holder closed the log cleanly.
        log_start_offset: from the checkpoint, 0 for none.
        recovery_point: from the checkpoint, 0 for none; used only after a crash.
        health: of the log directory; None for a log without one.
        high_watermark: from the checkpoint, 0 for none; records before it were acknowledged.

    Every unexpected finding is logged, see `recovery_report`.

    Raises:
        StorageFault: the files cannot be read or repaired.
    """
    report = RecoveryReport(topic_partition, store.path, high_watermark, config.file_delete_delay_ms)
    loader = _Loader(topic_partition, config, store, clock, entropy, producer_id_expiration_ms, report)
    loaded = loader.load(was_clean, log_start_offset, recovery_point)
    log = PartitionLog(topic_partition, topic_id, config, store, loaded, clock=clock, entropy=entropy, health=health)
    if log.end_offset - log.recovery_point >= config.flush_messages:
        # Unflushed records of a killed process are served from here on, and acknowledged to a producer that sends them
        # again: a power cut must not lose them.
        log.flush()
    return log


class _Loader:
    """The opening of one log."""

    def __init__(
        self,
        topic_partition: TopicPartition,
        config: LogConfig,
        store: PartitionStore,
        clock: Clock,
        entropy: Entropy,
        producer_id_expiration_ms: int,
        report: RecoveryReport,
    ) -> None:
        self._report = report
        self._set_aside: list[str] = []
        self._topic_partition = topic_partition
        self._config = config
        self._store = store
        self._now_ms = clock.now_ms()
        self._entropy = entropy
        self._producers = ProducerStateManager(producer_id_expiration_ms)
        self._names = set(store.list())
        self._segments: list[Segment] = []
        self._epochs = LeaderEpochCache()
        self._stored_epochs: list[EpochEntry] = []
        self._snapshots = self._find_snapshots()
        self._is_changed = False
        self._are_epochs_lost = False

    def load(self, was_clean: bool, log_start_offset: int, recovery_point: int) -> LoadedLog:
        """Return the log according to its files, after repairs."""
        if finish_swaps(self._store, self._names):
            self._names = set(self._store.list())
            self._snapshots = self._find_snapshots()
        self._remove_leftovers()
        self._find_segments()
        self._load_epochs()
        dirty = self._find_dirty(was_clean, recovery_point)
        if not len(self._epochs) and (dirty or self._are_epochs_lost):
            self._read_epochs(self._segments[: len(self._segments) - len(dirty)])
        if self._segments:
            log_start_offset = max(log_start_offset, self._segments[0].base_offset)
        if dirty:
            end_offset = self._recover(dirty, log_start_offset)
        else:
            end_offset = self._segments[-1].read_end_offset() if self._segments else log_start_offset
        if end_offset < log_start_offset:  # files were lost: offsets before the log start are no longer served
            if self._segments:
                self._report.note_start_beyond_end(log_start_offset, end_offset, self._segments)
                self._put_aside(self._segments)
            self._producers.reset()
            end_offset = log_start_offset
        self._report.note_end(end_offset)
        if not self._segments:
            self._add_first_segment(end_offset)
        if not dirty:
            self._load_producers(log_start_offset, end_offset, is_believed_without=was_clean)
        self._settle_epochs(log_start_offset, end_offset)
        self._snapshots.remove_strays([segment.base_offset for segment in self._segments])
        return LoadedLog(
            segments=Segments(self._segments),
            end_offset=end_offset,
            log_start_offset=log_start_offset,
            recovery_point=end_offset if was_clean and not dirty else min(recovery_point, end_offset),
            epoch_cache=self._epochs,
            producer_state=self._producers,
            snapshots=self._snapshots,
            unflushed_files=() if was_clean and not self._is_changed else self._names & _SMALL_FILES,
            is_changed=self._is_changed or bool(dirty),
            set_aside=self._set_aside,
            told_gaps=self._report.gaps,
        )

    # ---- files -----------------------------------------------------------------------------------------------------

    def _remove_leftovers(self) -> None:
        """Remove the files of an interrupted removal, write or compaction, whose originals still exist."""
        suffixes = (DELETED_SUFFIX, CLEANED_SUFFIX, TEMPORARY_SUFFIX)
        for name in [name for name in self._names if name.endswith(suffixes) and begins_with_offset(name)]:
            self._remove(name)
        for name in (LEADER_EPOCH_FILE + TEMPORARY_SUFFIX, PARTITION_METADATA_FILE + TEMPORARY_SUFFIX):
            if name in self._names:
                self._remove(name)

    def _find_segments(self) -> None:
        base_offsets = sorted(
            int(name[:OFFSET_DIGIT_COUNT])
            for name in self._names
            if name.endswith(LOG_SUFFIX) and begins_with_offset(name)
        )
        jitter_ms = self._config.draw_segment_jitter_ms(self._entropy)
        for base_offset in base_offsets:
            segment = Segment(
                self._store,
                base_offset,
                self._config,
                created_ms=self._now_ms,
                jitter_ms=jitter_ms,
                existing=self._names,
            )
            self._segments.append(segment)
        logs = {f"{base_offset:0{OFFSET_DIGIT_COUNT}d}" for base_offset in base_offsets}
        orphans = [
            name
            for name in self._names
            if name.endswith(INDEX_SUFFIXES) and begins_with_offset(name) and name[:OFFSET_DIGIT_COUNT] not in logs
        ]
        for name in orphans:
            self._remove(name)

    def _add_first_segment(self, base_offset: int) -> None:
        jitter_ms = self._config.draw_segment_jitter_ms(self._entropy)
        self._segments.append(
            Segment(self._store, base_offset, self._config, created_ms=self._now_ms, jitter_ms=jitter_ms, size=0)
        )
        self._is_changed = True

    def _find_dirty(self, was_clean: bool, recovery_point: int) -> list[Segment]:
        """Return the segments that cannot be trusted, in order: all from the first such one on."""
        for index, segment in enumerate(self._segments):
            following = self._segments[index + 1].base_offset if index + 1 < len(self._segments) else None
            holds_recovery_point = not was_clean and (following is None or following > recovery_point)
            is_index_lost = segment.is_index_missing and segment.size > 0
            if is_index_lost and not holds_recovery_point:
                name = segment_file_name(segment.base_offset, OFFSET_INDEX_SUFFIX)
                self._report.note_rebuilt(name, "it is missing", segment.log_name)
            if holds_recovery_point or is_index_lost:
                return self._segments[index:]
        return []

    def _put_aside(self, segments: list[Segment]) -> None:
        """Remove segments from the end of the log; their files are kept for a while under other names."""
        for segment in reversed(segments):
            for name in reversed(segment.file_names()):
                if name in self._names:
                    self._store.rename(name, name + DELETED_SUFFIX)
                    self._names.discard(name)
                    self._set_aside.append(name + DELETED_SUFFIX)
            self._snapshots.remove(segment.base_offset)
        self._segments = self._segments[: len(self._segments) - len(segments)]

    def _remove(self, name: str) -> None:
        self._store.remove(name)
        self._names.discard(name)

    # ---- batches ---------------------------------------------------------------------------------------------------

    def _recover(self, dirty: list[Segment], log_start_offset: int) -> int:
        """Check and rebuild segments, cut the log at its valid end, and return the end offset."""
        start_offset = dirty[0].base_offset
        self._load_producers(log_start_offset, start_offset, is_believed_without=False)
        end_offset = start_offset
        for index, segment in enumerate(dirty):
            if index and segment.base_offset > end_offset:
                if not self._config.is_compacted:
                    self._report.note_gap(end_offset, segment.base_offset)
                end_offset = segment.base_offset
            if segment.base_offset != end_offset and index:  # no log writes such segments
                self._report.note_overlap(segment, end_offset, dirty[index:])
                self._put_aside(dirty[index:])
                break
            if segment.base_offset > 0:
                self._snapshots.take(segment.base_offset, self._producers)
            recovery = SegmentRecovery(self._store, segment, self._producers, self._epochs, self._topic_partition)
            end_offset = recovery.run()
            if self._is_cut(recovery, segment, end_offset, dirty[index + 1 :]):
                break
            if segment is not dirty[-1]:
                segment.seal()
        return end_offset

    def _is_cut(self, recovery: SegmentRecovery, segment: Segment, end_offset: int, following: list[Segment]) -> bool:
        """Return whether the log ends with a recovered segment, in which case the later segments are set aside."""
        damage = recovery.damage
        if damage is None:
            return False
        if recovery.copy_name:
            self._set_aside.append(recovery.copy_name)
        is_continued = bool(following) and following[0].base_offset == end_offset
        removed = [] if is_continued else following
        self._report.note_cut(
            segment, damage, end_offset, removed=removed, copy_name=recovery.copy_name, is_continued=is_continued
        )
        self._put_aside(removed)
        return not is_continued

    # ---- producers -------------------------------------------------------------------------------------------------

    def _find_snapshots(self) -> SnapshotFiles:
        names = [name for name in self._names if name.endswith(SNAPSHOT_SUFFIX) and begins_with_offset(name)]
        return SnapshotFiles(self._store, [int(name[:OFFSET_DIGIT_COUNT]) for name in names])

    def _load_producers(self, log_start_offset: int, end_offset: int, *, is_believed_without: bool) -> None:
        """Restore the state of the producers at `end_offset`, from the nearest snapshot and the batches after it.

        Args:
            is_believed_without: whether the absence of snapshots means that there are no producers; otherwise the
                batches are read.
        """
        self._snapshots.remove_after(end_offset)
        if is_believed_without and not len(self._snapshots):
            return
        snapshot_offset = self._snapshots.load_latest(self._producers, log_start_offset, now_ms=self._now_ms)
        start_offset = log_start_offset if snapshot_offset is None else snapshot_offset
        if start_offset < end_offset:
            self._replay(start_offset, end_offset)

    def _replay(self, start_offset: int, end_offset: int) -> None:
        for segment in Segments(self._segments).since(start_offset):
            if segment.base_offset >= end_offset:
                break
            start = segment.offset_index.find_position(start_offset)
            for header in scan_headers(self._store, segment.log_name, start, segment.size):
                if header.base_offset >= end_offset:
                    break
                if header.producer_id >= 0 and header.base_offset >= start_offset:
                    self._replay_batch(segment, header)

    def _replay_batch(self, segment: Segment, header: BatchHeader) -> None:
        if not header.is_control:
            self._producers.replay(header)
            return
        data, header_in_data = read_batch(self._store, segment.log_name, header)
        try:
            marker = read_marker(data, header_in_data)
        except ApiError:
            return  # valid once, or it would not be here; a start cannot repair it
        if marker is not None:
            self._producers.replay_marker(header, marker)

    # ---- epochs ----------------------------------------------------------------------------------------------------

    def _load_epochs(self) -> None:
        if LEADER_EPOCH_FILE in self._names:
            try:
                self._stored_epochs = decode_leader_epochs(self._store.read_whole(LEADER_EPOCH_FILE))
                self._epochs = LeaderEpochCache(self._stored_epochs)
            except (CorruptCheckpoint, ValueError) as problem:  # a power loss may tear it: it is not flushed
                self._remove(LEADER_EPOCH_FILE)
                self._are_epochs_lost = True
                self._report.note_rebuilt(LEADER_EPOCH_FILE, problem, "the batches")

    def _read_epochs(self, segments: list[Segment]) -> None:
        """Read the epochs from every batch of whole segments, because the file of epochs was lost."""
        for segment in segments:
            for header in scan_headers(self._store, segment.log_name, 0, segment.size):
                if header.partition_leader_epoch > self._epochs.latest_epoch:
                    self._epochs.assign(header.partition_leader_epoch, header.base_offset)

    def _settle_epochs(self, log_start_offset: int, end_offset: int) -> None:
        self._epochs.truncate_from_end(end_offset)
        self._epochs.truncate_from_start(log_start_offset)
        entries = self._epochs.entries()
        if entries != self._stored_epochs:
            self._store.replace(LEADER_EPOCH_FILE, encode_leader_epochs(entries), durable=False)
            self._names.add(LEADER_EPOCH_FILE)


def _is_offset(name: str) -> bool:
    """Return whether a file name begins with an offset, as those of segments and snapshots do."""
    return name[:OFFSET_DIGIT_COUNT].isdigit() and name[OFFSET_DIGIT_COUNT : OFFSET_DIGIT_COUNT + 1] == "."
