"""What becomes of the faults of one log directory: each is told once, and one that cannot heal may end the process.

A disk that lacks space heals by itself: what was refused is tried again with the next request. A disk that fails, as
with EIO, is not to be trusted any more; Apache Kafka halts then, for its only log directory is gone.

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
"""The key under which every lack of space is told: one line for a full disk, not one for each partition on it."""


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
        clock: spaces repeated lines.
        stops_on_failure: whether a fault that cannot heal ends the process.

    Attributes:
        failure: the fault that ends the process, None while there is none.
        on_failure: called with it, once.
        reload: called with a partition whose log has to be opened anew.
        take_offline: called with it, once, before that: nothing is written any more.
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
        """Say what failed, unless it was said a moment ago.

        Args:
            subject: what the fault concerns: a partition, a checkpoint.
            consequence: what does not work now, and until when.
            is_final: nothing but a restart mends it.
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
        """Say that what failed for `subject` works again; nothing when nothing was said of it."""
        for key in (SHORTAGE, subject):
            told = self._told.get(key)
            if told is None or subject not in told.subjects:
                continue
            told.subjects.discard(subject)
            if not told.subjects:
                del self._told[key]
                _log.log(WARNING, "%s: works again after %d failures", subject, told.repeat_count + 1)

    def forget(self, subject: str) -> None:
        """Drop what was said of a subject that is gone."""
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
            "kafkalite.on.storage.fault=offline goes on without what failed",
            self._path,
            fault,
        )
        self.take_offline(fault)
        self.on_failure(fault)


def _do_nothing(fault: StorageFault) -> None:
    """There is nobody to end."""


def _keep(topic_partition: TopicPartition) -> None:
    """Leave it as it is."""
