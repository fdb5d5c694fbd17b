"""The health of one log directory: each fault is reported once, and a permanent one may end the process.

A shortage of space is temporary: the next request tries the refused operation again. A disk that fails, as with EIO,
can no longer be trusted; Apache Kafka then halts, since its only log directory is lost.

Source: LogDirFailureChannel, LogManager.handleLogDirFailure.
"""

from __future__ import annotations

from logging import CRITICAL, ERROR, WARNING, getLogger
from typing import TYPE_CHECKING

from kafkalite.model.limits import FAULT_REPEAT_INTERVAL_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.model.exceptions import StorageFault
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.system.clock import Clock

_log = getLogger("kafkalite.log")

SHORTAGE = "shortage"
"""The key for every shortage of space: one line for a full disk, not one for each partition on it."""


class _Told:
    __slots__ = ("repeat_count", "subjects", "told_ms")

    def __init__(self, told_ms: int) -> None:
        self.told_ms = told_ms
        self.repeat_count = 0
        self.subjects: set[str] = set()


class DiskHealth:
    """The state of one log directory.

    Args:
        path: of the directory.
        clock: limits the rate of repeated lines.
        stops_on_failure: whether a permanent fault ends the process.

    Attributes:
        failure: the fault that ends the process; None for none.
        on_failure: called once, with that fault.
        reload: called with each partition whose log must be reopened.
        take_offline: called once, with that fault, before `on_failure`: it ends all writes.
    """

    def __init__(self, path: str, clock: Clock, *, stops_on_failure: bool = False) -> None:
        self.failure: StorageFault | None = None
        self.on_failure: Callable[[StorageFault], None] = _do_nothing
        self.take_offline: Callable[[StorageFault], None] = _do_nothing
        self.reload: Callable[[TopicPartition], None] = _keep
        self.stops_on_failure = stops_on_failure
        self._path = path
        self._clock = clock
        self._told: dict[str, _Told] = {}

    def report(self, subject: str, fault: StorageFault, consequence: str, *, is_final: bool = False) -> None:
        """Log a fault, unless it was logged a moment ago.

        Args:
            subject: the affected object: a partition, a checkpoint.
            consequence: the loss of function and its duration.
            is_final: only a restart can repair it.
        """
        key = SHORTAGE if fault.is_shortage and not is_final else subject
        now_ms = self._clock.monotonic_ms()
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = _Told(now_ms)
            _log.log(ERROR, "%s: %s: %s", subject, fault, consequence)
        else:
            told.repeat_count += 1
            if now_ms - told.told_ms >= FAULT_REPEAT_INTERVAL_MS:
                told.told_ms = now_ms
                count = told.repeat_count
                _log.log(ERROR, "%s: %s: %s (%d failures since the first)", subject, fault, consequence, count)
        told.subjects.add(subject)
        if is_final or fault.is_failure:
            self._fail(fault)

    def note_recovery(self, subject: str) -> None:
        """Log that `subject` works again; do nothing if no fault of it was logged."""
        for key in (SHORTAGE, subject):
            told = self._told.get(key)
            if told is None or subject not in told.subjects:
                continue
            told.subjects.discard(subject)
            if not told.subjects:
                del self._told[key]
                _log.log(WARNING, "%s: works again after %d failures", subject, told.repeat_count + 1)

    def forget(self, subject: str) -> None:
        """Forget the faults of a subject that no longer exists."""
        for key, told in list(self._told.items()):
            told.subjects.discard(subject)
            if not told.subjects:
                del self._told[key]

    def _fail(self, fault: StorageFault) -> None:
        if self.failure is not None or not self.stops_on_failure:
            return
        self.failure = fault
        _log.log(
            CRITICAL,
            "the log directory %s has failed (%s): stopping, as Apache Kafka does; the next start checks every file. "
            "kafkalite.on.storage.fault=offline continues without the failed part",
            self._path,
            fault,
        )
        self.take_offline(fault)
        self.on_failure(fault)


def _do_nothing(fault: StorageFault) -> None:
    """Do nothing: there is no process to end."""


def _keep(topic_partition: TopicPartition) -> None:
    """Do nothing: the log stays as it is."""
