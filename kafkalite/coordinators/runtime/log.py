"""The log of one shard, as the runtime sees it; the broker implements it over a partition.

Source: PartitionWriter, CoordinatorLoader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.model.buffers import Buffer
    from kafkalite.model.completion import Completion


class CoordinatorLog(Protocol):
    """Append-only batches of records."""

    @property
    def leader_epoch(self) -> int:
        """The epoch in which this broker leads the partition: the coordinator's epoch in markers."""

    @property
    def next_offset(self) -> int:
        """The offset that the next record gets, if the appends that are late go well."""

    @property
    def max_batch_bytes(self) -> int:
        """No batch may be larger (`max.message.bytes` of the topic)."""

    def check_room(self, size_bytes: int) -> None:
        """Raise where the last append failed and one of this size would fail too.

        Raises:
            ApiError: the last append failed, and this one would fail too.
        """

    def append(self, batch: bytearray, *, is_control: bool = False, transaction_version: int = 0) -> Completion | None:
        """Append one batch; its records get `next_offset` and those after it.

        Returns None where it is stored at once, else its end, whose error is an ApiError: those appended after it are
        not stored then either.

        Raises:
            ApiError: nothing is appended.
        """

    def hold_answer(self, change: Completion) -> None:
        """Let the answer to the request at hand wait for a change of the shard that it depends on."""

    def note_unreadable(self, problem: Exception) -> None:
        """Say that the records cannot be loaded, and why."""

    def batches(self) -> Iterator[Buffer]:
        """Yield the log from its start to its end in buffers of whole batches.

        Raises:
            ApiError: the log cannot be read.
        """
