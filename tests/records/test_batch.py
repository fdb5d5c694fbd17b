"""Batch headers read and patched in place, beside Java's bytes and two clients' parsers."""

from __future__ import annotations

from typing import Any

import pytest
from aiokafka.record.default_records import DefaultRecordBatch as AiokafkaBatch
from kafka.record.default_records import DefaultRecordBatch as KafkaPythonBatch

from kafkalite.protocol.errors import CORRUPT_MESSAGE
from kafkalite.records.batch import (
    BATCH_HEADER_SIZE,
    InvalidBatch,
    assign_offset,
    check_crc,
    iterate_batches,
    iterate_records,
    read_batch_header,
    set_log_append_time,
    set_max_timestamp,
)
from kafkalite.records.builder import build_batch
from kafkalite.records.codecs import CODEC_NAMES
from tests.records.oracles import GOLDEN, GOLDEN_RECORDS

NOW_MS = 1_700_000_000_000


def two_batches() -> bytearray:
    return build_batch([(b"a", b"1")], now_ms=NOW_MS) + build_batch([(b"b", b"2"), (b"c", b"3")], now_ms=NOW_MS)


@pytest.mark.parametrize("codec", range(5))
def test_java_batches_are_read(codec: int) -> None:
    name = "none" if codec == 0 else CODEC_NAMES[codec]
    batch = GOLDEN[f"m2_{name}"]
    header = read_batch_header(batch)
    check_crc(batch, header)
    assert header._replace(crc=0, batch_length=0) == (
        (0, 7, 0, 5, 2, 0, codec | 0x10, 2, NOW_MS, NOW_MS + 123, 4000, 3, 11, 3)
    )
    assert header.size_bytes == len(batch)
    assert (header.last_offset, header.end_offset, header.last_sequence) == (9, 10, 13)
    assert (header.compression_codec, header.is_transactional, header.is_control) == (codec, True, False)
    records = list(iterate_records(batch, header))
    assert [(record.timestamp, record.key, record.value) for record in records] == GOLDEN_RECORDS
    assert [record.offset for record in records] == [7, 8, 9]
    assert [record.sequence for record in records] == [11, 12, 13]
    assert records[2].headers == [("h", b"v"), ("é", None)]


def test_a_batch_in_the_middle_of_a_frame() -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS, base_offset=3)
    frame = memoryview(bytearray(b"front") + batch + b"behind")
    header = read_batch_header(frame, 5)
    assert header.position == 5
    check_crc(frame, header)
    assign_offset(frame, header, 1 << 40, 77)
    header = set_log_append_time(frame, read_batch_header(frame, 5), NOW_MS + 5)
    assert header == read_batch_header(frame, 5)
    assert (header.base_offset, header.partition_leader_epoch) == (1 << 40, 77)
    check_crc(frame, header)
    (record,) = iterate_records(frame, header)
    assert (record.offset, record.timestamp, record.key, record.value) == (1 << 40, NOW_MS + 5, b"k", b"v")
    assert bytes(frame[:5]) == b"front" and bytes(frame[-6:]) == b"behind"


@pytest.mark.parametrize("parser", [KafkaPythonBatch, AiokafkaBatch])
def test_patched_batches_are_valid_to_clients(parser: Any) -> None:
    batch = build_batch([(b"k", b"v")] * 3, now_ms=NOW_MS)
    header = read_batch_header(batch)
    assign_offset(batch, header, 1000, 4)
    set_log_append_time(batch, header, NOW_MS + 1)
    parsed = parser(batch)
    assert parsed.validate_crc()
    assert parsed.base_offset == 1000
    assert [(record.offset, record.timestamp, record.timestamp_type) for record in parsed] == [
        (offset, NOW_MS + 1, 1) for offset in (1000, 1001, 1002)
    ]


def test_the_offset_is_outside_the_crc() -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS)
    header = read_batch_header(batch)
    assign_offset(batch, header, 5, 6)
    check_crc(batch, header)


def test_an_unchanged_timestamp_touches_nothing() -> None:
    batch = bytes(build_batch([(b"k", b"v")], now_ms=NOW_MS))
    header = read_batch_header(batch)
    assert set_max_timestamp(memoryview(batch), header, NOW_MS, is_log_append_time=False) is header


def test_the_timestamp_type_can_be_taken_back() -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS)
    original = bytes(batch)
    stamped = set_log_append_time(batch, read_batch_header(batch), 5)
    assert stamped.is_log_append_time
    set_max_timestamp(batch, stamped, NOW_MS, is_log_append_time=False)
    assert bytes(batch) == original


def test_whole_batches_only() -> None:
    batches = two_batches()
    first, second = iterate_batches(batches)
    assert (first.position, second.position, second.end_offset) == (0, first.size_bytes, 2)
    for size in range(len(batches)):
        found = list(iterate_batches(memoryview(batches)[:size]))
        assert found == ([first] if size >= first.size_bytes else [])


def test_sequence_numbers_start_again_at_zero() -> None:
    batch = build_batch([(None, b"")] * 3, now_ms=NOW_MS, producer_id=1, producer_epoch=0, base_sequence=(1 << 31) - 2)
    header = read_batch_header(batch)
    assert header.last_sequence == 0
    assert [record.sequence for record in iterate_records(batch, header)] == [(1 << 31) - 2, (1 << 31) - 1, 0]


@pytest.mark.parametrize(
    ("position", "value", "words"),
    [(16, 0, "magic 0"), (16, 1, "magic 1"), (16, 3, "magic 3"), (16, 255, "magic -1"), (8, 255, "long")],
)
def test_no_header(position: int, value: int, words: str) -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS)
    batch[position] = value
    for read in (read_batch_header, lambda buffer: list(iterate_batches(buffer))):
        with pytest.raises(InvalidBatch, match=words) as caught:
            read(batch)
        assert caught.value.error_code == CORRUPT_MESSAGE


def test_too_few_bytes() -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS)
    for size in range(BATCH_HEADER_SIZE):
        with pytest.raises(InvalidBatch):
            read_batch_header(memoryview(batch)[:size])
    header = read_batch_header(batch)
    with pytest.raises(InvalidBatch):
        check_crc(memoryview(batch)[:-1], header)
    with pytest.raises(InvalidBatch):
        list(iterate_records(memoryview(batch)[:-1], header))


def test_rubbish_behind_the_last_batch() -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS)
    with pytest.raises(InvalidBatch):
        list(iterate_batches(batch + b"\0" * 20))


def test_every_flipped_bit_under_the_crc_is_noticed() -> None:
    batch = build_batch([(b"k", b"v")], now_ms=NOW_MS)
    header = read_batch_header(batch)
    for position in range(21, len(batch)):
        batch[position] ^= 0x10
        with pytest.raises(InvalidBatch, match="damaged"):
            check_crc(batch, header)
        batch[position] ^= 0x10
    check_crc(batch, header)
