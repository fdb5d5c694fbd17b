"""Produce with transactional records: what joins, what is verified, and what is refused in whose words."""

from __future__ import annotations

import pytest

from kafkalite.broker.data.produce_admission import ProduceAdmission
from kafkalite.protocol import errors
from kafkalite.records.builder import build_batch
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer, read_committed

P0, P1 = ("orders", 0), ("orders", 1)


def ready(*, is_tv2: bool = True, properties: dict[str, str] | None = None) -> TransactionalProducer:
    """A producer that is ready, and a topic of two partitions."""
    played = PlayedBroker(properties=properties)
    played.create_topic(partitions=2)
    producer = TransactionalProducer(played, is_tv2=is_tv2)
    assert producer.init() == 0
    return producer


def batch(producer_id: int, producer_epoch: int = 0, *, sequence: int = 0, is_transactional: bool = True) -> bytearray:
    """One record of a producer."""
    return build_batch(
        [(None, b"1")],
        now_ms=0,
        producer_id=producer_id,
        producer_epoch=producer_epoch,
        base_sequence=sequence,
        is_transactional=is_transactional,
    )


def test_what_is_written_to_joins_with_one_record_in_the_log() -> None:
    producer = ready()
    log = producer.played.broker.partitions.find("__transaction_state", 0)
    assert log is not None
    before = log.end_offset
    answers = producer.produce({P0: batch(producer.producer_id), P1: batch(producer.producer_id)})
    assert {answer.error_code for answer in answers.values()} == {0}
    assert log.end_offset == before + 1
    [topic] = producer.describe().topics
    assert topic.partitions == [0, 1]
    producer.produce({P0: batch(producer.producer_id, sequence=1)})
    assert log.end_offset == before + 1


@pytest.mark.parametrize(
    ("version", "code"),
    [(3, errors.INVALID_TXN_STATE), (10, errors.INVALID_TXN_STATE), (11, errors.TRANSACTION_ABORTABLE)],
)
def test_a_partition_that_was_not_added_is_refused(version: int, code: int) -> None:
    producer = ready(is_tv2=False)
    assert producer.write(b"1", version=version).error_code == code
    producer.add(P1)
    answers = producer.produce({P0: batch(producer.producer_id), P1: batch(producer.producer_id)}, version=version)
    assert {place: answer.error_code for place, answer in answers.items()} == {P0: code, P1: 0}


def test_verification_can_be_turned_off() -> None:
    producer = ready(is_tv2=False, properties={"transaction.partition.verification.enable": "false"})
    assert producer.write(b"1").error_code == 0


def test_after_the_end_the_partition_has_to_be_added_again() -> None:
    producer = ready(is_tv2=False)
    producer.transact(b"1")
    assert producer.write(b"2").error_code == errors.TRANSACTION_ABORTABLE
    producer.add(P0)
    assert producer.write(b"2").error_code == 0


@pytest.mark.parametrize("version", [3, 9, 11, 12])
def test_fencing_is_told_as_an_invalid_epoch(version: int) -> None:
    producer = ready()
    assert TransactionalProducer(producer.played).init() == 0
    assert producer.write(b"1", version=version).error_code == errors.INVALID_PRODUCER_EPOCH


def test_fencing_is_noticed_by_the_partition_alone() -> None:
    producer = ready()
    producer.transact(b"1")
    log = producer.played.broker.partitions.find("__transaction_state", 0)
    assert log is not None
    before = log.end_offset
    assert producer.produce({P0: batch(producer.producer_id, 0)})[P0].error_code == errors.INVALID_PRODUCER_EPOCH
    assert log.end_offset == before


def test_another_producer_id_is_refused() -> None:
    producer = ready()
    answer = producer.produce({P0: batch(producer.producer_id + 1)})[P0]
    assert answer.error_code == errors.INVALID_PRODUCER_ID_MAPPING


def test_two_producer_ids_in_one_request_are_refused() -> None:
    """The whole request is; that others in it are of no transaction is seen in the conformance tables."""
    producer = ready()
    answers = producer.produce({P0: batch(producer.producer_id), P1: batch(producer.producer_id + 1)})
    assert {answer.error_code for answer in answers.values()} == {errors.INVALID_PRODUCER_ID_MAPPING}
    assert all(answer.error_message for answer in answers.values())


@pytest.mark.parametrize("version", [9, 12])
def test_transactional_records_need_a_transactional_id(version: int) -> None:
    producer = ready()
    answer = producer.produce({P0: batch(producer.producer_id)}, version=version, transactional_id=None)[P0]
    assert answer.error_code == errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    assert read_committed(producer.played) == []


def test_a_transactional_id_alone_makes_no_transaction() -> None:
    producer = ready()
    answer = producer.produce({P0: batch(producer.producer_id, is_transactional=False)})[P0]
    assert answer.error_code == 0
    assert producer.state() == "Empty"
    assert read_committed(producer.played) == [b"1"]


def test_a_bad_partition_spoils_no_other() -> None:
    producer = ready()
    damaged = batch(producer.producer_id)
    damaged[-1] ^= 1
    answers = producer.produce(
        {("orders", 9): batch(producer.producer_id), P0: damaged, P1: batch(producer.producer_id)}
    )
    assert {place: answer.error_code for place, answer in answers.items()} == {
        ("orders", 9): errors.UNKNOWN_TOPIC_OR_PARTITION,
        P0: errors.CORRUPT_MESSAGE,
        P1: 0,
    }


def test_a_later_first_sequence_of_a_new_transaction_is_refused() -> None:
    producer = ready()
    assert producer.write(b"2", sequence=1).error_code == errors.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert producer.write(b"1", sequence=0).error_code == 0
    producer.end()
    assert producer.write(b"2", sequence=1).error_code == errors.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_a_repeated_batch_is_not_written_twice() -> None:
    producer = ready()
    first = producer.write(b"1", sequence=0)
    again = producer.write(b"1", sequence=0)
    assert (again.error_code, again.base_offset) == (0, first.base_offset)


def test_a_batch_without_a_producer_id_is_left_to_the_log() -> None:
    producer = ready()
    admission = ProduceAdmission(producer.played.broker, "tx", 12)
    admission.add("orders", 0, batch(-1, -1))
    admission.ask()
    admission.check("orders", 0)
