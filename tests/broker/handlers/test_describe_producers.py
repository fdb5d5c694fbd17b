"""DescribeProducers through the router."""

from __future__ import annotations

from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_producers_request import DescribeProducersRequest, TopicRequest
from kafkalite.records.builder import build_batch
from tests.broker.played_broker import START_MS, PlayedBroker


def test_a_partition_tells_its_producers() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    batch = build_batch(
        [(b"k", b"v")] * 3, now_ms=START_MS, producer_id=5, producer_epoch=1, base_sequence=0, is_transactional=False
    )
    assert broker.produce_batch(batch).error_code == 0
    request = DescribeProducersRequest(topics=[TopicRequest(name="orders", partition_indexes=[0, 1])])
    (topic,) = broker.ask(request, 0).topics
    producing, silent = topic.partitions
    (producer,) = producing.active_producers
    assert (producer.producer_id, producer.producer_epoch, producer.last_sequence) == (5, 1, 2)
    assert (producer.last_timestamp, producer.coordinator_epoch) == (START_MS, -1)
    assert producer.current_txn_start_offset == -1
    assert (silent.error_code, silent.active_producers) == (errors.NONE, [])


def test_what_is_not_there_is_refused_one_by_one() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    wanted = {"orders": [0, 9], "nope": [0], "bad name": [0]}
    request = DescribeProducersRequest(
        topics=[TopicRequest(name=name, partition_indexes=indexes) for name, indexes in wanted.items()]
    )
    topics = broker.ask(request, 0).topics
    assert [[partition.error_code for partition in topic.partitions] for topic in topics] == [
        [errors.NONE, errors.UNKNOWN_TOPIC_OR_PARTITION],
        [errors.UNKNOWN_TOPIC_OR_PARTITION],
        [errors.INVALID_TOPIC_EXCEPTION],
    ]
