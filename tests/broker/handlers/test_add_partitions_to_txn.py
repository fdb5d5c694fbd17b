"""AddPartitionsToTxn of clients, and as brokers send it to each other."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.add_partitions_to_txn_request import (
    AddPartitionsToTxnRequest,
    AddPartitionsToTxnTopic,
    AddPartitionsToTxnTransaction,
)
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer

P0, P1, MISSING = ("orders", 0), ("orders", 1), ("orders", 2)


@pytest.fixture
def producer() -> TransactionalProducer:
    """A producer that is ready, and a topic of two partitions."""
    played = PlayedBroker()
    played.create_topic(partitions=2)
    one = TransactionalProducer(played, is_tv2=False)
    assert one.init() == 0
    return one


@pytest.mark.parametrize("version", range(4))
def test_partitions_join(producer: TransactionalProducer, version: int) -> None:
    assert producer.add(P0, P1, version=version) == {P0: 0, P1: 0}
    description = producer.describe()
    assert description.transaction_state == "Ongoing"
    assert [(topic.topic, topic.partitions) for topic in description.topics] == [("orders", [0, 1])]


def test_one_missing_partition_spoils_all(producer: TransactionalProducer) -> None:
    assert producer.add(P0, MISSING, ("nothing", 0)) == {
        P0: errors.OPERATION_NOT_ATTEMPTED,
        MISSING: errors.UNKNOWN_TOPIC_OR_PARTITION,
        ("nothing", 0): errors.UNKNOWN_TOPIC_OR_PARTITION,
    }
    assert producer.state() == "Empty"


def test_no_partitions_at_all_begin_a_transaction(producer: TransactionalProducer) -> None:
    assert producer.add() == {}
    assert producer.state() == "Ongoing"


def test_an_empty_transactional_id(producer: TransactionalProducer) -> None:
    producer.transactional_id = ""
    assert producer.add(P0) == {P0: errors.INVALID_REQUEST}


def test_another_producer_id(producer: TransactionalProducer) -> None:
    producer.producer_id += 1
    assert producer.add(P0) == {P0: errors.INVALID_PRODUCER_ID_MAPPING}


def test_brokers_add_and_verify(producer: TransactionalProducer) -> None:
    assert producer.add_as_broker(P0, verify_only=True) == {P0: errors.TRANSACTION_ABORTABLE}
    assert producer.add_as_broker(P0) == {P0: 0}
    assert producer.add_as_broker(P0, P1, verify_only=True) == {P0: 0, P1: errors.TRANSACTION_ABORTABLE}
    assert producer.add_as_broker(MISSING, verify_only=True) == {MISSING: errors.UNKNOWN_TOPIC_OR_PARTITION}


def test_each_transaction_is_answered_for_itself(producer: TransactionalProducer) -> None:
    other = TransactionalProducer(producer.played, "other")
    other.init()
    request = AddPartitionsToTxnRequest(
        transactions=[
            AddPartitionsToTxnTransaction(
                transactional_id=one.transactional_id,
                producer_id=one.producer_id,
                producer_epoch=epoch,
                topics=[AddPartitionsToTxnTopic(name="orders", partitions=[0, 1])],
            )
            for one, epoch in ((producer, 0), (other, 7))
        ]
    )
    response = producer.played.ask(request, 4)
    codes = {
        result.transactional_id: {
            one.partition_error_code for topic in result.topic_results for one in topic.results_by_partition
        }
        for result in response.results_by_transaction
    }
    assert codes == {producer.transactional_id: {0}, "other": {errors.PRODUCER_FENCED}}


def test_what_is_named_twice(producer: TransactionalProducer) -> None:
    def ask(*topics: list[int]) -> list[list[tuple[int, int]]]:
        """Return (partition, error) of each topic of the answer."""
        wanted = [AddPartitionsToTxnTopic(name="orders", partitions=partitions) for partitions in topics]
        request = AddPartitionsToTxnRequest(
            v3_and_below_transactional_id=producer.transactional_id,
            v3_and_below_producer_id=producer.producer_id,
            v3_and_below_producer_epoch=producer.producer_epoch,
            v3_and_below_topics=wanted,
        )
        results = producer.played.ask(request, 3).results_by_topic_v3_and_below
        return [
            [(one.partition_index, one.partition_error_code) for one in topic.results_by_partition] for topic in results
        ]

    assert ask([0, 0], [1]) == [[(0, 0), (0, 0)], [(1, 0)]], "as it was asked"
    unknown, not_tried = errors.UNKNOWN_TOPIC_OR_PARTITION, errors.OPERATION_NOT_ATTEMPTED
    assert ask([0, 7, 7], [0, 1]) == [[(0, not_tried), (7, unknown), (1, not_tried)]], "each once"


def test_a_transaction_named_twice_has_the_topics_of_its_first_entry(producer: TransactionalProducer) -> None:
    def entry(partition: int, epoch: int) -> AddPartitionsToTxnTransaction:
        return AddPartitionsToTxnTransaction(
            transactional_id=producer.transactional_id,
            producer_id=producer.producer_id,
            producer_epoch=epoch,
            topics=[AddPartitionsToTxnTopic(name="orders", partitions=[partition])],
        )

    request = AddPartitionsToTxnRequest(transactions=[entry(0, producer.producer_epoch), entry(1, 99)])
    results = producer.played.ask(request, 5).results_by_transaction
    told = [
        (one.partition_index, one.partition_error_code)
        for result in results
        for topic in result.topic_results
        for one in topic.results_by_partition
    ]
    assert told == [(0, 0), (0, errors.PRODUCER_FENCED)]
