"""Runs the broker's timer queue on the asyncio loop, with one loop timer for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
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

    __slots__ = ("_after_run", "_armed_for_ms", "_clock", "_handle", "_loop", "_timers")

    def __init__(
        self, loop: AbstractEventLoop, timers: TimerQueue, clock: Clock, after_run: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._timers = timers
        self._clock = clock
        self._after_run = after_run
        self._handle: TimerHandle | None = None
        self._armed_for_ms = 0

    def arm(self) -> None:
        """Make sure that the loop wakes for the earliest deadline; cheap where it will already."""
        deadline_ms = self._timers.next_deadline_ms()
        if deadline_ms is None or (self._handle is not None and self._armed_for_ms <= deadline_ms):
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

    def _fire(self) -> None:
        self._handle = None
        try:
            self._timers.run_due()
            self._after_run()
        finally:  # a callback that fails is a bug, and must not stop the clock of all others
            self.arm()
