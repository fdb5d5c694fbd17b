"""Metadata records against the bytes that Apache Kafka writes."""

from __future__ import annotations

import pytest

from kafkalite.cluster.record_codec import choose_version, read_record, write_record
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
from kafkalite.protocol.internal_records.partition_record import PartitionRecord
from kafkalite.protocol.internal_records.register_broker_record import RegisterBrokerRecord
from tests.cluster.kafka_records import BOOTSTRAP, LATER

VALUES = [bytes.fromhex(value) for _, value in BOOTSTRAP + LATER]


@pytest.mark.parametrize(("kind", "value"), BOOTSTRAP + LATER, ids=lambda part: part[:30])
def test_kafkas_own_records_are_read_and_written_byte_by_byte(kind: str, value: str) -> None:
    record = read_record(bytes.fromhex(value))
    assert kind == record.NAME
    assert write_record(record, 30).hex() == value


@pytest.mark.parametrize("value", VALUES[9:12] + VALUES[-8:])
def test_a_record_cut_anywhere_is_no_record(value: bytes) -> None:
    for size in range(len(value)):
        with pytest.raises(ProtocolViolation):
            read_record(value[:size])
    with pytest.raises(ProtocolViolation):
        read_record(value + b"\0")


@pytest.mark.parametrize("value", [b"\x02\x02\x00", b"\x01\x7f\x00", b"\x01\x02\x09", b"\x01\x06\x00\x00"])
def test_unknown_frames_types_and_versions_are_refused(value: bytes) -> None:
    with pytest.raises(ProtocolViolation):
        read_record(value)


@pytest.mark.parametrize(
    ("metadata_version", "versions"), [(7, (1, 0)), (16, (2, 0)), (17, (3, 1)), (23, (3, 2)), (30, (4, 2))]
)
def test_versions_follow_the_finalized_metadata_version(metadata_version: int, versions: tuple[int, int]) -> None:
    chosen = (
        choose_version(RegisterBrokerRecord(), metadata_version),
        choose_version(PartitionRecord(), metadata_version),
    )
    assert chosen == versions


def test_a_registration_change_takes_the_lowest_version_that_carries_it() -> None:
    fields = [{"fenced": 1}, {"in_controlled_shutdown": 1}, {"log_dirs": [bytes(16)]}, {"cordoned_log_dirs": []}]
    assert [choose_version(BrokerRegistrationChangeRecord(**field), 30) for field in fields] == [0, 1, 2, 3]
