"""A broker joins its own cluster."""

from __future__ import annotations

from kafkalite.cluster.brokers import BrokerRegistration, is_registered_as, register_broker
from kafkalite.cluster.image import Endpoint
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
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
    assert broker.features["metadata.version"] == (7, 30)


def test_each_registration_has_a_higher_epoch(cluster: Cluster) -> None:
    epochs = [cluster.commit(register_broker(cluster.image, registration())) for _ in range(3)]
    assert epochs == sorted(set(epochs))


def test_what_is_registered_already_needs_no_record(cluster: Cluster) -> None:
    assert not is_registered_as(cluster.image, registration())
    cluster.commit(register_broker(cluster.image, registration()))
    assert is_registered_as(cluster.image, registration())
    assert not is_registered_as(cluster.image, registration(9093))
    assert not is_registered_as(cluster.image, registration(rack="r"))
    assert not is_registered_as(cluster.image, registration(broker_id=2))
    epoch = cluster.image.brokers.by_id[1].broker_epoch
    cluster.commit(Result([BrokerRegistrationChangeRecord(broker_id=1, broker_epoch=epoch, fenced=1)], None))
    assert not is_registered_as(cluster.image, registration())


def test_partitions_that_its_stop_left_without_leader_are_led_again(cluster: Cluster) -> None:
    topic = cluster.create("orders", 3)
    stop = [
        PartitionChangeRecord(
            partition_id=index,
            topic_id=topic.topic_id,
            isr=[],
            leader=-1,
            eligible_leader_replicas=[1],
            last_known_elr=[1],
        )
        for index in (0, 2)
    ]
    cluster.commit(Result(stop, None))
    assert not is_registered_as(cluster.image, registration())
    result = register_broker(cluster.image, registration())
    assert summary(result.records)[2:] == [("PartitionChange", 0, [1], 1), ("PartitionChange", 2, [1], 1)]
    cluster.commit(result)
    led = [
        (p.leader, p.isr, p.leader_epoch, p.eligible_leader_replicas)
        for p in cluster.image.topics.by_name["orders"].partitions
    ]
    assert led == [(1, (1,), 2, ()), (1, (1,), 0, ()), (1, (1,), 2, ())]


def test_partitions_of_others_are_left_alone(cluster: Cluster) -> None:
    topic = cluster.create("orders", 1)
    change = PartitionChangeRecord(partition_id=0, topic_id=topic.topic_id, isr=[2], replicas=[2], leader=-1)
    cluster.commit(Result([change], None))
    assert len(register_broker(cluster.image, registration()).records) == 2
