"""One partition's log: append, read, find, and what keeps it durable.

An append is validate -> prepare (producers) -> one write of the whole record set -> commit. What fails before or in
the write leaves nothing moved, and the next append tries again; once a flush has failed nobody knows what is on the
disk, and appends are refused until a restart recovers the log. Reading goes on either way.
Nothing here costs time per record, and only headers are touched per batch.

Source: UnifiedLog, LocalLog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.append import LateAppend, Plan, plan
from kafkalite.log.append_queue import AppendQueue
from kafkalite.log.disk_health import DiskHealth
from kafkalite.log.log_reader import LogReader
from kafkalite.log.markers import to_aborted_transaction
from kafkalite.log.offset_lookup import (
    EARLIEST_LOCAL_TIMESTAMP,
    EARLIEST_TIMESTAMP,
    LATEST_TIMESTAMP,
    NOT_FOUND,
    FoundOffset,
    find_offset_steps,
    find_segment_times,
)
from kafkalite.log.recovery_report import note_gap
from kafkalite.log.results import AppendResult, FetchedRecords
from kafkalite.log.retained_log import RetainedLog
from kafkalite.log.segment import MAX_RELATIVE_OFFSET, Segment
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.codec_steps import finish
from kafkalite.records.validation import RecordsRejected, ValidatedRecords, ensure_validated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.log.config import LogConfig
    from kafkalite.log.log_reader import Records
    from kafkalite.log.producer_entry import ProducerStateEntry
    from kafkalite.log.producer_state import ProducerStateManager
    from kafkalite.log.results import LoadedLog
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.records.codec_steps import Steps
    from kafkalite.storage.append import Append
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

    Incoming = memoryview | ValidatedRecords


class PartitionLog(RetainedLog):
    """The log of one partition; made by `recovery.open_partition_log`, new partitions too.

    Attributes:
        topic_id: 16 bytes, zero when none is known.
        leader_epoch: written into every batch; see `lead`, or set where another broker leads.
        end_offset: the offset that the next record gets.
        high_watermark: consumers read up to here; it follows `end_offset`, as there is one replica.
    """

    __slots__ = (
        "_active",
        "_entropy",
        "_is_changed",
        "_max_segment_ms",
        "_producers",
        "_rules",
        "_segment_bytes",
        "leader_epoch",
        "topic_id",
    )

    def __init__(
        self,
        topic_partition: TopicPartition,
        topic_id: bytes,
        config: LogConfig,
        store: PartitionStore,
        loaded: LoadedLog,
        *,
        clock: Clock,
        entropy: Entropy,
        health: DiskHealth | None = None,
    ) -> None:
        super().__init__(topic_partition, health or DiskHealth(store.path, clock), store, clock, loaded, config)
        self.topic_id = topic_id
        self.leader_epoch = max(0, loaded.epoch_cache.latest_epoch)
        self._entropy = entropy
        self._active = loaded.segments.active
        self._reader = LogReader(store, loaded.segments, self._note_gap, loaded.told_gaps)
        self._producers = loaded.producer_state
        self._is_changed = loaded.is_changed
        self.update_config(config)

    def __repr__(self) -> str:
        return f"PartitionLog({self.topic_partition}, {self.log_start_offset}..{self.end_offset})"

    # ---- what it knows ---------------------------------------------------------------------------------------------

    @property
    def store(self) -> PartitionStore:
        """The files, among which the metadata keeps its snapshots."""
        return self._store

    @property
    def last_stable_offset(self) -> int:
        """Up to here every transaction is decided; what reads of committed records see."""
        first_unstable_offset = self._producers.first_unstable_offset
        if first_unstable_offset is None or first_unstable_offset >= self.high_watermark:
            return self.high_watermark
        return max(first_unstable_offset, self.log_start_offset)

    @property
    def next_offset(self) -> int:
        """The offset that the next record gets, if the appends that are late go well."""
        return self.end_offset if self.late is None else self.late.next_offset

    @property
    def appends_overlap(self) -> bool:
        """Whether the storage takes an append before the one before it is done."""
        return self._store.appends_overlap

    @property
    def size_bytes(self) -> int:
        """The bytes of all batches; raises StorageFault."""
        return self._segments.size_bytes

    @property
    def active_segment(self) -> Segment:
        """The segment that is appended to."""
        return self._active

    @property
    def active_base_offset(self) -> int:
        """Where the segment that is appended to begins."""
        return self._active.base_offset

    @property
    def segment_count(self) -> int:
        """The number of segments, at least 1."""
        return len(self._segments)

    @property
    def producer_state(self) -> ProducerStateManager:
        """The producers of this partition; changed by appends alone."""
        return self._producers

    @property
    def is_start_above_first_segment(self) -> bool:
        """Tell whether the log start offset has to be remembered, since no file name says it."""
        return self.log_start_offset > self._segments.first.base_offset

    def producers(self) -> Iterable[ProducerStateEntry]:
        """Return every producer that is remembered, for DescribeProducers; not to be changed."""
        return self._producers.active_producers()

    def update_config(self, config: LogConfig) -> None:
        """Obey other settings from the next append on."""
        self.config = config
        self._rules = config.validation_rules
        self._segment_bytes = config.segment_bytes
        self._max_segment_ms = config.max_segment_ms

    # ---- appending -------------------------------------------------------------------------------------------------

    def append(
        self,
        records: Incoming,
        *,
        now_ms: int,
        is_from_client: bool = True,
        transaction_version: int = 0,
        is_lasting: bool = False,
    ) -> AppendResult | LateAppend:
        """Validate a record set, give it offsets and write it in one piece.

        Args:
            records: one batch, or several from the broker itself; patched in place when writable. Records that were
                validated already by this log's rules are not looked at again.
            now_ms: the wall clock.
            is_from_client: False allows control batches and several batches.
            transaction_version: 2 when the request adds partitions to transactions by itself (KIP-890).
            is_lasting: the buffer of the records stays as it is until the append has ended; else it is copied where
                that is later.

        Returns:
            The result, or an append that ends later, with the result or the refusal.

        Raises:
            RecordsRejected, ApiError: the records are refused, see `records.validation` and `log.producer_state`.
            StorageFault: the disk failed, now or before; nothing was appended.
        """
        if self.is_offline:
            self.refuse()
        if type(records) is ValidatedRecords and records.log_append_time_ms == -1:
            validated = records
        else:
            validated = ensure_validated(records, self._rules, now_ms=now_ms, is_from_client=is_from_client)
        if self.late is not None:
            late = LateAppend(validated if is_lasting else validated.copied(), is_from_client, transaction_version)
            self.late.add(late)
            return late
        planned = self.plan_append(validated, self.end_offset, is_from_client, transaction_version)
        if type(planned) is AppendResult:
            return planned
        write = self.write_append(planned, now_ms, is_lasting)  # type: ignore[arg-type]  # see above
        if write.is_done:
            return self.end_append(planned, self._active, write.position)  # type: ignore[arg-type]
        late = LateAppend(validated, is_from_client, transaction_version)
        self.late = AppendQueue(self)
        self.late.follow(late, planned, write)  # type: ignore[arg-type]
        return late

    def plan_append(
        self, records: ValidatedRecords, base_offset: int, is_from_client: bool, transaction_version: int
    ) -> Plan | AppendResult:
        """Give records their offsets, or find the result of a retry; raises as `append`. Nothing has moved."""
        size = len(records.buffer)
        if size > self._segment_bytes:
            raise RecordsRejected(
                errors.RECORD_LIST_TOO_LARGE, f"{size} bytes do not fit into a segment of {self._segment_bytes}"
            )
        planned = plan(records, self._producers, base_offset, self.leader_epoch, is_from_client, transaction_version)
        if isinstance(planned, Plan):
            return planned
        return AppendResult(
            planned.base_offset, planned.last_offset, planned.timestamp, self.log_start_offset, is_duplicate=True
        )

    def write_append(self, planned: Plan, now_ms: int | None, is_lasting: bool = False) -> Append:
        """Begin to write planned batches into the active segment, a new one where it is time.

        Args:
            now_ms: the wall clock; None to look.

        Raises:
            StorageFault: nothing has moved, or the log takes no appends.
        """
        if self.is_offline:
            self.refuse()
        if now_ms is None:
            now_ms = self._clock.now_ms()
        try:
            if self._epochs.is_behind:
                self._epochs.store(self.leader_epoch, self.end_offset)
            if self.recovery_point == self.end_offset:
                self.unflushed_since_ms = now_ms
            self._is_changed = True
            buffer = planned.buffer
            is_alone = self.late is None or not self.late.writing
            if is_alone and self.is_roll_due(len(buffer), planned.end_offset, planned.max_timestamp, now_ms):
                self._roll(now_ms)
            return self._active.append(buffer, is_lasting)
        except StorageFault as fault:
            self.fail(fault, can_heal=True)

    def end_append(self, planned: Plan, segment: Segment, position: int) -> AppendResult:
        """Make written batches part of the log: nothing else moves its end. Readers see them from now on.

        Returns their offsets.

        Raises:
            StorageFault: of the flush that was due, after which the log takes no records any more.
        """
        segment.note_append(len(planned.buffer), planned.headers, planned.base_offset, position)
        if self.fault is not None:
            self.note_recovery()
        end_offset = self.end_offset = self.high_watermark = planned.end_offset
        if planned.producers:
            self._commit_producers(planned)
        if end_offset - self.recovery_point >= self.config.flush_messages:
            self._flush()
        return AppendResult(planned.base_offset, end_offset - 1, planned.log_append_time_ms, self.log_start_offset)

    def is_roll_due(
        self, size_bytes: int, end_offset: int, max_timestamp: int, now_ms: int | None = None, late_bytes: int = 0
    ) -> bool:
        """Return whether so many bytes more, up to `end_offset`, belong into a new segment; raises StorageFault.

        Args:
            late_bytes: bytes that are being written into the active segment.
        """
        segment = self._active
        size = segment.size + late_bytes
        if size == 0:
            return False
        if segment.first_timestamp >= 0:  # as nearly always; the call is for the rest
            waited_ms = max_timestamp - segment.first_timestamp
        else:
            waited_ms = segment.waited_ms(self._clock.now_ms() if now_ms is None else now_ms, max_timestamp)
        return (
            size > self._segment_bytes - size_bytes
            or waited_ms > self._max_segment_ms - segment.jitter_ms
            or segment.is_index_full
            or end_offset - 1 - segment.base_offset > MAX_RELATIVE_OFFSET
        )

    def _commit_producers(self, planned: Plan) -> None:
        for prepared, offset in planned.producers:
            completed = self._producers.commit(prepared, offset)
            if completed is not None and completed.is_aborted:
                try:
                    self._active.transaction_index.append(to_aborted_transaction(completed))
                except StorageFault as fault:  # the marker is in the log, and the entry is written with the next one
                    self.note_fault(fault, can_heal=True)

    def lead(self, leader_epoch: int) -> None:
        """Lead the partition in an epoch that begins at the end offset. Source: Partition.makeLeader."""
        self.settle()
        self.leader_epoch = leader_epoch
        self._epochs.begin(leader_epoch, self.end_offset)

    # ---- reading ---------------------------------------------------------------------------------------------------

    def read(
        self,
        offset: int,
        max_bytes: int,
        *,
        is_read_committed: bool = False,
        min_one_batch: bool = True,
        lends_ranges: bool = False,
    ) -> FetchedRecords:
        """Return whole batches from the one that holds `offset` on.

        Args:
            max_bytes: no more than this is returned, but for a larger first batch where `min_one_batch`.
            is_read_committed: stop before the first undecided transaction, and say which ones were aborted.
            lends_ranges: return large reads as ranges of the file.

        Raises:
            ApiError: OFFSET_OUT_OF_RANGE when `offset` lies before the log start or after the log end.
            StorageFault: the disk failed this read, or the log is closed.
        """
        if self.is_closed:
            self.refuse()
        end_offset = self.end_offset
        if offset > end_offset or offset < self.log_start_offset:
            place = f"{self.log_start_offset} to {end_offset} of {self.topic_partition}"
            raise ApiError(errors.OFFSET_OUT_OF_RANGE, f"offset {offset} is not within {place}")
        high_watermark, last_stable_offset = self.high_watermark, self.last_stable_offset
        limit_offset = last_stable_offset if is_read_committed else high_watermark
        if offset >= limit_offset:
            records: Records = b""
            aborted: list[tuple[int, int]] | None = [] if is_read_committed else None
        else:
            try:
                take = self._reader.lend if lends_ranges else self._reader.read
                records, next_offset, segment = take(offset, limit_offset, end_offset, max_bytes, min_one_batch)
                aborted = self._reader.collect_aborted(segment, offset, next_offset) if is_read_committed else None
            except StorageFault as fault:
                self.fail_read(fault)
        return FetchedRecords(records, high_watermark, last_stable_offset, self.log_start_offset, aborted)

    def _note_gap(self, start: int, end: int) -> None:
        if not self.config.is_compacted:
            note_gap(self.topic_partition, self._store.path, start, end)

    def list_offset(self, timestamp: int, *, is_read_committed: bool = False) -> FoundOffset:
        """Return what `list_offset_steps` does, at once; raises as it does."""
        return finish(self.list_offset_steps(timestamp, is_read_committed=is_read_committed))

    def list_offset_steps(self, timestamp: int, *, is_read_committed: bool = False) -> Steps[FoundOffset]:
        """Return the place that ListOffsets means by `timestamp`: (timestamp, offset, leader epoch).

        Args:
            timestamp: milliseconds: the first record at or after it; or one of the special values of `offset_lookup`.
            is_read_committed: what is not decided yet does not count.

        All three are -1 when there is no such place. Raises StorageFault.
        """
        if self.is_closed:
            self.refuse()
        limit_offset = self.last_stable_offset if is_read_committed else self.high_watermark
        if timestamp == LATEST_TIMESTAMP:
            return FoundOffset(-1, limit_offset, self.leader_epoch)
        cache, start_offset = self._epochs.cache, self.log_start_offset
        try:
            found = yield from find_offset_steps(self._store, self._segments, cache, timestamp, start_offset)
        except StorageFault as fault:
            if self.is_closed:  # while others had their turn
                self.refuse()
            self.fail_read(fault)
        is_earliest = timestamp in (EARLIEST_TIMESTAMP, EARLIEST_LOCAL_TIMESTAMP)
        return found if is_earliest or found.offset < limit_offset else NOT_FOUND

    def segment_times(self) -> list[tuple[int, int]]:
        """Return what ListOffsets 0 chooses from, see `offset_lookup.find_segment_times`; raises StorageFault."""
        try:
            return find_segment_times(
                self._segments, self.log_start_offset, self.end_offset, now_ms=self._clock.now_ms()
            )
        except StorageFault as fault:
            self.fail_read(fault)

    def end_offset_for_epoch(self, epoch: int) -> tuple[int, int]:
        """Return the largest epoch up to `epoch` that led here and its end offset; (-1, -1) when there is none."""
        return self._epochs.cache.end_offset_for(epoch, self.end_offset)

    # ---- segments --------------------------------------------------------------------------------------------------

    def roll(self) -> None:
        """Begin a new segment at the end offset, unless the active one is empty; raises StorageFault."""
        self.settle()
        if self.is_offline:
            self.refuse()
        try:
            if self._active.size:
                self._roll(self._clock.now_ms())
        except StorageFault as fault:
            self.fail(fault, can_heal=True)

    def _roll(self, now_ms: int) -> Segment:
        sealed = self._active
        sealed.seal()
        if self.recovery_point == self.end_offset:  # no later flush looks at this segment again
            try:
                # The records are on the disk, and so may space be that was taken after them and given back: zeros at
                # the end of a segment that no recovery looks at.
                self._unflushed.flush([sealed.log_name, *sealed.index_file_names()])
            except StorageFault as fault:
                self.fail(fault)
        self._take_snapshot()
        jitter_ms = self.config.draw_segment_jitter_ms(self._entropy)
        segment = Segment(self._store, self.end_offset, self.config, created_ms=now_ms, jitter_ms=jitter_ms, size=0)
        self._segments.add(segment)
        self._active = segment
        return segment

    def _take_snapshot(self) -> None:
        offset = self.end_offset
        if offset and offset not in self._snapshots:
            self._snapshots.take(offset, self._producers)

    # ---- durability ------------------------------------------------------------------------------------------------

    @property
    def has_unflushed_sealed(self) -> bool:
        """Tell whether a sealed segment waits to be flushed, as each does from the roll on."""
        return self.recovery_point < self._active.base_offset

    def finish(self) -> bool:
        """Write what lets the next start read nothing but tails: indexes and producers, but flush nothing.

        Returns whether `close` has something to flush: the caller may flush the whole directory instead, and say so
        with `mark_flushed`. Raises StorageFault.
        """
        self.settle()
        if self.is_offline:
            self.refuse()
        if not self._is_changed:
            return False
        try:
            self._active.seal()
            self._take_snapshot()
        except StorageFault as fault:
            self.fail(fault, can_heal=True)
        return self.end_offset > 0

    def mark_flushed(self) -> None:
        """Take note that everything written so far survives a power loss."""
        self.recovery_point = self.end_offset
        self._unflushed.clear()
        self._is_changed = False

    def close(self, *, clean: bool = True) -> None:
        """Give all files back, finished and flushed where `clean`; else they are left to recovery.

        Raises StorageFault, after which the files are given back all the same and the close does not count as clean.
        """
        self.settle()
        try:
            if clean and self.finish():
                self._flush_finished()
        finally:
            self.note_closed()
            self._store.close()

    def _flush_finished(self) -> None:
        try:
            self._unflushed.flush(self._take_files_to_flush(self.end_offset, is_final=True))
        except StorageFault as fault:
            self.fail(fault)
        self.mark_flushed()

    # ---- failing ---------------------------------------------------------------------------------------------------

    def check_room(self, size_bytes: int) -> None:
        """Raise StorageFault where the last append failed and one of `size_bytes` cannot succeed either, for callers to
        whom a failed append is expensive; while all is well it costs nothing."""
        if self.fault is None:
            return
        if self.is_offline:
            self.refuse()
        try:
            self._store.check_room(self._active.log_name, size_bytes)
        except StorageFault as fault:
            self.fail(fault, can_heal=True)
