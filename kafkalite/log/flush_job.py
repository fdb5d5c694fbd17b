"""One flush of one log, cut so that its slow part may run in another thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.log.partition_log import PartitionLog


class FlushJob:
    """A flush that has begun; made by `PartitionLog.begin_flush` alone.

    Attributes:
        log: whose flush it is.
        up_to_offset: everything before it is durable once the job is complete.
    """

    __slots__ = ("_fault", "_flush", "_names", "log", "up_to_offset")

    def __init__(self, log: PartitionLog, up_to_offset: int, names: list[str], flush: Callable[[], None]) -> None:
        self.log = log
        self.up_to_offset = up_to_offset
        self._names = names
        self._flush = flush
        self._fault: StorageFault | None = None

    def run(self) -> None:
        """Flush the files; touches nothing of the log and may run in any thread. Never raises."""
        try:
            self._flush()
        except StorageFault as fault:
            self._fault = fault
        except Exception as bug:
            self._fault = StorageFault("flush", str(self.log.topic_partition), repr(bug))

    def complete(self) -> None:
        """Advance the log's recovery point, where the log is used; raises the StorageFault that `run` met."""
        self.log.complete_flush(self.up_to_offset, self._fault, self._names)
