"""UnregisterBroker on the metadata: what a broker that is gone leaves behind."""

from __future__ import annotations

import pytest

from kafkalite.cluster.result import Result
from kafkalite.cluster.unregistration import unregister_broker
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.fence_broker_record import FenceBrokerRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from tests.cluster.conversation import Cluster, summary

THIS = 1


@pytest.fixture
def cluster() -> Cluster:
    """Return a cluster of broker 1 and broker 2, which is fenced."""
    cluster = Cluster()
    cluster.create("orders", 2)
    epoch = cluster.register(2)
    cluster.commit(Result([FenceBrokerRecord(id=2, epoch=epoch)], None))
    return cluster


def place(cluster: Cluster, **fields: object) -> None:
    topic_id = cluster.image.topics.by_name["orders"].topic_id
    cluster.commit(Result([PartitionChangeRecord(partition_id=0, topic_id=topic_id, **fields)], None))  # type: ignore[arg-type]


def unregister(cluster: Cluster, broker_id: int) -> list[tuple[object, ...]]:
    result = unregister_broker(cluster.image, broker_id, THIS)
    cluster.commit(result)
    cluster.check_replay()
    return summary(result.records)


def test_a_broker_that_held_nothing(cluster: Cluster) -> None:
    assert unregister(cluster, 2) == [("UnregisterBroker",)]
    assert list(cluster.image.brokers.by_id) == [THIS]
    with pytest.raises(ApiError) as caught:
        unregister(cluster, 2)
    assert caught.value.error_code == errors.BROKER_ID_NOT_REGISTERED


def test_this_node_stays(cluster: Cluster) -> None:
    with pytest.raises(ApiError) as caught:
        unregister(cluster, THIS)
    assert caught.value.error_code == errors.INVALID_REQUEST


@pytest.mark.parametrize(
    ("before", "isr", "leader"),
    [
        ({"replicas": [1, 2], "isr": [1, 2], "leader": 1}, (1,), 1),
        ({"replicas": [2, 1], "isr": [2, 1], "leader": 2}, (1,), 1),
        ({"replicas": [2], "isr": [2], "leader": 2}, (2,), -1),
        ({"replicas": [2, 1], "isr": [1], "leader": 1, "eligible_leader_replicas": [2]}, (1,), 1),
    ],
)
def test_what_it_held_is_taken_from_it(
    cluster: Cluster, before: dict[str, object], isr: tuple[int, ...], leader: int
) -> None:
    place(cluster, **before)
    unregister(cluster, 2)
    after = cluster.image.topics.by_name["orders"].partitions[0]
    assert (after.isr, after.leader, after.eligible_leader_replicas) == (isr, leader, ())
    assert after.replicas == tuple(before["replicas"])  # type: ignore[arg-type]
