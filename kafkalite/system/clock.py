"""The clock door: wall time and a clock that never goes back, both in milliseconds."""

from __future__ import annotations

from time import monotonic_ns, sleep, time_ns
from typing import Protocol


class Clock(Protocol):
    """What time it is. Deadlines are instants of `monotonic_ms`, timestamps of records are of `now_ms`."""

    def now_ms(self) -> int:
        """Return the wall clock in milliseconds since the epoch; it may jump either way."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds since an arbitrary start; never decreases."""
        ...


class SystemClock:
    """The clock of the machine."""

    __slots__ = ()

    def now_ms(self) -> int:
        """Return the wall clock in milliseconds since the epoch."""
        return time_ns() // 1_000_000

    def monotonic_ms(self) -> int:
        """Return the machine's monotonic clock in milliseconds."""
        return monotonic_ns() // 1_000_000


def wait_ms(duration_ms: int) -> None:
    """Let time pass, for synchronous clients only: it blocks the thread. Tests pass ``ManualClock.advance`` instead."""
    sleep(duration_ms / 1000)


class ManualClock:
    """A clock that moves only when told to.

    Args:
        now_ms: the wall time it starts at.
    """

    __slots__ = ("_monotonic_ms", "_now_ms")

    def __init__(self, now_ms: int = 1_700_000_000_000) -> None:
        self._now_ms = now_ms
        self._monotonic_ms = 0

    def now_ms(self) -> int:
        """Return the wall time as last set or advanced."""
        return self._now_ms

    def monotonic_ms(self) -> int:
        """Return the sum of all advances."""
        return self._monotonic_ms

    def advance(self, duration_ms: int) -> None:
        """Let `duration_ms` pass on both clocks; a negative duration is refused with ValueError."""
        if duration_ms < 0:
            raise ValueError(f"time cannot pass backwards: {duration_ms} ms")
        self._now_ms += duration_ms
        self._monotonic_ms += duration_ms

    def set_now(self, now_ms: int) -> None:
        """Step the wall clock alone, as an administrator or a time daemon would."""
        self._now_ms = now_ms
