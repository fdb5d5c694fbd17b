"""The rules of a topic and the refusals they lead to."""

from __future__ import annotations

import pytest

from kafkalite.protocol.errors import INVALID_RECORD, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE
from kafkalite.records.codecs import GZIP, NONE
from kafkalite.records.record_rules import FROM_PRODUCER, RecordChecker, RecordsRejected, ValidationRules, check_size

NOW_MS = 1_700_000_000_000
HOUR_MS = 3_600_000


def test_defaults_are_kafka_s() -> None:
    rules = ValidationRules()
    assert (rules.target_codec, rules.compression_level, rules.max_message_bytes) == (FROM_PRODUCER, None, 1_048_588)
    assert (rules.timestamp_before_max_ms, rules.timestamp_after_max_ms) == ((1 << 63) - 1, HOUR_MS)
    assert rules.reads_records


def test_compression_types() -> None:
    assert ValidationRules(compression_type="uncompressed").target_codec == NONE
    assert ValidationRules(compression_type="gzip").target_codec == GZIP
    with pytest.raises(ValueError, match="not in"):
        ValidationRules(compression_type="brotli")


def test_when_records_are_read_although_headers_may_be_believed() -> None:
    assert not ValidationRules(reads_records=False).reads_records
    assert ValidationRules(is_compacted=True, reads_records=False).reads_records
    assert ValidationRules(timestamp_before_max_ms=5, reads_records=False).reads_records
    stamping = ValidationRules(timestamp_before_max_ms=5, is_log_append_time=True, reads_records=False)
    assert not stamping.reads_records


def test_size() -> None:
    rules = ValidationRules(max_message_bytes=10)
    check_size(10, rules)
    with pytest.raises(RecordsRejected) as caught:
        check_size(11, rules)
    assert (caught.value.error_code, caught.value.record_errors) == (MESSAGE_TOO_LARGE, [])


def check(rules: ValidationRules, timestamp: int, *, has_key: bool = True, is_stamped: bool = False) -> int:
    checker = RecordChecker(rules, NOW_MS)
    checker.check(4, timestamp, has_key, is_stamped)
    try:
        checker.finish()
    except RecordsRejected as error:
        assert [index for index, _ in error.record_errors] == [4]
        return error.error_code
    return 0


LIMITED = ValidationRules(timestamp_before_max_ms=10, timestamp_after_max_ms=20)


@pytest.mark.parametrize(
    ("rules", "timestamp", "has_key", "is_stamped", "error_code"),
    [
        (LIMITED, NOW_MS - 10, True, False, 0),
        (LIMITED, NOW_MS - 11, True, False, INVALID_TIMESTAMP),
        (LIMITED, NOW_MS + 20, True, False, 0),
        (LIMITED, NOW_MS + 21, True, False, INVALID_TIMESTAMP),
        (LIMITED, -1, True, False, 0),
        (LIMITED, -2, True, False, INVALID_TIMESTAMP),
        (LIMITED, NOW_MS, True, True, 0),
        (LIMITED, -1, True, True, INVALID_TIMESTAMP),
        (ValidationRules(), 0, True, False, 0),
        (ValidationRules(is_log_append_time=True), NOW_MS * 2, True, False, 0),
        (ValidationRules(is_log_append_time=True), NOW_MS, True, True, INVALID_TIMESTAMP),
        (ValidationRules(is_compacted=True), NOW_MS, False, False, INVALID_RECORD),
        (ValidationRules(is_compacted=True), NOW_MS, True, False, 0),
        (ValidationRules(is_compacted=True), NOW_MS * 2, False, False, INVALID_RECORD),
    ],
)
def test_one_record(rules: ValidationRules, timestamp: int, has_key: bool, is_stamped: bool, error_code: int) -> None:
    assert check(rules, timestamp, has_key=has_key, is_stamped=is_stamped) == error_code


def test_a_wrong_timestamp_decides_the_error_of_all() -> None:
    checker = RecordChecker(ValidationRules(is_compacted=True), NOW_MS)
    checker.check(0, NOW_MS, False, False)
    checker.check(1, NOW_MS, True, False)
    checker.check(2, NOW_MS * 2, True, False)
    checker.refuse(3, "for another reason")
    with pytest.raises(RecordsRejected) as caught:
        checker.finish()
    assert caught.value.error_code == INVALID_TIMESTAMP
    assert [index for index, _ in caught.value.record_errors] == [0, 2, 3]
    assert all(message for _, message in caught.value.record_errors)
