"""The waiting room of operations: each waits until something it watches has served it, or its time is up.

An operation watches keys, such as partitions. A change is only noted, as a key and an amount; the waiting
operations are completed by `drain`, which the shell calls after the replies of the turn were sent, so that no producer
waits for its consumers to be served.

Source: DelayedOperationPurgatory, DelayedOperation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from typing import Protocol

    from kafkalite.system.timers import Timer, TimerQueue

    class Waiting(Protocol):
        """An operation that waits."""

        @property
        def keys(self) -> Sequence[Hashable]:
            """The keys it watches."""

        def is_served(self, amount: int) -> bool:
            """Return whether it is worth an answer, after `amount` more on one of its keys."""

        def complete(self) -> None:
            """Answer with the state as it is."""


CHANGED = 1 << 62
"""The amount that serves every operation: the key is gone, so waiting is pointless."""


class Purgatory:
    """All waiting operations, by the keys that they watch.

    Args:
        timers: runs the deadline of each operation.
    """

    __slots__ = ("_deadlines", "_noted", "_timers", "_watchers")

    def __init__(self, timers: TimerQueue) -> None:
        self._timers = timers
        self._deadlines: dict[Waiting, Timer] = {}
        self._watchers: dict[Hashable, dict[Waiting, None]] = {}
        self._noted: dict[Hashable, int] = {}

    def __len__(self) -> int:
        """Return the number of waiting operations."""
        return len(self._deadlines)

    def park(self, waiting: Waiting, deadline_ms: int) -> None:
        """Let an operation wait until `deadline_ms` (monotonic) at the latest."""
        for key in waiting.keys:
            self._watchers.setdefault(key, {})[waiting] = None
        self._deadlines[waiting] = self._timers.schedule(deadline_ms, lambda: self._finish(waiting))

    def abandon(self, waiting: Waiting) -> None:
        """Forget an operation without answering it: its client is gone."""
        self._remove(waiting)

    def note(self, key: Hashable, amount: int) -> None:
        """Note that a key has `amount` more; costs one lookup where no operation watches it."""
        if key in self._watchers:
            self._noted[key] = self._noted.get(key, 0) + amount

    def note_changes(self, keys: Iterable[Hashable]) -> None:
        """Note that every operation that watches one of the keys must be answered now."""
        for key in keys:
            self.note(key, CHANGED)

    def drain(self) -> None:
        """Complete the operations that are served by everything noted since the last call."""
        while self._noted:
            noted, self._noted = self._noted, {}
            for key, amount in noted.items():
                for waiting in list(self._watchers.get(key, ())):
                    if waiting in self._deadlines and (amount >= CHANGED or waiting.is_served(amount)):
                        self._finish(waiting)

    def _finish(self, waiting: Waiting) -> None:
        self._remove(waiting)
        waiting.complete()

    def _remove(self, waiting: Waiting) -> None:
        deadline = self._deadlines.pop(waiting, None)
        if deadline is not None:
            deadline.cancel()
        for key in waiting.keys:
            watchers = self._watchers.get(key)
            if watchers is not None:
                watchers.pop(waiting, None)
                if not watchers:
                    del self._watchers[key]
