"""Runs the broker's timer queue on the asyncio loop, with one loop timer for all deadlines.

A process that was suspended (a laptop's lid, a debugger, a busy machine) wakes with deadlines long past and with
requests waiting in its sockets: among them the heartbeats of the members with those deadlines. The sockets are read
first.

A clock that is turned, perhaps in another thread, requests the deadlines on its way and has them run on the loop.
"""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from threading import get_ident
from typing import TYPE_CHECKING, TypeVar

from kafkalite.model.limits import LATE_TIMER_MIN_MS, LATE_TIMER_TURN_COUNT

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Handle, TimerHandle
    from collections.abc import Callable

    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import TimerQueue

T = TypeVar("T")


class TimerDriver:
    """Wakes the loop for the earliest deadline.

    A loop timer for a deadline that was cancelled fires without effect: that is cheaper than moving it with every
    parked fetch.

    Args:
        loop: the running loop: the driver is created in its thread.
        after_run: called after timers ran, for their effects.
    """

    __slots__ = (
        "_after_run",
        "_armed_for_ms",
        "_asked",
        "_clock",
        "_handle",
        "_is_stopped",
        "_late",
        "_loop",
        "_thread",
        "_timers",
    )

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
        self._thread = get_ident()
        self._asked: set[Future[object]] = set()
        self._is_stopped = False
        clock.follow(self)

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline, read on the loop; None after the driver has stopped."""
        return self._call(self._timers.next_deadline_ms)

    def run_due(self) -> None:
        """Run due callbacks on the loop, and return after they ran; do nothing after the driver has stopped."""
        self._call(self._run)

    def arm(self) -> None:
        """Ensure that the loop wakes for the earliest deadline; cheap if it already will."""
        deadline_ms = self._timers.next_deadline_ms()
        if deadline_ms is None or self._late is not None:
            return
        if self._handle is not None and self._armed_for_ms <= deadline_ms:
            return
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        delay_ms = self._clock.delay_until(deadline_ms)
        if delay_ms is None:  # a turned clock requests the deadlines itself
            return
        self._armed_for_ms = deadline_ms
        self._handle = self._loop.call_later(delay_ms / 1000, self._fire)

    def stop(self) -> None:
        """Stop running timers, and release threads that wait while they turn the clock."""
        self._is_stopped = True
        self._clock.unfollow(self)
        for asked in list(self._asked):
            asked.cancel()
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
        """Run due callbacks after that many turns of the loop, each of which reads every readable socket."""
        if turn_count == 0:
            self._late = None
            self._run()
        else:
            self._late = self._loop.call_soon(self._run_after, turn_count - 1)

    def _run(self) -> None:
        try:
            self._timers.run_due()
            self._after_run()
        finally:  # a failing callback is a bug, and must not stop the timers of all others
            self.arm()

    def _call(self, function: Callable[[], T]) -> T | None:
        """Call a function on the loop and return its result, or raise its error; None if the driver stops first."""
        if get_ident() == self._thread:
            return function()
        asked: Future[T] = Future()

        def answer() -> None:
            if asked.set_running_or_notify_cancel():
                try:
                    asked.set_result(function())
                except BaseException as failure:
                    asked.set_exception(failure)

        self._asked.add(asked)  # type: ignore[arg-type]
        try:
            if self._is_stopped or not self._ask(answer):
                return None
            return asked.result()
        except CancelledError:
            return None
        finally:
            self._asked.discard(asked)

    def _ask(self, answer: Callable[[], None]) -> bool:
        """Schedule a call on the loop; return False if the loop is closed."""
        try:
            self._loop.call_soon_threadsafe(answer)
        except RuntimeError:
            return False
        return True
