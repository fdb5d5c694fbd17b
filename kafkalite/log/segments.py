"""The segments of one partition in order of their offsets; at least one.

Source: LogSegments.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kafkalite.log.segment import Segment


class Segments:
    """Segments with ascending base offsets; the last one is active.

    Args:
        segments: at least one, in order.

    Attributes:
        active: the segment for appends.
    """

    __slots__ = ("_base_offsets", "_sealed_bytes", "_segments", "active")

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._segments = list(segments)
        self._base_offsets = [segment.base_offset for segment in self._segments]
        self._sealed_bytes: int | None = None
        self.active = self._segments[-1]

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self._segments)

    def __iter__(self) -> Iterator[Segment]:
        """Yield the segments in order."""
        return iter(self._segments)

    @property
    def first(self) -> Segment:
        """The segment with the lowest offsets."""
        return self._segments[0]

    @property
    def size_bytes(self) -> int:
        """The total size of all `.log` files.

        Raises:
            StorageFault: the files cannot be read.
        """
        sealed_bytes = self._sealed_bytes
        if sealed_bytes is None:
            sealed_bytes = self._sealed_bytes = sum(segment.size for segment in self._segments[:-1])
        return sealed_bytes + self.active.size

    def floor(self, offset: int) -> Segment | None:
        """Return the last segment with a base offset up to `offset`; None if all begin later."""
        index = bisect_right(self._base_offsets, offset)
        return self._segments[index - 1] if index else None

    def after(self, segment: Segment) -> Segment | None:
        """Return the next segment; None after the active one."""
        index = bisect_right(self._base_offsets, segment.base_offset)
        return self._segments[index] if index < len(self._segments) else None

    def since(self, offset: int) -> list[Segment]:
        """Return the segments that may hold `offset` or a later one, in order."""
        return self._segments[max(0, bisect_right(self._base_offsets, offset) - 1) :]

    def add(self, segment: Segment) -> None:
        """Add a segment with a base offset above all others, and make it the active one."""
        self._segments.append(segment)
        self._base_offsets.append(segment.base_offset)
        self._sealed_bytes = None
        self.active = segment

    def remove_first(self) -> Segment:
        """Remove and return the first of at least two segments."""
        self._sealed_bytes = None
        del self._base_offsets[0]
        return self._segments.pop(0)

    def take_before(self, offset: int) -> list[Segment]:
        """Remove and return the segments with only offsets before `offset`, except the active one."""
        removed = []
        while len(self._segments) > 1 and self._base_offsets[1] <= offset:
            removed.append(self.remove_first())
        return removed

    def remove_last(self) -> Segment:
        """Remove and return the active one of at least two segments; the previous one becomes active."""
        self._sealed_bytes = None
        self._base_offsets.pop()
        removed = self._segments.pop()
        self.active = self._segments[-1]
        return removed
