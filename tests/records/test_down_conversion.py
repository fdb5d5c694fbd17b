"""Batches of magic 2 converted down, beside Java's bytes and the parsers of two clients, and in bounded steps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.model import limits
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import UNKNOWN_SERVER_ERROR, UNSUPPORTED_COMPRESSION_TYPE
from kafkalite.records import down_conversion
from kafkalite.records.builder import RecordData, assemble_batch, build_batch
from kafkalite.records.codec_steps import CodecCall
from kafkalite.records.codecs import GZIP, LZ4, NONE, SNAPPY, ZSTD
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.records.down_conversion import convert_to_legacy, legacy_steps
from kafkalite.records.legacy import open_wrapper, read_message_set
from kafkalite.records.record_walk import InvalidRecord
from kafkalite.records.varints import encode_varint
from tests.records.oracles import CLIENTS, GOLDEN, GOLDEN_RECORDS, Fields

NOW_MS = 1_700_000_000_000
CODEC_OF_NAME = {"none": NONE, "gzip": GZIP, "snappy": SNAPPY, "lz4": LZ4}
JAVA = [(magic, name) for magic in (0, 1) for name in CODEC_OF_NAME]
LEGACY_CLIENTS = [
    (legacy, magic, codec)
    for _, legacy, codec in CLIENTS
    for magic in (0, 1)
    # kafka-python needs one more library for the lz4 of magic 0
    if codec != ZSTD and not (codec == LZ4 and magic == 0)
]
CONTENT = st.none() | st.binary(max_size=100)
RECORDS: st.SearchStrategy[list[Fields]] = st.lists(
    st.tuples(st.integers(0, 1 << 45), CONTENT, CONTENT), min_size=1, max_size=6
)


@pytest.mark.parametrize(("magic", "name"), JAVA)
def test_down_conversion_gives_java_s_messages(magic: int, name: str) -> None:
    codec = CODEC_OF_NAME[name]
    batch = build_batch(
        [RecordData(key, value, timestamp, [("h", b"v")]) for timestamp, key, value in GOLDEN_RECORDS],
        base_offset=7,
        now_ms=0,
        compression=codec,
    )
    converted = convert_to_legacy(batch, magic, from_offset=0)
    if codec == NONE:
        assert converted == GOLDEN[f"m{magic}_{name}"]
    ours, java = (list(read_message_set(data)) for data in (converted, GOLDEN[f"m{magic}_{name}"]))
    assert [one[2:6] for one in ours] == [one[2:6] for one in java]
    if codec != NONE:
        ours, java = open_wrapper(ours[0]), open_wrapper(java[0])
        assert [one[2:] for one in ours] == [one[2:] for one in java]


@pytest.mark.parametrize(("module", "magic", "codec"), LEGACY_CLIENTS)
@settings(max_examples=12)
@given(records=RECORDS, base_offset=st.integers(0, 1 << 40))
def test_clients_read_what_is_converted_down(
    module: Any, magic: int, codec: int, records: list[Fields], base_offset: int
) -> None:
    batch = build_batch(
        [RecordData(key, value, timestamp, ()) for timestamp, key, value in records],
        base_offset=base_offset,
        now_ms=0,
        compression=codec,
    )
    converted = convert_to_legacy(batch, magic, from_offset=0)
    seen = []
    for one in read_message_set(converted):
        parsed = module.LegacyRecordBatch(bytearray(converted[one.position : one.position + one.size_bytes]), magic)
        assert parsed.validate_crc()
        seen += [(record.offset, record.timestamp, record.key, record.value) for record in parsed]
    assert seen == [
        (base_offset + index, timestamp if magic else None, key, value)
        for index, (timestamp, key, value) in enumerate(records)
    ]


def test_what_has_no_place_in_old_formats_is_dropped() -> None:
    marker = build_end_transaction_marker(
        producer_id=1, producer_epoch=0, is_commit=True, coordinator_epoch=0, now_ms=NOW_MS, base_offset=2
    )
    data = build_batch([(b"a", b"1"), (b"b", b"2")], now_ms=NOW_MS)
    packed = build_batch([(b"c", b"3"), (b"d", b"4")], now_ms=NOW_MS, base_offset=3, compression=GZIP)
    converted = convert_to_legacy(data + marker + packed, 1, from_offset=1)
    assert [one.offset for one in read_message_set(converted)] == [1, 4]
    (_, wrapper) = read_message_set(converted)
    assert [one.offset for one in open_wrapper(wrapper)] == [3, 4]
    assert convert_to_legacy(marker, 1, from_offset=0) == b""
    assert convert_to_legacy(data, 0, from_offset=2) == b""


@pytest.mark.parametrize("codec", [NONE, GZIP])
def test_the_broker_s_time_is_carried_down(codec: int) -> None:
    batch = build_batch([(b"a", b"1"), (b"b", b"2")], now_ms=NOW_MS, log_append_time=True, compression=codec)
    messages = list(read_message_set(convert_to_legacy(batch, 1, from_offset=0)))
    assert all(one.is_log_append_time and one.timestamp == NOW_MS for one in messages)
    assert not any(one.is_log_append_time for one in read_message_set(convert_to_legacy(batch, 0, from_offset=0)))


def test_zstd_cannot_be_converted_down() -> None:
    batch = build_batch([(b"a", b"1")], now_ms=NOW_MS, compression=ZSTD)
    with pytest.raises(ApiError) as caught:
        convert_to_legacy(batch, 1, from_offset=0)
    assert caught.value.error_code == UNSUPPORTED_COMPRESSION_TYPE


def steps_of(batch: bytes, magic: int) -> tuple[list[CodecCall | None], bytes]:
    """Return what the conversion yielded and the message set."""
    steps = legacy_steps(batch, magic, from_offset=0)
    seen = []
    while True:
        try:
            call = next(steps)
        except StopIteration as end:
            return seen, bytes(end.value)
        seen.append(call)
        if call is not None:
            call.run()


@pytest.mark.parametrize("codec", [NONE, GZIP])
def test_many_records_are_converted_in_steps(codec: int) -> None:
    count = 10 * limits.RECORD_SLICE_COUNT
    batch = build_batch([(b"", b"v" * 8)] * count, now_ms=NOW_MS, compression=codec)
    seen, converted = steps_of(bytes(batch), 1)
    assert seen.count(None) == 10
    messages = list(read_message_set(converted))
    if codec:
        messages = open_wrapper(messages[0])
    assert [one.offset for one in messages] == list(range(count))


def test_large_batches_are_opened_and_closed_by_calls_that_a_thread_may_make() -> None:
    batch = build_batch([(b"k", bytes(limits.INLINE_DECOMPRESSED_MAX_BYTES + 1))], now_ms=NOW_MS, compression=GZIP)
    seen, converted = steps_of(bytes(batch), 0)
    assert sum(call is not None for call in seen) == 2
    (wrapper,) = read_message_set(converted)
    (inner,) = open_wrapper(wrapper)
    assert inner.value == bytes(limits.INLINE_DECOMPRESSED_MAX_BYTES + 1)


def one_record(payload: bytes) -> bytes:
    """Return a batch that claims to hold one record."""
    return bytes(
        assemble_batch(
            payload,
            base_offset=0,
            leader_epoch=0,
            attributes=NONE,
            last_offset_delta=0,
            base_timestamp=NOW_MS,
            max_timestamp=NOW_MS,
            producer_id=-1,
            producer_epoch=-1,
            base_sequence=-1,
            record_count=1,
        )
    )


def test_headers_are_not_read() -> None:
    """They may be millions in one record; here their count is a lie, which nothing may notice."""
    fields = b"\0\0\0" + encode_varint(1) + b"k" + encode_varint(1) + b"v" + encode_varint(1_000_000_000)
    (one,) = read_message_set(convert_to_legacy(one_record(encode_varint(len(fields)) + fields), 1, from_offset=0))
    assert (one.key, one.value, one.timestamp) == (b"k", b"v", NOW_MS)


def test_a_wrapper_that_would_be_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(down_conversion, "DECOMPRESSED_BATCH_MAX_BYTES", 1_000)
    batch = build_batch([(b"", b"")] * 100, now_ms=NOW_MS, compression=GZIP)
    with pytest.raises(ApiError, match="the batch at offset 0 would be larger than 1000 bytes") as caught:
        convert_to_legacy(bytes(batch), 1, from_offset=0)
    assert caught.value.error_code == UNKNOWN_SERVER_ERROR


@pytest.mark.parametrize(
    "payload", [b"", b"\x7e", b"\xff" * 11, b"\x09\0\0\0\x01\x01\0", b"\x08\0\0\0\x14" + bytes(20)]
)
def test_damaged_records_are_told(payload: bytes) -> None:
    """No record, one longer than what is left, a length without end, a negative one, a key longer than its record."""
    with pytest.raises(InvalidRecord):
        convert_to_legacy(one_record(payload), 1, from_offset=0)
