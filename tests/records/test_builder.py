"""Batches built here are read here, by Java's rules and by two clients."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.records.batch import check_crc, iterate_records, read_batch_header
from kafkalite.records.builder import RecordData, build_batch
from tests.records.oracles import ALL_CODECS, CLIENTS, GOLDEN, GOLDEN_RECORDS, build_default

NOW_MS = 1_700_000_000_000

CONTENT = st.none() | st.binary(max_size=200)
HEADERS = st.lists(st.tuples(st.text(max_size=10), CONTENT), max_size=3)
RECORDS = st.lists(
    st.builds(RecordData, key=CONTENT, value=CONTENT, timestamp=st.integers(-1, 1 << 45), headers=HEADERS),
    min_size=1,
    max_size=12,
)


def fields(batch: Any) -> list[Any]:
    return [
        (record.offset, record.timestamp, record.key, record.value, list(record.headers))
        for record in iterate_records(batch, read_batch_header(batch))
    ]


def test_uncompressed_batches_are_java_s_byte_for_byte() -> None:
    headers = [(), (), (("h", b"v"), ("é", None))]
    batch = build_batch(
        [
            RecordData(key, value, timestamp, header)
            for (timestamp, key, value), header in zip(GOLDEN_RECORDS, headers, strict=True)
        ],
        base_offset=7,
        now_ms=0,
        producer_id=4000,
        producer_epoch=3,
        base_sequence=11,
        is_transactional=True,
        leader_epoch=5,
    )
    assert bytes(batch) == GOLDEN["m2_none"]


@settings(max_examples=60)
@given(RECORDS, st.sampled_from(ALL_CODECS), st.integers(0, 1 << 60), st.booleans())
def test_round_trip(records: list[RecordData], codec: int, base_offset: int, is_stamped: bool) -> None:
    batch = build_batch(records, base_offset=base_offset, now_ms=NOW_MS, compression=codec, log_append_time=is_stamped)
    header = read_batch_header(batch)
    check_crc(batch, header)
    assert header.size_bytes == len(batch)
    assert header.record_count == len(records) == header.last_offset_delta + 1
    assert header.compression_codec == codec
    assert header.max_timestamp == (NOW_MS if is_stamped else max(record.timestamp for record in records))
    assert fields(batch) == [
        (base_offset + index, NOW_MS if is_stamped else record.timestamp, record.key, record.value, record.headers)
        for index, record in enumerate(records)
    ]


@pytest.mark.parametrize(("module", "_", "codec"), CLIENTS)
@settings(max_examples=15)
@given(records=RECORDS)
def test_clients_read_it(module: Any, _: Any, codec: int, records: list[RecordData]) -> None:
    batch = build_batch(records, now_ms=NOW_MS, compression=codec, producer_id=5, producer_epoch=1, base_sequence=9)
    parsed = module.DefaultRecordBatch(batch)
    assert parsed.validate_crc()
    assert (parsed.producer_id, parsed.producer_epoch, parsed.base_sequence) == (5, 1, 9)
    assert [(r.offset, r.timestamp, r.key, r.value, list(r.headers)) for r in parsed] == [
        (index, record.timestamp, record.key, record.value, record.headers) for index, record in enumerate(records)
    ]


@pytest.mark.parametrize(("module", "_", "codec"), CLIENTS)
@settings(max_examples=15)
@given(records=RECORDS)
def test_what_clients_build_is_read(module: Any, _: Any, codec: int, records: list[RecordData]) -> None:
    batch = build_default(
        module,
        codec,
        [(max(0, record.timestamp), record.key, record.value, record.headers) for record in records],
        producer_id=5,
        producer_epoch=1,
        base_sequence=9,
        is_transactional=1,
    )
    check_crc(batch, read_batch_header(batch))
    assert fields(batch) == [
        (index, max(0, record.timestamp), record.key, record.value, record.headers)
        for index, record in enumerate(records)
    ]


def test_pairs_take_the_time_of_building() -> None:
    batch = build_batch([(b"k", None), (None, memoryview(b"v"))], now_ms=NOW_MS)
    assert fields(batch) == [(0, NOW_MS, b"k", None, []), (1, NOW_MS, None, b"v", [])]


def test_flags() -> None:
    header = read_batch_header(
        build_batch([(b"k", b"v")], now_ms=1, is_transactional=True, is_control=True, leader_epoch=8, producer_id=0)
    )
    assert (header.is_transactional, header.is_control, header.is_log_append_time) == (True, True, False)
    assert (header.has_delete_horizon, header.partition_leader_epoch, header.has_producer_id) == (False, 8, True)


def test_header_keys_that_are_not_utf8_keep_their_bytes() -> None:
    batch = build_batch([RecordData(headers=[("\udcff\udcfe", b"v")])], now_ms=1)
    assert b"\xff\xfe" in batch
    assert fields(batch)[0][4] == [("\udcff\udcfe", b"v")]


def test_no_records() -> None:
    with pytest.raises(ValueError, match="at least one"):
        build_batch([], now_ms=1)
