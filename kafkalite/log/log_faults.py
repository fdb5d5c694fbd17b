"""The faults of one partition's log and their effect on it.

They do not affect reads. A failed append has changed nothing, and the next one tries again. A failed flush cannot be
repeated: the operating system may have dropped the data that it could not write, and considers the pages clean.

Source: UnifiedLog.maybeHandleIOException; Apache Kafka takes the whole log directory offline for each of these faults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StaleLease, StorageFault

if TYPE_CHECKING:
    from typing import NoReturn

    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.model.identifiers import TopicPartition

_RETRIED = "appends are refused with KAFKA_STORAGE_ERROR until a write succeeds, reading goes on"
_OFFLINE = "appends are refused until the next start recovers it, reading goes on"
_RELOADED = "appends are refused with KAFKA_STORAGE_ERROR until its files are reloaded, in about a second"
_FENCED = "another holder has its files now: clients have to look up the leader"
_UNREADABLE = "the read fails with KAFKA_STORAGE_ERROR, other offsets are served"


class LogFaults:
    """The faults of a log; the base of `PartitionLog`.

    Attributes:
        fault: the fault of the last append; None if it succeeded.
        health: of the log directory; logs the faults.
        is_closed: all operations are refused.
        is_offline: appends are refused until the log is reopened.
        is_vital: the broker cannot run without this log.
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
        """Report a fault, see `note_fault`, and raise it.

        Raises:
            StorageFault: `fault`.
        """
        self.note_fault(fault, can_heal=can_heal)
        raise fault

    def note_fault(self, fault: StorageFault, *, can_heal: bool = False) -> None:
        """Record and report a fault of an append or a flush.

        Args:
            can_heal: nothing has changed and nothing is in doubt, so that the next append tries again. Otherwise all
                further appends are refused.
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
        """Record and report the loss of appends after later ones had begun: only the files show what is left.

        Appends are refused until the log is reopened, which this requests.
        """
        if self.is_vital or isinstance(fault, StaleLease):
            self.note_fault(fault)
            return
        self.take_offline(fault)
        self.health.report(str(self.topic_partition), fault, _RELOADED)
        self.health.reload(self.topic_partition)

    def note_recovery(self) -> None:
        """Record and report that an append succeeded after a failure."""
        if not self.is_offline:
            self.fault = None
            self.health.note_recovery(str(self.topic_partition))

    def take_offline(self, fault: StorageFault) -> None:
        """Refuse appends from now on, because the log directory has failed."""
        if not self.is_offline:
            self.fault = fault
            self.is_offline = True

    def note_closed(self) -> None:
        """Refuse all operations from now on."""
        if self.fault is None:
            self.fault = StorageFault("use", str(self.topic_partition), "the log was closed")
        self.is_offline = self.is_closed = True

    def fail_read(self, fault: StorageFault) -> NoReturn:
        """Report the fault of a read and raise it; it affects nothing else.

        Raises:
            StorageFault: `fault`.
        """
        self.health.report(f"reading {self.topic_partition}", fault, _UNREADABLE)
        raise fault

    def refuse(self) -> NoReturn:
        """Raise the reason for which the log refuses appends, or for which it, being closed, refuses everything.

        Raises:
            StorageFault: the log is offline or closed.
            StaleLease: another holder has the files.
        """
        fault = self.fault
        assert fault is not None
        kind = StaleLease if isinstance(fault, StaleLease) else StorageFault
        raise kind("use", str(self.topic_partition), f"the log is offline: {fault}") from fault
