"""The records of the transaction log, byte by byte."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.runtime.record import UnreadableRecord, encode_key, encode_value
from kafkalite.coordinators.transaction.metadata import (
    MAX_EPOCH,
    TransactionMetadata,
    by_topic,
    from_value,
    is_epoch_exhausted,
    to_record,
    to_tombstone,
)
from kafkalite.coordinators.transaction.states import COMPLETE_COMMIT, EMPTY, ONGOING
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol.internal_records.transaction_log_value import TransactionLogValue

ONGOING_VALUE = TransactionMetadata(
    transactional_id="tx",
    producer_id=0x0102030405060708,
    producer_epoch=0x0A0B,
    timeout_ms=60_000,
    state=ONGOING,
    partitions=frozenset({TopicPartition("b", 1), TopicPartition("a", 2), TopicPartition("a", 0)}),
    start_ms=1,
    last_update_ms=2,
    previous_producer_id=3,
    next_producer_id=4,
    client_transaction_version=2,
)


def test_the_key_is_the_transactional_id() -> None:
    assert encode_key(to_tombstone("tx")) == bytes.fromhex("0000 0002 7478")
    assert encode_value(to_tombstone("tx")) is None


def test_a_flexible_value() -> None:
    assert encode_value(to_record(ONGOING_VALUE, 2)) == bytes.fromhex(
        "0001 0102030405060708 0a0b 0000ea60 01"
        "03 0261 03 00000000 00000002 00 0262 02 00000001 00"
        "0000000000000002 0000000000000001"
        "03 00 08 0000000000000003 01 08 0000000000000004 02 02 0002"
    )


def test_a_value_of_transaction_version_0() -> None:
    assert encode_value(to_record(ONGOING_VALUE, 0)) == bytes.fromhex(
        "0000 0102030405060708 0a0b 0000ea60 01"
        "00000002 0001 61 00000002 00000000 00000002 0001 62 00000001 00000001"
        "0000000000000002 0000000000000001"
    )


def test_an_empty_transaction_has_no_list_of_partitions_and_a_complete_one_an_empty_list() -> None:
    empty = to_record(TransactionMetadata("tx", 1, 0, state=EMPTY), 2).value
    complete = to_record(TransactionMetadata("tx", 1, 0, state=COMPLETE_COMMIT), 2).value
    assert (empty.transaction_partitions, complete.transaction_partitions) == (None, [])


@pytest.mark.parametrize("version", [1, 2])
def test_what_is_written_is_read_again(version: int) -> None:
    data = encode_value(to_record(ONGOING_VALUE, version))
    assert data is not None
    value, end = TransactionLogValue.read(data, 2, 1)
    assert end == len(data)
    assert from_value("tx", value) == ONGOING_VALUE


def test_a_state_that_nobody_knows_cannot_be_read() -> None:
    with pytest.raises(UnreadableRecord, match="unknown state 8"):
        from_value("tx", TransactionLogValue(transaction_status=8))


def test_partitions_by_topic() -> None:
    assert by_topic(ONGOING_VALUE.partitions) == [("a", [0, 2]), ("b", [1])]


def test_the_very_last_epoch_is_for_fencing() -> None:
    assert [is_epoch_exhausted(epoch) for epoch in (-1, MAX_EPOCH - 2, MAX_EPOCH - 1, MAX_EPOCH)] == [
        False,
        False,
        True,
        True,
    ]
