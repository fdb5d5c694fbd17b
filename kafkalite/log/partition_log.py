"""The log of one partition: append, read, lookup and durability.

An append is validate -> prepare (producers) -> one write of the whole record set -> commit. A failure before or during
the write changes nothing, and the next append tries again. After a failed flush the content of the disk is unknown, and
appends are refused until a restart recovers the log. Reads continue in both cases.
No operation here takes time per record; per batch only the header is read or changed.

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
    from kafkalite.log.producer_state import DuplicateBatch, ProducerStateManager
    from kafkalite.log.results import LoadedLog
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.records.codec_steps import Steps
    from kafkalite.storage.append import Append
    from kafkalite.storage.interface import PartitionStore
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

    Incoming = memoryview | ValidatedRecords


class PartitionLog(RetainedLog):
    """The log of one partition, existing or new; created only by `recovery.open_partition_log`.

    Attributes:
        topic_id: 16 bytes, zero if unknown.
        leader_epoch: written into every batch; changed by `lead`, or set if another broker leads.
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

    # ---- state ----------------------------------------------------------------------------------------------------

    @property
    def store(self) -> PartitionStore:
        """The files of the partition; the metadata keeps its snapshots among them."""
        return self._store

    @property
    def last_stable_offset(self) -> int:
        """The offset up to which every transaction is decided, the limit of read_committed reads."""
        first_unstable_offset = self._producers.first_unstable_offset
        if first_unstable_offset is None or first_unstable_offset >= self.high_watermark:
            return self.high_watermark
        return max(first_unstable_offset, self.log_start_offset)

    @property
    def next_offset(self) -> int:
        """The offset of the next record, provided that the late appends succeed."""
        return self.end_offset if self.late is None else self.late.next_offset

    @property
    def appends_overlap(self) -> bool:
        """Whether the storage accepts an append before the previous one is done."""
        return self._store.appends_overlap

    @property
    def size_bytes(self) -> int:
        """The size of all batches.

        Raises:
            StorageFault: the files cannot be read.
        """
        return self._segments.size_bytes

    @property
    def active_segment(self) -> Segment:
        """The segment for appends."""
        return self._active

    @property
    def active_base_offset(self) -> int:
        """The base offset of the active segment."""
        return self._active.base_offset

    @property
    def segment_count(self) -> int:
        """The number of segments, at least 1."""
        return len(self._segments)

    @property
    def producer_state(self) -> ProducerStateManager:
        """The producers of this partition; only appends change them."""
        return self._producers

    @property
    def is_start_above_first_segment(self) -> bool:
        """Return whether a checkpoint has to store the log start offset, since no file name contains it."""
        return self.log_start_offset > self._segments.first.base_offset

    def producers(self) -> Iterable[ProducerStateEntry]:
        """Return every known producer, for DescribeProducers; read-only."""
        return self._producers.active_producers()

    def update_config(self, config: LogConfig) -> None:
        """Use other settings from the next append on."""
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
        """Validate a record set, assign its offsets and write it in one piece.

        Args:
            records: one batch, or several from the broker itself; patched in place if writable. Records that were
                validated already by this log's rules are not checked again.
            now_ms: the wall clock.
            is_from_client: False allows control batches and several batches.
            transaction_version: 2 if the request adds its partitions to the transaction implicitly (KIP-890).
            is_lasting: the buffer of the records stays unchanged until the append has ended; otherwise it is copied if
                that is later.

        Returns:
            The result, or an append that ends later with the result or a refusal.

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
        size = len(validated.buffer)
        if size > self._segment_bytes:
            raise RecordsRejected(
                errors.RECORD_LIST_TOO_LARGE, f"{size} bytes do not fit into a segment of {self._segment_bytes}"
            )
        if self.late is not None:
            late = LateAppend(validated if is_lasting else validated.copied(), is_from_client, transaction_version)
            self.late.add(late)
            return late
        # As `plan_append`, without the call: every small request passes here.
        planned = plan(
            validated, self._producers, self.end_offset, self.leader_epoch, is_from_client, transaction_version
        )
        if type(planned) is not Plan:
            return self._result_of_retry(planned)  # type: ignore[arg-type]  # mypy does not narrow by type()
        write = self.write_append(planned, now_ms, is_lasting)
        if write.is_done:
            return self.end_append(planned, self._active, write.position)
        late = LateAppend(validated, is_from_client, transaction_version)
        self.late = AppendQueue(self)
        self.late.follow(late, planned, write)
        return late

    def plan_append(
        self, records: ValidatedRecords, base_offset: int, is_from_client: bool, transaction_version: int
    ) -> Plan | AppendResult:
        """Assign offsets to records, or return the result of the first append of a retry; the log does not change.

        Raises:
            RecordsRejected, ApiError: as `append`.
        """
        planned = plan(records, self._producers, base_offset, self.leader_epoch, is_from_client, transaction_version)
        return planned if isinstance(planned, Plan) else self._result_of_retry(planned)

    def _result_of_retry(self, first: DuplicateBatch) -> AppendResult:
        return AppendResult(
            first.base_offset, first.last_offset, first.timestamp, self.log_start_offset, is_duplicate=True
        )

    def write_append(self, planned: Plan, now_ms: int | None, is_lasting: bool = False) -> Append:
        """Begin the write of planned batches to the active segment, after a roll if one is due.

        Args:
            now_ms: the wall clock; None to read it.

        Raises:
            StorageFault: the write failed and changed nothing, or the log refuses appends.
        """
        if now_ms is None:
            if self.is_offline:  # since the append was made
                self.refuse()
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
        """Add written batches to the log, and return their offsets: the only way by which the end of the log moves.

        Readers see them from now on.

        Raises:
            StorageFault: the flush that was due failed; the log accepts no more records.
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
        """Return whether another `size_bytes` bytes, up to `end_offset`, belong in a new segment.

        Args:
            late_bytes: bytes that are being written to the active segment.

        Raises:
            StorageFault: the files cannot be read.
        """
        segment = self._active
        size = segment.size + late_bytes
        if size == 0:
            return False
        if segment.first_timestamp >= 0:  # the usual case; the call is for the others
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
                except StorageFault as fault:  # the marker is in the log; the entry is written with the next one
                    self.note_fault(fault, can_heal=True)

    def lead(self, leader_epoch: int) -> None:
        """Begin a leader epoch at the end offset. Source: Partition.makeLeader."""
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
            max_bytes: limit of the returned bytes, except for a larger first batch if `min_one_batch`.
            is_read_committed: stop before the first undecided transaction, and return the aborted ones.
            lends_ranges: return large reads as ranges of the file.

        Raises:
            ApiError: OFFSET_OUT_OF_RANGE if `offset` is before the log start or after the log end.
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
        """Return the result of `list_offset_steps`, at once.

        Raises:
            ApiError, StorageFault: as `list_offset_steps`.
        """
        return finish(self.list_offset_steps(timestamp, is_read_committed=is_read_committed))

    def list_offset_steps(self, timestamp: int, *, is_read_committed: bool = False) -> Steps[FoundOffset]:
        """Return the place of a ListOffsets timestamp: (timestamp, offset, leader epoch), all -1 for none.

        Args:
            timestamp: milliseconds, for the first record at or after it, or a special value of `offset_lookup`.
            is_read_committed: only decided offsets count.

        Raises:
            StorageFault: the disk failed, or the log is closed.
            ApiError: the records of a batch cannot be decompressed or skipped.
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
            if self.is_closed:  # between two steps
                self.refuse()
            self.fail_read(fault)
        is_earliest = timestamp in (EARLIEST_TIMESTAMP, EARLIEST_LOCAL_TIMESTAMP)
        return found if is_earliest or found.offset < limit_offset else NOT_FOUND

    def segment_times(self) -> list[tuple[int, int]]:
        """Return the choices of ListOffsets version 0, see `offset_lookup.find_segment_times`.

        Raises:
            StorageFault: the files cannot be read.
        """
        try:
            return find_segment_times(
                self._segments, self.log_start_offset, self.end_offset, now_ms=self._clock.now_ms()
            )
        except StorageFault as fault:
            self.fail_read(fault)

    def end_offset_for_epoch(self, epoch: int) -> tuple[int, int]:
        """Return the largest known epoch up to `epoch` and its end offset; (-1, -1) for none."""
        return self._epochs.cache.end_offset_for(epoch, self.end_offset)

    # ---- segments --------------------------------------------------------------------------------------------------

    def roll(self) -> None:
        """Begin a new segment at the end offset, unless the active one is empty.

        Raises:
            StorageFault: the disk refuses it, or the log is offline.
        """
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
                # The records are on the disk, but so may be space that was allocated after them and given back since:
                # it would be zeros at the end of a segment that no recovery checks.
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
        """Return whether a sealed segment has not been flushed, as after each roll."""
        return self.recovery_point < self._active.base_offset

    def finish(self) -> bool:
        """Write the indexes and producers, from which the next start reads only tails; return whether a flush is
        needed.

        Nothing is flushed: `close` does it, unless the caller flushes the whole directory and calls `mark_flushed`.

        Raises:
            StorageFault: the files cannot be written.
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
        """Record that everything written so far survives a power loss."""
        self.recovery_point = self.end_offset
        self._unflushed.clear()
        self._is_changed = False

    def close(self, *, clean: bool = True) -> None:
        """Release all files, finished and flushed if `clean`; otherwise recovery has to repair them.

        Raises:
            StorageFault: the log cannot be finished or flushed; the files are released, but the close is not a clean
                one.
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
        """Check whether an append of `size_bytes` can succeed after a failed one, for callers with expensive appends.

        It costs nothing after a successful append.

        Raises:
            StorageFault: the last append failed, and this one would fail too.
        """
        if self.fault is None:
            return
        if self.is_offline:
            self.refuse()
        try:
            self._store.check_room(self._active.log_name, size_bytes)
        except StorageFault as fault:
            self.fail(fault, can_heal=True)
