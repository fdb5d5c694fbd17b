"""The decision tables: every input matches exactly one row, and the rows agree with Kafka."""

from __future__ import annotations

from itertools import product

import pytest

from kafkalite.log import producer_append as table
from kafkalite.log.producer_append import (
    CLIENT,
    COORDINATOR,
    DATA_ROWS,
    MARKER_EPOCHS,
    MARKER_ROWS,
    REPLAY,
    STANDINGS,
    DataInput,
    MarkerInput,
    Row,
    classify_data,
    classify_marker,
    decide,
)
from kafkalite.log.producer_entry import MAX_SEQUENCE, ProducerStateEntry, RetainedBatch
from tests.log.headers import make_header

BOTH = (False, True)
DATA_INPUTS = [DataInput(*values) for values in product((CLIENT, COORDINATOR, REPLAY), STANDINGS, BOTH, BOTH, BOTH)]
MARKER_INPUTS = [MarkerInput(*values) for values in product((COORDINATOR, REPLAY), MARKER_EPOCHS, BOTH, BOTH, BOTH)]


def test_every_input_matches_exactly_one_row() -> None:
    for rows, inputs in ((DATA_ROWS, DATA_INPUTS), (MARKER_ROWS, MARKER_INPUTS)):
        for given in inputs:
            assert [row for row in rows if row.matches(given)] != [], f"no row for {given}"
            assert len([row for row in rows if row.matches(given)]) == 1, f"two rows for {given}"


def test_every_row_is_reached_and_names_only_values_that_exist() -> None:
    for rows, inputs in ((DATA_ROWS, DATA_INPUTS), (MARKER_ROWS, MARKER_INPUTS)):
        for row in rows:
            assert any(row.matches(given) for given in inputs), f"never reached: {row}"
        for field in range(5):
            exists = {given[field] for given in inputs}
            for row in rows:
                assert set(row.conditions[field] or ()) <= exists, row


def test_an_input_outside_the_table_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        decide(DATA_ROWS, DataInput("a stranger", table.NEXT, False, False, False))
    assert not Row((("a",),), "x").matches(("b",))


def kafka_data_outcome(given: DataInput) -> str:
    """Return Kafka's outcome, by the checks of ProducerAppendInfo and UnifiedLog in their order."""
    if given.origin == CLIENT and given.standing == table.RETRY:
        return table.DUPLICATE
    if given.origin != REPLAY and given.standing == table.OLDER_EPOCH:
        return table.REFUSE_EPOCH
    if given.origin == CLIENT:
        loses_first = given.is_epoch_bumped and given.is_transactional and given.standing == table.UNKNOWN_LATER
        if loses_first or given.standing in (table.GAP, table.NEWER_LATER):
            return table.REFUSE_SEQUENCE
    if given.is_transaction_open and not given.is_transactional and given.origin != REPLAY:
        return table.REFUSE_TRANSACTION_STATE
    if given.is_transactional and not given.is_transaction_open:
        return table.BEGIN_TRANSACTION
    return table.APPEND


def kafka_marker_outcome(given: MarkerInput) -> str:
    """Return Kafka's outcome, by the checks of ProducerAppendInfo.appendEndTxnMarker in their order."""
    if given.origin == COORDINATOR:
        if given.epoch == table.MARKER_OLDER:
            return table.REFUSE_EPOCH
        if given.epoch == table.MARKER_SAME and given.is_epoch_bumped and given.is_transaction_open:
            return table.REFUSE_EPOCH
        if given.is_coordinator_stale:
            return table.REFUSE_COORDINATOR
    return table.COMPLETE_TRANSACTION if given.is_transaction_open else table.APPEND


@pytest.mark.parametrize("given", DATA_INPUTS, ids=str)
def test_data_rows_agree_with_the_order_of_kafkas_checks(given: DataInput) -> None:
    assert decide(DATA_ROWS, given) == kafka_data_outcome(given)


