"""Records of offsets, byte by byte."""

from __future__ import annotations

from kafkalite.coordinators.group.offsets.records import offset_record, offset_tombstone
from kafkalite.coordinators.group.offsets.store import CommittedOffset, GroupPartition
from kafkalite.coordinators.runtime.record import decode, encode_key, encode_value

TIME = 1_700_000_000_000
KEY = GroupPartition("g", "t", 3)
TOPIC_ID = bytes(range(16))


def test_an_offset_is_written_as_kafka_writes_it() -> None:
    record = offset_record(KEY, CommittedOffset(42, 5, "m", TIME, -1, TOPIC_ID, 0))
    assert encode_key(record) == bytes.fromhex("000100016700017400000003")
    assert encode_value(record) == bytes.fromhex(
        "0004000000000000002a00000005026d0000018bcfe56800010010" + TOPIC_ID.hex()
    )


def test_an_offset_without_topic_id_has_no_tag() -> None:
    record = offset_record(KEY, CommittedOffset(42, -1, "", TIME, -1, bytes(16), 0))
    assert encode_value(record) == bytes.fromhex("0004000000000000002affffffff010000018bcfe5680000")


def test_an_expiry_of_its_own_needs_version_1() -> None:
    record = offset_record(KEY, CommittedOffset(42, 5, "", TIME, TIME + 1, TOPIC_ID, 0))
    assert encode_value(record) == bytes.fromhex("0001000000000000002a00000000018bcfe568000000018bcfe56801")
    decoded = decode("__consumer_offsets", encode_key(record), encode_value(record))
    assert decoded is not None and decoded.value == record.value


def test_a_forgotten_offset_has_no_value() -> None:
    assert encode_value(offset_tombstone(KEY)) is None
