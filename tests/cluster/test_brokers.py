"""A broker joins its own cluster, and leaves it."""

from __future__ import annotations

from kafkalite.cluster.brokers import BrokerRegistration, register_broker, start_broker, stop_broker
from kafkalite.cluster.image import Endpoint
from kafkalite.cluster.leadership import RECOVERING
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from tests.cluster.conversation import Cluster, summary


def registration(port: int = 9092, broker_id: int = 1, rack: str | None = None) -> BrokerRegistration:
    return BrokerRegistration(
        broker_id=broker_id,
        incarnation_id=b"i" * 16,
        endpoints=[Endpoint("PLAINTEXT", "localhost", port, 0)],
        directory_ids=[b"d" * 16],
        rack=rack,
    )


def test_a_broker_registers_and_is_in_service(cluster: Cluster) -> None:
    result = register_broker(cluster.image, registration(9999, rack="r"))
    assert summary(result.records) == [("RegisterBroker",), ("BrokerRegistrationChange",)]
    assert cluster.commit(result) == result.records[0].broker_epoch
    broker = cluster.image.brokers.by_id[1]
    assert (broker.is_fenced, broker.rack, broker.directories) == (False, "r", (b"d" * 16,))
    assert broker.find_endpoint("PLAINTEXT") == Endpoint("PLAINTEXT", "localhost", 9999, 0)
    assert broker.find_endpoint("SSL") is None
    assert broker.features["metadata.version"] == (7, 33)


def test_each_registration_has_a_higher_epoch(cluster: Cluster) -> None:
    epochs = [cluster.commit(register_broker(cluster.image, registration())) for _ in range(3)]
    assert epochs == sorted(set(epochs))


def start(cluster: Cluster, *, is_clean: bool = True) -> list[object]:
    """Start broker 1 again, after a clean stop that was recorded or not, and return the records."""
    broker_epoch = cluster.image.brokers.by_id[1].broker_epoch
    result = start_broker(
        cluster.image,
        registration(),
        cluster.rules,
        stopped_epoch=broker_epoch if is_clean else broker_epoch - 1,
        base_offset=cluster.image.end_offset,
    )
    assert cluster.commit(result) == cluster.image.brokers.by_id[1].broker_epoch
    return result.records


def stop(cluster: Cluster) -> list[object]:
    result = stop_broker(cluster.image, 1, cluster.rules)
    cluster.commit(result)
    return result.records


def test_a_stop_and_a_start_are_recorded_as_kafka_records_them(cluster: Cluster) -> None:
    """As seen in the metadata log of Apache Kafka 4.3.1."""
    cluster.create("orders")
    assert summary(stop(cluster)) == [
        ("BrokerRegistrationChange",),
        ("PartitionChange", 0, [], -1),
        ("BrokerRegistrationChange",),
    ]
    broker = cluster.image.brokers.by_id[1]
    assert (broker.is_fenced, broker.is_in_controlled_shutdown) == (True, True)
    assert summary(start(cluster)) == [
        ("RegisterBroker",),
        ("BrokerRegistrationChange",),
        ("PartitionChange", 0, [1], 1),
    ]
    broker = cluster.image.brokers.by_id[1]
    assert (broker.is_fenced, broker.is_in_controlled_shutdown) == (False, False)
    [partition] = cluster.image.topics.by_name["orders"].partitions
    assert (partition.leader, partition.isr, partition.leader_epoch, partition.leader_recovery_state) == (1, (1,), 2, 0)
    assert (partition.eligible_leader_replicas, partition.last_known_elr) == ((), ())
    cluster.check_replay()


def test_a_start_after_a_crash_ends_the_session_before_it(cluster: Cluster) -> None:
    cluster.create("orders")
    before = cluster.image.brokers.by_id[1].broker_epoch
    records = start(cluster, is_clean=False)
    assert summary(records) == [
        ("PartitionChange", 0, [], -1),
        ("BrokerRegistrationChange",),
        ("RegisterBroker",),
        ("BrokerRegistrationChange",),
        ("PartitionChange", 0, [1], 1),
    ]
    assert (records[1].fenced, records[1].broker_epoch) == (1, before)  # type: ignore[attr-defined]
    [partition] = cluster.image.topics.by_name["orders"].partitions
    assert (partition.leader_epoch, partition.leader_recovery_state) == (2, RECOVERING)
    cluster.check_replay()


def test_each_start_raises_the_leader_epoch_by_two(cluster: Cluster) -> None:
    cluster.create("orders", 3)
    for number in range(1, 5):
        if number % 2:
            stop(cluster)
        start(cluster, is_clean=bool(number % 2))
        partitions = cluster.image.topics.by_name["orders"].partitions
        assert [(p.leader, p.leader_epoch) for p in partitions] == [(1, 2 * number)] * 3


def test_a_clean_stop_that_was_not_recorded_keeps_the_eligibility(cluster: Cluster) -> None:
    """So leave directories that were closed by a version that recorded no stop."""
    cluster.create("orders")
    start(cluster)
    [partition] = cluster.image.topics.by_name["orders"].partitions
    assert (partition.leader, partition.leader_epoch, partition.leader_recovery_state) == (1, 2, 0)


def test_a_stop_that_nothing_depends_on_is_a_fence_alone(cluster: Cluster) -> None:
    records = stop(cluster)
    assert summary(records) == [("BrokerRegistrationChange",)]
    assert stop(cluster) == [], "and is not recorded twice"


def test_brokers_that_are_not_there_lead_nothing(cluster: Cluster) -> None:
    """A directory out of a cluster of several: what they held in sync is this broker's, where it was in sync too."""
    cluster.register(2)
    topic = cluster.create("orders", 3)
    held = [([1, 2], [1, 2], 2), ([2], [2], 2), ([2, 1], [2], 2)]
    changes = [
        PartitionChangeRecord(partition_id=index, topic_id=topic.topic_id, replicas=replicas, isr=isr, leader=leader)
        for index, (replicas, isr, leader) in enumerate(held)
    ]
    cluster.commit(Result(changes, None))
    start(cluster)
    assert cluster.image.brokers.by_id[2].is_fenced
    partitions = cluster.image.topics.by_name["orders"].partitions
    assert [(p.leader, p.isr) for p in partitions] == [(1, (1,)), (-1, ()), (-1, ())]
    assert [p.eligible_leader_replicas for p in partitions] == [(), (2,), (2,)]
