"""Where fetches wait until enough bytes have come, their time is up, or something happened to their partitions.

A produce only notes which partition grew and by how much; the waiters are completed by ``drain``, which the shell
calls after the replies of the turn were sent, so that no producer waits for its consumers to be served.

Source: DelayedFetch, DelayedOperationPurgatory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.system.timers import Timer, TimerQueue

CHANGED = 1 << 62
"""Notified in place of a byte count when waiting is pointless: the partition is gone, fenced or truncated."""


class WaitingFetch:
    """One fetch in the purgatory.

    Args:
        partitions: the partitions whose growth it waits for.
        missing_bytes: how many more bytes are needed before it is worth an answer.
        complete: answers it with whatever is there.
        recheck: for fetches that growth alone does not serve (read_committed, small partition limits): True if it is
            worth an answer now.
    """

    __slots__ = ("complete", "is_done", "missing_bytes", "partitions", "recheck", "timer")

    def __init__(
        self,
        partitions: Sequence[TopicPartition],
        missing_bytes: int,
        complete: Callable[[], None],
        recheck: Callable[[], bool] | None,
    ) -> None:
        self.partitions = partitions
        self.missing_bytes = missing_bytes
        self.complete = complete
        self.recheck = recheck
        self.is_done = False
        self.timer: Timer | None = None


class FetchPurgatory:
    """All waiting fetches, by the partitions they watch.

    Args:
        timers: runs the deadline of each fetch.
    """

    __slots__ = ("_grown", "_timers", "_watchers")

    def __init__(self, timers: TimerQueue) -> None:
        self._timers = timers
        self._watchers: dict[TopicPartition, dict[WaitingFetch, None]] = {}
        self._grown: dict[TopicPartition, int] = {}

    def __len__(self) -> int:
        return len({waiting for watchers in self._watchers.values() for waiting in watchers})

    def park(self, waiting: WaitingFetch, deadline_ms: int) -> None:
        """Let a fetch wait until ``deadline_ms`` (monotonic) at the latest."""
        for partition in waiting.partitions:
            self._watchers.setdefault(partition, {})[waiting] = None
        waiting.timer = self._timers.schedule(deadline_ms, lambda: self._finish(waiting))

    def abandon(self, waiting: WaitingFetch) -> None:
        """Forget a fetch without answering it: its client is gone."""
        self._remove(waiting)

    def note_growth(self, partition: TopicPartition, byte_count: int) -> None:
        """Note that ``byte_count`` more bytes can be read; costs one lookup where nobody waits."""
        if partition in self._watchers:
            self._grown[partition] = self._grown.get(partition, 0) + byte_count

    def note_changes(self, partitions: Iterable[TopicPartition]) -> None:
        """Note that what waits on partitions must be answered now."""
        for partition in partitions:
            self.note_growth(partition, CHANGED)

    def drain(self) -> None:
        """Complete what is worth an answer after everything noted since the last call."""
        while self._grown:
            grown, self._grown = self._grown, {}
            for partition, byte_count in grown.items():
                for waiting in list(self._watchers.get(partition, ())):
                    if not waiting.is_done and self._is_served(waiting, byte_count):
                        self._finish(waiting)

    @staticmethod
    def _is_served(waiting: WaitingFetch, byte_count: int) -> bool:
        if waiting.recheck is not None and byte_count < CHANGED:
            return waiting.recheck()
        waiting.missing_bytes -= byte_count
        return waiting.missing_bytes <= 0

    def _finish(self, waiting: WaitingFetch) -> None:
        self._remove(waiting)
        waiting.complete()

    def _remove(self, waiting: WaitingFetch) -> None:
        waiting.is_done = True
        if waiting.timer is not None:
            waiting.timer.cancel()
        for partition in waiting.partitions:
            watchers = self._watchers.get(partition)
            if watchers is not None:
                watchers.pop(waiting, None)
                if not watchers:
                    del self._watchers[partition]
