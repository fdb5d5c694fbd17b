"""What failed in one partition's log, and what that means for it.

Reading never depends on it. An append that failed has moved nothing and is tried again with the next one. A flush that
failed cannot be tried again: the operating system may have dropped what it could not write, and calls the pages clean.

Source: UnifiedLog.maybeHandleIOException, by which Apache Kafka gives up the whole log directory for any of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StaleLease, StorageFault

if TYPE_CHECKING:
    from typing import NoReturn

    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.model.identifiers import TopicPartition

_RETRIED = "what is sent to it is refused with KAFKA_STORAGE_ERROR until a write succeeds, reading goes on"
_OFFLINE = "it takes no records until the next start recovers it, reading goes on"
_RELOADED = "what is sent to it is refused with KAFKA_STORAGE_ERROR until its files are read anew, in about a second"
_FENCED = "another holder has its files now: clients are sent to look for the leader"
_UNREADABLE = "the read is answered with KAFKA_STORAGE_ERROR, other offsets are served"


class LogFaults:
    """The faults of a log; the base of `PartitionLog`.

    Attributes:
        fault: why the last append failed, None while all is well.
        health: of the log directory; says what failed.
        is_closed: nothing works any more.
        is_offline: appends are refused until the log is opened anew.
        is_vital: the broker cannot go on without it.
    """

    __slots__ = ("fault", "health", "is_closed", "is_offline", "is_vital", "topic_partition")

    def __init__(self, topic_partition: TopicPartition, health: DiskHealth) -> None:
        self.topic_partition = topic_partition
        self.health = health
        self.fault: StorageFault | None = None
        self.is_offline = False
        self.is_closed = False
        self.is_vital = False

    def fail(self, fault: StorageFault, *, can_heal: bool = False) -> NoReturn:
        """Report a fault, see `note_fault`, and raise it."""
        self.note_fault(fault, can_heal=can_heal)
        raise fault

    def note_fault(self, fault: StorageFault, *, can_heal: bool = False) -> None:
        """Take note of a fault in what makes the log longer or durable.

        Args:
            can_heal: nothing has moved and nothing is in doubt: the next append tries again. Without it no append is
                taken any more.
        """
        is_fenced = isinstance(fault, StaleLease)
        can_heal = can_heal and not is_fenced
        if not self.is_offline:
            self.fault = fault
            self.is_offline = not can_heal
        consequence = _FENCED if is_fenced else _RETRIED if can_heal else _OFFLINE
        is_final = not can_heal and (self.is_vital or not is_fenced)
        self.health.report(str(self.topic_partition), fault, consequence, is_final=is_final)

    def note_loss(self, fault: StorageFault) -> None:
        """Take note that appends failed after others had begun: only the files know what is left. No append is taken
        until the log is opened anew, which is asked for."""
        if self.is_vital or isinstance(fault, StaleLease):
            self.note_fault(fault)
            return
        self.take_offline(fault)
        self.health.report(str(self.topic_partition), fault, _RELOADED)
        self.health.reload(self.topic_partition)

    def note_recovery(self) -> None:
        """Take note that an append succeeded after one had failed."""
        if not self.is_offline:
            self.fault = None
            self.health.note_recovery(str(self.topic_partition))

    def take_offline(self, fault: StorageFault) -> None:
        """Take no append any more, for the log directory has failed."""
        if not self.is_offline:
            self.fault = fault
            self.is_offline = True

    def note_closed(self) -> None:
        """Refuse everything from now on."""
        if self.fault is None:
            self.fault = StorageFault("use", str(self.topic_partition), "the log was closed")
        self.is_offline = self.is_closed = True

    def fail_read(self, fault: StorageFault) -> NoReturn:
        """Report the fault of a read and raise it; nothing else is concerned."""
        self.health.report(f"reading {self.topic_partition}", fault, _UNREADABLE)
        raise fault

    def refuse(self) -> NoReturn:
        """Raise the reason why the log takes no append, or, once it is closed, serves nothing: a StorageFault, a
        StaleLease where another holder has the files."""
        fault = self.fault
        assert fault is not None
        kind = StaleLease if isinstance(fault, StaleLease) else StorageFault
        raise kind("use", str(self.topic_partition), f"the log is offline: {fault}") from fault
