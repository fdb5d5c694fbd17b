"""The segments of one partition in order of their offsets; there is always at least one.

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
        active: the segment that is appended to.
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
        """The bytes of all `.log` files; raises StorageFault."""
        sealed_bytes = self._sealed_bytes
        if sealed_bytes is None:
            sealed_bytes = self._sealed_bytes = sum(segment.size for segment in self._segments[:-1])
        return sealed_bytes + self.active.size

    def floor(self, offset: int) -> Segment | None:
        """Return the last segment whose base offset is at most `offset`, None when all begin later."""
        index = bisect_right(self._base_offsets, offset)
        return self._segments[index - 1] if index else None

    def after(self, segment: Segment) -> Segment | None:
        """Return the next segment, None behind the active one."""
        index = bisect_right(self._base_offsets, segment.base_offset)
        return self._segments[index] if index < len(self._segments) else None

    def since(self, offset: int) -> list[Segment]:
        """Return the segments that can hold `offset` or a later one, in order."""
        return self._segments[max(0, bisect_right(self._base_offsets, offset) - 1) :]

    def add(self, segment: Segment) -> None:
        """Make a segment with a higher base offset than all others the active one."""
        self._segments.append(segment)
        self._base_offsets.append(segment.base_offset)
        self._sealed_bytes = None
        self.active = segment

    def remove_first(self) -> Segment:
        """Take the lowest segment out; there are at least two."""
        self._sealed_bytes = None
        del self._base_offsets[0]
        return self._segments.pop(0)

    def take_before(self, offset: int) -> list[Segment]:
        """Take out the segments that hold only offsets before `offset`, and return them; never the active one."""
        removed = []
        while len(self._segments) > 1 and self._base_offsets[1] <= offset:
            removed.append(self.remove_first())
        return removed

    def remove_last(self) -> Segment:
        """Take the active segment out and make the one before it active; there are at least two."""
        self._sealed_bytes = None
        self._base_offsets.pop()
        removed = self._segments.pop()
        self.active = self._segments[-1]
        return removed
