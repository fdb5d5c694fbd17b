"""The log lines of a recovery about unexpected findings: place, cause, and the records concerned.

One line per finding. Space that was allocated ahead and never written is not worth a warning.

Source: the warnings of LogLoader, LogSegment.recover and UnifiedLog.
"""

from __future__ import annotations

from logging import ERROR, INFO, WARNING, getLogger
from typing import TYPE_CHECKING

from kafkalite.log.damage import DAMAGED, UNUSED
from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.log.damage import Damage
    from kafkalite.log.segment import Segment
    from kafkalite.model.identifiers import TopicPartition

_log = getLogger("kafkalite.log")


class RecoveryReport:
    """The findings of the opening of one log.

    Args:
        path: the partition's directory.
        high_watermark: from the last checkpoint, 0 if unknown; records before it were acknowledged.
        delete_delay_ms: time for which removed files are kept.

    Attributes:
        has_loss: whether a line has reported missing records.
        gaps: first offsets after missing ones, at which readers continue.
    """

    def __init__(self, topic_partition: TopicPartition, path: str, high_watermark: int, delete_delay_ms: int) -> None:
        self.has_loss = False
        self.gaps: set[int] = set()
        self._partition = topic_partition
        self._path = path
        self._high_watermark = high_watermark
        self._delay_s = delete_delay_ms / 1000

    def note_cut(
        self,
        segment: Segment,
        damage: Damage,
        end_offset: int,
        *,
        removed: Sequence[Segment] = (),
        copy_name: str | None = None,
        is_continued: bool = False,
    ) -> None:
        """Log that the log was cut in a segment.

        Args:
            end_offset: new end offset of the log, or of the segment if the log continues after it.
            is_continued: whether the next segment begins at `end_offset`.
            removed: the later segments, which are set aside; their files still have their old names.
            copy_name: name of the file with the removed bytes; None if they are not kept.
        """
        level = INFO if damage.kind == UNUSED else WARNING
        parts = [f"cut {self._path}/{segment.log_name} at byte {damage.position}, offset {end_offset}: {damage.cause}"]
        kept = f"kept as {copy_name}" if copy_name else "not kept"
        parts.append(f"{damage.size_bytes} bytes are removed" + (f" ({kept})" if damage.kind == DAMAGED else ""))
        if removed:
            parts.append(self._describe(removed))
        if removed or copy_name:
            parts.append(self._kept_for())
        is_acknowledged = end_offset < self._high_watermark and not is_continued
        if removed or is_acknowledged or (damage.kind == DAMAGED and not is_continued):
            level = ERROR
            self.has_loss = True
        elif is_continued:
            parts.append("the next segment begins at that offset, so that no record is missing")
        self._tell(level, parts, end_offset)

    def note_start_beyond_end(self, log_start_offset: int, end_offset: int, removed: Sequence[Segment]) -> None:
        """Log that the log start offset of the checkpoint is after the end of the log."""
        self.has_loss = True
        parts = [
            f"{self._path} ends at offset {end_offset}, before the start offset {log_start_offset} of its checkpoint, "
            "as when segments were lost: the log is empty and starts there",
            self._describe(removed),
            self._kept_for(),
        ]
        self._tell(ERROR, parts, end_offset)

    def note_overlap(self, segment: Segment, end_offset: int, removed: Sequence[Segment]) -> None:
        """Log that a segment begins before the end of the previous one."""
        self.has_loss = True
        parts = [f"{self._path}/{segment.log_name} begins inside the segment before it, which ends at {end_offset}"]
        self._tell(ERROR, [*parts, self._describe(removed), self._kept_for()], end_offset)

    def note_gap(self, start_offset: int, end_offset: int) -> None:
        """Log that no segment holds the offsets from `start_offset` to before `end_offset`."""
        self.gaps.add(end_offset)
        note_gap(self._partition, self._path, start_offset, end_offset)

    def note_end(self, end_offset: int) -> None:
        """Log that acknowledged records after the end are missing, unless a line has reported it already."""
        if end_offset < self._high_watermark and not self.has_loss:  # a segment at the end is missing, or a part of one
            self._tell(ERROR, [f"{self._path} ends at offset {end_offset}: the end of the log is lost"], end_offset)

    def note_rebuilt(self, name: str, cause: object, source: str) -> None:
        """Log that a small file was unreadable and is rebuilt from `source`."""
        _log.warning(
            "%s: %s/%s is damaged (%s) and is rebuilt from %s", self._partition, self._path, name, cause, source
        )

    def _tell(self, level: int, parts: list[str], end_offset: int) -> None:
        if level == ERROR and end_offset < self._high_watermark:
            parts.append(f"offsets {end_offset} to {self._high_watermark - 1} had been acknowledged")
        _log.log(level, "%s: %s", self._partition, "; ".join(parts))

    def _kept_for(self) -> str:
        return f"files *.deleted are kept for {self._delay_s:g} s or until the next start"

    def _describe(self, segments: Sequence[Segment]) -> str:
        size_bytes, last_offset = 0, -1
        for segment in segments:
            try:
                size_bytes += segment.size
                last_offset = max(last_offset, segment.read_end_offset() - 1)
            except StorageFault:  # damaged as well: its bytes and offsets cannot be counted
                continue
        noun = "segment" if len(segments) == 1 else "segments"
        last = f" to {last_offset}" if last_offset >= segments[0].base_offset else " on"
        return (
            f"{len(segments)} {noun} with offsets {segments[0].base_offset}{last} ({size_bytes} bytes) "
            "are set aside as *.deleted"
        )


def note_gap(topic_partition: TopicPartition, path: str, start_offset: int, end_offset: int) -> None:
    """Log that offsets within a log are in no segment, although compaction has not removed them."""
    _log.error(
        "%s: offsets %d to %d are missing: no segment in %s holds them, readers go on at offset %d",
        topic_partition,
        start_offset,
        end_offset - 1,
        path,
        end_offset,
    )
