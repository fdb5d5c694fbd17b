"""Control batches beside Java's, and what a reader makes of others."""

from __future__ import annotations

from struct import pack

import pytest
from kafka.record.default_records import DefaultRecordBatch

from kafkalite.protocol.internal_records.leader_change_message import LeaderChangeMessage, Voter
from kafkalite.protocol.internal_records.snapshot_header_record import SnapshotHeaderRecord
from kafkalite.records.batch import Record, check_crc, iterate_records, read_batch_header
from kafkalite.records.control import (
    ABORT,
    COMMIT,
    LEADER_CHANGE,
    SNAPSHOT_HEADER,
    build_control_batch,
    build_end_transaction_marker,
    read_control_kind,
    read_end_transaction_marker,
)
from kafkalite.records.record_walk import InvalidRecord
from tests.records.oracles import GOLDEN

NOW_MS = 1_700_000_000_000


def only_record(batch: bytes | bytearray) -> Record:
    header = read_batch_header(batch)
    check_crc(batch, header)
    assert header.is_control
    (record,) = iterate_records(batch, header)
    return record


def test_markers_are_java_s_byte_for_byte() -> None:
    commit = build_end_transaction_marker(
        producer_id=4000,
        producer_epoch=3,
        is_commit=True,
        coordinator_epoch=17,
        now_ms=NOW_MS,
        base_offset=42,
        leader_epoch=9,
    )
    assert bytes(commit) == GOLDEN["marker_commit"]
    abort = build_end_transaction_marker(
        producer_id=4000, producer_epoch=3, is_commit=False, coordinator_epoch=0, now_ms=NOW_MS
    )
    assert bytes(abort) == GOLDEN["marker_abort"]


def test_a_client_reads_markers() -> None:
    batch = build_end_transaction_marker(
        producer_id=1, producer_epoch=0, is_commit=True, coordinator_epoch=2, now_ms=NOW_MS
    )
    parsed = DefaultRecordBatch(batch)
    assert parsed.is_control_batch and parsed.is_transactional
    assert next(parsed).commit


@pytest.mark.parametrize("name", ["commit", "abort"])
def test_java_s_markers_are_read(name: str) -> None:
    record = only_record(GOLDEN[f"marker_{name}"])
    assert read_control_kind(record) == (COMMIT if name == "commit" else ABORT)
    assert read_end_transaction_marker(record) == ((True, 17) if name == "commit" else (False, 0))


def test_leader_changes() -> None:
    message = LeaderChangeMessage(
        version=0, leader_id=1, voters=[Voter(voter_id=1)], granting_voters=[Voter(voter_id=1)]
    )
    batch = build_control_batch(LEADER_CHANGE, message, now_ms=NOW_MS, base_offset=5, leader_epoch=2)
    assert bytes(batch) == GOLDEN["leader_change"]
    record = only_record(batch)
    assert read_control_kind(record) == LEADER_CHANGE
    assert LeaderChangeMessage.read(record.value, 0, 0)[0] == message


def test_snapshot_headers() -> None:
    message = SnapshotHeaderRecord(last_contained_log_timestamp=NOW_MS)
    batch = build_control_batch(SNAPSHOT_HEADER, message, now_ms=NOW_MS, leader_epoch=1)
    record = only_record(batch)
    assert read_control_kind(record) == SNAPSHOT_HEADER
    assert SnapshotHeaderRecord.read(record.value, 0, 0)[0] == message


def control_record(key: bytes | None, value: bytes | None) -> Record:
    return Record(0, 0, key, value, [], -1)


def test_later_versions_are_read_as_the_first() -> None:
    record = control_record(pack(">hhi", 1, 1, 5), pack(">hiq", 3, 8, 9))
    assert read_end_transaction_marker(record) == (True, 8)
    assert read_control_kind(control_record(pack(">hh", 0, 99), None)) == 99


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (None, b""),
        (b"\0\0\0", b"\0" * 6),
        (pack(">hh", -1, 1), b"\0" * 6),
        (pack(">hh", 0, 2), b"\0" * 6),
        (pack(">hh", 0, 1), None),
        (pack(">hh", 0, 1), b"\0" * 5),
        (pack(">hh", 0, 0), pack(">hi", -1, 0)),
    ],
)
def test_what_is_no_marker(key: bytes | None, value: bytes | None) -> None:
    with pytest.raises(InvalidRecord):
        read_end_transaction_marker(control_record(key, value))
