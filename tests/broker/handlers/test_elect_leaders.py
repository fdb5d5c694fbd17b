"""ElectLeaders through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.cluster.result import Result
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.elect_leaders_request import ElectLeadersRequest, TopicPartitions
from tests.broker.played_broker import PlayedBroker


def request(*indexes: int, kind: int = 0, timeout_ms: int = 1000) -> ElectLeadersRequest:
    topics = [TopicPartitions(topic="orders", partitions=list(indexes))]
    return ElectLeadersRequest(election_type=kind, topic_partitions=topics, timeout_ms=timeout_ms)


def told(answer: Any) -> list[tuple[int, int]]:
    [topic] = answer.replica_election_results
    assert topic.topic == "orders"
    return [(each.partition_id, each.error_code) for each in topic.partition_result]


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic("orders", 2)
    return made


@pytest.mark.parametrize("version", range(3))
def test_the_right_one_leads_already(broker: PlayedBroker, version: int) -> None:
    answer = broker.ask(request(0, 5), version)
    assert answer.error_code == errors.NONE
    assert told(answer) == [(0, errors.ELECTION_NOT_NEEDED), (5, errors.UNKNOWN_TOPIC_OR_PARTITION)]
    assert told(broker.ask(ElectLeadersRequest(topic_partitions=None, timeout_ms=1000), version)) == []
    nothing = broker.ask(ElectLeadersRequest(topic_partitions=[], timeout_ms=0), version)
    assert (nothing.error_code, nothing.replica_election_results) == (errors.NONE, [])


@pytest.mark.parametrize("version", range(3))
def test_no_time(broker: PlayedBroker, version: int) -> None:
    answer = broker.ask(request(0, timeout_ms=0), version)
    assert answer.error_code == (errors.REQUEST_TIMED_OUT if version >= 1 else errors.NONE)
    assert told(answer) == [(0, errors.REQUEST_TIMED_OUT)]


def test_a_kind_that_does_not_exist(broker: PlayedBroker) -> None:
    answer = broker.ask(request(0, 5, kind=3), 2)
    assert answer.error_code == errors.INVALID_REQUEST
    assert told(answer) == [(0, errors.INVALID_REQUEST), (5, errors.INVALID_REQUEST)]


def test_an_election_that_cannot_be_stored(broker: PlayedBroker, monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = broker.broker.metadata
    change = PartitionChangeRecord(partition_id=0, topic_id=broker.topic_id(), leader=-1)
    metadata.commit(lambda image: Result([change], None))

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(metadata.log), "append", fail)
    answer = broker.ask(request(0), 2)
    assert answer.error_code == errors.KAFKA_STORAGE_ERROR
    assert told(answer) == [(0, errors.KAFKA_STORAGE_ERROR)]
