"""The state of one producer, and the arithmetic of sequences that wrap around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafkalite.log.producer_entry import (
    MAX_SEQUENCE,
    RETAINED_BATCH_COUNT,
    ProducerStateEntry,
    RetainedBatch,
    first_sequence_of,
    last_sequence_of,
)


def batch(first: int, last: int, offset: int = 0) -> RetainedBatch:
    return RetainedBatch(first, last, offset, offset + last - first, 1_000 + offset)


def test_a_new_entry_knows_nothing() -> None:
    entry = ProducerStateEntry(7)
    assert (entry.producer_epoch, entry.coordinator_epoch, entry.last_timestamp) == (-1, -1, -1)
    assert (entry.last_sequence, entry.last_offset, entry.next_sequence) == (-1, -1, 0)
    assert not entry.has_open_transaction
    assert entry.find_batch(-1, 0, 0) is None


def test_five_batches_are_retained() -> None:
    entry = ProducerStateEntry(7)
    for number in range(RETAINED_BATCH_COUNT + 2):
        entry.add_batch(0, batch(number, number, 100 + number))
    assert len(entry.batches) == RETAINED_BATCH_COUNT == 5
    assert entry.find_batch(0, 1, 1) is None
    assert entry.find_batch(0, 2, 2) == batch(2, 2, 102)
    assert (entry.last_sequence, entry.next_sequence, entry.last_offset, entry.last_timestamp) == (6, 7, 106, 1106)


def test_another_epoch_forgets_the_batches_of_the_one_before() -> None:
    entry = ProducerStateEntry(7)
    entry.add_batch(0, batch(0, 9))
    entry.add_batch(1, batch(0, 0, 10))
    assert list(entry.batches) == [batch(0, 0, 10)]
    entry.move_to_epoch(1)
    assert len(entry.batches) == 1
    entry.move_to_epoch(2)
    assert (len(entry.batches), entry.next_sequence, entry.producer_epoch) == (0, 0, 2)


def test_entries_are_equal_by_their_fields_and_print_them() -> None:
    one, other = ProducerStateEntry(7), ProducerStateEntry(7)
    assert one == other
    other.add_batch(0, batch(0, 0))
    assert one != other
    assert one != "an entry"
    assert "producer_id=7" in repr(one)
    with pytest.raises(TypeError):
        hash(one)


@given(st.integers(0, MAX_SEQUENCE), st.integers(0, MAX_SEQUENCE))
def test_first_and_last_sequence_invert_each_other(first: int, delta: int) -> None:
    last = last_sequence_of(first, delta)
    assert 0 <= last <= MAX_SEQUENCE
    assert first_sequence_of(last, delta) == first


def test_sequences_wrap_to_zero() -> None:
    assert last_sequence_of(MAX_SEQUENCE, 0) == MAX_SEQUENCE
    assert last_sequence_of(MAX_SEQUENCE, 1) == 0
    assert last_sequence_of(MAX_SEQUENCE - 1, 3) == 1
    assert last_sequence_of(-1, 10) == -1
    entry = ProducerStateEntry(7)
    entry.add_batch(0, batch(MAX_SEQUENCE, MAX_SEQUENCE))
    assert entry.next_sequence == 0
