"""WriteTxnMarkers: what an administrator uses against a transaction that hangs."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.write_txn_markers_request import (
    WritableTxnMarker,
    WritableTxnMarkerTopic,
    WriteTxnMarkersRequest,
)
from tests.broker.played_broker import PlayedBroker, Waiting, fetch_request
from tests.broker.transactional_producer import TransactionalProducer, read_all, read_committed


@pytest.fixture
def producer() -> TransactionalProducer:
    """A producer with records in an open transaction on partition 0."""
    played = PlayedBroker()
    played.create_topic(partitions=2)
    one = TransactionalProducer(played)
    assert one.init() == 0
    assert one.write(b"hanging").error_code == 0
    return one


def mark(
    producer: TransactionalProducer,
    *partitions: tuple[str, int],
    is_commit: bool = False,
    version: int = 1,
    epoch: int = 0,
    coordinator_epoch: int = 0,
    transaction_version: int = 0,
) -> dict[int, dict[tuple[str, int], int]]:
    """Write one marker; returns the error of each partition by producer id."""
    marker = WritableTxnMarker(
        producer_id=producer.producer_id,
        producer_epoch=epoch,
        transaction_result=is_commit,
        topics=[WritableTxnMarkerTopic(name=topic, partition_indexes=[index]) for topic, index in partitions],
        coordinator_epoch=coordinator_epoch,
        transaction_version=transaction_version,
    )
    response = producer.played.ask(WriteTxnMarkersRequest(markers=[marker]), version)
    return {
        one.producer_id: {
            (topic.name, part.partition_index): part.error_code for topic in one.topics for part in topic.partitions
        }
        for one in response.markers
    }


@pytest.mark.parametrize("version", range(3))
@pytest.mark.parametrize("is_commit", [True, False])
def test_the_transaction_ends_here(producer: TransactionalProducer, version: int, is_commit: bool) -> None:
    waiting = producer.played.ask(fetch_request(isolation_level=1, max_wait_ms=5000), 12)
    assert isinstance(waiting, Waiting)
    answer = mark(producer, ("orders", 0), is_commit=is_commit, version=version)
    assert answer == {producer.producer_id: {("orders", 0): 0}}
    assert waiting.response is not None
    assert read_committed(producer.played) == ([b"hanging"] if is_commit else [])


def test_each_partition_is_answered_for_itself(producer: TransactionalProducer) -> None:
    assert mark(producer, ("orders", 0), ("orders", 9), ("nothing", 0))[producer.producer_id] == {
        ("orders", 0): 0,
        ("orders", 9): errors.UNKNOWN_TOPIC_OR_PARTITION,
        ("nothing", 0): errors.UNKNOWN_TOPIC_OR_PARTITION,
    }


def test_the_coordinator_goes_on_where_an_administrator_was_faster(producer: TransactionalProducer) -> None:
    mark(producer, ("orders", 0), epoch=0)
    assert producer.end() == 0
    assert producer.state() == "CompleteCommit"
    assert read_committed(producer.played) == []
    producer.transact(b"next")
    assert read_committed(producer.played) == [b"next"]


def test_a_later_coordinator_or_epoch_does_not_leave_the_transaction_stuck(producer: TransactionalProducer) -> None:
    """Deviation from Kafka, whose coordinator gives up and keeps the transaction prepared."""
    mark(producer, ("orders", 0), epoch=5, coordinator_epoch=9)
    assert producer.end() == 0
    assert producer.state() == "CompleteCommit"


def test_stale_markers_are_refused(producer: TransactionalProducer) -> None:
    producer.end()
    assert mark(producer, ("orders", 0), epoch=0)[producer.producer_id] == {
        ("orders", 0): errors.INVALID_PRODUCER_EPOCH
    }
    mark(producer, ("orders", 1), epoch=3, coordinator_epoch=4)
    stale = mark(producer, ("orders", 1), epoch=3, coordinator_epoch=2)
    assert stale[producer.producer_id] == {("orders", 1): errors.TRANSACTION_COORDINATOR_FENCED}


def test_with_transaction_version_2_the_epoch_is_above_that_of_the_transaction(producer: TransactionalProducer) -> None:
    refused = mark(producer, ("orders", 0), version=2, epoch=0, transaction_version=2)
    assert refused[producer.producer_id] == {("orders", 0): errors.INVALID_PRODUCER_EPOCH}
    assert mark(producer, ("orders", 0), version=2, epoch=1, transaction_version=2)[producer.producer_id] == {
        ("orders", 0): 0
    }
    assert read_all(producer.played)[-1] == (producer.producer_id, 1, True, True)


def test_a_marker_for_offsets_ends_what_is_pending(producer: TransactionalProducer) -> None:
    assert producer.commit_offsets("group", {("orders", 0): 3}) == {("orders", 0): 0}
    assert mark(producer, ("__consumer_offsets", 0), is_commit=True)[producer.producer_id] == {
        ("__consumer_offsets", 0): 0
    }
    assert mark(producer, ("__consumer_offsets", 7))[producer.producer_id] == {
        ("__consumer_offsets", 7): errors.UNKNOWN_TOPIC_OR_PARTITION
    }


def test_markers_of_one_producer_are_answered_together_and_no_markers_with_nothing(
    producer: TransactionalProducer,
) -> None:
    markers = [
        WritableTxnMarker(
            producer_id=producer.producer_id,
            topics=[WritableTxnMarkerTopic(name="orders", partition_indexes=[index])],
        )
        for index in (0, 1)
    ]
    [answer] = producer.played.ask(WriteTxnMarkersRequest(markers=markers), 1).markers
    assert [part.partition_index for part in answer.topics[0].partitions] == [0, 1]
    assert producer.played.ask(WriteTxnMarkersRequest(), 1).markers == []
