"""A queue of deadlines: pure, driven by the owner of the loop."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.system.clock import Clock

COMPACTION_MIN_COUNT = 64
"""Number of cancelled timers from which on they are removed from the heap once they are the majority: the sweep is
linear, so that it costs at most a constant per cancellation."""


class Timer:
    """One scheduled callback; created only by `TimerQueue.schedule`."""

    __slots__ = ("_queue", "_sequence", "callback", "deadline_ms")

    def __init__(self, queue: TimerQueue, deadline_ms: int, sequence: int, callback: Callable[[], object]) -> None:
        self._queue = queue
        self._sequence = sequence
        self.deadline_ms = deadline_ms
        self.callback: Callable[[], object] | None = callback

    def __lt__(self, other: Timer) -> bool:
        if self.deadline_ms != other.deadline_ms:
            return self.deadline_ms < other.deadline_ms
        return self._sequence < other._sequence

    @property
    def is_pending(self) -> bool:
        """Return whether the callback is still to run."""
        return self.callback is not None

    def cancel(self) -> None:
        """Cancel the callback; do nothing if it ran or was cancelled before."""
        if self.callback is not None:
            self.callback = None
            self._queue.forget_one()


class TimerQueue:
    """Callbacks ordered by deadline; of equal deadlines the first scheduled runs first.

    Args:
        clock: read only by `run_due`.
    """

    __slots__ = ("_cancelled_count", "_clock", "_heap", "_sequence")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[Timer] = []
        self._sequence = 0
        self._cancelled_count = 0

    def __len__(self) -> int:
        """Return the number of pending callbacks."""
        return len(self._heap) - self._cancelled_count

    def schedule(self, deadline_ms: int, callback: Callable[[], object]) -> Timer:
        """Run `callback` in the first `run_due` at or after `deadline_ms` (an instant of the monotonic clock)."""
        self._sequence += 1
        timer = Timer(self, deadline_ms, self._sequence, callback)
        heappush(self._heap, timer)
        return timer

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline, or None if nothing is scheduled."""
        heap = self._heap
        while heap and heap[0].callback is None:
            heappop(heap)
            self._cancelled_count -= 1
        return heap[0].deadline_ms if heap else None

    def run_due(self) -> int:
        """Run every callback whose deadline has passed and return their number.

        Callbacks scheduled by a callback run in a later call, however short their deadline, so that one turn always
        ends. An exception of a callback leaves the later callbacks scheduled and propagates.
        """
        due = self._pop_due(self._clock.monotonic_ms())
        ran_count = 0
        try:
            for timer in due:
                ran_count += 1
                callback = timer.callback
                if callback is None:  # cancelled by an earlier callback of this turn
                    self._cancelled_count -= 1
                    continue
                timer.callback = None
                callback()
        finally:
            for timer in due[ran_count:]:
                heappush(self._heap, timer)
        return ran_count

    def _pop_due(self, now_ms: int) -> list[Timer]:
        heap = self._heap
        due: list[Timer] = []
        while heap and heap[0].deadline_ms <= now_ms:
            timer = heappop(heap)
            if timer.callback is None:
                self._cancelled_count -= 1
            else:
                due.append(timer)
        return due

    def forget_one(self) -> None:
        """Count one cancelled timer, and sweep the heap when the cancelled ones are the majority."""
        self._cancelled_count += 1
        if self._cancelled_count >= COMPACTION_MIN_COUNT and self._cancelled_count * 2 > len(self._heap):
            kept = [timer for timer in self._heap if timer.callback is not None]
            # Timers that run_due holds outside the heap keep their own count until run_due meets them.
            self._cancelled_count -= len(self._heap) - len(kept)
            heapify(kept)
            self._heap[:] = kept
