"""A manual clock with a queue of timers."""

from __future__ import annotations

from kafkalite.system.clock import ManualClock
from kafkalite.system.timers import TimerQueue


class SimulatedClock(ManualClock):
    """A manual clock and the timers that depend on it.

    Attributes:
        timers: the queue of this clock; `attach` adds others.
    """

    __slots__ = ("timers",)

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        super().__init__(now_ms)
        self.timers = self.attach(TimerQueue(self))

    def attach(self, timers: TimerQueue) -> TimerQueue:
        """Add and return one more queue, created over this clock, whose timers the clock will run."""
        self.follow(timers)
        return timers
