"""The snapshot file to the byte, damaged files, and snapshots without a segment."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log.producer_entry import MAX_SEQUENCE, ProducerStateEntry, RetainedBatch, last_sequence_of
from kafkalite.log.producer_snapshot import (
    CorruptSnapshot,
    decode_snapshot,
    encode_snapshot,
    snapshot_file_name,
    stray_snapshots,
)
from kafkalite.records.crc import crc32c


def entry_with_batch() -> ProducerStateEntry:
    entry = ProducerStateEntry(7, coordinator_epoch=2, current_txn_first_offset=95)
    entry.add_batch(3, RetainedBatch(10, 14, 96, 100, 1_700_000_000_000))
    return entry


def test_the_bytes_of_a_snapshot() -> None:
    body = struct.pack(">i", 2)
    body += struct.pack(">qhiqiqiq", 7, 3, 14, 100, 4, 1_700_000_000_000, 2, 95)
    body += struct.pack(">qhiqiqiq", 8, 0, -1, -1, 0, 55, -1, -1)
    expected = struct.pack(">hI", 1, crc32c(body)) + body
    entries = [entry_with_batch(), ProducerStateEntry(8, 0, -1, 55)]
    assert encode_snapshot(entries) == expected
    assert decode_snapshot(expected) == entries
    assert decode_snapshot(memoryview(expected)) == entries


def test_a_snapshot_as_kafka_writes_it() -> None:
    """Written by ProducerStateManager.writeSnapshot of Apache Kafka 4.3.1 for the same three producers."""
    data = bytes.fromhex(
        "00017f954cc800000003"
        "000000000000000700030000000e0000000000000064000000040000018bcfe5680000000002000000000000005f"
        "00000000000000080000ffffffffffffffffffffffff000000000000000000000037ffffffffffffffffffffffff"
        "00000000000000090001ffffffff0000000000000007000000020000000000000063ffffffffffffffffffffffff"
    )
    coordinator = ProducerStateEntry(9)
    coordinator.add_batch(1, RetainedBatch(-1, -1, 5, 7, 99))
    entries = [entry_with_batch(), ProducerStateEntry(8, 0, -1, 55), coordinator]
    assert encode_snapshot(entries) == data
    assert decode_snapshot(data) == entries


def test_an_empty_snapshot() -> None:
    data = encode_snapshot([])
    assert len(data) == 10
    assert decode_snapshot(data) == []


def test_only_the_last_batch_survives() -> None:
    entry = entry_with_batch()
    entry.add_batch(3, RetainedBatch(15, 15, 101, 101, 5))
    (read_back,) = decode_snapshot(encode_snapshot([entry]))
    assert list(read_back.batches) == [RetainedBatch(15, 15, 101, 101, 5)]
    assert read_back.next_sequence == 16


@pytest.mark.parametrize("cut", range(10 + 2 * 46))
def test_a_snapshot_cut_anywhere_is_corrupt(cut: int) -> None:
    with pytest.raises(CorruptSnapshot):
        decode_snapshot(encode_snapshot([entry_with_batch(), entry_with_batch()])[:cut])


def test_any_changed_byte_is_noticed() -> None:
    data = encode_snapshot([entry_with_batch()])
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 0x41
        with pytest.raises(CorruptSnapshot):
            decode_snapshot(changed)


@pytest.mark.parametrize("count", [-1, 2, 1 << 30])
def test_a_count_that_does_not_fit_is_corrupt(count: int) -> None:
    body = bytearray(encode_snapshot([entry_with_batch()])[6:])
    struct.pack_into(">i", body, 0, count)
    with pytest.raises(CorruptSnapshot):
        decode_snapshot(struct.pack(">hI", 1, crc32c(body)) + body)


@st.composite
def entries(draw: st.DrawFn) -> ProducerStateEntry:
    entry = ProducerStateEntry(
        draw(st.integers(0, (1 << 63) - 1)),
        draw(st.integers(0, 32767)),
        draw(st.integers(-1, (1 << 31) - 1)),
        draw(st.integers(-1, 1 << 50)),
        draw(st.integers(-1, 1 << 50)),
    )
    if draw(st.booleans()):
        first, delta = draw(st.integers(-1, MAX_SEQUENCE)), draw(st.integers(0, 1 << 20))
        offset = draw(st.integers(0, 1 << 50))
        batch = RetainedBatch(first, last_sequence_of(first, delta), offset, offset + delta, entry.last_timestamp)
        entry.add_batch(entry.producer_epoch, batch)
    return entry


@settings(max_examples=60)
@given(st.lists(entries(), max_size=5))
def test_entries_round_trip(written: list[ProducerStateEntry]) -> None:
    assert decode_snapshot(encode_snapshot(written)) == written


@pytest.mark.parametrize(
    ("snapshots", "segments", "strays"),
    [
        ([], [], []),
        ([], [0, 10], []),
        ([0, 10], [0, 10], []),
        ([10, 25], [0, 10], []),
        ([5, 10, 25], [0, 10], [5]),
        ([5, 7], [0, 10], [5, 7]),
        ([3, 25, 30], [0, 10], [3, 25]),
        ([3, 9], [], [3]),
    ],
)
def test_snapshots_without_a_segment(snapshots: list[int], segments: list[int], strays: list[int]) -> None:
    assert stray_snapshots(snapshots, segments) == strays


def test_file_name() -> None:
    assert snapshot_file_name(1234) == "00000000000000001234.snapshot"
