"""Coordinator records and their bytes."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.runtime.record import (
    CoordinatorRecord,
    DecodedRecord,
    UnreadableRecord,
    decode,
    encode_key,
    encode_value,
)
from kafkalite.protocol.internal_records.offset_commit_key import OffsetCommitKey
from kafkalite.protocol.internal_records.offset_commit_value import OffsetCommitValue
from kafkalite.protocol.internal_records.record_types import KEYS
from kafkalite.protocol.registry import find_record_key_class, find_record_value_class

OFFSETS = "__consumer_offsets"

KEY = bytes.fromhex("000100016700017400000003")
VALUE = bytes.fromhex("0003000000000000002a0000000500016d0000018bcfe56800")


def test_a_record_is_written_as_kafka_writes_it() -> None:
    record = CoordinatorRecord(
        OffsetCommitKey(group="g", topic="t", partition=3),
        OffsetCommitValue(offset=42, leader_epoch=5, metadata="m", commit_timestamp=1_700_000_000_000),
        3,
    )
    assert record.record_type == 1
    assert encode_key(record) == KEY
    assert encode_value(record) == VALUE


def test_a_record_is_read_back() -> None:
    decoded = decode(OFFSETS, memoryview(KEY), memoryview(VALUE))
    assert decoded is not None
    assert decoded.record_type == 1
    assert (decoded.key.group, decoded.key.topic, decoded.key.partition) == ("g", "t", 3)
    assert (decoded.value.offset, decoded.value.metadata) == (42, "m")


def test_a_tombstone_has_no_value() -> None:
    record = CoordinatorRecord(OffsetCommitKey(group="g", topic="t", partition=3))
    assert encode_value(record) is None
    decoded = decode(OFFSETS, encode_key(record), None)
    assert isinstance(decoded, DecodedRecord)
    assert decoded.value is None


@pytest.mark.parametrize(("topic", "record_type"), sorted(KEYS))
def test_every_type_of_record_survives_the_way_there_and_back(topic: str, record_type: int) -> None:
    key_class, value_class = find_record_key_class(topic, record_type), find_record_value_class(topic, record_type)
    assert key_class is not None and value_class is not None
    for version in range(value_class.LOWEST_VERSION, value_class.HIGHEST_VERSION + 1):
        record = CoordinatorRecord(key_class(), value_class(), version)
        assert record.record_type == record_type
        decoded = decode(topic, encode_key(record), encode_value(record))
        assert decoded is not None
        again = CoordinatorRecord(decoded.key, decoded.value, version)
        assert (encode_key(again), encode_value(again)) == (encode_key(record), encode_value(record))


def test_a_record_of_an_unknown_type_is_skipped() -> None:
    assert decode(OFFSETS, b"\x7f\xff" + b"whatever", b"\0\0") is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (None, VALUE),
        (b"\0", VALUE),
        (KEY[:-1], VALUE),
        (KEY, b""),
        (KEY, b"\0\x05" + VALUE[2:]),
        (KEY, b"\xff\xff" + VALUE[2:]),
        (KEY, VALUE[:-1]),
    ],
)
def test_damaged_records_and_newer_versions_are_told(key: bytes | None, value: bytes) -> None:
    with pytest.raises(UnreadableRecord):
        decode(OFFSETS, key, value)
