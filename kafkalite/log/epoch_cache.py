"""The offsets of each leader epoch: the content of `leader-epoch-checkpoint`.

The cache does not write the file: each method that may change it returns whether it did, and the caller stores
`entries()`.

Source: LeaderEpochFileCache; KIP-101, KIP-320.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

UNDEFINED_EPOCH = -1
UNDEFINED_EPOCH_OFFSET = -1


class EpochEntry(NamedTuple):
    """A leader epoch and the offset of its first batch."""

    epoch: int
    start_offset: int


class LeaderEpochCache:
    """The epochs of one partition, ascending in both epoch and start offset.

    Args:
        entries: as read from the checkpoint; they are assigned in turn, so that an entry out of order drops those that
            it contradicts.
    """

    __slots__ = ("_epochs", "_start_offsets")

    def __init__(self, entries: Iterable[tuple[int, int]] = ()) -> None:
        self._epochs: list[int] = []
        self._start_offsets: list[int] = []
        for epoch, start_offset in entries:
            self.assign(epoch, start_offset)

    def __len__(self) -> int:
        """Return the number of known epochs."""
        return len(self._epochs)

    @property
    def latest_epoch(self) -> int:
        """The highest epoch with a batch; -1 for none."""
        return self._epochs[-1] if self._epochs else UNDEFINED_EPOCH

    def entries(self) -> list[EpochEntry]:
        """Return all entries, ascending."""
        return [EpochEntry(*pair) for pair in zip(self._epochs, self._start_offsets, strict=True)]

    def assign(self, epoch: int, start_offset: int) -> bool:
        """Add an epoch with its first offset, and return whether anything changed.

        The latest epoch again, at a later offset, changes nothing. Entries with a higher or equal epoch or start offset
        contradict the new one and are dropped.

        Raises:
            ValueError: the epoch or offset is negative.
        """
        if self._epochs and epoch == self._epochs[-1] and start_offset >= self._start_offsets[-1]:
            return False
        if epoch < 0 or start_offset < 0:
            raise ValueError(f"leader epoch {epoch} at offset {start_offset}")
        keep = min(bisect_left(self._epochs, epoch), bisect_left(self._start_offsets, start_offset))
        del self._epochs[keep:]
        del self._start_offsets[keep:]
        self._epochs.append(epoch)
        self._start_offsets.append(start_offset)
        return True

    def end_offset_for(self, requested_epoch: int, log_end_offset: int) -> tuple[int, int]:
        """Return the largest known epoch up to `requested_epoch` and its end offset (exclusive).

        The latest epoch ends at `log_end_offset`. For an epoch before the first known one, the result is that epoch and
        the start of the first. It is (-1, -1) if the epoch is -1 or later than all known ones.
        """
        epochs = self._epochs
        if requested_epoch == UNDEFINED_EPOCH or not epochs or requested_epoch > epochs[-1]:
            return UNDEFINED_EPOCH, UNDEFINED_EPOCH_OFFSET
        if requested_epoch == epochs[-1]:
            return requested_epoch, log_end_offset
        higher = bisect_right(epochs, requested_epoch)
        found_epoch = epochs[higher - 1] if higher else requested_epoch
        return found_epoch, self._start_offsets[higher]

    def epoch_for_offset(self, offset: int) -> int:
        """Return the epoch of `offset`; -1 if it is before the first known epoch."""
        index = bisect_right(self._start_offsets, offset)
        return self._epochs[index - 1] if index else UNDEFINED_EPOCH

    def truncate_from_end(self, end_offset: int) -> bool:
        """Drop the epochs that begin at or after `end_offset`, and return whether anything changed."""
        keep = bisect_left(self._start_offsets, end_offset)
        if end_offset < 0 or keep == len(self._epochs):
            return False
        del self._epochs[keep:]
        del self._start_offsets[keep:]
        return True

    def truncate_from_start(self, start_offset: int) -> bool:
        """Drop the epochs that end at or before `start_offset`, and return whether anything changed.

        The epoch that spans `start_offset` begins there afterwards.
        """
        keep = bisect_right(self._start_offsets, start_offset) - 1
        if keep < 0 or (keep == 0 and self._start_offsets[0] == start_offset):
            return False
        del self._epochs[:keep]
        del self._start_offsets[:keep]
        self._start_offsets[0] = start_offset
        return True

    def clear(self) -> None:
        """Drop every epoch."""
        self._epochs.clear()
        self._start_offsets.clear()
