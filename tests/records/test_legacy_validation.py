"""Validation of old message sets: always converted, refused with the record at fault."""

from __future__ import annotations

import pytest

from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import CORRUPT_MESSAGE, INVALID_RECORD, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE
from kafkalite.records.batch import LOG_OVERHEAD_SIZE, check_crc, iterate_records
from kafkalite.records.codecs import CODEC_NAMES, GZIP, NONE
from kafkalite.records.compression import compress
from kafkalite.records.validation import RecordsRejected, ValidatedRecords, ValidationRules, validate_records
from tests.records.oracles import ALL_CODECS, GOLDEN, GOLDEN_RECORDS, Fields
from tests.records.test_legacy import message

NOW_MS = 1_700_000_000_500
DEFAULT = ValidationRules()
COMPACTED = ValidationRules(is_compacted=True)
STAMPING = ValidationRules(is_log_append_time=True)
STAMPED = 0x08


def validate(message_set: bytes, rules: ValidationRules = DEFAULT) -> ValidatedRecords:
    return validate_records(memoryview(message_set), rules, now_ms=NOW_MS)


def refusal(message_set: bytes, rules: ValidationRules = DEFAULT) -> tuple[int, list[int]]:
    with pytest.raises(ApiError) as caught:
        validate(message_set, rules)
    assert str(caught.value)
    return caught.value.error_code, [index for index, _ in getattr(caught.value, "record_errors", [])]


def fields(validated: ValidatedRecords) -> list[Fields]:
    (header,) = validated.batches
    check_crc(validated.buffer, header)
    assert header.size_bytes == len(validated.buffer) and validated.converted
    return [(one.timestamp, one.key, one.value) for one in iterate_records(validated.buffer, header)]


@pytest.mark.parametrize("magic", [0, 1])
@pytest.mark.parametrize("name", ["none", "gzip", "snappy", "lz4"])
@pytest.mark.parametrize("target", [None, *ALL_CODECS])
def test_java_message_sets(magic: int, name: str, target: int | None) -> None:
    rules = ValidationRules(compression_type="producer" if target is None else CODEC_NAMES[target])
    validated = validate(GOLDEN[f"m{magic}_{name}"], rules)
    assert fields(validated) == [(timestamp if magic else -1, key, value) for timestamp, key, value in GOLDEN_RECORDS]
    source = NONE if name == "none" else CODEC_NAMES.index(name)
    assert validated.batches[0].compression_codec == (source if target is None else target)
    assert validated.log_append_time_ms == -1


def test_the_broker_s_time() -> None:
    validated = validate(GOLDEN["m1_gzip"], STAMPING)
    assert validated.log_append_time_ms == NOW_MS
    assert {timestamp for timestamp, _, _ in fields(validated)} == {NOW_MS}


def test_records_without_key_on_a_compacted_topic() -> None:
    assert refusal(GOLDEN["m1_none"], COMPACTED) == (INVALID_RECORD, [0])
    assert refusal(GOLDEN["m1_gzip"], COMPACTED) == (INVALID_RECORD, [1])


def test_timestamps() -> None:
    late = message(1, 0, 0, NOW_MS + 3_600_001, b"k", b"v")
    good = message(1, 1, 0, NOW_MS, b"k", b"v")
    assert refusal(good + late) == (INVALID_TIMESTAMP, [0])
    wrapper = message(1, 1, GZIP, NOW_MS, None, compress(GZIP, message(1, 0, 0, NOW_MS, b"k", b"v") + late))
    assert refusal(wrapper) == (INVALID_TIMESTAMP, [1])
    assert validate(good + late, STAMPING)
    assert refusal(message(1, 0, 0, -2, b"k", b"v")) == (INVALID_TIMESTAMP, [])
    assert fields(validate(message(1, 0, 0, -1, b"k", b"v"))) == [(-1, b"k", b"v")]


def test_a_client_that_claims_the_broker_s_time() -> None:
    assert refusal(message(1, 0, STAMPED, NOW_MS, b"k", b"v"), STAMPING) == (INVALID_TIMESTAMP, [0])
    assert refusal(message(1, 0, STAMPED, -1, b"k", b"v")) == (INVALID_TIMESTAMP, [0])
    assert fields(validate(message(1, 0, STAMPED, NOW_MS, b"k", b"v"))) == [(NOW_MS, b"k", b"v")]
    wrapper = message(1, 0, GZIP | STAMPED, NOW_MS, None, compress(GZIP, message(1, 0, 0, 5, b"k", b"v")))
    assert refusal(wrapper, STAMPING) == (INVALID_TIMESTAMP, [0])
    assert fields(validate(wrapper)) == [(NOW_MS, b"k", b"v")]


def test_sizes() -> None:
    one = message(1, 0, 0, NOW_MS, b"k", b"v" * 100)
    assert refusal(one, ValidationRules(max_message_bytes=len(one) - 1)) == (MESSAGE_TOO_LARGE, [])
    assert refusal(one * 5, ValidationRules(max_message_bytes=len(one))) == (MESSAGE_TOO_LARGE, [])


def test_a_message_inside_a_wrapper_may_be_too_large_once_opened() -> None:
    inside = message(1, 0, 0, NOW_MS, b"k", b"v" * 100)
    wrapper = message(1, 0, GZIP, NOW_MS, None, compress(GZIP, inside))
    size = len(inside) - LOG_OVERHEAD_SIZE
    assert validate(wrapper, ValidationRules(max_decompressed_record_bytes=size))
    assert refusal(wrapper, ValidationRules(max_decompressed_record_bytes=size - 1)) == (INVALID_RECORD, [])
    assert validate(inside, ValidationRules(max_decompressed_record_bytes=1)), "nothing was compressed"


def test_formats_may_not_be_mixed() -> None:
    old, new = message(0, 0, 0, 0, b"k", b"v"), message(1, 1, 0, NOW_MS, b"k", b"v")
    assert refusal(old + new) == (INVALID_RECORD, [])
    assert refusal(message(1, 1, GZIP, NOW_MS, None, compress(GZIP, new + old))) == (INVALID_RECORD, [1])


def test_damage_and_loss() -> None:
    good = message(1, 0, 0, NOW_MS, b"k", b"v")
    assert refusal(good[:-1] + b"w") == (CORRUPT_MESSAGE, [])
    assert refusal(good[:-1]) == (INVALID_RECORD, [])
    assert fields(validate(good + good[:-1])) == [(NOW_MS, b"k", b"v")]
    assert refusal(message(1, 0, GZIP, NOW_MS, None, compress(GZIP, good)) + good) == (INVALID_RECORD, [])


def test_refusals_name_their_records() -> None:
    with pytest.raises(RecordsRejected) as caught:
        validate(GOLDEN["m0_gzip"], COMPACTED)
    assert all(message for _, message in caught.value.record_errors)
