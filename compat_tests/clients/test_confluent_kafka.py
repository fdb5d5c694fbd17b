"""Features that only confluent-kafka has: deep pipelines, and its own admin calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicCollection, TopicPartition
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from compat_tests.broker_process import Broker
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.model import DEADLINE_S, ClientError, Record
from compat_tests.clients.scenarios import PAST_MS, Kit, check_same, poll
from compat_tests.raw_protocol import fetch

MakeKit = Callable[[], Kit]


@pytest.fixture(scope="module")
def client(broker: Broker) -> Iterator[ConfluentKafka]:
    """Return a client of this module's own."""
    client = ConfluentKafka(broker.bootstrap_servers)
    yield client
    client.close()


@pytest.mark.parametrize("idempotent", [False, True], ids=["plain", "idempotent"])
def test_deep_pipeline_keeps_order(broker: Broker, make_kit: MakeKit, client: ConfluentKafka, idempotent: bool) -> None:
    """One record per request, many requests under way on one connection."""
    topic = make_kit().create_topic()
    failed: list[KafkaError] = []
    settings = {"bootstrap.servers": broker.bootstrap_servers, "batch.num.messages": 1, "linger.ms": 0}
    producer = Producer(settings | {"enable.idempotence": idempotent})
    for number in range(1000):
        producer.produce(topic, b"%d" % number, on_delivery=lambda error, _: failed.append(error) if error else None)
    assert producer.flush(DEADLINE_S) == 0
    assert not failed
    assert [record.value for record in client.consume(topic, 1000)] == [b"%d" % number for number in range(1000)]


