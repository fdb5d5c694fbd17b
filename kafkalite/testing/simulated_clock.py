"""A manual clock with a queue of timers."""

from __future__ import annotations

from kafkalite.system.clock import ManualClock
from kafkalite.system.timers import TimerQueue


class SimulatedClock(ManualClock):
    """A manual clock with the timers that hang on it.

    Attributes:
        timers: a queue of its own; further ones join by `attach`.
    """

    __slots__ = ("timers",)

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        super().__init__(now_ms)
        self.timers = self.attach(TimerQueue(self))

    def attach(self, timers: TimerQueue) -> TimerQueue:
        """Run the timers of one more queue, which must have been made over this clock; returns it."""
        self.follow(timers)
        return timers
