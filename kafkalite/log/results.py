"""The inputs and results of the operations of a partition's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.log.epoch_cache import LeaderEpochCache
    from kafkalite.log.log_reader import Records
    from kafkalite.log.producer_state import ProducerStateManager
    from kafkalite.log.segments import Segments
    from kafkalite.log.snapshot_files import SnapshotFiles


class AppendResult:
    """The offsets of an appended record set.

    Attributes:
        last_offset: inclusive.
        log_append_time_ms: -1 if the records keep the producer's time.
        is_duplicate: nothing was written; the offsets are those of the first append.
    """

    __slots__ = ("base_offset", "is_duplicate", "last_offset", "log_append_time_ms", "log_start_offset")

    def __init__(
        self,
        base_offset: int,
        last_offset: int,
        log_append_time_ms: int,
        log_start_offset: int,
        is_duplicate: bool = False,
    ) -> None:
        self.base_offset = base_offset
        self.last_offset = last_offset
        self.log_append_time_ms = log_append_time_ms
        self.log_start_offset = log_start_offset
        self.is_duplicate = is_duplicate


class FetchedRecords:
    """The result of a read.

    Attributes:
        records: whole batches, b"" for none; a range of the file if the reader requested ranges.
        aborted_transactions: (producer id, first offset) of those among the records; None for a read_uncommitted
            read.
    """

    __slots__ = ("aborted_transactions", "high_watermark", "last_stable_offset", "log_start_offset", "records")

    def __init__(
        self,
        records: Records,
        high_watermark: int,
        last_stable_offset: int,
        log_start_offset: int,
        aborted_transactions: list[tuple[int, int]] | None,
    ) -> None:
        self.records = records
        self.high_watermark = high_watermark
        self.last_stable_offset = last_stable_offset
        self.log_start_offset = log_start_offset
        self.aborted_transactions = aborted_transactions

    @property
    def in_memory(self) -> bytes | memoryview:
        """The records, for a reader that did not request ranges."""
        assert isinstance(self.records, (bytes, memoryview)), "a range was lent to a reader that did not request any"
        return self.records


class LoadedLog:
    """The state of a partition's files after recovery, or of a new partition.

    Attributes:
        snapshots: the existing producer snapshots.
        unflushed_files: small files that a power loss could still destroy.
        is_changed: whether a clean close has to finish the files even without an append.
        told_gaps: base offsets of the segments after missing offsets that have been logged.
        set_aside: names of files to remove after `file.delete.delay.ms`.
    """

    __slots__ = (
        "end_offset",
        "epoch_cache",
        "is_changed",
        "log_start_offset",
        "producer_state",
        "recovery_point",
        "segments",
        "set_aside",
        "snapshots",
        "told_gaps",
        "unflushed_files",
    )

    def __init__(
        self,
        *,
        segments: Segments,
        end_offset: int,
        log_start_offset: int,
        recovery_point: int,
        epoch_cache: LeaderEpochCache,
        producer_state: ProducerStateManager,
        snapshots: SnapshotFiles,
        unflushed_files: Iterable[str],
        is_changed: bool,
        set_aside: Iterable[str] = (),
        told_gaps: Iterable[int] = (),
    ) -> None:
        self.told_gaps = set(told_gaps)
        self.set_aside = list(set_aside)
        self.segments = segments
        self.end_offset = end_offset
        self.log_start_offset = log_start_offset
        self.recovery_point = recovery_point
        self.epoch_cache = epoch_cache
        self.producer_state = producer_state
        self.snapshots = snapshots
        self.unflushed_files = set(unflushed_files)
        self.is_changed = is_changed
