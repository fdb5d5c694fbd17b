"""The result of an operation on a shard: the records that change the state, and the answers once they are stored.

Source: CoordinatorResult.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol

    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.api_error import ApiError

    class Reply(Protocol):
        """An answer that a client waits for; `broker.context.Deferred` is one."""

        def complete(self, response: Any) -> None:
            """Give the answer, once."""

    Replies = Sequence[tuple[Reply, Any]]

Response = TypeVar("Response")


class Pending:
    """The type of `PENDING`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "PENDING"


PENDING = Pending()
"""The response of an operation whose caller must wait: the shard keeps the `Reply` that it was given."""


class Result(Generic[Response]):
    """The outcome of one operation.

    Args:
        records: the changes, in order; replayed and appended as one batch. Empty for none.
        response: the caller's response; PENDING where it comes later.
        replies: (reply, response) for others who waited, given when the records are stored.
        is_atomic: False lets the records be split over several batches where one would be too large.
        is_repeatable: nothing but the records changes the state: where they are not stored it is as it was before, and
            the same operation may be run again.
        on_refused: makes the result instead when the records are too large for one batch; None refuses the operation.
    """

    __slots__ = ("is_atomic", "is_repeatable", "on_refused", "records", "replies", "response")

    def __init__(
        self,
        records: Sequence[CoordinatorRecord] = (),
        response: Response | Any = None,
        replies: Replies = (),
        *,
        is_atomic: bool = True,
        is_repeatable: bool = False,
        on_refused: Callable[[ApiError], Result[Any]] | None = None,
    ) -> None:
        self.records = records
        self.response = response
        self.replies = replies
        self.is_atomic = is_atomic
        self.is_repeatable = is_repeatable
        self.on_refused = on_refused

    def __repr__(self) -> str:
        return f"Result({list(self.records)!r}, {self.response!r}, {len(self.replies)} replies)"
