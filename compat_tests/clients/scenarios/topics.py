"""Topics: metadata, administration, configs."""

from __future__ import annotations

from compat_tests.clients.model import LATEST, Client, Record
from compat_tests.clients.scenarios.kit import (
    NEGOTIATED,
    Kit,
    check_error,
    check_same,
    is_led,
    make_records,
    poll,
    scenario,
)
from compat_tests.raw_protocol import has_leaders


@scenario(NEGOTIATED)
def auto_created_topic(client: Client, kit: Kit) -> None:
    """Producing to an unknown name creates the topic."""
    topic = kit.new_name()
    sent = make_records(3)
    client.produce(topic, sent)
    assert topic in kit.reference.list_topics()
    check_same(client.consume(topic, 3), sent)


@scenario("metadata", NEGOTIATED)
def sees_brokers_and_topics(client: Client, kit: Kit) -> None:
    """One broker, at the address the client came in by, leads everything."""
    topic = kit.create_topic(3)
    cluster = client.describe_cluster()
    assert list(cluster.brokers.values()) == [("127.0.0.1", kit.broker.port)]
    (node_id,) = cluster.brokers
    assert cluster.controller_id in (node_id, None)
    assert client.describe_topic(topic) == {0: node_id, 1: node_id, 2: node_id}
    assert topic in client.list_topics()


@scenario("admin")
def creates_and_deletes_topics(client: Client, kit: Kit) -> None:
    """And a topic made anew under its old name is empty."""
    topic = kit.new_name()
    client.create_topic(topic, 2, {"retention.ms": "-1"})
    poll(lambda: is_led(client, topic, 2))
    assert topic in client.list_topics()
    client.produce(topic, [Record(b"v", partition=1)])
    client.delete_topic(topic)
    poll(lambda: topic not in client.list_topics())
    client.create_topic(topic, 1)
    poll(lambda: is_led(client, topic, 1))
    assert client.find_offsets(topic, [0], LATEST) == {0: 0}


@scenario("admin")
def refuses_wrong_topics(client: Client, kit: Kit) -> None:
    """Names taken, unknown and impossible; counts and configs that cannot be."""
    topic = kit.create_topic(2)
    check_error("TOPIC_ALREADY_EXISTS", client.create_topic, topic)
    check_error("UNKNOWN_TOPIC_OR_PARTITION", client.delete_topic, kit.new_name())
    check_error("INVALID_TOPIC_EXCEPTION", client.create_topic, "not a name")
    check_error("INVALID_PARTITIONS", client.create_topic, kit.new_name(), 0)
    check_error("INVALID_PARTITIONS", client.create_partitions, topic, 2)
    check_error("INVALID_CONFIG", client.create_topic, kit.new_name(), 1, {"retention.ms": "soon"})


@scenario("admin")
def adds_partitions(client: Client, kit: Kit) -> None:
    """Records stay, and the new partitions take some."""
    topic = kit.create_topic(1)
    client.produce(topic, make_records(3))
    client.create_partitions(topic, 4)
    poll(lambda: is_led(client, topic, 4))
    poll(lambda: has_leaders(kit.broker.port, topic, 4))  # metadata names a leader before it leads
    assert client.find_offsets(topic, range(4), LATEST) == {0: 3, 1: 0, 2: 0, 3: 0}
    kit.reference.produce(topic, [Record(b"v", partition=3)])
    assert len(client.consume(topic, 1, partitions=[3])) == 1


@scenario("describe configs", "alter configs")
def describes_and_alters_configs(client: Client, kit: Kit) -> None:
    """Configs that were set, altered or default; an altered config takes effect at once."""
    topic = kit.create_topic(segment_bytes="1048576")
    configs = client.describe_configs(topic)
    assert (configs["segment.bytes"], configs["retention.ms"]) == ("1048576", "-1")
    assert (configs["cleanup.policy"], configs["max.message.bytes"]) == ("delete", "1048588")
    client.alter_configs(topic, {"max.message.bytes": "5000"})
    poll(lambda: client.describe_configs(topic)["max.message.bytes"] == "5000")
    check_error("MESSAGE_TOO_LARGE", client.produce, topic, [Record(b"x" * 6000)])
    check_error("INVALID_CONFIG", client.alter_configs, topic, {"max.message.bytes": "many"})
