"""The rules for the deletion of old segments: those before the log start, over the size limit, or over the age limit.

Segments are deleted from the oldest on, up to the first one without a breach or with offsets at or after the high
watermark. The last one is deleted too if it is not empty: an empty one replaces it.

Source: UnifiedLog.deleteOldSegments, UnifiedLog.deletableSegments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.log.config import LogConfig
    from kafkalite.log.segment import Segment

    Breach = Callable[[Segment, Segment | None], bool]


def count_deletable(segments: Iterable[Segment], end_offset: int, high_watermark: int, is_breached: Breach) -> int:
    """Return the number of segments, from the first on, that may be deleted.

    Args:
        end_offset: of the log and thus of the active segment.
        is_breached: called with a segment and the next one, or None after the last.

    Raises:
        StorageFault: a segment cannot be read.
    """
    count = 0
    remaining = iter(segments)
    segment = next(remaining, None)
    while segment is not None:
        following = next(remaining, None)
        upper_offset = end_offset if following is None else following.base_offset
        if high_watermark < upper_offset or not is_breached(segment, following):
            break
        if following is None and segment.size == 0:
            break
        count += 1
        segment = following
    return count


def before_start(log_start_offset: int) -> Breach:
    """Return the rule for segments with only offsets before the log start."""
    return lambda segment, following: following is not None and following.base_offset <= log_start_offset


def over_size(config: LogConfig, size_bytes: int) -> Breach | None:
    """Return the rule for segments without which the log still has `retention.bytes`; None without a limit.

    Args:
        size_bytes: of all segments. The rule subtracts each breached segment: call it once per segment, in order.
    """
    if config.retention_bytes < 0 or size_bytes < config.retention_bytes:
        return None
    surplus_bytes = size_bytes - config.retention_bytes

    def is_breached(segment: Segment, following: Segment | None) -> bool:
        nonlocal surplus_bytes
        if surplus_bytes < segment.size:
            return False
        surplus_bytes -= segment.size
        return True

    return is_breached


def too_old(config: LogConfig, now_ms: int, on_future: Callable[[Segment], None]) -> Breach | None:
    """Return the rule for segments whose newest record is older than `retention.ms`; None without a limit.

    Args:
        now_ms: the wall clock.
        on_future: called with a segment whose newest record has a future timestamp, which keeps the segment.
    """
    if config.retention_ms < 0:
        return None
    retention_ms = config.retention_ms

    def is_breached(segment: Segment, following: Segment | None) -> bool:
        newest_ms = segment.newest_ms
        if newest_ms > now_ms:
            on_future(segment)
        return now_ms - newest_ms > retention_ms

    return is_breached