@pytest.mark.parametrize("given", MARKER_INPUTS, ids=str)
def test_marker_rows_agree_with_the_order_of_kafkas_checks(given: MarkerInput) -> None:
    assert decide(MARKER_ROWS, given) == kafka_marker_outcome(given)


def make_entry(epoch: int = 3, sequences: tuple[tuple[int, int], ...] = ((0, 4), (5, 9))) -> ProducerStateEntry:
    entry = ProducerStateEntry(7)
    for first, last in sequences:
        entry.add_batch(epoch, RetainedBatch(first, last, first, last, 1_000))
    entry.move_to_epoch(epoch)
    return entry


@pytest.mark.parametrize(
    ("epoch", "first_sequence", "count", "standing"),
    [
        (2, 10, 1, table.OLDER_EPOCH),
        (2, 5, 5, table.OLDER_EPOCH),
        (3, 5, 5, table.RETRY),
        (3, 0, 5, table.RETRY),
        (3, 10, 1, table.NEXT),
        (3, 5, 4, table.GAP),
        (3, 11, 1, table.GAP),
        (3, 0, 1, table.GAP),
        (4, 0, 1, table.NEWER_FROM_ZERO),
        (4, 10, 1, table.NEWER_LATER),
    ],
)
def test_standings_of_a_known_producer(epoch: int, first_sequence: int, count: int, standing: str) -> None:
    header = make_header(producer_epoch=epoch, base_sequence=first_sequence, count=count)
    given = classify_data(make_entry(), header, origin=CLIENT, is_epoch_bumped=False)
    assert given == (CLIENT, standing, False, False, False)


@pytest.mark.parametrize("entry", [None, ProducerStateEntry(7)])
def test_standings_of_an_unknown_producer(entry: ProducerStateEntry | None) -> None:
    for first_sequence, standing in ((0, table.UNKNOWN_FROM_ZERO), (9, table.UNKNOWN_LATER)):
        header = make_header(base_sequence=first_sequence, is_transactional=True)
        given = classify_data(entry, header, origin=CLIENT, is_epoch_bumped=True)
        assert given == (CLIENT, standing, True, False, True)


def test_sequences_start_again_at_zero_behind_the_last_one() -> None:
    entry = make_entry(sequences=((MAX_SEQUENCE - 1, MAX_SEQUENCE),))
    given = classify_data(entry, make_header(producer_epoch=3, base_sequence=0), origin=CLIENT, is_epoch_bumped=False)
    assert given.standing == table.NEXT


def test_a_known_epoch_without_batches_begins_at_zero() -> None:
    entry = make_entry(sequences=())
    for first_sequence, standing in ((0, table.NEXT), (1, table.GAP)):
        header = make_header(producer_epoch=3, base_sequence=first_sequence)
        assert classify_data(entry, header, origin=CLIENT, is_epoch_bumped=False).standing == standing


@pytest.mark.parametrize(
    ("known", "epoch", "expected"),
    [
        (-1, 0, table.MARKER_UNKNOWN),
        (3, 2, table.MARKER_OLDER),
        (3, 3, table.MARKER_SAME),
        (3, 4, table.MARKER_NEWER),
        (32767, 32767, table.MARKER_SAME_AT_LIMIT),
    ],
)
def test_marker_epochs(known: int, epoch: int, expected: str) -> None:
    entry = ProducerStateEntry(7, known, 5)
    for coordinator_epoch, is_stale in ((4, True), (5, False), (6, False)):
        given = classify_marker(entry, epoch, coordinator_epoch, origin=COORDINATOR, is_epoch_bumped=True)
        assert given == (COORDINATOR, expected, is_stale, False, True)
    assert classify_marker(None, epoch, 0, origin=REPLAY, is_epoch_bumped=False) == (
        REPLAY,
        table.MARKER_UNKNOWN,
        False,
        False,
        False,
    )
