"""Topics and configs, with a real broker."""

from __future__ import annotations

import pytest

from kafkalite.client import admin
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError, UnsupportedByBroker
from kafkalite.client.offsets import EARLIEST, TopicPartition, list_offsets
from kafkalite.client.producer import OutgoingRecord, Producer
from kafkalite.protocol.api_keys import CREATE_TOPICS
from kafkalite.records.builder import RecordData
from tests.client.scripted_broker import client_of, scripted


def changed(client: Client, topic: str) -> dict[str, str | None]:
    sources = admin.DYNAMIC_SOURCES[admin.TOPIC]
    entries = admin.describe_configs(client, admin.TOPIC, topic)
    return {entry.name: entry.value for entry in entries if entry.source in sources}


def test_the_life_of_a_topic(client: Client, topic: str) -> None:
    [made] = admin.create_topics(client, [topic], partitions=2, configs={"retention.ms": "5000"})
    assert (made.code, made.partition_count) == (0, 2)
    assert admin.wait_for_topics(client, [topic], admin.has_leaders)
    [again] = admin.create_topics(client, [topic])
    assert again.code == 36
    admin.alter_configs(
        client, admin.TOPIC, topic, {"retention.ms": (admin.DELETE, None), "segment.ms": (admin.SET, "9000")}
    )
    admin.create_partitions(client, topic, 3)
    assert admin.wait_for_topics(client, [topic], lambda found: len(found.partitions) == 3)
    assert changed(client, topic) == {"segment.ms": "9000"}
    [one] = admin.describe_configs(client, admin.TOPIC, topic, keys=["segment.ms"])
    assert (one.name, one.value, one.is_read_only) == ("segment.ms", "9000", False)
    assert topic in admin.list_topic_names(client)
    [gone, missing] = sorted(admin.delete_topics(client, [topic, f"{topic}-not"]))
    assert (gone.code, admin.is_missing(missing)) == (0, True)
    assert admin.wait_for_topics(client, [topic], admin.is_missing)


def test_nothing_happens_in_a_dry_run(client: Client, topic: str) -> None:
    [checked] = admin.create_topics(client, [topic], partitions=1, is_dry_run=True)
    assert (checked.code, topic in admin.list_topic_names(client)) == (0, False)


def test_refusals_are_raised(client: Client, topic: str) -> None:
    admin.create_topics(client, [topic], partitions=2)
    admin.wait_for_topics(client, [topic], admin.has_leaders)
    with pytest.raises(BrokerError, match="INVALID_PARTITIONS"):
        admin.create_partitions(client, topic, 1)
    with pytest.raises(BrokerError, match="INVALID_CONFIG"):
        admin.alter_configs(client, admin.TOPIC, topic, {"segment.ms": (admin.SET, "soon")})


def test_a_broker_is_asked_for_its_own_configs(client: Client) -> None:
    broker_id = min(client.brokers())
    configs = {entry.name: entry for entry in admin.describe_configs(client, admin.BROKER, str(broker_id))}
    assert configs["node.id"].value == str(broker_id)


def test_delete_records(client: Client, topic: str) -> None:
    Producer(client).send([OutgoingRecord(topic, RecordData(None, b""), 0) for _ in range(3)])
    partition = TopicPartition(topic, 0)
    assert admin.delete_records(client, {partition: 2}) == {partition: 2}
    assert list_offsets(client, {partition: EARLIEST}) == {partition: 2}
    with pytest.raises(BrokerError, match="OFFSET_OUT_OF_RANGE"):
        admin.delete_records(client, {partition: 99})


def test_waiting_ends() -> None:
    with scripted() as broker, client_of(broker) as (client, clock):
        assert not admin.wait_for_topics(client, ["nosuch"], admin.has_leaders)
        assert 3_000 <= clock.monotonic_ms() < 4_000


def test_old_brokers_choose_no_defaults() -> None:
    with scripted() as broker, client_of(broker) as (client, _):
        broker.ranges[CREATE_TOPICS] = (0, 3)
        with pytest.raises(UnsupportedByBroker, match="too old to choose the number of partitions"):
            admin.create_topics(client, ["t"], partitions=1)
