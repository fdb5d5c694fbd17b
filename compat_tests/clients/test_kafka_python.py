"""Features that only kafka-python has: its wide admin client, and its guess at the broker's release."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import AlterConfigOp, ConfigResource, ConfigResourceType, KafkaAdminClient, OffsetSpec
from kafka.errors import TopicAlreadyExistsError

from compat_tests.broker_process import Broker
from compat_tests.clients.kafka_python_client import KafkaPython
from compat_tests.clients.model import Record
from compat_tests.clients.scenarios import PAST_MS, Kit, make_records, poll

MakeKit = Callable[[], Kit]


NEWEST_KNOWN = (4, 3)
"""The newest release that the library distinguishes."""


@pytest.fixture(scope="module")
def client(broker: Broker) -> Iterator[KafkaPython]:
    """Return a client of this module's own."""
    client = KafkaPython(broker.bootstrap_servers)
    yield client
    client.close()


@pytest.fixture(scope="module")
def admin(client: KafkaPython) -> KafkaAdminClient:
    """Return the library's admin client."""
    return client.admin


def test_infers_the_release(broker: Broker) -> None:
    """From the versions advertised the library concludes which Kafka it talks to."""
    consumer = KafkaConsumer(bootstrap_servers=broker.bootstrap_servers)
    try:
        consumer.topics()
        assert consumer.config["api_version"] == min(broker.version[:2], NEWEST_KNOWN)
    finally:
        consumer.close()


