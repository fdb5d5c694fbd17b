"""Aborted transactions: the bytes of an entry, search, truncation, and files with an incomplete last entry."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log.transaction_index import (
    ENTRY_SIZE_BYTES,
    READ_ENTRY_COUNT,
    AbortedTransaction,
    TransactionIndex,
    decode_aborted_transactions,
    encode_aborted_transaction,
)
from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.append import DoneAppend

if TYPE_CHECKING:
    from kafkalite.storage.interface import PartitionStore

NAME = "00000000000000000000.txnindex"


class OneFile:
    """A store of one file that counts its reads."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self.read_count = 0
        self.flush_count = 0

    def append(self, name: str, buffer: bytes) -> DoneAppend:
        assert name == NAME
        self.data += buffer
        return DoneAppend(len(self.data) - len(buffer))

    def read(self, name: str, position: int, size: int) -> bytes:
        assert name == NAME
        self.read_count += 1
        return bytes(self.data[position : position + size])

    def truncate(self, name: str, size: int) -> None:
        assert name == NAME
        assert size <= len(self.data)
        del self.data[size:]

    def flush(self, name: str) -> None:
        self.flush_count += 1


def index_over(file: OneFile) -> TransactionIndex:
    return TransactionIndex(cast("PartitionStore", file), NAME, len(file.data))


def filled(*entries: tuple[int, int, int, int]) -> TransactionIndex:
    index = index_over(OneFile())
    for entry in entries:
        index.append(AbortedTransaction(*entry))
    return index


def test_the_bytes_of_an_entry() -> None:
    data = encode_aborted_transaction(AbortedTransaction(7, 10, 20, 21))
    assert data == struct.pack(">hqqqq", 0, 7, 10, 20, 21)
    assert len(data) == ENTRY_SIZE_BYTES == 34
    assert list(decode_aborted_transactions(data + data[:33])) == [AbortedTransaction(7, 10, 20, 21)]


def test_an_index_without_a_file_is_empty() -> None:
    file = OneFile()
    index = index_over(file)
    assert (len(index), index.last_offset, list(index.entries())) == (0, -1, [])
    assert index.collect_aborted(0, 100) == ([], False)
    index.truncate(0)
    index.reset()
    index.flush()
    assert (file.read_count, file.flush_count) == (0, 0)
    assert index.is_sane(0)


def test_entries_are_appended_and_read_back_by_another_index() -> None:
    file = OneFile()
    index = index_over(file)
    entries = [AbortedTransaction(7, 0, 5, 6), AbortedTransaction(8, 2, 9, 10)]
    for entry in entries:
        index.append(entry)
    index.flush()
    assert file.flush_count == 1
    assert list(index.entries()) == list(index_over(file).entries()) == entries
    assert index.last_offset == 9


def test_markers_come_in_order() -> None:
    index = filled((7, 0, 5, 6))
    with pytest.raises(ValueError, match="5"):
        index.append(AbortedTransaction(8, 1, 5, 6))
    assert len(index) == 1


@pytest.mark.parametrize(
    ("fetch_offset", "upper_bound_offset", "producers", "is_complete"),
    [
        (0, 5, [1], True),
        (0, 100, [1, 2, 3], False),
        (11, 13, [2, 3], False),
        (11, 12, [2], True),
        (14, 100, [3], False),
        (21, 100, [], False),
        (4, 12, [1, 2], True),
    ],
)
def test_collecting_the_transactions_of_a_fetch(
    fetch_offset: int, upper_bound_offset: int, producers: list[int], is_complete: bool
) -> None:
    index = filled((1, 0, 10, 11), (2, 3, 13, 12), (3, 12, 20, 12))
    found, complete = index.collect_aborted(fetch_offset, upper_bound_offset)
    assert ([entry.producer_id for entry in found], complete) == (producers, is_complete)


@pytest.mark.parametrize(("offset", "left"), [(0, 0), (10, 0), (11, 1), (13, 1), (14, 2), (20, 2), (21, 3)])
def test_truncation_removes_markers_from_an_offset_on(offset: int, left: int) -> None:
    index = filled((1, 0, 10, 11), (2, 3, 13, 12), (3, 12, 20, 12))
    index.truncate(offset)
    assert len(index) == left
    index.append(AbortedTransaction(4, 30, 40, 41))
    assert index.last_offset == 40


def test_a_torn_last_entry_is_not_read_and_is_cut_before_the_next() -> None:
    whole = encode_aborted_transaction(AbortedTransaction(7, 0, 5, 6))
    file = OneFile(whole + whole[:20])
    index = index_over(file)
    assert len(index) == 1
    index.append(AbortedTransaction(8, 6, 9, 10))
    assert file.data == whole + encode_aborted_transaction(AbortedTransaction(8, 6, 9, 10))
    torn_only = OneFile(whole[:20])
    index_over(torn_only).reset()
    assert torn_only.data == b""


def test_sanity() -> None:
    assert filled((1, 0, 10, 11), (2, 3, 13, 12)).is_sane(10)
    assert not filled((1, 0, 10, 11)).is_sane(11)
    first, second = (encode_aborted_transaction(AbortedTransaction(1, 0, offset, 0)) for offset in (5, 9))
    assert not index_over(OneFile(second + first)).is_sane(0)
    assert not index_over(OneFile(bytes(68))).is_sane(0)
    assert not index_over(OneFile(b"\0\1" + first[2:])).is_sane(0)


def test_an_unknown_version_and_a_short_file_are_faults() -> None:
    file = OneFile(b"\0\1" + bytes(32))
    with pytest.raises(StorageFault, match="version 1"):
        list(index_over(file).entries())
    index = filled((1, 0, 10, 11), (2, 3, 13, 12))
    cast("OneFile", index._store).data.clear()
    with pytest.raises(StorageFault):
        index.collect_aborted(0, 10)


def test_a_large_index_is_read_a_few_pages_at_a_time() -> None:
    file = OneFile()
    for number in range(READ_ENTRY_COUNT * 3):
        file.data += encode_aborted_transaction(AbortedTransaction(1, number * 10, number * 10 + 9, number * 10 + 10))
    index = index_over(file)
    found, complete = index.collect_aborted(5_000, 5_005)
    assert ([entry.first_offset for entry in found], complete) == ([5_000], True)
    assert file.read_count <= 12
    assert len(list(index.entries())) == READ_ENTRY_COUNT * 3


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.integers(0, 20)), max_size=12),
    st.integers(0, 60),
    st.integers(0, 20),
)
def test_collecting_agrees_with_looking_at_every_entry(
    steps: list[tuple[int, int, int]], fetch_offset: int, length: int
) -> None:
    entries: list[AbortedTransaction] = []
    last = 0
    for back, forward, unstable in steps:
        last += forward
        entries.append(AbortedTransaction(1, max(0, last - 1 - back), last, max(0, last + 1 - unstable)))
    upper = fetch_offset + 1 + length
    found, _ = filled(*entries).collect_aborted(fetch_offset, upper)
    overlapping: list[AbortedTransaction] = []
    for entry in entries:
        if entry.last_offset >= fetch_offset and entry.first_offset < upper:
            overlapping.append(entry)
        if entry.last_stable_offset >= upper:
            break
    assert found == overlapping
