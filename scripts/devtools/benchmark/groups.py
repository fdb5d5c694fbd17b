"""The time until a group's first consumer has its first record, with librdkafka and Kafka's Java client."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from scripts.devtools.benchmark import load, wire
from scripts.devtools.benchmark.brokers import RunningBroker
from scripts.devtools.benchmark.measures import Figure, Scale

SUBSCRIPTIONS = 10
JAVA_WARM_UP = 5
JAVA_PROGRAM = Path(__file__).with_name("FirstRecord.java")
PATIENCE_S = 30.0
PROTOCOLS = ("classic", "consumer")


def first_group_message(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """From ``subscribe`` to the first record, in a new group each time; median and maximum of ten."""
    topic = "first-message"
    wire.create_topic(broker.host, broker.port, topic)
    load.pipelined(broker.host, broker.port, wire.produce_frame(topic, 100), 20, 1)
    for client, measure in (("librdkafka", _librdkafka_waits_ms), ("Java", _java_waits_ms)):
        for protocol in PROTOCOLS:
            waits_ms = measure(broker, topic, protocol)
            if not waits_ms:
                continue
            name = f"subscribe to first record, {client}, {protocol} protocol"
            yield Figure(name=f"{name}, median", unit="ms", value=statistics.median(waits_ms))
            yield Figure(name=f"{name}, maximum", unit="ms", value=max(waits_ms))


def _librdkafka_waits_ms(broker: RunningBroker, topic: str, protocol: str) -> list[float]:
    try:
        return [_wait_ms(broker, topic, protocol, f"bench-{protocol}-{n}") for n in range(SUBSCRIPTIONS)]
    except TimeoutError:  # a peer without this protocol never delivers
        return []


def _java_waits_ms(broker: RunningBroker, topic: str, protocol: str) -> list[float]:
    """One JVM for all subscriptions; its first ones warm it up and do not count. Empty where there is no Java."""
    from compat_tests.oracle.apache_kafka import OracleUnavailable, find_java, install

    try:
        command = [find_java(), "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", f"{install()}/*"]
    except OracleUnavailable:
        return []
    rounds = str(JAVA_WARM_UP + SUBSCRIPTIONS)
    arguments = [str(JAVA_PROGRAM), f"{broker.host}:{broker.port}", topic, protocol, rounds]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=4 * PATIENCE_S, check=False)
    return [float(line) for line in done.stdout.split()][JAVA_WARM_UP:] if done.returncode == 0 else []


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
