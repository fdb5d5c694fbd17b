"""A clock that moves only when told, and runs the timers that come due on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.system.clock import ManualClock
from kafkalite.system.timers import TimerQueue

if TYPE_CHECKING:
    from collections.abc import Iterator

TURNS_AT_ONE_INSTANT_MAX_COUNT = 10_000
"""A timer that re-schedules itself without any delay would hold the clock for ever; after so many turns it is a bug."""


class SimulatedClock(ManualClock):
    """A manual clock with the timers that hang on it: hours pass in milliseconds, in the order of their deadlines.

    Attributes:
        timers: a queue of its own; further ones join by `attach`.
    """

    __slots__ = ("_queues", "timers")

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        super().__init__(now_ms)
        self.timers = TimerQueue(self)
        self._queues = [self.timers]

    def attach(self, timers: TimerQueue) -> TimerQueue:
        """Run the timers of one more queue, which must have been made over this clock; returns it."""
        self._queues.append(timers)
        return timers

    def advance(self, duration_ms: int) -> None:
        """Let `duration_ms` pass, stopping at each deadline to run what is due, also what comes up on the way.

        A callback sees the instant of its own deadline. An exception of a callback stops the clock there. A negative
        duration is a ValueError.
        """
        if duration_ms < 0:
            raise ValueError(f"time cannot pass backwards: {duration_ms} ms")
        target_ms = self.monotonic_ms() + duration_ms
        turn_count = 0
        while (deadline_ms := self.next_deadline_ms()) is not None and deadline_ms <= target_ms:
            waited_ms = max(0, deadline_ms - self.monotonic_ms())
            turn_count = 0 if waited_ms else turn_count + 1
            if turn_count > TURNS_AT_ONE_INSTANT_MAX_COUNT:
                raise RuntimeError(f"timers at {self.monotonic_ms()} ms schedule each other without end")
            super().advance(waited_ms)
            self._run_due()
        super().advance(target_ms - self.monotonic_ms())

    def advance_to_next_deadline(self) -> bool:
        """Let time pass up to the earliest deadline and run what is due; False when nothing is scheduled."""
        deadline_ms = self.next_deadline_ms()
        if deadline_ms is None:
            return False
        super().advance(max(0, deadline_ms - self.monotonic_ms()))
        self._run_due()
        return True

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline of all queues, an instant of the monotonic clock; None without any."""
        return min(self._deadlines(), default=None)

    def _deadlines(self) -> Iterator[int]:
        for timers in self._queues:
            deadline_ms = timers.next_deadline_ms()
            if deadline_ms is not None:
                yield deadline_ms

    def _run_due(self) -> None:
        for timers in self._queues:
            timers.run_due()
