"""The clock door: wall time and a monotonic clock, both in milliseconds, and the followers of a turned clock."""

from __future__ import annotations

from threading import RLock
from time import monotonic_ns, sleep, time_ns
from typing import Protocol

TURNS_AT_ONE_INSTANT_MAX_COUNT = 10_000
"""Turns at one instant after which a turned clock raises: a timer that reschedules itself without delay is a bug."""


class ClockFollower(Protocol):
    """Timers that follow a clock. A turned clock queries and runs them, from any thread."""

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline, an instant of the monotonic clock; None if nothing is scheduled."""
        ...

    def run_due(self) -> object:
        """Run all due callbacks, and return after they ran."""
        ...


class Clock(Protocol):
    """The current time. Deadlines are instants of `monotonic_ms`, timestamps of records are of `now_ms`."""

    def now_ms(self) -> int:
        """Return the wall clock in milliseconds since the epoch; it may jump either way."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds since an arbitrary start; never decreases."""
        ...

    def delay_until(self, deadline_ms: int) -> int | None:
        """Return the real milliseconds until an instant; None for a clock that does not move by itself."""
        ...

    def follow(self, follower: ClockFollower) -> None:
        """Add a follower: a turned clock stops at each of its deadlines on the way."""
        ...

    def unfollow(self, follower: ClockFollower) -> None:
        """Remove a follower; do nothing if it does not follow."""
        ...


class SystemClock:
    """The clock of the machine, which cannot be turned."""

    __slots__ = ()

    def now_ms(self) -> int:
        """Return the wall clock in milliseconds since the epoch."""
        return time_ns() // 1_000_000

    def monotonic_ms(self) -> int:
        """Return the machine's monotonic clock in milliseconds."""
        return monotonic_ns() // 1_000_000

    def delay_until(self, deadline_ms: int) -> int:
        """Return the milliseconds until an instant, 0 after it."""
        return max(0, deadline_ms - self.monotonic_ms())

    def follow(self, follower: ClockFollower) -> None:
        """Do nothing: followers wait by `delay_until`."""

    def unfollow(self, follower: ClockFollower) -> None:
        """Do nothing."""


def wait_ms(duration_ms: int) -> None:
    """Sleep, for synchronous clients only: it blocks the thread. Tests pass ``ManualClock.advance`` instead."""
    sleep(duration_ms / 1000)


class ManualClock:
    """A clock that moves only when it is turned, and runs the callbacks that come due on the way.

    Hours pass in milliseconds, in the order of the deadlines; a callback sees the instant of its deadline. Any thread
    may turn it, one at a time, but not from the callback of a follower.

    Args:
        now_ms: the initial wall time.
    """

    __slots__ = ("_followers", "_monotonic_ms", "_now_ms", "_turning")

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._now_ms = now_ms
        self._monotonic_ms = 0
        self._followers: list[ClockFollower] = []
        self._turning = RLock()

    def now_ms(self) -> int:
        """Return the wall time as last set or advanced."""
        return self._now_ms

    def monotonic_ms(self) -> int:
        """Return the sum of all advances."""
        return self._monotonic_ms

    def delay_until(self, deadline_ms: int) -> int | None:
        """Return 0 after an instant, None before it: waiting does not move this clock."""
        return 0 if deadline_ms <= self._monotonic_ms else None

    def follow(self, follower: ClockFollower) -> None:
        """Add a follower, at whose deadlines `advance` stops."""
        self._followers.append(follower)

    def unfollow(self, follower: ClockFollower) -> None:
        """Remove a follower."""
        self._followers = [each for each in self._followers if each is not follower]

    def advance(self, duration_ms: int) -> None:
        """Advance both clocks by `duration_ms`, and return after all due callbacks ran.

        Callbacks scheduled on the way are included. An exception of a callback stops the clock there and propagates.

        Raises:
            ValueError: the duration is negative.
            RuntimeError: timers schedule each other without end at one instant.
        """
        if duration_ms < 0:
            raise ValueError(f"time cannot pass backwards: {duration_ms} ms")
        with self._turning:
            target_ms = self._monotonic_ms + duration_ms
            turn_count = 0
            while (deadline_ms := self.next_deadline_ms()) is not None and deadline_ms <= target_ms:
                waited_ms = max(0, deadline_ms - self._monotonic_ms)
                turn_count = 0 if waited_ms else turn_count + 1
                if turn_count > TURNS_AT_ONE_INSTANT_MAX_COUNT:
                    raise RuntimeError(f"timers at {self._monotonic_ms} ms schedule each other without end")
                self._run_to(deadline_ms)
            self._pass(target_ms - self._monotonic_ms)

    def advance_to_next_deadline(self) -> bool:
        """Advance to the earliest deadline and run the due callbacks; return False if nothing is scheduled."""
        with self._turning:
            deadline_ms = self.next_deadline_ms()
            if deadline_ms is None:
                return False
            self._run_to(deadline_ms)
            return True

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline of all followers, an instant of the monotonic clock; None without any."""
        deadlines = (follower.next_deadline_ms() for follower in self._followers)
        return min((deadline_ms for deadline_ms in deadlines if deadline_ms is not None), default=None)

    def set_now(self, now_ms: int) -> None:
        """Change only the wall clock, as an administrator or a time daemon would."""
        self._now_ms = now_ms

    def _run_to(self, deadline_ms: int) -> None:
        self._pass(max(0, deadline_ms - self._monotonic_ms))
        for follower in list(self._followers):
            follower.run_due()

    def _pass(self, duration_ms: int) -> None:
        self._now_ms += duration_ms
        self._monotonic_ms += duration_ms
