"""Runs the broker's timer queue on the asyncio loop, with one loop timer for all of them.

A process that was held up (a laptop's lid, a debugger, a busy machine) wakes with deadlines long past and with requests
waiting in its sockets: among them the heartbeats of the members whose deadlines those are. What waits is read first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import LATE_TIMER_MIN_MS, LATE_TIMER_TURN_COUNT

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Handle, TimerHandle
    from collections.abc import Callable

    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import TimerQueue


class TimerDriver:
    """Wakes the loop for the earliest deadline.

    A loop timer set for a deadline that was cancelled since is left to fire for nothing: that is cheaper than moving
    it with every parked fetch.

    Args:
        after_run: called after timers ran, for what they set off.
    """

    __slots__ = ("_after_run", "_armed_for_ms", "_clock", "_handle", "_late", "_loop", "_timers")

    def __init__(
        self, loop: AbstractEventLoop, timers: TimerQueue, clock: Clock, after_run: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._timers = timers
        self._clock = clock
        self._after_run = after_run
        self._handle: TimerHandle | None = None
        self._armed_for_ms = 0
        self._late: Handle | None = None

    def arm(self) -> None:
        """Make sure that the loop wakes for the earliest deadline; cheap where it will already."""
        deadline_ms = self._timers.next_deadline_ms()
        if deadline_ms is None or self._late is not None:
            return
        if self._handle is not None and self._armed_for_ms <= deadline_ms:
            return
        if self._handle is not None:
            self._handle.cancel()
        self._armed_for_ms = deadline_ms
        delay_ms = max(0, deadline_ms - self._clock.monotonic_ms())
        self._handle = self._loop.call_later(delay_ms / 1000, self._fire)

    def stop(self) -> None:
        """Run no timer any more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _fire(self) -> None:
        self._handle = None
        if self._clock.monotonic_ms() - self._armed_for_ms < LATE_TIMER_MIN_MS:
            self._run()
        else:
            self._run_after(LATE_TIMER_TURN_COUNT)

    def _run_after(self, turn_count: int) -> None:
        """Run what is due after so many turns of the loop, each of which reads every socket that has bytes."""
        if turn_count == 0:
            self._late = None
            self._run()
        else:
            self._late = self._loop.call_soon(self._run_after, turn_count - 1)

    def _run(self) -> None:
        try:
            self._timers.run_due()
            self._after_run()
        finally:  # a callback that fails is a bug, and must not stop the clock of all others
            self.arm()
