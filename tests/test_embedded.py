"""A broker in this process, used as a library."""

from __future__ import annotations

import asyncio
import pathlib
import threading

import pytest
from kafka import KafkaConsumer, KafkaProducer

import kafkalite
from kafkalite import KafkaLite
from kafkalite.settings import ConfigError
from kafkalite.system.clock import ManualClock

PATIENCE_MS = 30_000


def send(broker: KafkaLite, value: bytes) -> int:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap_servers)
    try:
        return int(producer.send("orders", value).get(PATIENCE_MS / 1000).offset)
    finally:
        producer.close()


def read(broker: KafkaLite) -> bytes:
    consumer = KafkaConsumer(
        "orders",
        bootstrap_servers=broker.bootstrap_servers,
        auto_offset_reset="earliest",
        consumer_timeout_ms=PATIENCE_MS,
    )
    try:
        return bytes(next(consumer).value)
    finally:
        consumer.close()


def test_records_go_through_and_nothing_is_left() -> None:
    before = threading.active_count()
    with KafkaLite(topics={"orders": 1}) as broker:
        assert send(broker, b"one") == 0
        assert read(broker) == b"one"
        assert broker.bootstrap_servers == f"127.0.0.1:{broker.port}"
    assert threading.active_count() == before


def test_several_at_once_and_a_directory_that_is_kept(tmp_path: pathlib.Path) -> None:
    with KafkaLite(topics={"orders": 1}, data=str(tmp_path)) as kept, KafkaLite(topics={"orders": 1}) as other:
        assert kept.port != other.port
        assert send(kept, b"kept") == send(other, b"gone") == 0
    with KafkaLite(data=str(tmp_path)) as kept:
        assert read(kept) == b"kept"


def test_it_runs_beside_a_loop_of_its_user() -> None:
    async def scene() -> int:
        with KafkaLite(topics={"orders": 1}) as broker:
            return await asyncio.to_thread(send, broker, b"one")

    assert asyncio.run(scene()) == 0


def test_the_clock_is_the_user_s() -> None:
    clock = ManualClock(1_234_000)
    with KafkaLite(topics={"orders": 1}, config={"log.message.timestamp.type": "LogAppendTime"}, clock=clock) as broker:
        consumer = KafkaConsumer(
            "orders",
            bootstrap_servers=broker.bootstrap_servers,
            auto_offset_reset="earliest",
            consumer_timeout_ms=PATIENCE_MS,
        )
        send(broker, b"one")
        clock.advance(60_000)
        send(broker, b"two")
        assert [next(consumer).timestamp for _ in range(2)] == [1_234_000, 1_294_000]
        consumer.close()


@pytest.mark.parametrize("config", [{"num.partitions": "many"}, {"authorizer.class.name": "a.b.C"}])
def test_what_cannot_be_served_is_told_where_it_was_asked_for(config: dict[str, str]) -> None:
    before = threading.active_count()
    with pytest.raises(ConfigError), KafkaLite(config=config):
        pytest.fail("it started")
    assert threading.active_count() == before


def test_the_package_offers_it_and_nothing_else() -> None:
    assert kafkalite.KafkaLite is KafkaLite
    with pytest.raises(AttributeError, match="no attribute 'Broker'"):
        _ = kafkalite.Broker