def test_topics_by_id(admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """Topics are described and deleted by their ids."""
    topic = make_kit().create_topic(2)
    (by_name,) = admin.describe_topics([topic])
    topic_id = uuid.UUID(str(by_name["topic_id"]))
    (by_id,) = admin.describe_topics([topic_id])
    assert (by_id["name"], len(by_id["partitions"])) == (topic, 2)
    admin.delete_topics([topic_id])
    poll(lambda: topic not in admin.list_topics())


def test_validate_only_creates_nothing(admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """The answer is the same as for a creation, and there is no topic."""
    kit = make_kit()
    topic = kit.new_name()
    answer = admin.create_topics({topic: {"num_partitions": 3, "replication_factor": 1}}, validate_only=True)
    (created,) = answer["topics"]
    assert (created["error_code"], created["num_partitions"], created["replication_factor"]) == (0, 3, 1)
    assert created["configs"]["cleanup.policy"]["value"] == "delete"
    assert topic not in admin.list_topics()


def test_create_many_with_assignments(admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """Several topics in one request, one of them refused, one with its replicas spelled out."""
    kit = make_kit()
    (node_id,) = kit.reference.describe_cluster().brokers
    taken, counted, assigned, defaults = kit.create_topic(), kit.new_name(), kit.new_name(), kit.new_name()
    wanted: dict[str, dict[str, Any]] = {
        taken: {"num_partitions": 1, "replication_factor": 1},
        counted: {"num_partitions": 4, "replication_factor": 1},
        assigned: {"assignments": {0: [node_id], 1: [node_id]}},
        defaults: {},
    }
    with pytest.raises(TopicAlreadyExistsError):
        admin.create_topics(wanted)
    counts = {counted: 4, assigned: 2, defaults: 1}
    poll(lambda: all(len(kit.reference.describe_topic(topic)) == count for topic, count in counts.items()))


def test_special_offsets(client: KafkaPython, admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """Earliest, latest, the largest timestamp, and the two of tiered storage, of which there is none."""
    topic = make_kit().create_topic()
    times = [PAST_MS, PAST_MS + 9000, PAST_MS + 10]
    for at in times:
        client.produce(topic, [Record(b"v", timestamp_ms=at)])
    where = TopicPartition(topic, 0)

    def find(spec: OffsetSpec) -> tuple[int, int]:
        found = admin.list_partition_offsets({where: spec})[where]
        return found.offset, found.timestamp

    assert find(OffsetSpec.EARLIEST)[0] == 0
    assert find(OffsetSpec.LATEST)[0] == 3
    assert find(OffsetSpec.MAX_TIMESTAMP) == (1, PAST_MS + 9000)
    assert find(OffsetSpec.EARLIEST_LOCAL)[0] == 0
    assert find(OffsetSpec.LATEST_TIERED)[0] == -1


def test_describe_log_dirs(client: KafkaPython, admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """The size of the written records, in one directory."""
    topic = make_kit().create_topic(2)
    client.produce(topic, [Record(b"x" * 5000, partition=1)])
    (node,) = admin.describe_log_dirs()
    (directory,) = node["log_dirs"]
    assert directory["error_code"] == 0
    (found,) = (entry for entry in directory["topics"] if entry["name"] == topic)
    sizes = {entry["partition_index"]: entry["partition_size"] for entry in found["partitions"]}
    assert sizes[0] == 0
    assert 5000 < sizes[1] < 5200


def test_describe_producers(client: KafkaPython, admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """The idempotent producer and its last sequence."""
    topic = make_kit().create_topic()
    client.produce(topic, make_records(7), idempotent=True)
    where = TopicPartition(topic, 0)
    (producer,) = admin.describe_producers([where])[where].active_producers
    assert producer.last_sequence == 6
    assert (producer.producer_epoch, producer.current_transaction_start_offset) == (0, -1)


def test_describe_quorum(broker: Broker, admin: KafkaAdminClient) -> None:
    """One voter, which leads and has all of the metadata log."""
    (topic,) = admin.describe_metadata_quorum()["topics"]
    (partition,) = topic["partitions"]
    (voter,) = partition["current_voters"]
    assert topic["topic_name"] == "__cluster_metadata"
    assert partition["leader_id"] == voter["replica_id"]
    assert 0 < partition["high_watermark"] <= voter["log_end_offset"]


def test_describe_topic_partitions_in_pages(admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """A page ends where the limit says, and the cursor leads on."""
    topic = make_kit().create_topic(5)
    first = admin.describe_topic_partitions([topic], response_partition_limit=3)
    assert [partition["partition_index"] for partition in first["topics"][0]["partitions"]] == [0, 1, 2]
    assert first["next_cursor"] == {"topic_name": topic, "partition_index": 3}
    rest = admin.describe_topic_partitions([topic], cursor=first["next_cursor"])
    assert [partition["partition_index"] for partition in rest["topics"][0]["partitions"]] == [3, 4]
    assert rest["next_cursor"] is None


def test_list_config_resources(broker: Broker, admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """Topics and brokers by name (Kafka 4.1 and later)."""
    if broker.version < (4, 1):
        pytest.skip("only client metrics before Kafka 4.1")
    kit = make_kit()
    topic = kit.create_topic()
    found = admin.list_config_resources()
    assert topic in found["topic"]
    assert found["broker"] == [str(node_id) for node_id in kit.reference.describe_cluster().brokers]


def test_features(broker: Broker, admin: KafkaAdminClient) -> None:
    """As the release finalizes them."""
    features = admin.describe_features()
    expected = (
        {"metadata.version": 33, "group.version": 1, "transaction.version": 2} if broker.version >= (4, 4) else {}
    )
    for name, level in expected.items():
        assert features[name]["finalized"] == (level, level), name
    assert features["metadata.version"]["supported"][0] <= features["metadata.version"]["finalized"][0]


def test_append_and_subtract_configs(admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """Lists are changed by item; a deleted config is the default again, and says where it comes from."""
    topic = make_kit().create_topic()

    def alter(operation: AlterConfigOp, value: str | None) -> None:
        configs = {"cleanup.policy": (operation, value)}
        answer = admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs=configs)])
        assert "Error" not in str(answer), answer

    def describe() -> tuple[str, str]:
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, configs={"cleanup.policy": None})
        entry = admin.describe_configs([resource], config_filter="all")["topic"][topic]["cleanup.policy"]
        return entry["value"], entry["config_source"]

    assert describe() == ("delete", "DEFAULT_CONFIG")
    alter(AlterConfigOp.APPEND, "compact")
    poll(lambda: describe() == ("delete,compact", "DYNAMIC_TOPIC_CONFIG"))
    alter(AlterConfigOp.SUBTRACT, "delete")
    poll(lambda: describe() == ("compact", "DYNAMIC_TOPIC_CONFIG"))
    alter(AlterConfigOp.DELETE, None)
    poll(lambda: describe() == ("delete", "DEFAULT_CONFIG"))


def test_dynamic_broker_config(broker: Broker, admin: KafkaAdminClient, make_kit: MakeKit) -> None:
    """A broker's default altered at run time is what topics without their own inherit."""
    kit = make_kit()
    topic = kit.create_topic()
    (node_id,) = kit.reference.describe_cluster().brokers

    def inherited() -> str | None:
        return kit.reference.describe_configs(topic)["flush.ms"]

    resource = ConfigResource(ConfigResourceType.BROKER, str(node_id), configs={"log.flush.interval.ms": "54321"})
    answer = admin.alter_configs([resource])
    assert "Error" not in str(answer), answer
    poll(lambda: inherited() == "54321")
    admin.reset_configs([ConfigResource(ConfigResourceType.BROKER, str(node_id), configs=["log.flush.interval.ms"])])
    poll(lambda: inherited() == "9223372036854775807")


def test_fetch_sessions_over_many_topics(broker: Broker, client: KafkaPython, make_kit: MakeKit) -> None:
    """One consumer on 30 partitions of 10 topics, of which few change at a time, and which are exchanged meanwhile."""
    kit = make_kit()
    topics = [kit.create_topic(3) for _ in range(10)]
    everywhere = [TopicPartition(topic, partition) for topic in topics for partition in range(3)]
    consumer = KafkaConsumer(bootstrap_servers=broker.bootstrap_servers, auto_offset_reset="earliest")

    def check_round(chosen: list[TopicPartition], text: bytes) -> None:
        for where in chosen:
            client.produce(where.topic, [Record(text, partition=where.partition)])
        seen: dict[TopicPartition, bytes] = {}

        def poll_once() -> bool:
            for where, records in consumer.poll(timeout_ms=500).items():
                for record in records:
                    assert where not in seen
                    seen[where] = record.value
            return len(seen) == len(chosen)

        poll(poll_once)
        assert seen == dict.fromkeys(chosen, text)

    try:
        consumer.assign(everywhere)
        check_round(everywhere, b"all")
        check_round(everywhere[5:8], b"few")
        consumer.assign(everywhere[10:20])
        consumer.seek_to_end()
        for where in everywhere[10:20]:
            consumer.position(where)
        check_round(everywhere[12:14], b"fewer assigned")
    finally:
        consumer.close()


def test_unknown_topic_without_auto_create(broker: Broker, make_kit: MakeKit) -> None:
    """The topic is not created implicitly; once it exists, the same consumer finds it."""
    kit = make_kit()
    topic = kit.new_name()
    consumer = KafkaConsumer(bootstrap_servers=broker.bootstrap_servers, allow_auto_create_topics=False)
    try:
        assert not consumer.partitions_for_topic(topic)
        assert topic not in kit.reference.list_topics()
        kit.reference.create_topic(topic)
        poll(lambda: consumer.partitions_for_topic(topic) == {0})
    finally:
        consumer.close()
