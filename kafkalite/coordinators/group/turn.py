"""The harvest of one operation: records to store, and answers to give once they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.runtime.result import PENDING, Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.coordinators.runtime.result import Reply
    from kafkalite.protocol.api_error import ApiError


class Turn:
    """The outcome of one operation while it is worked out.

    Attributes:
        on_refused: makes the result instead where the records are too large for a batch.
    """

    __slots__ = ("on_refused", "records", "replies")

    def __init__(self) -> None:
        self.records: list[CoordinatorRecord] = []
        self.replies: list[tuple[Reply, Any]] = []
        self.on_refused: Callable[[ApiError], Result[Any]] | None = None

    def answer(self, reply: Reply, response: Any) -> None:
        """Answer a reply that waits."""
        self.replies.append((reply, response))

    def result(self, response: Any = PENDING, *, is_atomic: bool = True) -> Result[Any]:
        """Return what to hand to the runtime."""
        return Result(self.records, response, self.replies, is_atomic=is_atomic, on_refused=self.on_refused)
