"""The appends of one request that another thread writes: the reply waits until all of them are complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.context import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class LateAppends:
    """Counts what is still being written.

    Attributes:
        deferred: what the handler returns.
    """

    __slots__ = ("_answer", "_left_count", "deferred")

    def __init__(self) -> None:
        self.deferred = Deferred()
        self._left_count = 0
        self._answer: Callable[[], Any] | None = None

    def expect(self) -> None:
        """One more append is under way."""
        self._left_count += 1

    def one_done(self) -> None:
        """An append is complete, well or badly."""
        self._left_count -= 1
        self._finish_if_all_done()

    def answer_with(self, answer: Callable[[], Any]) -> Deferred:
        """Return the reply-to-come, which ``answer()`` makes once everything is written."""
        self._answer = answer
        self._finish_if_all_done()
        return self.deferred

    def _finish_if_all_done(self) -> None:
        if self._left_count == 0 and self._answer is not None:
            self.deferred.complete(self._answer())
