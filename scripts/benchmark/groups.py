"""How long a group's first consumer waits for its first record, with librdkafka as it comes from its registry."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from scripts.benchmark import load, wire
from scripts.benchmark.brokers import RunningBroker
from scripts.benchmark.measures import Figure, Scale

SUBSCRIPTIONS = 10
PATIENCE_S = 30.0
PROTOCOLS = ("classic", "consumer")


def first_group_message(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """From ``subscribe`` to the first record, in a new group each time; median and maximum."""
    topic = "first-message"
    wire.create_topic(broker.host, broker.port, topic)
    load.pipelined(broker.host, broker.port, wire.produce_frame(topic, 100), 20, 1)
    for protocol in PROTOCOLS:
        try:
            waits_ms = [_wait_ms(broker, topic, protocol, f"bench-{protocol}-{n}") for n in range(SUBSCRIPTIONS)]
        except TimeoutError:  # a peer without this protocol never delivers
            continue
        name = f"subscribe to first record, librdkafka, {protocol} protocol"
        yield Figure(name=f"{name}, median", unit="ms", value=statistics.median(waits_ms))
        yield Figure(name=f"{name}, maximum", unit="ms", value=max(waits_ms))


def _wait_ms(broker: RunningBroker, topic: str, protocol: str, group: str) -> float:
    from confluent_kafka import Consumer

    config = {
        "bootstrap.servers": f"{broker.host}:{broker.port}",
        "group.id": group,
        "group.protocol": protocol,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
    consumer = Consumer(config)
    try:
        started = time.perf_counter()
        consumer.subscribe([topic])
        while time.perf_counter() - started < PATIENCE_S:
            message = consumer.poll(1.0)
            if message is not None and message.error() is None:
                return (time.perf_counter() - started) * 1000
        raise TimeoutError(f"no record within {PATIENCE_S} s")
    finally:
        consumer.close()
