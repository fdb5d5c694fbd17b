"""Markers of transactions among control batches."""

from __future__ import annotations

import pytest

from kafkalite.log.markers import read_marker, to_aborted_transaction
from kafkalite.log.producer_state import CompletedTransaction
from kafkalite.log.transaction_index import AbortedTransaction
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import read_batch_header
from kafkalite.records.control import build_end_transaction_marker
from tests.log.harness import NOW_MS, make_batch


@pytest.mark.parametrize("is_commit", [True, False])
def test_markers_are_read(is_commit: bool) -> None:
    batch = build_end_transaction_marker(
        producer_id=1, producer_epoch=0, is_commit=is_commit, coordinator_epoch=9, now_ms=NOW_MS
    )
    assert read_marker(batch, read_batch_header(batch)) == (is_commit, 9)


def test_other_control_records_end_nothing() -> None:
    from kafkalite.records.builder import RecordData, build_batch

    leader_change = build_batch([RecordData(b"\0\0\0\2", b"", NOW_MS)], now_ms=NOW_MS, is_control=True)
    assert read_marker(leader_change, read_batch_header(leader_change)) is None


def test_a_control_batch_without_a_kind_is_refused() -> None:
    batch = make_batch(b"x", is_control=True)
    with pytest.raises(ApiError):
        read_marker(batch, read_batch_header(batch))


def test_the_index_entry_of_an_aborted_transaction() -> None:
    completed = CompletedTransaction(1, 5, 9, True, 10)
    assert to_aborted_transaction(completed) == AbortedTransaction(1, 5, 9, 10)
