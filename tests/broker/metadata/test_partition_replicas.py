"""Leader and replicas of a partition with replicas on brokers that are not registered."""

from __future__ import annotations

import pytest

from kafkalite.broker.metadata.partition_replicas import offline_replicas, registered_leader
from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize(("leader", "expected"), [(1, 1), (2, NO_LEADER), (NO_LEADER, NO_LEADER)])
def test_only_a_registered_broker_leads(leader: int, expected: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    change = PartitionChangeRecord(partition_id=0, topic_id=broker.topic_id(), leader=leader, replicas=[3, 1, 2])
    broker.broker.metadata.commit(lambda image: Result([change], None))
    image = broker.broker.metadata.image
    [partition] = image.topics.by_name["orders"].partitions
    assert registered_leader(image, partition) == expected
    assert offline_replicas(image, partition) == [3, 2]


def test_a_fenced_broker_is_registered_but_its_replicas_are_offline() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    image = broker.broker.metadata.image
    [partition] = image.topics.by_name["orders"].partitions
    fenced = image.brokers.by_id[1]._replace(is_fenced=True)
    image = image._replace(brokers=image.brokers._replace(by_id={1: fenced}))
    assert registered_leader(image, partition) == 1
    assert offline_replicas(image, partition) == [1]
