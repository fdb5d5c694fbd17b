"""Topics that the environment asks for."""

from __future__ import annotations

import logging

import pytest

from kafkalite.broker.metadata.start_topics import create_start_topics
from kafkalite.cluster.resource_types import TOPIC
from kafkalite.settings.image_variables import StartTopic
from tests.broker.played_broker import PlayedBroker
from tests.embedded_server import EmbeddedServer, run


def topic(name: str, partitions: int = -1, replicas: int = -1, policy: str | None = None) -> StartTopic:
    return StartTopic(name, partitions, replicas, policy, "KAFKA_CREATE_TOPICS")


def test_topics_are_created_once(caplog: pytest.LogCaptureFixture) -> None:
    broker = PlayedBroker(properties={"num.partitions": "4"})
    wanted = [topic("orders", 3, 1), topic("users", 1, 1, "compact"), topic("plain"), topic("orders", 5, 1)]
    create_start_topics(broker.broker, wanted)
    create_start_topics(broker.broker, wanted)
    image = broker.broker.metadata.image
    counts = {name: len(found.partitions) for name, found in image.topics.by_name.items()}
    assert counts == {"orders": 3, "users": 1, "plain": 4}
    assert image.configs.of(TOPIC, "users") == {"cleanup.policy": "compact"}
    assert broker.produce(b"x", topic="orders", partition=2).error_code == 0
    assert caplog.records == []


def test_replicas_that_cannot_be_had_are_told(caplog: pytest.LogCaptureFixture) -> None:
    broker = PlayedBroker()
    create_start_topics(broker.broker, [topic("orders", 2, 3)])
    assert len(broker.broker.metadata.image.topics.by_name["orders"].partitions) == 2
    assert caplog.messages == ["KAFKA_CREATE_TOPICS: topic orders gets 1 replica instead of 3: there is one node"]


def test_a_topic_that_cannot_be_is_told_and_hinders_no_other(caplog: pytest.LogCaptureFixture) -> None:
    broker = PlayedBroker()
    create_start_topics(broker.broker, [topic("bad name"), topic("bad", 1, 1, "nonsense"), topic("good")])
    assert set(broker.broker.metadata.image.topics.by_name) == {"good"}
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert caplog.messages[0].startswith("KAFKA_CREATE_TOPICS: topic 'bad name' cannot be created: ")


def test_a_server_creates_them_before_clients_come() -> None:
    async def scene() -> list[str]:
        async with EmbeddedServer(environ={"KAFKA_CREATE_TOPICS": "orders:3:1"}) as embedded:
            return list(embedded.server.broker.metadata.image.topics.by_name)

    assert run(scene()) == ["orders"]
