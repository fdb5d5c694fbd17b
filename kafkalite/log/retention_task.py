"""Retention over all logs of a directory, in bounded steps for any number of logs.

Source: LogManager.cleanupLogs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.model.steps import Steps
    from kafkalite.system.clock import Clock


class RetentionTask:
    """The deletion of old segments, and later of their files.

    Args:
        logs: the present logs; may change at any time.
        on_removed: called when there are files to delete later.
    """

    __slots__ = ("_clock", "_health", "_logs", "_on_removed", "_with_removed_files")

    def __init__(
        self,
        logs: Mapping[TopicPartition, PartitionLog],
        clock: Clock,
        health: DiskHealth,
        on_removed: Callable[[], None],
    ) -> None:
        self._logs = logs
        self._clock = clock
        self._health = health
        self._on_removed = on_removed
        self._with_removed_files: dict[TopicPartition, PartitionLog] = {}

    @property
    def has_removed_files(self) -> bool:
        """Whether removed files wait for their deletion."""
        return bool(self._with_removed_files)

    def steps(self) -> Steps[None]:
        """Delete the old segments of every log, a bounded number in each step; faults are reported."""
        for topic_partition in list(self._logs):
            log = self._logs.get(topic_partition)
            while log is not None and self._delete_old_segments(log):
                yield
            yield

    def _delete_old_segments(self, log: PartitionLog) -> int:
        """Delete some old segments and return their number; 0 if there are none, or the disk failed."""
        try:
            count = log.delete_old_segments()
        except StorageFault as fault:
            self._health.report(log.retention_subject, fault, "it is tried again with the next check")
            return 0
        finally:
            self.note_removed_files(log)
        self._health.note_recovery(log.retention_subject)
        return count

    def note_removed_files(self, log: PartitionLog) -> None:
        """Record the removed files of a log, if there are any."""
        if log.removed_files:
            self._with_removed_files[log.topic_partition] = log
            self._on_removed()

    def delete_removed_files(self) -> int:
        """Delete the files whose `file.delete.delay.ms` has passed, and return their number; faults are reported."""
        now_ms = self._clock.monotonic_ms()
        count = 0
        for topic_partition, log in list(self._with_removed_files.items()):
            if not log.is_closed:
                try:
                    count += log.removed_files.delete_due(now_ms)
                except StorageFault as fault:
                    self._health.report(f"removing old files of {topic_partition}", fault, "they are tried again")
            if log.is_closed or not log.removed_files:
                del self._with_removed_files[topic_partition]
        return count
