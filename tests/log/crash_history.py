"""A scripted history of two partitions over a simulated disk, and the conditions after any crash in it.

The history records the number of disk operations at the beginning and at the acknowledgement of each append. A crash
after any number of operations must leave, in each partition, a prefix of its batches: at least those promised by then,
none that had not begun, none in part.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

from kafkalite.log.config import LogConfig
from kafkalite.log.manager import LogManager
from kafkalite.log.partition_log import PartitionLog
from kafkalite.log.producer_entry import ProducerStateEntry
from kafkalite.log.producer_state import ProducerStateManager
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.records.batch import BatchHeader, iterate_batches, iterate_records, read_batch_header
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.control import ControlMarker, build_end_transaction_marker, read_end_transaction_marker
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_clock import SimulatedClock
from kafkalite.testing.simulated_files import SimulatedFiles

NOW_MS = 1_700_000_000_000
ORDERS = TopicPartition("orders", 0)
PAYMENTS = TopicPartition("payments", 3)
TOPIC_IDS = {ORDERS: b"orders---topicid", PAYMENTS: b"payments-topicid"}
SMALL_SEGMENTS = {"internal.segment.bytes": "900", "index.interval.bytes": "150"}
"""Segments of about six batches, an index entry for every second one."""


NEVER = 1 << 60
"""When an append was answered that failed."""


class Written(NamedTuple):
    """One batch of the log, and the numbers of disk operations at the start and the acknowledgement of its append."""

    content: bytes
    header: BatchHeader
    begun_at: int
    answered_at: int

    @property
    def last_offset(self) -> int:
        """The last offset, inclusive."""
        return self.header.last_offset


def open_manager(files: SimulatedFiles, config: LogConfig) -> LogManager:
    """Open every partition on the present disk, like a broker at its start."""
    directory = FileLogDirectory(files, "data", SeededEntropy(7))
    manager = LogManager(directory, SimulatedClock(NOW_MS), SeededEntropy(8), config)
    # A power cut may take the file that states the topic id; the cluster's metadata still knows the partition.
    manager.open_all(lambda tp, topic_id: config if topic_id in (TOPIC_IDS[tp], ZERO_UUID) else None)
    return manager


class History:
    """One run of the script; `files` then simulates every crash in it.

    Args:
        flushes_every_append: whether `flush.messages` is 1, so that acknowledged batches are durable.

    Attributes:
        begun_at: number of operations from which on crashes are tested.
        stride: distance of the tested crashes, in operations.
        written: the batches of each partition, in order.
        flushed: for each partition, pairs of a number of operations and an end offset that is durable from then on.
        moved_starts: for each partition, pairs of the number of operations at the beginning of a move of the log start,
            and the new start.
        opened_at: number of operations at the end of the creation of the partitions.
    """

    def __init__(self, *, flushes_every_append: bool = False) -> None:
        self.config = LogConfig.from_values(SMALL_SEGMENTS | ({"flush.messages": "1"} if flushes_every_append else {}))
        self.flushes_every_append = flushes_every_append
        self.begun_at = 0
        self.stride = 1
        self.files = SimulatedFiles()
        self.files.make_directory("data")
        self.files.flush_directory("")
        self.written: dict[TopicPartition, list[Written]] = {ORDERS: [], PAYMENTS: []}
        self.flushed: dict[TopicPartition, list[tuple[int, int]]] = {ORDERS: [], PAYMENTS: []}
        self.moved_starts: dict[TopicPartition, list[tuple[int, int]]] = {ORDERS: [], PAYMENTS: []}
        self.manager = open_manager(self.files, self.config)
        self._sequences: dict[tuple[TopicPartition, int], int] = {}
        self._time_ms = NOW_MS
        for topic_partition, topic_id in TOPIC_IDS.items():
            self.manager.create(topic_partition, topic_id, self.config)
        self.opened_at = len(self.files.operations)

    def run(self) -> None:
        """Run the whole script, without a stop at the end."""
        for step in range(16):
            self.produce(ORDERS, step % 3, count=1 + step % 3)
            self.produce(PAYMENTS, None, count=1)
            if step % 4 == 1:
                self.transact(ORDERS, 10 + step % 2, is_commit=step == 5)
            if step == 6:
                self.flush(ORDERS)
                self.log(PAYMENTS).lead(4)
            if step == 9:
                self.log(ORDERS).lead(2)
                self.manager.checkpoint()
            if step == 11:
                self.flush(PAYMENTS)
                self.move_start(ORDERS, 13)
                self.manager.checkpoint()
        self.produce(ORDERS, 12, count=2, is_transactional=True)
        self.produce(ORDERS, 1, count=1)

    def stop_and_restart(self) -> None:
        """Stop cleanly, start again and continue writing; crashes are tested from the second start on."""
        assert self.manager.close_all(clean=True)
        self.begun_at = len(self.files.operations)
        self.manager = open_manager(self.files, self.config)
        for topic_partition in TOPIC_IDS:
            self.flushed[topic_partition].append((self.begun_at, self.log(topic_partition).end_offset))
        for step in range(10):
            self.produce(ORDERS, step % 3, count=1 + step % 2)
            self.produce(PAYMENTS, None, count=1)
            if step == 5:
                self.manager.checkpoint()

    def log(self, topic_partition: TopicPartition) -> PartitionLog:
        """Return one of the two logs."""
        log = self.manager.get(topic_partition)
        assert log is not None
        return log

    def produce(
        self, topic_partition: TopicPartition, producer_id: int | None, *, count: int, is_transactional: bool = False
    ) -> None:
        """Append one batch, of an idempotent producer unless `producer_id` is None."""
        self._time_ms += 1_000
        number = len(self.written[topic_partition])
        records = [
            RecordData(b"key", b"%d of batch %d " % (each, number) + b"x" * (number * 7 % 60), self._time_ms + each)
            for each in range(count)
        ]
        if producer_id is None:
            self._append(topic_partition, build_batch(records, now_ms=self._time_ms))
            return
        key = topic_partition, producer_id
        sequence = self._sequences.get(key, 0)
        self._sequences[key] = sequence + count
        batch = build_batch(
            records,
            now_ms=self._time_ms,
            producer_id=producer_id,
            producer_epoch=0,
            base_sequence=sequence,
            is_transactional=is_transactional,
        )
        self._append(topic_partition, batch)

    def transact(self, topic_partition: TopicPartition, producer_id: int, *, is_commit: bool) -> None:
        """Append two batches of a transaction with another producer between them, and its marker."""
        self.produce(topic_partition, producer_id, count=2, is_transactional=True)
        self.produce(topic_partition, 2, count=1)
        self.produce(topic_partition, producer_id, count=1, is_transactional=True)
        marker = build_end_transaction_marker(
            producer_id=producer_id, producer_epoch=0, is_commit=is_commit, coordinator_epoch=1, now_ms=self._time_ms
        )
        self._append(topic_partition, marker, is_from_client=False)

    def flush(self, topic_partition: TopicPartition) -> None:
        """Make everything so far durable."""
        log = self.log(topic_partition)
        log.flush()
        self.flushed[topic_partition].append((len(self.files.operations), log.end_offset))

    def move_start(self, topic_partition: TopicPartition, offset: int) -> None:
        """Delete the records before `offset`, the segments before it, and their files."""
        self.moved_starts[topic_partition].append((len(self.files.operations), offset))
        log = self.log(topic_partition)
        log.advance_log_start_offset(offset)
        log.delete_old_segments()
        log.removed_files.delete_due(NEVER)

    def _append(self, topic_partition: TopicPartition, batch: bytearray, *, is_from_client: bool = True) -> None:
        log = self.log(topic_partition)
        if log.is_offline:
            raise StorageFault("append", str(topic_partition), "the log is offline")
        begun_at = len(self.files.operations)
        answered_at = NEVER
        try:
            log.append(memoryview(batch), now_ms=self._time_ms, is_from_client=is_from_client)
            answered_at = len(self.files.operations)
        finally:
            content = bytes(batch)
            self.written[topic_partition].append(Written(content, read_batch_header(content), begun_at, answered_at))

    # ---- what was promised -----------------------------------------------------------------------------------------

    def promised_count(self, topic_partition: TopicPartition, operation_count: int) -> int:
        """Return the number of batches acknowledged within a number of operations."""
        return sum(written.answered_at <= operation_count for written in self.written[topic_partition])

    def begun_count(self, topic_partition: TopicPartition, operation_count: int) -> int:
        """Return the number of batches that may be in the log after a number of operations."""
        return sum(written.begun_at <= operation_count for written in self.written[topic_partition])

    def durable_count(self, topic_partition: TopicPartition, operation_count: int) -> int:
        """Return the number of batches flushed within a number of operations."""
        if self.flushes_every_append:
            return self.promised_count(topic_partition, operation_count)
        end_offset = max((end for at, end in self.flushed[topic_partition] if at <= operation_count), default=0)
        return sum(written.last_offset < end_offset for written in self.written[topic_partition])

    def possible_starts(self, topic_partition: TopicPartition, operation_count: int) -> set[int]:
        """Return the possible log starts after a number of operations: the last one, or an earlier one."""
        return {0, *(offset for at, offset in self.moved_starts[topic_partition] if at <= operation_count)}


# ---- what must hold ------------------------------------------------------------------------------------------------


def check_log(
    log: PartitionLog, written: list[Written], *, least: int, most: int, has_lost_writes: bool = False
) -> None:
    """Check that a log holds the first batches of `written`, at least `least` and at most `most`, and works.

    Args:
        has_lost_writes: whether writes before surviving ones may be lost: the end of a segment may then be missing
            before a later segment, as after compaction.
    """
    content = read_all(log)
    served = [each for each in written if each.header.base_offset in {h.base_offset for h in iterate_batches(content)}]
    assert content == b"".join(each.content for each in served), "something else than whole batches of the history"
    kept = [each for each in written if each.last_offset < log.log_start_offset] + served
    if has_lost_writes:
        assert {each.header.base_offset for each in written[:least]} <= {each.header.base_offset for each in kept}
        check_holes(log, written, kept)
    else:
        assert kept == written[: len(kept)]
        assert log.end_offset == (kept[-1].header.end_offset if kept else 0)
    assert least <= len(kept) <= most, f"{len(kept)} batches, not {least} to {most}"
    assert log.high_watermark == log.end_offset
    check_lookups(log, served)
    check_producers(log, kept, served)
    check_transactions(log, kept, served)
    check_it_goes_on(log, kept)


def check_holes(log: PartitionLog, written: list[Written], kept: list[Written]) -> None:
    """Check that gaps between batches are only at the ends of segments."""
    base_offsets = {segment.base_offset for segment in log._segments}
    for before, after in itertools.pairwise(kept):
        if after.header.base_offset != before.header.end_offset:
            assert after.header.base_offset in base_offsets


def read_all(log: PartitionLog, *, is_read_committed: bool = False) -> bytes:
    """Return every batch, read as a consumer reads."""
    parts = []
    offset = log.log_start_offset
    while records := bytes(log.read(offset, 400, is_read_committed=is_read_committed).records):
        parts.append(records)
        offset = max(header.end_offset for header in iterate_batches(records))
    return b"".join(parts)


def check_lookups(log: PartitionLog, served: list[Written]) -> None:
    """Check that a lookup of every offset, timestamp and epoch agrees with a scan of all batches."""
    for each in served:
        for offset in range(max(each.header.base_offset, log.log_start_offset), each.header.end_offset):
            assert bytes(log.read(offset, 1).records) == each.content, offset
        for timestamp in (each.header.base_timestamp, each.header.max_timestamp):
            offset = each.header.base_offset + timestamp - each.header.base_timestamp
            if not each.header.is_control and offset >= log.log_start_offset:
                assert log.list_offset(timestamp)[:2] == (timestamp, offset)
        check_epoch(log, served, each.header.partition_leader_epoch)


def check_epoch(log: PartitionLog, served: list[Written], epoch: int) -> None:
    """Check that an epoch ends after its last batch, or within a gap after it."""
    own = [each.header.end_offset for each in served if each.header.partition_leader_epoch == epoch]
    later = [each.header.base_offset for each in served if each.header.partition_leader_epoch > epoch]
    found_epoch, end_offset = log.end_offset_for_epoch(epoch)
    assert found_epoch == epoch
    assert max(own) <= end_offset <= min(later, default=log.end_offset)


def check_producers(log: PartitionLog, kept: list[Written], served: list[Written]) -> None:
    """Check that the producers agree with the batches; those without remaining batches may be unknown."""
    expected = replay(kept)
    found = {entry.producer_id: entry for entry in log.producers()}
    writing = {each.header.producer_id for each in served if each.header.producer_id >= 0}
    known = {entry.producer_id: entry for entry in expected.active_producers()}
    assert writing <= set(found) <= set(known)
    for producer_id, entry in found.items():
        assert _fields(entry) == _fields(known[producer_id])
        retained = [batch[:4] for batch in known[producer_id].batches]
        kept_batches = [batch[:4] for batch in entry.batches]
        assert kept_batches == retained[len(retained) - len(kept_batches) :]
        assert bool(kept_batches) is bool(retained)


def check_transactions(log: PartitionLog, kept: list[Written], served: list[Written]) -> None:
    """Check that the last stable offset and aborted transactions of a read_committed read agree with the batches."""
    open_from: dict[int, int] = {}
    aborted: list[tuple[int, int, int]] = []  # producer id, first and last offset
    for each in kept:
        header = each.header
        if header.is_control:
            first_offset = open_from.pop(header.producer_id, None)
            if first_offset is not None and not _marker(each)[1].is_commit:
                aborted.append((header.producer_id, first_offset, header.last_offset))
        elif header.is_transactional:
            open_from.setdefault(header.producer_id, header.base_offset)
    stable = max(log.log_start_offset, min(open_from.values(), default=log.end_offset))
    assert log.last_stable_offset == stable
    for each in served:
        if each.header.base_offset < log.log_start_offset or each.header.base_offset >= stable:
            continue
        fetched = log.read(each.header.base_offset, 1, is_read_committed=True)
        touching = {
            (producer_id, first)
            for producer_id, first, last in aborted
            if first < each.header.end_offset and last >= each.header.base_offset
        }
        assert touching <= set(fetched.aborted_transactions or []) <= {entry[:2] for entry in aborted}


def check_it_goes_on(log: PartitionLog, kept: list[Written]) -> None:
    """Check that a retry of each producer's last batch is recognised, and that its next batch is accepted."""
    last: dict[int, Written] = {}
    for each in kept:
        if each.header.producer_id >= 0 and not each.header.is_control:
            last[each.header.producer_id] = each
    known = {entry.producer_id for entry in log.producers()}
    for producer_id, each in last.items():
        if producer_id in known:
            sent = bytearray(8) + each.content[8:]
            again = log.append(memoryview(sent), now_ms=NOW_MS)
            assert (again.base_offset, again.is_duplicate) == (each.header.base_offset, True)
    end_offset = log.end_offset
    batch = build_batch([(b"k", b"after the crash")], now_ms=NOW_MS)
    assert log.append(memoryview(batch), now_ms=NOW_MS).base_offset == end_offset
    assert bytes(log.read(end_offset, 1).records) == batch


def replay(written: list[Written]) -> ProducerStateManager:
    """Return the state of the producers according to a scan of all batches."""
    producers = ProducerStateManager()
    for each in written:
        if each.header.is_control:
            producers.replay_marker(*_marker(each))
        elif each.header.producer_id >= 0:
            producers.replay(each.header)
    return producers


def _marker(each: Written) -> tuple[BatchHeader, ControlMarker]:
    return each.header, read_end_transaction_marker(next(iterate_records(each.content, each.header)))


def _fields(entry: ProducerStateEntry) -> list[object]:
    return [getattr(entry, name) for name in entry.__slots__ if name != "batches"]
