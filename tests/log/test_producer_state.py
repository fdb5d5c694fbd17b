"""Producers of a partition: retries, gaps, fencing, transactions of both generations, and state that survives."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log.producer_entry import MAX_SEQUENCE, ProducerStateEntry
from kafkalite.log.producer_snapshot import CorruptSnapshot
from kafkalite.log.producer_state import (
    CompletedTransaction,
    DuplicateBatch,
    PreparedProducerAppend,
    ProducerStateManager,
)
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import BatchHeader
from kafkalite.records.control import ControlMarker
from tests.log.headers import make_header

COMMIT = ControlMarker(True, 0)
ABORT = ControlMarker(False, 0)


class Partition:
    """A log of headers in memory with the state of its producers; it assigns offsets like a log."""

    def __init__(self) -> None:
        self.producers = ProducerStateManager()
        self.log: list[tuple[BatchHeader, ControlMarker | None]] = []
        self.end_offset = 0

    def append(self, header: BatchHeader, *, is_from_client: bool = True, transaction_version: int = 0) -> int:
        """Return the base offset, also of a retry."""
        prepared = self.producers.prepare(
            header, is_from_client=is_from_client, transaction_version=transaction_version
        )
        if isinstance(prepared, DuplicateBatch):
            return prepared.base_offset
        assert isinstance(prepared, PreparedProducerAppend)
        base_offset = self._write(header, None)
        assert self.producers.commit(prepared, base_offset) is None
        return base_offset

    def end(
        self, marker: ControlMarker, *, producer_id: int = 7, producer_epoch: int = 0, transaction_version: int = 0
    ) -> CompletedTransaction | None:
        header = make_header(
            producer_id=producer_id,
            producer_epoch=producer_epoch,
            base_sequence=-1,
            is_transactional=True,
            is_control=True,
            max_timestamp=9_000,
        )
        prepared = self.producers.prepare_marker(header, marker, transaction_version=transaction_version)
        return self.producers.commit(prepared, self._write(header, marker))

    def _write(self, header: BatchHeader, marker: ControlMarker | None) -> int:
        base_offset = self.end_offset
        self.log.append((header._replace(base_offset=base_offset), marker))
        self.end_offset += header.last_offset_delta + 1
        return base_offset

    def replayed(self, snapshot: bytes | None = None, snapshot_offset: int = 0) -> ProducerStateManager:
        """Return the state after a load of a snapshot, if there is one, and a replay of the later log."""
        producers = ProducerStateManager()
        if snapshot is not None:
            producers.load_snapshot(snapshot, now_ms=0)
        for header, marker in self.log:
            if header.base_offset >= snapshot_offset:
                if marker is None:
                    producers.replay(header)
                else:
                    producers.replay_marker(header, marker)
        return producers


def refused_with(error_code: int, partition: Partition, header: BatchHeader, **how: object) -> None:
    """Check that the batch is refused with an error, and that the state is unchanged."""
    before = partition.producers.encode_snapshot(), partition.producers.first_unstable_offset, partition.end_offset
    with pytest.raises(ApiError) as refusal:
        partition.append(header, **how)  # type: ignore[arg-type]
    assert refusal.value.error_code == error_code
    assert str(header.producer_id) in str(refusal.value)
    after = partition.producers.encode_snapshot(), partition.producers.first_unstable_offset, partition.end_offset
    assert after == before


# ---- idempotence ---------------------------------------------------------------------------------------------------


def test_batches_in_order_are_appended() -> None:
    partition = Partition()
    assert [partition.append(make_header(base_sequence=number * 3, count=3)) for number in range(4)] == [0, 3, 6, 9]
    (entry,) = partition.producers.active_producers()
    assert (entry.producer_id, entry.producer_epoch, entry.last_sequence, entry.last_offset) == (7, 0, 11, 11)
    assert (entry.coordinator_epoch, entry.last_timestamp, entry.current_txn_first_offset) == (-1, 1_000, -1)


def test_nothing_moves_before_the_commit() -> None:
    producers = ProducerStateManager()
    prepared = producers.prepare(make_header())
    assert len(producers) == 0
    assert isinstance(prepared, PreparedProducerAppend)
    producers.commit(prepared, 40)
    assert len(producers) == 1
    producers.prepare(make_header(base_sequence=1))  # the write fails: no commit
    assert isinstance(producers.prepare(make_header(base_sequence=1)), PreparedProducerAppend)


def test_a_retry_of_the_last_five_batches_is_answered_with_its_offsets() -> None:
    partition = Partition()
    for number in range(6):
        partition.append(make_header(base_sequence=number * 2, count=2, max_timestamp=100 + number))
    for number in range(1, 6):
        again = partition.producers.prepare(make_header(base_sequence=number * 2, count=2))
        assert again == DuplicateBatch(number * 2, number * 2 + 1, 100 + number)
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, make_header(base_sequence=0, count=2))
    assert partition.end_offset == 12


def test_a_gap_is_refused_and_may_be_filled() -> None:
    partition = Partition()
    partition.append(make_header(count=3))
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, make_header(base_sequence=4))
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, make_header(base_sequence=1, count=2))
    assert partition.append(make_header(base_sequence=3)) == 3


def test_an_unknown_producer_may_begin_anywhere() -> None:
    partition = Partition()
    assert partition.append(make_header(base_sequence=1_000)) == 0
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, make_header(base_sequence=0))
    assert partition.append(make_header(producer_id=8, base_sequence=5)) == 1


def test_a_newer_epoch_begins_at_zero_and_fences_the_older() -> None:
    partition = Partition()
    partition.append(make_header(producer_epoch=1, count=5))
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, make_header(producer_epoch=2, base_sequence=5))
    assert partition.append(make_header(producer_epoch=2, base_sequence=0)) == 5
    refused_with(errors.INVALID_PRODUCER_EPOCH, partition, make_header(producer_epoch=1, base_sequence=5))
    refused_with(errors.INVALID_PRODUCER_EPOCH, partition, make_header(producer_epoch=1, count=5))


def test_sequences_wrap() -> None:
    partition = Partition()
    partition.append(make_header(base_sequence=MAX_SEQUENCE - 2, count=2))
    assert partition.append(make_header(base_sequence=MAX_SEQUENCE, count=3)) == 2
    entry = partition.producers.find(7)
    assert entry is not None
    assert (entry.last_sequence, entry.next_sequence) == (1, 2)
    assert partition.producers.prepare(make_header(base_sequence=MAX_SEQUENCE, count=3)) == DuplicateBatch(2, 4, 1_000)
    partition.append(make_header(base_sequence=2, count=1))


def test_coordinators_append_without_sequences() -> None:
    partition = Partition()
    header = make_header(base_sequence=-1, count=2, is_transactional=True)
    assert partition.append(header, is_from_client=False) == 0
    assert partition.append(header, is_from_client=False) == 2
    refused_with(errors.INVALID_TXN_STATE, partition, make_header(base_sequence=-1), is_from_client=False)
    partition.end(COMMIT, producer_epoch=1)
    refused_with(errors.INVALID_PRODUCER_EPOCH, partition, header, is_from_client=False)


# ---- transactions --------------------------------------------------------------------------------------------------


def test_a_transaction_begins_with_its_first_batch_and_ends_with_its_marker() -> None:
    partition = Partition()
    partition.append(make_header(producer_id=1))
    assert partition.append(make_header(is_transactional=True, count=2)) == 1
    partition.append(make_header(base_sequence=2, is_transactional=True))
    assert partition.producers.first_unstable_offset == 1
    assert partition.producers.has_open_transaction(7, 0)
    assert not partition.producers.has_open_transaction(7, 1)
    assert not partition.producers.has_open_transaction(8, 0)
    assert partition.end(ABORT) == CompletedTransaction(7, 1, 4, True, 5)
    assert partition.producers.first_unstable_offset is None
    assert not partition.producers.has_open_transaction(7, 0)
    assert partition.append(make_header(base_sequence=3, is_transactional=True)) == 5
    assert partition.end(COMMIT) == CompletedTransaction(7, 5, 6, False, 7)


def test_the_oldest_open_transaction_bounds_what_is_stable() -> None:
    partition = Partition()
    for producer_id in (1, 2, 3):
        partition.append(make_header(producer_id=producer_id, is_transactional=True))
    assert partition.producers.first_unstable_offset == 0
    assert partition.end(ABORT, producer_id=2) == CompletedTransaction(2, 1, 3, True, 0)
    assert partition.producers.first_unstable_offset == 0
    assert partition.end(COMMIT, producer_id=1) == CompletedTransaction(1, 0, 4, False, 2)
    assert partition.producers.first_unstable_offset == 2
    assert partition.end(ABORT, producer_id=3) == CompletedTransaction(3, 2, 5, True, 6)
    assert partition.producers.first_unstable_offset is None


def test_plain_batches_do_not_mix_into_a_transaction() -> None:
    partition = Partition()
    partition.append(make_header(is_transactional=True))
    refused_with(errors.INVALID_TXN_STATE, partition, make_header(base_sequence=1))
    assert partition.append(make_header(producer_id=8)) == 1


def test_a_marker_without_a_transaction_only_moves_the_epoch() -> None:
    partition = Partition()
    assert partition.end(COMMIT, producer_epoch=4) is None
    entry = partition.producers.find(7)
    assert entry is not None
    assert (entry.producer_epoch, entry.coordinator_epoch, entry.last_timestamp, entry.last_offset) == (4, 0, 9_000, -1)
    refused_with(errors.INVALID_PRODUCER_EPOCH, partition, make_header(producer_epoch=3))


def test_markers_of_a_deposed_coordinator_are_refused() -> None:
    partition = Partition()
    partition.append(make_header(is_transactional=True))
    partition.end(ControlMarker(True, 5))
    partition.append(make_header(base_sequence=1, is_transactional=True))
    with pytest.raises(ApiError) as refusal:
        partition.end(ControlMarker(True, 4))
    assert refusal.value.error_code == errors.TRANSACTION_COORDINATOR_FENCED
    assert partition.producers.first_unstable_offset == 2
    assert partition.end(ControlMarker(False, 5)) is not None


def test_markers_of_an_older_epoch_are_refused() -> None:
    partition = Partition()
    partition.append(make_header(producer_epoch=3, is_transactional=True))
    for transaction_version in (0, 1, 2):
        with pytest.raises(ApiError) as refusal:
            partition.end(ABORT, producer_epoch=2, transaction_version=transaction_version)
        assert refusal.value.error_code == errors.INVALID_PRODUCER_EPOCH


def test_the_first_generation_marks_with_the_epoch_of_the_transaction() -> None:
    partition = Partition()
    partition.append(make_header(producer_epoch=3, is_transactional=True))
    assert partition.end(COMMIT, producer_epoch=3, transaction_version=1) is not None
    assert partition.append(make_header(producer_epoch=3, base_sequence=1, is_transactional=True)) == 2


def test_the_second_generation_marks_with_the_next_epoch() -> None:
    partition = Partition()
    partition.append(make_header(producer_epoch=3, is_transactional=True), transaction_version=2)
    with pytest.raises(ApiError) as refusal:  # a late marker of the transaction before
        partition.end(ABORT, producer_epoch=3, transaction_version=2)
    assert refusal.value.error_code == errors.INVALID_PRODUCER_EPOCH
    assert partition.end(COMMIT, producer_epoch=4, transaction_version=2) == CompletedTransaction(7, 0, 1, False, 2)
    assert partition.end(COMMIT, producer_epoch=4, transaction_version=2) is None  # the marker again
    late = make_header(producer_epoch=3, base_sequence=1, is_transactional=True)
    refused_with(errors.INVALID_PRODUCER_EPOCH, partition, late, transaction_version=2)
    skipping = make_header(producer_epoch=4, base_sequence=1, is_transactional=True)
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, skipping, transaction_version=2)
    first = make_header(producer_epoch=4, is_transactional=True)
    assert partition.append(first, transaction_version=2) == 3


def test_the_last_epoch_marks_itself() -> None:
    partition = Partition()
    partition.append(make_header(producer_epoch=32767, is_transactional=True), transaction_version=2)
    assert partition.end(ABORT, producer_epoch=32767, transaction_version=2) is not None


def test_the_second_generation_does_not_begin_in_the_middle() -> None:
    partition = Partition()
    middle = make_header(base_sequence=3, is_transactional=True)
    refused_with(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, partition, middle, transaction_version=2)
    assert partition.append(middle, transaction_version=1) == 0


def test_a_newer_epoch_may_go_on_with_a_transaction_that_has_no_marker_yet() -> None:
    partition = Partition()
    partition.append(make_header(is_transactional=True))
    partition.append(make_header(producer_epoch=1, is_transactional=True))
    assert partition.end(ABORT, producer_epoch=1) == CompletedTransaction(7, 0, 2, True, 3)


# ---- expiry and snapshots ------------------------------------------------------------------------------------------


def test_idle_producers_expire_but_not_within_a_transaction() -> None:
    partition = Partition()
    producers = partition.producers
    producers.producer_id_expiration_ms = 500
    partition.append(make_header(producer_id=1, max_timestamp=1_000))
    partition.append(make_header(producer_id=2, max_timestamp=1_400))
    partition.append(make_header(producer_id=3, max_timestamp=1_000, is_transactional=True))
    assert producers.remove_expired(1_499) == 0
    assert producers.remove_expired(1_500) == 1
    assert [entry.producer_id for entry in producers.active_producers()] == [2, 3]
    snapshot = producers.encode_snapshot()
    producers.load_snapshot(snapshot, now_ms=1_900)
    assert [entry.producer_id for entry in producers.active_producers()] == [3]
    assert producers.first_unstable_offset == 2
    assert partition.append(make_header(producer_id=1, base_sequence=77)) == 3


def test_a_snapshot_brings_everything_but_the_older_batches_back() -> None:
    partition = Partition()
    for number in range(3):
        partition.append(make_header(base_sequence=number))
    partition.append(make_header(producer_id=9, is_transactional=True))
    partition.append(make_header(producer_id=8, is_transactional=True))
    loaded = ProducerStateManager()
    loaded.load_snapshot(partition.producers.encode_snapshot(), now_ms=0)
    assert loaded.encode_snapshot() == partition.producers.encode_snapshot()
    assert loaded.first_unstable_offset == 3
    assert loaded.prepare(make_header(base_sequence=2)) == DuplicateBatch(2, 2, 1_000)
    with pytest.raises(ApiError):
        loaded.prepare(make_header(base_sequence=1))
    assert isinstance(loaded.prepare(make_header(base_sequence=3)), PreparedProducerAppend)


def test_a_corrupt_snapshot_leaves_the_state_as_it_was() -> None:
    partition = Partition()
    partition.append(make_header())
    before = partition.producers.encode_snapshot()
    with pytest.raises(CorruptSnapshot):
        partition.producers.load_snapshot(before[:-1], now_ms=0)
    assert partition.producers.encode_snapshot() == before
    partition.producers.reset()
    assert len(partition.producers) == 0


def test_replay_refuses_nothing() -> None:
    producers = ProducerStateManager()
    producers.replay(make_header(producer_epoch=5, base_sequence=10, base_offset=100, is_transactional=True))
    producers.replay(make_header(producer_epoch=4, base_sequence=99, base_offset=101))
    producers.replay(make_header(producer_epoch=4, base_sequence=99, base_offset=102))
    entry = producers.find(7)
    assert entry is not None
    assert (entry.producer_epoch, entry.last_offset, entry.current_txn_first_offset) == (4, 102, 100)
    marker = make_header(producer_epoch=3, base_sequence=-1, base_offset=103, is_transactional=True, is_control=True)
    assert producers.replay_marker(marker, ABORT) == CompletedTransaction(7, 100, 103, True, 104)


# ---- beside a model ------------------------------------------------------------------------------------------------


class Append(NamedTuple):
    """A data batch to try; `epoch_step` and `sequence_step` are relative to the next acceptable values."""

    producer_id: int
    epoch_step: int
    sequence_step: int
    count: int
    is_transactional: bool


class End(NamedTuple):
    """A marker to try."""

    producer_id: int
    epoch_step: int
    is_commit: bool
    coordinator_epoch: int
    transaction_version: int


APPENDS = st.builds(
    Append,
    st.integers(1, 3),
    st.sampled_from([0, 0, 0, 0, 1, -1]),
    st.sampled_from([0, 0, 0, 0, -1, -2, 1, -12]),
    st.sampled_from([1, 1, 1, 2]),
    st.booleans(),
)
ENDS = st.builds(
    End, st.integers(1, 3), st.sampled_from([0, 0, 1, -1]), st.booleans(), st.integers(0, 2), st.sampled_from([0, 2])
)


class Model:
    """One producer as a plain list of all its appends, searched for every decision."""

    def __init__(self) -> None:
        self.batches: list[tuple[int, int, int, int]] = []  # epoch, first sequence, last sequence, base offset
        self.epoch = -1
        self.coordinator_epoch = -1
        self.open_from: int | None = None

    def of_epoch(self) -> list[tuple[int, int, int, int]]:
        return [batch for batch in self.batches if batch[0] == self.epoch]

    def next_sequence(self) -> int:
        return self.of_epoch()[-1][2] + 1 if self.of_epoch() else 0

    def append(self, epoch: int, first: int, count: int, is_transactional: bool, end_offset: int) -> int | str:
        """Return the base offset, or the name of the refusal."""
        for known in self.of_epoch()[-5:]:
            if known[:3] == (epoch, first, first + count - 1):
                return known[3]
        if epoch < self.epoch:
            return "epoch"
        expected = self.next_sequence() if epoch == self.epoch else 0
        if self.epoch != -1 and first != expected:
            return "sequence"
        if self.open_from is not None and not is_transactional:
            return "transaction"
        if is_transactional and self.open_from is None:
            self.open_from = end_offset
        if epoch != self.epoch:
            self.batches.clear()
        self.epoch = epoch
        self.batches.append((epoch, first, first + count - 1, end_offset))
        return end_offset

    def end(self, epoch: int, coordinator_epoch: int, version: int) -> tuple[int | None, str | None]:
        """Return the first offset of the ended transaction, or the name of the refusal."""
        if epoch < self.epoch or (version == 2 and epoch == self.epoch and self.open_from is not None):
            return None, "epoch"
        if coordinator_epoch < self.coordinator_epoch:
            return None, "coordinator"
        if epoch != self.epoch:
            self.batches.clear()
        self.epoch, self.coordinator_epoch = epoch, coordinator_epoch
        began, self.open_from = self.open_from, None
        return began, None


REFUSAL_NAMES = {
    errors.INVALID_PRODUCER_EPOCH: "epoch",
    errors.OUT_OF_ORDER_SEQUENCE_NUMBER: "sequence",
    errors.INVALID_TXN_STATE: "transaction",
    errors.TRANSACTION_COORDINATOR_FENCED: "coordinator",
}


def run_both(actions: list[Append | End]) -> Partition:
    """Run the actions on the state and the model, and compare every result."""
    partition = Partition()
    models = {producer_id: Model() for producer_id in (1, 2, 3)}
    for action in actions:
        model = models[action.producer_id]
        epoch = max(0, model.epoch + action.epoch_step)
        if isinstance(action, End):
            expected: object = model.end(epoch, action.coordinator_epoch, action.transaction_version)
            answer = _end(partition, action, epoch)
        else:
            first = max(0, model.next_sequence() + action.sequence_step)
            expected = model.append(epoch, first, action.count, action.is_transactional, partition.end_offset)
            answer = _append(partition, action, epoch, first)
        assert answer == expected, action
        opens = [model.open_from for model in models.values() if model.open_from is not None]
        assert partition.producers.first_unstable_offset == min(opens, default=None)
    return partition


def _append(partition: Partition, action: Append, epoch: int, first: int) -> int | str:
    header = make_header(
        producer_id=action.producer_id,
        producer_epoch=epoch,
        base_sequence=first,
        count=action.count,
        is_transactional=action.is_transactional,
    )
    try:
        return partition.append(header)
    except ApiError as refusal:
        return REFUSAL_NAMES[refusal.error_code]


def _end(partition: Partition, action: End, epoch: int) -> tuple[int | None, str | None]:
    marker = ControlMarker(action.is_commit, action.coordinator_epoch)
    try:
        completed = partition.end(
            marker,
            producer_id=action.producer_id,
            producer_epoch=epoch,
            transaction_version=action.transaction_version,
        )
    except ApiError as refusal:
        return None, REFUSAL_NAMES[refusal.error_code]
    if completed is None:
        return None, None
    assert completed.is_aborted is not action.is_commit
    return completed.first_offset, None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(APPENDS, APPENDS, ENDS), max_size=30))
def test_every_answer_is_that_of_the_model(actions: list[Append | End]) -> None:
    run_both(actions)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(APPENDS, APPENDS, ENDS), min_size=1, max_size=30), st.integers(0, 30))
def test_replaying_the_log_and_reloading_a_snapshot_come_to_the_same_state(
    actions: list[Append | End], snapshot_after: int
) -> None:
    partition = run_both(actions)
    live = {entry.producer_id: entry for entry in partition.producers.active_producers()}
    replayed = partition.replayed()
    assert {entry.producer_id: entry for entry in replayed.active_producers()} == live
    assert replayed.first_unstable_offset == partition.producers.first_unstable_offset

    earlier = Partition()
    earlier.log = partition.log[:snapshot_after]
    snapshot_offset = partition.log[snapshot_after][0].base_offset if snapshot_after < len(partition.log) else 1 << 40
    reloaded = partition.replayed(earlier.replayed().encode_snapshot(), snapshot_offset)
    assert reloaded.first_unstable_offset == replayed.first_unstable_offset
    assert len(reloaded) == len(live)
    for entry in reloaded.active_producers():
        assert _without_batches(entry) == _without_batches(live[entry.producer_id])
        # A snapshot holds one batch of each producer, under the timestamp of the producer's last batch or marker.
        retained = [batch[:4] for batch in live[entry.producer_id].batches]
        kept = [batch[:4] for batch in entry.batches]
        assert kept == retained[len(retained) - len(kept) :]
        assert bool(kept) is bool(retained)


def _without_batches(entry: ProducerStateEntry) -> list[object]:
    return [getattr(entry, name) for name in entry.__slots__ if name != "batches"]
