"""ElectLeaders on the metadata: who leads already, and who may."""

from __future__ import annotations

import pytest

from kafkalite.cluster.elections import PREFERRED, UNCLEAN, elect_leaders
from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.fence_broker_record import FenceBrokerRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.elect_leaders_request import ElectLeadersRequest, TopicPartitions
from tests.cluster.conversation import Cluster, summary


def place(cluster: Cluster, *, isr: list[int], leader: int, replicas: tuple[int, ...] = (2, 1)) -> None:
    """Put partition 0 of orders on brokers that the cluster has or had."""
    topic = cluster.image.topics.by_name["orders"]
    record = PartitionChangeRecord(
        partition_id=0, topic_id=topic.topic_id, replicas=list(replicas), isr=isr, leader=leader
    )
    cluster.commit(Result([record], None))


@pytest.fixture
def cluster() -> Cluster:
    """Return a cluster of broker 1 and broker 2, which is fenced."""
    cluster = Cluster()
    cluster.create("orders", 2)
    epoch = cluster.register(2)
    cluster.commit(Result([FenceBrokerRecord(id=2, epoch=epoch)], None))
    return cluster


def elect(
    cluster: Cluster, kind: int, topic: str | None = "orders", *indexes: int
) -> tuple[list[tuple[str, list[tuple[int, int]]]], list[tuple[object, ...]]]:
    """Return what is told per topic as (partition, error code), and the records."""
    wanted = None if topic is None else [TopicPartitions(topic=topic, partitions=list(indexes or (0,)))]
    result = elect_leaders(cluster.image, ElectLeadersRequest(election_type=kind, topic_partitions=wanted))
    response = cluster.commit(result)
    cluster.check_replay()
    told = [
        (each.topic, [(part.partition_id, part.error_code) for part in each.partition_result])
        for each in response.replica_election_results
    ]
    return told, summary(result.records)


@pytest.mark.parametrize("kind", [PREFERRED, UNCLEAN])
def test_whoever_leads_rightly_goes_on(cluster: Cluster, kind: int) -> None:
    needless, unknown = errors.ELECTION_NOT_NEEDED, errors.UNKNOWN_TOPIC_OR_PARTITION
    assert elect(cluster, kind, "orders", 0, 7, -1) == ([("orders", [(0, needless), (7, unknown), (-1, unknown)])], [])
    assert elect(cluster, kind, "nope") == ([("nope", [(0, unknown)])], [])
    assert elect(cluster, kind, None) == ([("orders", [])], [])


def test_the_preferred_replica_may_be_gone(cluster: Cluster) -> None:
    place(cluster, isr=[1], leader=1)
    told, records = elect(cluster, PREFERRED)
    assert (told, records) == ([("orders", [(0, errors.PREFERRED_LEADER_NOT_AVAILABLE)])], [])
    assert elect(cluster, PREFERRED, None)[0] == told, "of all, what could not be done is told"


def test_the_preferred_replica_takes_over(cluster: Cluster) -> None:
    place(cluster, isr=[1, 2], leader=2, replicas=(1, 2))
    told, records = elect(cluster, PREFERRED)
    assert told == [("orders", [(0, errors.NONE)])]
    assert records == [("PartitionChange", 0, None, 1)]
    assert cluster.image.topics.by_name["orders"].partitions[0].leader == 1


def test_a_partition_without_a_leader_gets_any_that_is_there(cluster: Cluster) -> None:
    place(cluster, isr=[2], leader=-1)
    assert elect(cluster, UNCLEAN) == ([("orders", [(0, errors.NONE)])], [("PartitionChange", 0, [1], 1)])
    place(cluster, isr=[2], leader=-1, replicas=(2,))
    assert elect(cluster, UNCLEAN)[0] == [("orders", [(0, errors.ELIGIBLE_LEADERS_NOT_AVAILABLE)])]


def test_there_are_two_kinds(cluster: Cluster) -> None:
    with pytest.raises(ApiError) as caught:
        elect(cluster, 2)
    assert caught.value.error_code == errors.INVALID_REQUEST
