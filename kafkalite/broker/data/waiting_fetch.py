"""A fetch that waits in the purgatory until enough bytes have come.

Source: DelayedFetch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafkalite.model.identifiers import TopicPartition


class WaitingFetch:
    """One waiting fetch.

    Args:
        keys: the partitions whose growth it waits for.
        missing_bytes: the number of bytes that are still missing before it is worth an answer.
        complete: answers it with the records that are there.
        recheck: for fetches that growth alone does not serve (read_committed, small partition limits): returns whether
            it is worth an answer now.
    """

    __slots__ = ("complete", "keys", "missing_bytes", "recheck")

    def __init__(
        self,
        keys: Sequence[TopicPartition],
        missing_bytes: int,
        complete: Callable[[], None],
        recheck: Callable[[], bool] | None,
    ) -> None:
        self.keys = keys
        self.missing_bytes = missing_bytes
        self.complete = complete
        self.recheck = recheck

    def is_served(self, amount: int) -> bool:
        """Return whether it is worth an answer, after `amount` more bytes on one of its partitions."""
        if self.recheck is not None:
            return self.recheck()
        self.missing_bytes -= amount
        return self.missing_bytes <= 0
