"""Several batches of the broker itself are appended as one, or not at all."""

from __future__ import annotations

import pytest

from kafkalite.records.builder import build_batch
from kafkalite.records.validation import RecordsRejected
from tests.log.harness import NOW_MS, Harness, read_values


def test_batches_follow_each_other_without_a_gap() -> None:
    log = Harness().open()
    group = build_batch([(None, b"a"), (None, b"b")], now_ms=NOW_MS) + build_batch([(None, b"c")], now_ms=NOW_MS)
    result = log.append(memoryview(group), now_ms=NOW_MS, is_from_client=False)
    assert (result.base_offset, result.last_offset, log.end_offset) == (0, 2, 3)
    assert read_values(log) == [(0, b"a"), (1, b"b"), (2, b"c")]


def test_two_batches_of_one_producer_are_refused_whole() -> None:
    log = Harness().open()
    one = build_batch([(None, b"a")], now_ms=NOW_MS, producer_id=7, producer_epoch=0, base_sequence=0)
    two = build_batch([(None, b"b")], now_ms=NOW_MS, producer_id=7, producer_epoch=0, base_sequence=1)
    with pytest.raises(RecordsRejected):
        log.append(memoryview(one + two), now_ms=NOW_MS, is_from_client=False)
    assert log.end_offset == 0


def test_each_producer_of_a_group_is_remembered() -> None:
    log = Harness().open()
    group = bytearray()
    for producer_id in (7, 8):
        group += build_batch([(None, b"x")], now_ms=NOW_MS, producer_id=producer_id, producer_epoch=0, base_sequence=0)
    log.append(memoryview(group), now_ms=NOW_MS, is_from_client=False)
    assert sorted(entry.producer_id for entry in log.producers()) == [7, 8]
