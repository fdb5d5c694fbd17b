"""Leader epochs: assignments, lookups and truncation, compared with a model of the epoch of every offset."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log.epoch_cache import LeaderEpochCache


def test_an_empty_cache_knows_nothing() -> None:
    cache = LeaderEpochCache()
    assert (len(cache), cache.latest_epoch, cache.entries()) == (0, -1, [])
    assert cache.end_offset_for(0, 10) == (-1, -1)
    assert cache.epoch_for_offset(0) == -1
    assert not cache.truncate_from_end(0)
    assert not cache.truncate_from_start(5)


def test_assigning_the_latest_epoch_again_changes_nothing() -> None:
    cache = LeaderEpochCache([(2, 6)])
    assert not cache.assign(2, 6)
    assert not cache.assign(2, 9)
    assert cache.entries() == [(2, 6)]


def test_the_latest_epoch_may_move_to_an_earlier_offset() -> None:
    cache = LeaderEpochCache([(1, 2), (2, 6)])
    assert cache.assign(2, 4)
    assert cache.entries() == [(1, 2), (2, 4)]


@pytest.mark.parametrize(
    ("epoch", "start_offset", "entries"),
    [
        (3, 9, [(1, 2), (2, 6), (3, 9)]),
        (3, 6, [(1, 2), (3, 6)]),
        (3, 1, [(3, 1)]),
        (1, 7, [(1, 7)]),
        (0, 0, [(0, 0)]),
    ],
)
def test_an_assignment_drops_what_it_contradicts(epoch: int, start_offset: int, entries: list[tuple[int, int]]) -> None:
    cache = LeaderEpochCache([(1, 2), (2, 6)])
    assert cache.assign(epoch, start_offset)
    assert cache.entries() == entries


@pytest.mark.parametrize(("epoch", "start_offset"), [(-1, 0), (0, -1)])
def test_negative_assignments_are_refused(epoch: int, start_offset: int) -> None:
    with pytest.raises(ValueError):
        LeaderEpochCache().assign(epoch, start_offset)


@pytest.mark.parametrize(
    ("requested", "answer"),
    [(-1, (-1, -1)), (0, (0, 10)), (2, (2, 20)), (3, (2, 20)), (5, (5, 30)), (7, (7, 99)), (8, (-1, -1))],
)
def test_end_offset_for(requested: int, answer: tuple[int, int]) -> None:
    cache = LeaderEpochCache([(2, 10), (5, 20), (7, 30)])
    assert cache.end_offset_for(requested, 99) == answer


@pytest.mark.parametrize(("offset", "epoch"), [(9, -1), (10, 2), (19, 2), (20, 5), (1000, 5)])
def test_epoch_for_offset(offset: int, epoch: int) -> None:
    assert LeaderEpochCache([(2, 10), (5, 20)]).epoch_for_offset(offset) == epoch


@pytest.mark.parametrize(
    ("end_offset", "entries"),
    [(31, [(2, 10), (5, 20), (7, 30)]), (30, [(2, 10), (5, 20)]), (11, [(2, 10)]), (10, []), (0, [])],
)
def test_truncate_from_end(end_offset: int, entries: list[tuple[int, int]]) -> None:
    cache = LeaderEpochCache([(2, 10), (5, 20), (7, 30)])
    assert cache.truncate_from_end(end_offset) is (len(entries) < 3)
    assert cache.entries() == entries


@pytest.mark.parametrize(
    ("start_offset", "entries"),
    [
        (9, [(2, 10), (5, 20), (7, 30)]),
        (10, [(2, 10), (5, 20), (7, 30)]),
        (12, [(2, 12), (5, 20), (7, 30)]),
        (20, [(5, 20), (7, 30)]),
        (99, [(7, 99)]),
    ],
)
def test_truncate_from_start(start_offset: int, entries: list[tuple[int, int]]) -> None:
    cache = LeaderEpochCache([(2, 10), (5, 20), (7, 30)])
    assert cache.truncate_from_start(start_offset) is (start_offset > 10)
    assert cache.entries() == entries


def test_clear() -> None:
    cache = LeaderEpochCache([(2, 10)])
    cache.clear()
    assert cache.entries() == []


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), max_size=8), st.integers(0, 40), st.integers(0, 40))
def test_against_the_epoch_of_every_offset(writes: list[tuple[int, int]], end: int, start: int) -> None:
    epochs: list[int] = []  # the epoch of each offset of the log
    cache = LeaderEpochCache()
    epoch = 0
    for step, count in writes:
        epoch += step
        cache.assign(epoch, len(epochs))
        epochs += [epoch] * count
    if end < len(epochs):
        cache.truncate_from_end(end)
        del epochs[end:]
    if start < len(epochs):
        cache.truncate_from_start(start)
        assert [cache.epoch_for_offset(offset) for offset in range(start, len(epochs))] == epochs[start:]
        assert cache.end_offset_for(cache.latest_epoch, len(epochs)) == (cache.latest_epoch, len(epochs))
        for known in set(epochs[start:]):
            last_offset = len(epochs) - 1 - epochs[::-1].index(known)
            assert cache.end_offset_for(known, len(epochs)) == (known, last_offset + 1)
