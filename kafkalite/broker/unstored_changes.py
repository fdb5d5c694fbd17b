"""Holds an answer back until the changes it depends on are stored.

Operations of coordinators change their state at once and append what they changed. Where the storage is done at once
the answer goes out as it is. Else it waits for the appends of all shards that the request wrote or read, and where one
of them fails the request fails with it: the shard has started again from its log.

Source: CoordinatorRuntime, which completes the events of a shard up to the last committed offset.
"""

from __future__ import annotations

from types import GeneratorType
from typing import TYPE_CHECKING, Any

from kafkalite.broker.context import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.model.completion import Completion
    from kafkalite.system.work_queue import SlicedSteps


class UnstoredChanges:
    """The changes that the request at hand depends on and that are not stored yet.

    The router takes them after each call of a handler and each step of one, so they belong to that request alone.

    Attributes:
        changes: in the order in which they were noted.
    """

    __slots__ = ("changes",)

    def __init__(self) -> None:
        self.changes: list[Completion] = []

    def note(self, change: Completion) -> None:
        """Let the answer to the request at hand wait for a change."""
        if not change.is_done or change.error is not None:
            self.changes.append(change)

    def take(self) -> list[Completion]:
        """Return the changes and forget them."""
        changes, self.changes = self.changes, []
        return changes

    def settle_steps(self) -> SlicedSteps[None]:
        """Wait until the changes are stored that the request has met so far: what it does next depends on them.

        Raises:
            ApiError: one of them failed.
        """
        changes = self.take()
        if changes:
            yield _Stored(changes)
            _raise_failure(changes)

    def then(self, callback: Callable[[], object]) -> None:
        """Call `callback` when the changes have ended, well or not."""
        _after_all(self.take(), callback)

    def hold(self, response: Any) -> Any:
        """Return what a handler returned, or a deferred answer for it where there are changes to wait for."""
        if not self.changes or response is None or type(response) is GeneratorType:
            return response
        changes = self.take()
        held = Deferred()

        def release() -> None:
            try:
                _raise_failure(changes)
            except Exception as error:
                held.complete(error)
                return
            if type(response) is Deferred:
                response.then(held.complete)
            else:
                held.complete(response)

        if type(response) is Deferred:
            held.on_abandon = response.abandon
        _after_all(changes, release)
        return held

    def collect(self, steps: SlicedSteps[Any]) -> SlicedSteps[Any]:
        """Take the steps of a handler, and return its response when the changes that it met are stored.

        Raises:
            ApiError: one of them failed.
            Exception: as the handler.
        """
        changes = self.take()
        try:
            while True:
                try:
                    errand = next(steps)
                except StopIteration as end:
                    response = end.value
                    break
                finally:
                    changes += self.take()
                yield errand
                self.take()  # what others left
        finally:
            steps.close()
        if changes:
            yield _Stored(changes)
            _raise_failure(changes)
        return response


class _Stored:
    """An errand: the end of some changes."""

    __slots__ = ("_changes",)

    def __init__(self, changes: list[Completion]) -> None:
        self._changes = changes

    def begin(self, resume: Callable[[], object]) -> None:
        _after_all(self._changes, resume)


def _raise_failure(changes: list[Completion]) -> None:
    for change in changes:
        if change.error is not None:
            raise change.error


def _after_all(changes: list[Completion], callback: Callable[[], object]) -> None:
    """Call `callback` when each of the changes has ended."""
    left_count = len(changes)

    def end() -> None:
        nonlocal left_count
        left_count -= 1
        if left_count == 0:
            callback()

    for change in changes:
        change.then(end)
