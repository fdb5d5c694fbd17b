"""The unfinished appends of one log: those being written, and those waiting for them.

Appends end in the order of their creation. A log has a queue only while it has unfinished appends.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import OVERLAPPING_APPENDS_MAX_COUNT
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from typing import Protocol

    from kafkalite.log.append import LateAppend, Plan
    from kafkalite.log.segment import Segment
    from kafkalite.records.validation import ValidatedRecords
    from kafkalite.storage.append import Append

    class QueuedLog(Protocol):
        """The queue's view of its log; `PartitionLog` documents each method."""

        end_offset: int
        late: AppendQueue | None

        @property
        def appends_overlap(self) -> bool: ...

        def plan_append(
            self, records: ValidatedRecords, base_offset: int, is_from_client: bool, transaction_version: int
        ) -> Plan | AppendResult: ...

        def write_append(self, planned: Plan, now_ms: int | None, is_lasting: bool = False) -> Append: ...

        @property
        def active_segment(self) -> Segment: ...

        def end_append(self, planned: Plan, segment: Segment, position: int) -> AppendResult: ...

        def note_loss(self, fault: StorageFault) -> None: ...

        def note_fault(self, fault: StorageFault, *, can_heal: bool = False) -> None: ...

        def is_roll_due(
            self, size_bytes: int, end_offset: int, max_timestamp: int, now_ms: int | None = None, late_bytes: int = 0
        ) -> bool: ...


class AppendQueue:
    """The late appends of one log, in order of creation.

    Args:
        log: owner of this queue; its `late`, which is this queue, becomes None after the end of the last append.

    Attributes:
        writing: appends with a write in progress.
        waiting: later appends, not yet planned.
    """

    __slots__ = ("_log", "waiting", "writing")

    def __init__(self, log: QueuedLog) -> None:
        self._log = log
        self.writing: deque[LateAppend] = deque()
        self.waiting: deque[LateAppend] = deque()

    @property
    def next_offset(self) -> int:
        """One past the last offset of all these appends, provided that they succeed."""
        return self._planned_end_offset + sum(late.record_count for late in self.waiting)

    @property
    def _planned_end_offset(self) -> int:
        if not self.writing:
            return self._log.end_offset
        planned = self.writing[-1].planned
        assert planned is not None, "an append that is being written has offsets"
        return planned.end_offset

    def add(self, late: LateAppend) -> None:
        """Add an append, and begin it unless it has to wait."""
        self.waiting.append(late)
        self._go_on()

    def follow(self, late: LateAppend, planned: Plan, write: Append) -> None:
        """Add an append that is being written to the active segment, and commit it after the write."""
        segment = self._log.active_segment
        late.planned = planned
        late.write = write
        self.writing.append(late)
        write.then(lambda: self._end(late, planned, segment, write))

    def settle(self) -> None:
        """Wait until every append has ended."""
        while self.writing or self.waiting:
            if self.writing:
                write = self.writing[0].write
                assert write is not None, "an append that is being written has a write"
                write.wait()
            else:
                self._go_on()

    def _go_on(self) -> None:
        """Begin the appends that no longer have to wait; end those that are refused."""
        while self.waiting and (not self.writing or self._can_overlap(self.waiting[0])):
            late = self.waiting.popleft()
            try:
                self._begin(late)
            except (ApiError, StorageFault) as error:
                late.end(error)
        if not self.writing and not self.waiting and self._log.late is self:
            self._log.late = None

    def _can_overlap(self, late: LateAppend) -> bool:
        """Return whether an append can be planned during other writes: they may fail, so it must not depend on anything
        that they change."""
        if not self._log.appends_overlap or len(self.writing) >= OVERLAPPING_APPENDS_MAX_COUNT:
            return False
        if any(late.producer_ids & other.producer_ids for other in self.writing):
            return False
        late_bytes = sum(other.size_bytes for other in self.writing)
        end_offset = self._planned_end_offset + late.record_count
        max_timestamp = max(header.max_timestamp for header in late.records.batches)
        try:
            return not self._log.is_roll_due(late.size_bytes, end_offset, max_timestamp, late_bytes=late_bytes)
        except StorageFault:
            return False  # the append meets the fault again when it begins alone, and reports it

    def _begin(self, late: LateAppend) -> None:
        """Plan an append and begin its write.

        Raises:
            ApiError, StorageFault: the append is refused.
        """
        log = self._log
        planned = log.plan_append(late.records, self._planned_end_offset, late.is_from_client, late.transaction_version)
        if isinstance(planned, AppendResult):
            late.result = planned
            late.end()
            return
        write = log.write_append(planned, None, is_lasting=True)
        self.follow(late, planned, write)

    def _end(self, late: LateAppend, planned: Plan, segment: Segment, write: Append) -> None:
        """Commit an append after its write, unless the write failed; then begin the appends that waited for it."""
        assert self.writing[0] is late, "appends end in the order in which they began"
        self.writing.popleft()
        log = self._log
        fault = write.error
        if fault is None:
            try:
                late.result = log.end_append(planned, segment, write.position)
            except StorageFault as failure:
                fault = failure
        else:
            assert isinstance(fault, StorageFault)
            if log.appends_overlap:  # index entries may have been lost with it
                log.note_loss(fault)
            else:
                log.note_fault(fault, can_heal=True)
        followers = [] if fault is None else self._take_followers()
        late.end(fault)
        for follower in followers:
            follower.end(fault)
        self._go_on()

    def _take_followers(self) -> list[LateAppend]:
        """Remove and return the waiting appends of the broker itself: they depend on the one that failed."""
        followers = [late for late in self.waiting if not late.is_from_client]
        self.waiting = deque(late for late in self.waiting if late.is_from_client)
        return followers
