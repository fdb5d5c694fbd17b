"""The start of a log, and the deletion of the segments whose retention has ended.

Source: UnifiedLog.maybeIncrementLogStartOffset, UnifiedLog.deleteOldSegments.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.log.epoch_file import EpochFile
from kafkalite.log.flush import FlushableLog
from kafkalite.log.removed_files import RemovedFiles
from kafkalite.log.retention import before_start, count_deletable, over_size, too_old
from kafkalite.log.segment import segment_names
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.log.config import LogConfig
    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.log.log_reader import LogReader
    from kafkalite.log.results import LoadedLog
    from kafkalite.log.retention import Breach
    from kafkalite.log.segment import Segment
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.system.clock import Clock

DELETED_AT_ONCE_MAX_COUNT = 20
"""Limit of the segments that one call deletes for one reason; the next call continues."""

CLOCK_SKEW_MAX_MS = 3_600_000
"""Future timestamps within this distance from the clock are not logged: Kafka accepts them by default."""

_log = getLogger("kafkalite.log")


class RetainedLog(FlushableLog):
    """The start of a log; a base of `PartitionLog`.

    Attributes:
        config: the settings; the next retention uses new ones.
        high_watermark: consumers read up to here, and no record at or after it is deleted.
        log_start_offset: first offset that is served.
        removed_files: the files of deleted segments, until their deletion is due.
    """

    __slots__ = (
        "_epochs",
        "_reader",
        "_segments",
        "_snapshots",
        "_told_future",
        "config",
        "high_watermark",
        "log_start_offset",
        "removed_files",
    )

    config: LogConfig
    _reader: LogReader

    def __init__(
        self,
        topic_partition: TopicPartition,
        health: DiskHealth,
        store: PartitionStore,
        clock: Clock,
        loaded: LoadedLog,
        config: LogConfig,
    ) -> None:
        super().__init__(topic_partition, health, store, clock, loaded)
        self.log_start_offset = loaded.log_start_offset
        self.high_watermark = loaded.end_offset
        due_ms = clock.monotonic_ms() + config.file_delete_delay_ms
        self.removed_files = RemovedFiles(store, loaded.set_aside, due_ms)
        self._segments = loaded.segments
        self._snapshots = loaded.snapshots
        self._epochs = EpochFile(loaded.epoch_cache, store, self._unflushed.small_files)
        self._told_future: int | None = None

    @property
    def retention_subject(self) -> str:
        """The name under which faults of retention are reported."""
        return f"retention of {self.topic_partition}"

    def advance_log_start_offset(self, offset: int) -> bool:
        """Make `offset` the log start, and return whether it moved; the next retention deletes the segments before it.

        It never moves back.

        Raises:
            ApiError: OFFSET_OUT_OF_RANGE if `offset` is above the high watermark.
            StorageFault: the start has moved, but may be the old one again after a restart.
        """
        if self.is_offline:
            self.refuse()
        if offset > self.high_watermark:
            raise ApiError(
                errors.OFFSET_OUT_OF_RANGE, f"the high watermark of {self.topic_partition} is {self.high_watermark}"
            )
        if offset <= self.log_start_offset:
            return False
        self.log_start_offset = offset
        try:
            self._epochs.truncate_from_start(offset)
        except StorageFault as fault:
            self.health.report(self.retention_subject, fault, "its files keep deleted records")
            raise
        return True

    def delete_old_segments(self) -> int:
        """Delete the segments before the log start, over `retention.bytes` and older than `retention.ms`, and return
        their number; without the cleanup policy `delete` only the first of these.

        One call deletes a bounded number.

        Raises:
            StorageFault: the disk failed; the next call tries again.
        """
        if self.is_offline:
            return 0
        start = self.log_start_offset
        count = self._delete(before_start(start), f"they are before the log start {start}")
        if not self.config.is_deleted:
            return count
        config = self.config
        surplus = over_size(config, self._segments.size_bytes)
        if surplus is not None:
            count += self._delete(surplus, f"the log is larger than retention.bytes={config.retention_bytes}")
        age = too_old(config, self._clock.now_ms(), self._note_future)
        if age is not None:
            count += self._delete(age, f"their records are older than retention.ms={config.retention_ms}")
        return count

    def _delete(self, is_breached: Breach, reason: str) -> int:
        segments = self._segments
        count = count_deletable(segments, self.end_offset, self.high_watermark, is_breached)
        count = min(count, DELETED_AT_ONCE_MAX_COUNT)
        if count == 0:
            return 0
        if count == len(segments):
            self.roll()  # the log always needs a segment for appends
            # Without the others only its name holds the end offset: it is on the disk before they are renamed.
            self._store.append(segments.active.log_name, b"")
            self._store.flush(segments.active.log_name)
        deleted = [segments.remove_first() for _ in range(count)]
        start = max(self.log_start_offset, segments.first.base_offset)
        _log.info(
            "%s: deleting %d segments, offsets %d to %d: %s",
            self.topic_partition,
            count,
            deleted[0].base_offset,
            segments.first.base_offset - 1,
            reason,
        )
        self._reader.forget()
        self.advance_log_start_offset(start)
        names = [name for segment in deleted for name in segment_names(segment.base_offset)]
        names += self._snapshots.forget(segment.base_offset for segment in deleted)
        self.removed_files.add(names, self._clock.monotonic_ms() + self.config.file_delete_delay_ms)
        return count

    def _note_future(self, segment: Segment) -> None:
        """Log once for each segment that its records have future timestamps, and are kept until these have passed."""
        if self._told_future != segment.base_offset and segment.newest_ms > self._clock.now_ms() + CLOCK_SKEW_MAX_MS:
            self._told_future = segment.base_offset
            _log.warning(
                "%s: the segment at offset %d holds records with a timestamp in the future: it is kept until "
                "retention.ms after that",
                self.topic_partition,
                segment.base_offset,
            )

    def roll(self) -> None:
        """Begin a new segment at the end offset, unless the active one is empty.

        Raises:
            StorageFault: the disk failed.
        """
        raise NotImplementedError
