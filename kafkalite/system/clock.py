"""The clock door: wall time and a clock that never goes back, both in milliseconds, and who follows a clock that is
turned."""

from __future__ import annotations

from threading import RLock
from time import monotonic_ns, sleep, time_ns
from typing import Protocol

TURNS_AT_ONE_INSTANT_MAX_COUNT = 10_000
"""A timer that schedules itself again without any delay would hold a turned clock for ever; this many are a bug."""


class ClockFollower(Protocol):
    """Timers of a clock. A clock that is turned asks and runs them; it may do so from any thread."""

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline, an instant of the monotonic clock; None when nothing is scheduled."""
        ...

    def run_due(self) -> object:
        """Run all that is due now, and return when it has run."""
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
        """Return how many real milliseconds pass until an instant; None for a clock that waiting does not move."""
        ...

    def follow(self, follower: ClockFollower) -> None:
        """Let a clock that is turned stop at every deadline of a follower on the way."""
        ...

    def unfollow(self, follower: ClockFollower) -> None:
        """Turn the clock without this follower from now on; nothing happens where it does not follow."""
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
        """Return the milliseconds that are left until an instant, 0 after it."""
        return max(0, deadline_ms - self.monotonic_ms())

    def follow(self, follower: ClockFollower) -> None:
        """Do nothing: who waits for `delay_until` misses nothing."""

    def unfollow(self, follower: ClockFollower) -> None:
        """Do nothing."""


def wait_ms(duration_ms: int) -> None:
    """Let time pass, for synchronous clients only: it blocks the thread. Tests pass ``ManualClock.advance`` instead."""
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
        """Return 0 where an instant has come, else None: no waiting moves this clock."""
        return 0 if deadline_ms <= self._monotonic_ms else None

    def follow(self, follower: ClockFollower) -> None:
        """Stop at every deadline of a follower from now on."""
        self._followers.append(follower)

    def unfollow(self, follower: ClockFollower) -> None:
        """Stop at no deadline of a follower any more."""
        self._followers = [each for each in self._followers if each is not follower]

    def advance(self, duration_ms: int) -> None:
        """Let `duration_ms` pass on both clocks, and return when all has run that came due.

        What comes up on the way counts too. An exception of a callback stops the clock there and is passed on.

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
        """Let time pass up to the earliest deadline and run what is due; False when nothing is scheduled."""
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
        """Step the wall clock alone, as an administrator or a time daemon would."""
        self._now_ms = now_ms

    def _run_to(self, deadline_ms: int) -> None:
        self._pass(max(0, deadline_ms - self._monotonic_ms))
        for follower in list(self._followers):
            follower.run_due()

    def _pass(self, duration_ms: int) -> None:
        self._now_ms += duration_ms
        self._monotonic_ms += duration_ms
