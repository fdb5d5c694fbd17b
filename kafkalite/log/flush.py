"""The durability of a log: the offset up to which it survives a power loss, and the flushes that advance it.

Source: UnifiedLog.flush, LogManager.flushDirtyLogs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.log_faults import LogFaults
from kafkalite.log.unflushed_files import UnflushedFiles
from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.log.append_queue import AppendQueue
    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.log.results import LoadedLog
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.system.clock import Clock


class FlushJob:
    """A flush in progress; created only by `PartitionLog.begin_flush`.

    Args:
        complete_flush: applies the outcome to the log: offset, fault, names of the files.

    Attributes:
        up_to_offset: everything before it is durable once the job is complete.
    """

    __slots__ = ("_complete_flush", "_fault", "_flush", "_names", "up_to_offset")

    def __init__(
        self,
        complete_flush: Callable[[int, StorageFault | None, Iterable[str]], None],
        up_to_offset: int,
        names: list[str],
        flush: Callable[[], None],
    ) -> None:
        self._complete_flush = complete_flush
        self.up_to_offset = up_to_offset
        self._names = names
        self._flush = flush
        self._fault: StorageFault | None = None

    def run(self) -> None:
        """Flush the files; safe in any thread, since it does not touch the log. Never raises."""
        try:
            self._flush()
        except StorageFault as fault:
            self._fault = fault
        except Exception as bug:
            self._fault = StorageFault("flush", ", ".join(self._names), repr(bug))

    def complete(self) -> None:
        """Advance the log's recovery point, in the thread of the log.

        Raises:
            StorageFault: the fault that `run` met.
        """
        self._complete_flush(self.up_to_offset, self._fault, self._names)


class FlushableLog(LogFaults):
    """The durability of a log; a base of `PartitionLog`.

    Attributes:
        end_offset: offset of the next record.
        late: the appends that are not in the log yet; None for none. Other changes of the log settle them first.
        recovery_point: everything before it survives a power loss.
        unflushed_since_ms: the wall clock of the first append after the recovery point.
    """

    __slots__ = ("_clock", "_store", "_unflushed", "end_offset", "late", "recovery_point", "unflushed_since_ms")

    def __init__(
        self,
        topic_partition: TopicPartition,
        health: DiskHealth,
        store: PartitionStore,
        clock: Clock,
        loaded: LoadedLog,
    ) -> None:
        super().__init__(topic_partition, health)
        self.end_offset = loaded.end_offset
        self.recovery_point = loaded.recovery_point
        self.late: AppendQueue | None = None
        self.unflushed_since_ms = 0
        self._store = store
        self._clock = clock
        self._unflushed = UnflushedFiles(store, loaded.segments, loaded.snapshots, loaded.unflushed_files)

    @property
    def has_unflushed(self) -> bool:
        """Whether a power loss would lose records."""
        return self.recovery_point < self.end_offset

    def flush(self) -> None:
        """Flush everything appended so far, so that it survives a power loss.

        Raises:
            StorageFault: its durability is uncertain; the log accepts no more records.
        """
        self.settle()
        self._flush()

    def _flush(self) -> None:
        end_offset = self.end_offset
        try:
            self._unflushed.flush(self._take_files_to_flush(end_offset))
        except StorageFault as fault:
            self.fail(fault)
        self.complete_flush(end_offset, None)

    def begin_flush(self, up_to_offset: int) -> FlushJob | None:
        """Return the job that makes everything before `up_to_offset` durable; None if it is durable already.

        The job's `run` may be called in another thread, its `complete` only in the thread of the log.

        Raises:
            StorageFault: the flush cannot begin.
        """
        try:
            names = self._take_files_to_flush(up_to_offset)
            if not names:
                return None
            return FlushJob(self.complete_flush, up_to_offset, names, self._store.detached_flush(names))
        except StorageFault as fault:
            self.fail(fault)

    def complete_flush(self, up_to_offset: int, fault: StorageFault | None, names: Iterable[str] = ()) -> None:
        """Record the success or failure of a flush up to an offset.

        Args:
            names: the files of the flush.

        Raises:
            StorageFault: `fault`.
        """
        if fault is not None:
            could_begin = fault.operation != "open"
            if not could_begin:  # for example for lack of a descriptor: the disk was not asked to flush
                self._unflushed.add(names)
            self.fail(fault, can_heal=not could_begin and fault.is_shortage)
        if up_to_offset > self.recovery_point:
            self.recovery_point = up_to_offset
            self.unflushed_since_ms = self._clock.now_ms()

    def _take_files_to_flush(self, up_to_offset: int, *, is_final: bool = False) -> list[str]:
        if self.is_offline:
            self.refuse()
        if up_to_offset <= self.recovery_point and not is_final:
            return []
        return self._unflushed.take(self.recovery_point, up_to_offset, is_final=is_final)

    def settle(self) -> None:
        """Wait until no append is late."""
        while self.late is not None:
            self.late.settle()
