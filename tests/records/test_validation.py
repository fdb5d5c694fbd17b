"""Validation of batches of magic 2: what passes untouched, what is patched or converted, and what is refused why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.model.limits import INLINE_DECOMPRESSED_MAX_BYTES, RECORD_ERRORS_MAX_COUNT
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import (
    CORRUPT_MESSAGE,
    INVALID_RECORD,
    INVALID_TIMESTAMP,
    MESSAGE_TOO_LARGE,
    UNSUPPORTED_COMPRESSION_TYPE,
)
from kafkalite.records.batch import LOG_APPEND_TIME_FLAG, Record, check_crc, iterate_records, read_batch_header
from kafkalite.records.builder import RecordData, assemble_batch, build_batch, encode_record
from kafkalite.records.codecs import CODEC_NAMES, GZIP, LZ4, NONE, SNAPPY, ZSTD
from kafkalite.records.compression import compress, decompress
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.records.validation import (
    RecordsRejected,
    ValidatedRecords,
    ValidationRules,
    validate_records,
    validation_steps,
)
from kafkalite.records.varints import encode_varint
from tests.records.oracles import ALL_CODECS
from tests.records.poison import FAULTS

NOW_MS = 1_700_000_000_000
DEFAULT = ValidationRules()
STAMPING = ValidationRules(is_log_append_time=True)
COMPACTED = ValidationRules(is_compacted=True)
BELIEVING = ValidationRules(reads_records=False)
MANY = 70
"""More records than are walked in one go."""


def validate(
    batch: bytes | bytearray | memoryview, rules: ValidationRules = DEFAULT, **options: Any
) -> ValidatedRecords:
    return validate_records(memoryview(batch), rules, now_ms=NOW_MS, **options)


def refusal(batch: bytes | bytearray | memoryview, rules: ValidationRules = DEFAULT, **options: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        validate(batch, rules, **options)
    assert str(caught.value)
    return caught.value


def data_batch(count: int = 1, **options: Any) -> bytearray:
    return build_batch([(b"key", b"value %d" % index) for index in range(count)], now_ms=NOW_MS, **options)


def raw_batch(records: bytes, **fields: Any) -> bytearray:
    """A batch with a true CRC, whatever else is wrong with it."""
    header = {
        "base_offset": 0,
        "leader_epoch": -1,
        "attributes": 0,
        "last_offset_delta": 0,
        "base_timestamp": NOW_MS,
        "max_timestamp": NOW_MS,
        "producer_id": -1,
        "producer_epoch": -1,
        "base_sequence": -1,
        "record_count": 1,
    }
    return assemble_batch(records, **(header | fields))


def records_of(validated: ValidatedRecords) -> list[Record]:
    (header,) = validated.batches
    assert header == read_batch_header(validated.buffer)
    assert header.size_bytes == len(validated.buffer)
    check_crc(validated.buffer, header)
    return list(iterate_records(validated.buffer, header))


@pytest.mark.parametrize("codec", ALL_CODECS)
@pytest.mark.parametrize("count", [1, MANY])
@pytest.mark.parametrize("rules", [DEFAULT, COMPACTED, ValidationRules(timestamp_before_max_ms=5)])
def test_good_batches_pass_untouched(codec: int, count: int, rules: ValidationRules) -> None:
    batch = data_batch(count, compression=codec, producer_id=5, producer_epoch=0, base_sequence=0)
    records = memoryview(bytes(batch))
    validated = validate_records(records, rules, now_ms=NOW_MS)
    assert validated.buffer is records
    assert (validated.log_append_time_ms, validated.converted) == (-1, False)
    assert validated.batches == [read_batch_header(batch)]


def test_a_batch_in_a_larger_frame_is_patched_there() -> None:
    frame = bytearray(b"front") + data_batch(3) + b"behind"
    validated = validate(memoryview(frame)[5:-6], STAMPING)
    assert validated.log_append_time_ms == NOW_MS
    assert [record.timestamp for record in records_of(validated)] == [NOW_MS] * 3
    assert read_batch_header(frame, 5).is_log_append_time


def test_a_batch_that_cannot_be_written_to_is_copied() -> None:
    batch = bytes(data_batch(3))
    validated = validate(batch, STAMPING)
    assert {record.timestamp for record in records_of(validated)} == {NOW_MS}
    assert not read_batch_header(batch).is_log_append_time


def test_what_is_cut_off_behind_the_batch_is_left_out() -> None:
    batch = data_batch()
    for rest in (batch[:30], b"\0" * 11):
        validated = validate(batch + rest)
        assert bytes(validated.buffer) == bytes(batch)


@pytest.mark.parametrize("records", [b"", b"\0" * 11, bytes(data_batch())[:-1]])
def test_no_whole_batch(records: bytes) -> None:
    assert refusal(records).error_code == INVALID_RECORD


def test_several_batches() -> None:
    batches = data_batch() + data_batch(2)
    assert refusal(batches).error_code == INVALID_RECORD
    validated = validate(batches, STAMPING, allows_multiple_batches=True, allows_control=True)
    assert [header.is_log_append_time for header in validated.batches] == [True, True]
    for header in validated.batches:
        check_crc(validated.buffer, header)
    cut = validate(batches + batches[:50], allows_multiple_batches=True)
    assert len(cut.buffer) == len(batches)


@pytest.mark.parametrize(
    ("batch", "error_code"),
    [
        (data_batch(base_offset=1), INVALID_RECORD),
        (data_batch(is_control=True), INVALID_RECORD),
        (data_batch(producer_id=5, producer_epoch=0, base_sequence=-1), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()), record_count=0), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()), record_count=-1, last_offset_delta=-2), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()), last_offset_delta=-1), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()), last_offset_delta=1), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()), record_count=2, last_offset_delta=1), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()) * 2), INVALID_RECORD),
        (raw_batch(b""), INVALID_RECORD),
        (raw_batch(b"rubbish", attributes=GZIP), INVALID_RECORD),
        (raw_batch(encode_record(0, 0, b"", b"", ()), attributes=5), UNSUPPORTED_COMPRESSION_TYPE),
        (raw_batch(encode_record(0, 0, b"", b"", ()), attributes=7), UNSUPPORTED_COMPRESSION_TYPE),
    ],
)
def test_batches_a_client_may_not_send(batch: bytearray, error_code: int) -> None:
    error = refusal(batch)
    assert error.error_code == error_code
    assert getattr(error, "record_errors", []) == []


def test_what_holds_for_clients_only() -> None:
    marker = build_end_transaction_marker(
        producer_id=5, producer_epoch=0, is_commit=True, coordinator_epoch=0, now_ms=NOW_MS, base_offset=7
    )
    assert refusal(marker).error_code == INVALID_RECORD
    assert validate(marker, allows_control=True).batches[0].is_control
    assert validate(marker, ValidationRules(compression_type="gzip"), allows_control=True).buffer == marker
    stamped = validate(marker, STAMPING, allows_control=True)
    assert stamped.batches[0].is_control and stamped.batches[0].max_timestamp == NOW_MS


def test_size_and_damage() -> None:
    batch = data_batch()
    exact = ValidationRules(max_message_bytes=len(batch))
    assert validate(batch, exact)
    assert refusal(batch, ValidationRules(max_message_bytes=len(batch) - 1)).error_code == MESSAGE_TOO_LARGE
    batch[-1] ^= 1
    assert refusal(batch).error_code == CORRUPT_MESSAGE


@pytest.mark.parametrize("codec", [GZIP, SNAPPY, LZ4, ZSTD])
@pytest.mark.parametrize("count", [1, MANY])
def test_a_record_of_a_compressed_batch_may_be_too_large_once_opened(codec: int, count: int) -> None:
    values = [b"v" * 100] * (count - 1) + [b"v" * 300]
    batch = build_batch([(None, value) for value in values], now_ms=NOW_MS, compression=codec)
    limit = 306 + len(encode_varint(count - 1))  # the value and the fields around it
    assert validate(batch, ValidationRules(max_decompressed_record_bytes=limit)).buffer == batch
    error = refusal(batch, ValidationRules(max_decompressed_record_bytes=limit - 1, reads_records=False))
    assert error.error_code == INVALID_RECORD and f"record {count - 1} has {limit} bytes" in str(error)


def test_records_that_are_not_compressed_have_no_size_of_their_own() -> None:
    assert validate(data_batch(), ValidationRules(max_decompressed_record_bytes=1))


def test_every_damaged_byte_gives_a_clear_refusal_or_harm_outside_the_crc() -> None:
    batch = data_batch(2)
    for position in range(len(batch)):
        batch[position] ^= 0x21
        if 12 <= position < 16:  # the leader epoch is the broker's to set
            validate(bytes(batch))
        else:
            error = refusal(bytes(batch))
            if position >= 16:
                assert error.error_code == CORRUPT_MESSAGE
        batch[position] ^= 0x21


@pytest.mark.parametrize("count", [1, 3, MANY])
@pytest.mark.parametrize("codec", ALL_CODECS)
def test_records_without_key_on_a_compacted_topic(count: int, codec: int) -> None:
    batch = build_batch(
        [(None if index % 2 == 0 else b"k", b"v") for index in range(count)], now_ms=NOW_MS, compression=codec
    )
    error = refusal(batch, COMPACTED)
    assert isinstance(error, RecordsRejected)
    assert error.error_code == INVALID_RECORD
    assert [index for index, _ in error.record_errors] == list(range(0, count, 2))
    assert all(message for _, message in error.record_errors)


@pytest.mark.parametrize("count", [2, MANY])
def test_records_too_far_in_the_future(count: int) -> None:
    late = NOW_MS + DEFAULT.timestamp_after_max_ms + 1
    batch = build_batch([RecordData(b"k", b"v", late if index == 1 else NOW_MS) for index in range(count)], now_ms=0)
    error = refusal(batch)
    assert isinstance(error, RecordsRejected)
    assert error.error_code == INVALID_TIMESTAMP
    assert [index for index, _ in error.record_errors] == [1]
    assert validate(batch, STAMPING)


@pytest.mark.parametrize("count", [2, MANY])
def test_records_too_old(count: int) -> None:
    batch = build_batch([RecordData(b"k", b"v", -1 if index else NOW_MS - 6) for index in range(count)], now_ms=0)
    error = refusal(batch, ValidationRules(timestamp_before_max_ms=5))
    assert isinstance(error, RecordsRejected)
    assert error.error_code == INVALID_TIMESTAMP
    assert [index for index, _ in error.record_errors] == [0]
    assert validate(batch, ValidationRules(timestamp_before_max_ms=6))


def test_the_true_maximum_timestamp_is_written() -> None:
    batch = raw_batch(
        encode_record(0, 0, None, b"", ()) + encode_record(-5, 1, None, b"", ()),
        record_count=2,
        last_offset_delta=1,
        max_timestamp=NOW_MS + 99,
    )
    (header,) = validate(batch).batches
    assert header.max_timestamp == NOW_MS
    assert header == read_batch_header(batch)
    check_crc(batch, header)


def test_timestamps_that_overflow() -> None:
    batch = raw_batch(encode_record((1 << 63) - 1, 0, b"k", b"", ()), base_timestamp=NOW_MS)
    assert refusal(batch).error_code == INVALID_TIMESTAMP
    assert validate(batch, STAMPING).batches[0].max_timestamp == NOW_MS
    slightly_less = raw_batch(encode_record((1 << 63) - 1, 0, b"k", b"", ()), base_timestamp=NOW_MS + 2)
    assert validate(slightly_less).batches[0].max_timestamp == -1


def test_a_client_that_claims_the_broker_s_time() -> None:
    batch = data_batch(3, log_append_time=True)
    error = refusal(bytes(batch), STAMPING)
    assert isinstance(error, RecordsRejected)
    assert error.error_code == INVALID_TIMESTAMP
    assert [index for index, _ in error.record_errors] == [0, 1, 2]
    packed = validate(bytes(batch), ValidationRules(compression_type="zstd"))
    assert [record.timestamp for record in records_of(packed)] == [NOW_MS] * 3
    validated = validate(batch)
    assert not validated.batches[0].is_log_append_time
    assert len(records_of(validated)) == 3


@pytest.mark.parametrize("source", ALL_CODECS)
@pytest.mark.parametrize("target", ALL_CODECS)
@pytest.mark.parametrize("count", [2, MANY])
def test_the_topic_s_codec(source: int, target: int, count: int) -> None:
    records = [RecordData(b"k", b"v" * 50, NOW_MS + index, [("h", b"x")]) for index in range(count)]
    batch = build_batch(
        records, now_ms=0, compression=source, producer_id=5, producer_epoch=2, base_sequence=9, is_transactional=True
    )
    validated = validate(bytes(batch), ValidationRules(compression_type=CODEC_NAMES[target]))
    assert validated.converted == (source != target)
    (header,) = validated.batches
    assert header.compression_codec == target
    assert (header.producer_id, header.producer_epoch, header.base_sequence) == (5, 2, 9)
    assert header.is_transactional and not header.is_log_append_time
    assert [(record.key, record.value, record.timestamp, record.headers) for record in records_of(validated)] == records
    if source == target:
        assert validated.buffer == batch


def test_the_topic_s_level() -> None:
    batch = data_batch(200)
    sizes = {
        len(validate(batch, ValidationRules(compression_type="gzip", compression_level=level)).buffer)
        for level in (1, 9)
    }
    assert len(sizes) == 2


def test_the_topic_s_codec_and_the_broker_s_time() -> None:
    validated = validate(data_batch(3), ValidationRules(compression_type="lz4", is_log_append_time=True))
    assert validated.log_append_time_ms == NOW_MS
    assert [record.timestamp for record in records_of(validated)] == [NOW_MS] * 3


def test_the_size_after_conversion_counts_too() -> None:
    batch = build_batch([(b"k", b"v" * 5000)], now_ms=NOW_MS, compression=GZIP)
    error = refusal(batch, ValidationRules(compression_type="uncompressed", max_message_bytes=1000))
    assert error.error_code == MESSAGE_TOO_LARGE


@pytest.mark.parametrize("codec", [GZIP, SNAPPY, LZ4, ZSTD])
def test_offsets_a_client_counted_wrongly_are_counted_anew(codec: int) -> None:
    payload = encode_record(0, 0, b"a", b"1", [("h", None)]) + encode_record(7, 5, None, None, ())
    batch = raw_batch(compress(codec, payload), record_count=2, last_offset_delta=1, attributes=codec)
    validated = validate(bytes(batch))
    assert validated.converted
    assert [record[:5] for record in records_of(validated)] == [
        (0, NOW_MS, b"a", b"1", [("h", None)]),
        (1, NOW_MS + 7, None, None, []),
    ]
    stamped = validate(bytes(batch), STAMPING)
    assert [(record.offset, record.timestamp) for record in records_of(stamped)] == [(0, NOW_MS), (1, NOW_MS)]
    assert read_batch_header(stamped.buffer).attributes == codec | LOG_APPEND_TIME_FLAG


def test_offsets_counted_wrongly_in_the_clear_are_left_as_kafka_leaves_them() -> None:
    batch = raw_batch(
        encode_record(0, 0, b"a", b"1", ()) + encode_record(0, 5, b"b", b"2", ()), record_count=2, last_offset_delta=1
    )
    assert not validate(batch).converted


@pytest.mark.parametrize("codec", ALL_CODECS)
@pytest.mark.parametrize("name", FAULTS)
def test_poisoned_batches(name: str, codec: int) -> None:
    inside, count = FAULTS[name]
    batch = raw_batch(compress(codec, inside), record_count=count, last_offset_delta=count - 1, attributes=codec)
    for rules in (DEFAULT, STAMPING, COMPACTED):
        error = refusal(bytes(batch), rules)
        assert error.error_code == INVALID_RECORD
        assert getattr(error, "record_errors", []) == []


def test_headers_are_believed_on_demand_but_not_where_a_rule_needs_the_records() -> None:
    rubbish = raw_batch(b"rubbish")
    assert validate(rubbish, BELIEVING)
    assert refusal(rubbish).error_code == INVALID_RECORD
    for rules in (
        ValidationRules(is_compacted=True, reads_records=False),
        ValidationRules(timestamp_before_max_ms=5, reads_records=False),
        ValidationRules(compression_type="gzip", reads_records=False),
    ):
        assert refusal(rubbish, rules).error_code == INVALID_RECORD


def test_small_batches_are_opened_on_the_spot_and_large_ones_by_a_call() -> None:
    for size, call_count in ((INLINE_DECOMPRESSED_MAX_BYTES // 2, 0), (INLINE_DECOMPRESSED_MAX_BYTES * 2, 1)):
        batch = build_batch([(b"k", bytes(size))], now_ms=NOW_MS, compression=GZIP)
        steps = validation_steps(memoryview(batch), DEFAULT, now_ms=NOW_MS)
        calls = []
        try:
            while True:
                call = next(steps)
                if call is not None:
                    call.run()
                    calls.append(call)
        except StopIteration as end:
            assert end.value.buffer == batch
        assert len(calls) == call_count
        assert all(call.size_bytes > size for call in calls)


def test_large_batches_give_way() -> None:
    count = 2000
    for codec in (NONE, ZSTD):
        batch = data_batch(count, compression=codec)
        assert len(list(validation_steps(memoryview(batch), DEFAULT, now_ms=NOW_MS))) >= count // 64
    keyless = build_batch([(None, b"v")] * count, now_ms=NOW_MS)
    steps = validation_steps(memoryview(keyless), COMPACTED, now_ms=NOW_MS)
    given_way = 0
    with pytest.raises(RecordsRejected) as caught:
        while True:
            next(steps)
            given_way += 1
    assert given_way >= 2 * (count // 64)
    assert len(caught.value.record_errors) == RECORD_ERRORS_MAX_COUNT
    assert str(count) in str(caught.value)


def test_the_broker_s_time_moves_on_to_the_append() -> None:
    for batch in (bytes(data_batch(3)), data_batch(3)):
        validated = validate(batch, STAMPING)
        later = validated.stamped(NOW_MS + 5)
        assert later.log_append_time_ms == NOW_MS + 5
        assert {record.timestamp for record in records_of(later)} == {NOW_MS + 5}
    untouched = validate(bytes(data_batch(3)))
    assert untouched.stamped(NOW_MS + 5).batches[0].max_timestamp == NOW_MS


@settings(max_examples=150)
@given(
    st.binary(max_size=60),
    st.integers(-(1 << 15), (1 << 15) - 1) | st.sampled_from(range(16)),
    st.integers(-1, 3),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.booleans(),
)
def test_random_records_raise_api_errors_only(
    data: bytes, attributes: int, count: int, base_timestamp: int, max_timestamp: int, is_packed: bool
) -> None:
    if is_packed and 1 <= attributes & 7 <= 4:
        data = compress(attributes & 7, data)
        assert decompress(attributes & 7, data, max_bytes=100) is not None
    batch = raw_batch(
        data,
        attributes=attributes,
        record_count=count,
        last_offset_delta=count - 1,
        base_timestamp=base_timestamp,
        max_timestamp=max_timestamp,
    )
    for rules in (DEFAULT, STAMPING, COMPACTED, ValidationRules(compression_type="zstd", timestamp_before_max_ms=9)):
        try:
            validated = validate(bytes(batch), rules)
            check_crc(validated.buffer, validated.batches[0])
        except ApiError:
            pass


@settings(max_examples=150)
@given(st.binary(max_size=120), st.integers(0, 255))
def test_random_bytes_raise_api_errors_only(data: bytes, magic: int) -> None:
    for records in (data, data[:16] + bytes((magic,)) + data[17:], bytes(data_batch())[:17] + data):
        with pytest.raises(ApiError):
            validate(records)


def test_none_is_the_codec_of_plain_batches() -> None:
    assert read_batch_header(data_batch()).compression_codec == NONE
    assert read_batch_header(data_batch(compression=ZSTD)).compression_codec == ZSTD
