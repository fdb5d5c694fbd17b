"""Committed and pending offsets."""

from __future__ import annotations

from kafkalite.coordinators.group.offsets.store import CommittedOffset, GroupPartition, OffsetStore

KEY = GroupPartition("g", "t", 0)
OTHER = GroupPartition("g", "t", 1)


def offset(value: int, record_offset: int = 0) -> CommittedOffset:
    return CommittedOffset(value, -1, "", 0, -1, bytes(16), record_offset)


def test_an_offset_is_found_until_it_is_removed() -> None:
    store = OffsetStore()
    store.put(KEY, offset(1))
    store.put(KEY, offset(2))
    assert store.find(*KEY) == offset(2)
    assert store.of_group("g") == {"t": {0: offset(2)}}
    store.remove(KEY)
    store.remove(KEY)
    assert store.find(*KEY) is None
    assert store.state() == OffsetStore().state(), "nothing empty is left behind"


def test_pending_offsets_count_with_the_commit() -> None:
    store = OffsetStore()
    store.put_pending(9, KEY, offset(5))
    assert store.find(*KEY) is None and store.is_pending(*KEY) and store.has_pending("g")
    assert store.pending_partitions("g") == [("t", 0)]
    store.end_transaction(9, True)
    assert store.find(*KEY) == offset(5) and not store.is_pending(*KEY) and not store.has_pending("g")


def test_pending_offsets_are_gone_with_the_abort() -> None:
    store = OffsetStore()
    store.put_pending(9, KEY, offset(5))
    store.end_transaction(9, False)
    assert store.state() == OffsetStore().state()


def test_the_end_of_a_transaction_without_offsets_is_nothing() -> None:
    store = OffsetStore()
    store.end_transaction(9, True)
    assert store.state() == OffsetStore().state()


def test_several_producers_may_have_offsets_of_one_partition_pending() -> None:
    store = OffsetStore()
    store.put_pending(1, KEY, offset(1, 10))
    store.put_pending(2, KEY, offset(2, 11))
    store.end_transaction(1, True)
    assert store.is_pending(*KEY) and store.find(*KEY) == offset(1, 10)
    store.end_transaction(2, True)
    assert store.find(*KEY) == offset(2, 11)


def test_of_a_plain_and_a_transactional_commit_the_later_record_counts() -> None:
    store = OffsetStore()
    store.put_pending(9, KEY, offset(5, 10))
    store.put_pending(9, OTHER, offset(5, 12))
    store.put(KEY, offset(6, 11))
    store.put(OTHER, offset(6, 11))
    store.end_transaction(9, True)
    assert store.find(*KEY) == offset(6, 11)
    assert store.find(*OTHER) == offset(5, 12)


def test_a_tombstone_takes_what_is_pending_too() -> None:
    store = OffsetStore()
    store.put(KEY, offset(1))
    store.put_pending(9, KEY, offset(5))
    store.put_pending(9, OTHER, offset(7))
    store.remove(KEY)
    assert not store.is_pending(*KEY) and store.is_pending(*OTHER)
    store.end_transaction(9, True)
    assert store.find(*KEY) is None and store.find(*OTHER) == offset(7)


def test_all_entries_are_told() -> None:
    store = OffsetStore()
    store.put(KEY, offset(1))
    store.put_pending(9, OTHER, offset(2))
    assert list(store.entries()) == [(KEY, offset(1)), (OTHER, offset(2))]
