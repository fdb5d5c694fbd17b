"""CreatePartitions through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_partitions_request import CreatePartitionsRequest, CreatePartitionsTopic
from tests.broker.played_broker import PlayedBroker


def request(**counts: int) -> CreatePartitionsRequest:
    topics = [CreatePartitionsTopic(name=name, count=count, assignments=None) for name, count in counts.items()]
    return CreatePartitionsRequest(topics=topics, timeout_ms=1000)


@pytest.mark.parametrize("version", range(4))
def test_partitions_and_their_logs_are_added(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 1)
    made, unknown = broker.ask(request(orders=3, nope=2), version).results
    assert (made.name, made.error_code, made.error_message) == ("orders", errors.NONE, None)
    assert (unknown.name, unknown.error_code) == ("nope", errors.UNKNOWN_TOPIC_OR_PARTITION)
    assert broker.broker.logs.get(TopicPartition("orders", 2)) is not None
    assert broker.produce(b"x", partition=2).error_code == errors.NONE


def test_a_failing_disk_fails_all_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 1)

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    (answer,) = broker.ask(request(orders=3), 3).results
    assert answer.error_code == errors.KAFKA_STORAGE_ERROR


@pytest.mark.parametrize("timeout_ms", [0, -1])
def test_no_time_is_no_partition(timeout_ms: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 1)
    asked = request(orders=3, nope=2)
    asked.timeout_ms = timeout_ms
    assert [answer.error_code for answer in broker.ask(asked, 3).results] == [errors.REQUEST_TIMED_OUT] * 2
    assert broker.broker.logs.get(TopicPartition("orders", 2)) is None