def test_records_of_every_size(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """From one byte to a megabyte, over batches of every size."""
    topic = make_kit().create_topic(max_message_bytes="4000000")
    sizes = [1 << power for power in range(0, 22, 3)] + [1_500_000, 3, 70_000, 1]
    sent = [Record(bytes([index]) * size) for index, size in enumerate(sizes)]
    client.produce(topic, sent)
    check_same(client.consume(topic, len(sent)), sent)


def test_fetch_limits(broker: Broker, make_kit: MakeKit, client: ConfluentKafka) -> None:
    """A consumer that takes little at a time still gets batches larger than its limit."""
    kit = make_kit()
    topic = kit.create_topic(3)
    for partition in range(3):
        client.produce(topic, [Record(bytes([number]) * 50_000, partition=partition) for number in range(5)])
    settings = {"fetch.message.max.bytes": 1000, "fetch.max.bytes": 1_000_000, "message.max.bytes": 1_000_000}
    consumer = client.open_consumer(settings)
    consumer.assign([TopicPartition(topic, partition, 0) for partition in range(3)])
    try:
        seen: list[tuple[int | None, int | None]] = []

        def poll_once() -> bool:
            seen.extend((message.partition(), message.offset()) for message in consumer.consume(20, 0.2))
            return len(seen) == 15

        poll(poll_once)
        assert sorted(seen) == [(partition, offset) for partition in range(3) for offset in range(5)]
    finally:
        consumer.close()


def test_list_offsets(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """By time and by every special name, through the admin client."""
    topic = make_kit().create_topic()
    for at in (PAST_MS, PAST_MS + 9000, PAST_MS + 10):
        client.produce(topic, [Record(b"v", timestamp_ms=at)])

    def find(spec: OffsetSpec) -> int:
        return int(client.settle(client.admin.list_offsets({TopicPartition(topic, 0): spec})).offset)

    assert find(OffsetSpec.earliest()) == 0
    assert find(OffsetSpec.latest()) == 3
    assert find(OffsetSpec.max_timestamp()) == 1
    assert find(OffsetSpec.for_timestamp(PAST_MS + 5)) == 1


def test_describes_topics_and_cluster(broker: Broker, make_kit: MakeKit, client: ConfluentKafka) -> None:
    """Leaders, replicas and in-sync replicas; the cluster has an id."""
    kit = make_kit()
    topic = kit.create_topic(2)
    cluster = client.admin.describe_cluster(request_timeout=DEADLINE_S).result(DEADLINE_S)
    (node,) = cluster.nodes
    assert (node.host, node.port) == ("127.0.0.1", broker.port)
    assert cluster.cluster_id
    found = client.settle(client.admin.describe_topics(TopicCollection([topic])))
    assert [partition.id for partition in found.partitions] == [0, 1]
    for partition in found.partitions:
        assert partition.leader.id == node.id
        assert [replica.id for replica in partition.replicas] == [replica.id for replica in partition.isr] == [node.id]


def test_incremental_configs(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """Append, subtract and delete."""
    topic = make_kit().create_topic()

    def alter(operation: AlterConfigOpType, value: str | None) -> None:
        entry = ConfigEntry("cleanup.policy", value, incremental_operation=operation)
        resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
        client.settle(client.admin.incremental_alter_configs([resource]))

    for operation, value, expected in (
        (AlterConfigOpType.APPEND, "compact", "delete,compact"),
        (AlterConfigOpType.SUBTRACT, "delete", "compact"),
        (AlterConfigOpType.DELETE, None, "delete"),
    ):
        alter(operation, value)
        poll(lambda expected=expected: client.describe_configs(topic)["cleanup.policy"] == expected)  # type: ignore[misc]


def test_keyless_record_on_a_compacted_topic(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """Refused with INVALID_RECORD; records with keys go on."""
    topic = make_kit().create_topic(cleanup_policy="compact")
    with pytest.raises(ClientError) as raised:
        client.produce(topic, [Record(b"no key")])
    assert raised.value.name == "INVALID_RECORD"
    assert [place.offset for place in client.produce(topic, [Record(b"v", b"k")])] == [0]


def test_timestamp_too_far_ahead(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """Refused with INVALID_TIMESTAMP when message.timestamp.before.max.ms says so."""
    topic = make_kit().create_topic(message_timestamp_before_max_ms="60000")
    with pytest.raises(ClientError) as raised:
        client.produce(topic, [Record(b"old", b"k", timestamp_ms=PAST_MS)])
    assert raised.value.name == "INVALID_TIMESTAMP"


@pytest.mark.parametrize("codec", ["gzip", "lz4", "zstd", "uncompressed"])
def test_topic_that_recompresses(make_kit: MakeKit, client: ConfluentKafka, codec: str) -> None:
    """compression.type of the topic wins over the producer's."""
    kit = make_kit()
    topic = kit.create_topic(compression_type=codec)
    sent = [Record(b"compressible " * 50, b"%d" % number, (("h", b"1"),)) for number in range(20)]
    client.produce(topic, sent, compression="snappy")
    assert {batch.codec for batch in kit.read_batches(topic)} == {codec.replace("uncompressed", "none")}
    check_same(client.consume(topic, 20), sent)


def test_zstd_topic_and_an_old_fetch(broker: Broker, make_kit: MakeKit, client: ConfluentKafka) -> None:
    """Before KIP-110 a consumer knew no zstd: Kafka 3.9 refuses it the topic, Kafka 4 serves what is stored."""
    topic = make_kit().create_topic(compression_type="zstd")
    client.produce(topic, [Record(b"v")])
    error, records = fetch(broker.port, topic, 0, 0, version=4)
    assert (error, bool(records)) == ((0, True) if broker.version >= (4,) else (76, False))


def test_consumer_of_an_unknown_topic(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """Not created by asking for it; once it is there, the waiting consumer finds it by itself."""
    topic = make_kit().new_name()
    consumer = client.open_consumer({"allow.auto.create.topics": False, "topic.metadata.refresh.interval.ms": 200})
    consumer.assign([TopicPartition(topic, 0, 0)])
    try:
        assert not _has_value(consumer, b"v")
        assert topic not in client.list_topics()
        client.create_topic(topic)
        client.produce(topic, [Record(b"v")])
        poll(lambda: _has_value(consumer, b"v"))
    finally:
        consumer.close()


def _has_value(consumer: Consumer, value: bytes) -> bool:
    message = consumer.poll(0.2)
    return message is not None and message.error() is None and message.value() == value


def test_create_topics_validates(make_kit: MakeKit, client: ConfluentKafka) -> None:
    """More replicas than brokers, and both a count and an assignment, are refused; validate-only creates nothing."""
    kit = make_kit()
    topic = kit.new_name()
    with pytest.raises(KafkaException) as raised:
        (future,) = client.admin.create_topics([NewTopic(topic, 1, 3)]).values()
        future.result(DEADLINE_S)
    assert raised.value.args[0].code() == KafkaError.INVALID_REPLICATION_FACTOR
    (future,) = client.admin.create_topics([NewTopic(topic, 1, 1)], validate_only=True).values()
    future.result(DEADLINE_S)
    assert topic not in client.list_topics()
