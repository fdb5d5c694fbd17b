"""Named timers of one shard: at most one for each name, and a firing timer is an operation like any other.

Source: CoordinatorTimer, CoordinatorTimerImpl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from typing import Any

    from kafkalite.coordinators.runtime.result import Result
    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import Timer, TimerQueue

    TimerOperation = Callable[[], Result[Any] | None]


class ShardTimers:
    """Timers by name.

    Args:
        fire: runs an operation through the runtime.
    """

    __slots__ = ("_clock", "_fire", "_queue", "_timers")

    def __init__(self, queue: TimerQueue, clock: Clock, fire: Callable[[TimerOperation], None]) -> None:
        self._queue = queue
        self._clock = clock
        self._fire = fire
        self._timers: dict[Hashable, Timer] = {}

    def __len__(self) -> int:
        return len(self._timers)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._timers

    def schedule(self, key: Hashable, delay_ms: int, operation: TimerOperation) -> None:
        """Run `operation` in `delay_ms`; takes the place of a timer of the same name."""
        self.cancel(key)

        def run() -> None:
            del self._timers[key]
            self._fire(operation)

        self._timers[key] = self._queue.schedule(self._clock.monotonic_ms() + delay_ms, run)

    def schedule_if_absent(self, key: Hashable, delay_ms: int, operation: TimerOperation) -> None:
        """Run `operation` in `delay_ms`, unless a timer of that name runs already."""
        if key not in self._timers:
            self.schedule(key, delay_ms, operation)

    def cancel(self, key: Hashable) -> None:
        """Stop a timer; does nothing where there is none of that name."""
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()

    def cancel_all(self) -> None:
        """Stop all timers of the shard."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def keys(self) -> list[Hashable]:
        """Return the names of the timers that run."""
        return list(self._timers)
