"""Coroutines on a clock instead of an event loop: timers complete their waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator

    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import TimerQueue

T = TypeVar("T")


class Awaited(Generic[T]):
    """A result that arrives later; calls after the first result or failure are ignored."""

    __slots__ = ("_failure", "_result", "is_done", "resume")

    def __init__(self) -> None:
        self.is_done = False
        self._result: T | None = None
        self._failure: Exception | None = None
        self.resume: Callable[[], None] | None = None

    def complete(self, result: T) -> None:
        """Resume the task with a result."""
        if not self.is_done:
            self.is_done, self._result = True, result
            self._go_on()

    def fail(self, failure: Exception) -> None:
        """Resume the task with an exception."""
        if not self.is_done:
            self.is_done, self._failure = True, failure
            self._go_on()

    def _go_on(self) -> None:
        resume, self.resume = self.resume, None
        if resume is not None:
            resume()

    def __await__(self) -> Generator[Awaited[Any], None, T]:
        """Suspend the task until there is a result, and return it."""
        if not self.is_done:
            yield self
        if self._failure is not None:
            raise self._failure
        return self._result  # type: ignore[return-value]  # the result has arrived, and may be None


class Task:
    """One running coroutine; it runs to its first wait at once.

    Args:
        name: for messages.

    Attributes:
        is_done: whether it has returned. An exception of the coroutine propagates to the code that completed its wait.
    """

    __slots__ = ("_coroutine", "is_done", "name")

    def __init__(self, name: str, coroutine: Coroutine[Awaited[Any], None, None]) -> None:
        self.name = name
        self._coroutine = coroutine
        self.is_done = False
        self._run()

    def _run(self) -> None:
        try:
            awaited = self._coroutine.send(None)
        except StopIteration:
            self.is_done = True
        else:
            awaited.resume = self._run


def sleep(clock: Clock, timers: TimerQueue, duration_ms: int) -> Awaited[None]:
    """Return an awaitable that completes after `duration_ms` milliseconds."""
    awaited: Awaited[None] = Awaited()
    timers.schedule(clock.monotonic_ms() + duration_ms, lambda: awaited.complete(None))
    return awaited
