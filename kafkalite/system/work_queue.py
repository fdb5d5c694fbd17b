"""Work in slices, one slice of each piece in turn, so that no piece blocks the loop: pure, driven by its owner.

A piece of work is a generator that yields at every point of possible interruption, every few dozen to few hundred
microseconds, and returns its result. It yields None, or an `Errand` for which it waits, such as a job in a thread.
``WorkQueue.begin`` runs its first slice at once, so that ordinary work finishes without a detour; the rest takes turns
with all other work in ``run_turn``, which the shell calls between its readings of sockets.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kafkalite.model.limits import SLICE_MAX_MS, SLICE_MAX_STEP_COUNT, TURN_MAX_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kafkalite.system.clock import Clock

T = TypeVar("T")


class Errand(Protocol):
    """An operation that work waits for without taking turns."""

    def begin(self, resume: Callable[[], object]) -> None:
        """Begin, and call ``resume`` once, now or later, when the work may continue."""


if TYPE_CHECKING:
    SlicedSteps = Generator[Errand | None, None, T]
    """Work that may be interrupted at each None, and continues after the end of an errand."""


class SlicedWork(Generic[T]):
    """One generator in progress; created only by ``WorkQueue.begin``.

    Attributes:
        is_done: whether there is an outcome: a result or a failure.
    """

    __slots__ = ("_add", "_callback", "_clock", "_failure", "_result", "_steps", "is_done")

    def __init__(
        self,
        steps: SlicedSteps[T],
        clock: Clock,
        add: Callable[[Callable[[], bool]], object],
    ) -> None:
        self._steps = steps
        self._clock = clock
        self._add = add
        self._callback: Callable[[], object] | None = None
        self._failure: Exception | None = None
        self._result: T | None = None
        self.is_done = False

    def result(self) -> T:
        """Return the result, or raise the error of the work; only after it is done."""
        assert self.is_done, "the work is not done"
        if self._failure is not None:
            raise self._failure
        return self._result  # type: ignore[return-value]  # the result is there, and may be None itself

    def then(self, callback: Callable[[], object]) -> None:
        """Call ``callback`` once: now if the work is done, else when it is."""
        if self.is_done:
            callback()
        else:
            self._callback = callback

    def abandon(self) -> None:
        """Abandon the work; its callback is not called."""
        self._callback = None
        if not self.is_done:
            self.is_done = True
            self._failure = RuntimeError("the work was abandoned")
            self._steps.close()

    def run_slice(self) -> bool:
        """Run one slice and return whether the work needs another turn: not while it waits for an errand."""
        if self.is_done:  # abandoned while it waited for its turn
            return False
        clock = self._clock
        end_ms = clock.monotonic_ms() + SLICE_MAX_MS
        steps = self._steps
        try:
            for _ in range(SLICE_MAX_STEP_COUNT):
                errand = next(steps)
                if errand is not None:
                    errand.begin(lambda: self._add(self.run_slice))
                    return False
                if clock.monotonic_ms() >= end_ms:
                    break
            return True
        except StopIteration as end:
            self._result = end.value
        except Exception as failure:
            self._failure = failure
        self.is_done = True
        callback, self._callback = self._callback, None
        if callback is not None:
            callback()
        return False


class WorkQueue:
    """Pieces of work that take turns.

    Args:
        clock: ends slices and turns.
        wake: asks the owner of the loop to call ``run_turn`` in the loop's next turn.
    """

    __slots__ = ("_clock", "_is_awake", "_waiting", "_wake")

    def __init__(self, clock: Clock, wake: Callable[[], object]) -> None:
        self._clock = clock
        self._wake = wake
        self._waiting: deque[Callable[[], bool]] = deque()
        self._is_awake = False

    def __len__(self) -> int:
        """Return the number of pieces of work that wait for their turn."""
        return len(self._waiting)

    def begin(self, steps: SlicedSteps[T]) -> SlicedWork[T]:
        """Run the first slice of a generator at once and queue the rest of it, if there is any."""
        work = SlicedWork(steps, self._clock, self.add)
        if work.run_slice():
            self.add(work.run_slice)
        return work

    def add(self, run_slice: Callable[[], bool]) -> None:
        """Queue work: ``run_slice`` is called once a turn until it returns False; it must not raise."""
        self._waiting.append(run_slice)
        self._ask_for_turn()

    def run_turn(self) -> None:
        """Run one slice of each piece of work that waits, oldest first, until the turn's time is used up."""
        self._is_awake = False
        waiting = self._waiting
        clock = self._clock
        end_ms = clock.monotonic_ms() + TURN_MAX_MS
        try:
            for _ in range(len(waiting)):  # work added by a slice has its turn later
                run_slice = waiting.popleft()
                if run_slice():
                    waiting.append(run_slice)
                if clock.monotonic_ms() >= end_ms:
                    break
        finally:
            if waiting:
                self._ask_for_turn()

    def _ask_for_turn(self) -> None:
        if not self._is_awake:
            self._is_awake = True
            self._wake()
