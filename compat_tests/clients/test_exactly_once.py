"""Consume, transform, produce with a group member: every record comes out once, however often the broker is killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import Broker, BrokerChoice
from compat_tests.clients.transactional_clients import CALL_TIMEOUT_S, read_with_confluent

PARTITION_COUNT = 2
RECORD_COUNT = 120
BATCH_COUNT = 10
KILLS = {3: "begin", 6: "end", 9: "commit"}
"""Transaction -> before which of its steps broker and application are killed.

Both at once, because librdkafka 2.16 sends no offsets over a connection that was lost: its call never returns, with
Apache Kafka neither."""
DEADLINE_S = 100.0


@pytest.fixture(scope="module")
def broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Return a separate broker, to be killed."""
    one = broker_choice.create(tmp_path_factory.mktemp("exactly-once"))
    one.start()
    try:
        yield one
        one.stop()
    finally:
        one.kill()


class Killed(Exception):
    """The application ends here."""


class Processor:
    """An application: a group member and a transactional producer, begun anew after every failure."""

    def __init__(self, broker: Broker, source: str, target: str) -> None:
        self._broker = broker
        self._source = source
        self._target = target
        self.consumer = Consumer(
            {
                "bootstrap.servers": broker.bootstrap_servers,
                "group.id": f"{source}-group",
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "isolation.level": "read_committed",
                "session.timeout.ms": 6000,
                "reconnect.backoff.max.ms": 200,
                "log_level": 0,
            }
        )
        self.producer = Producer(
            {
                "bootstrap.servers": broker.bootstrap_servers,
                "transactional.id": f"{source}-processor",
                "transaction.timeout.ms": 20_000,
                "reconnect.backoff.max.ms": 200,
                "log_level": 0,
            }
        )
        self.producer.init_transactions(CALL_TIMEOUT_S)
        self.consumer.subscribe([source])

    def step(self, before: Callable[[str], None]) -> int:
        """Process what has come in one transaction; returns how many records that were."""
        messages: list[Message] = [one for one in self.consumer.consume(BATCH_COUNT, 1.0) if one.error() is None]
        if not messages:
            return 0
        before("begin")
        self.producer.begin_transaction()
        for message in messages:
            self.producer.produce(self._target, message.value().upper(), partition=message.partition())
        places = self.consumer.position(self.consumer.assignment())
        self.producer.send_offsets_to_transaction(places, self.consumer.consumer_group_metadata(), CALL_TIMEOUT_S)
        before("commit")
        self.producer.commit_transaction(CALL_TIMEOUT_S)
        before("end")
        return len(messages)

    def close(self) -> None:
        """Let go of everything."""
        try:
            self.producer.purge()
            self.producer.flush(0)
        except KafkaException:
            pass  # it is fenced
        self.consumer.close()


def test_every_record_comes_out_once(broker: Broker, topic_name: Callable[[], str]) -> None:
    source, target = topic_name(), topic_name()
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers})
    for future in admin.create_topics([NewTopic(name, PARTITION_COUNT, 1) for name in (source, target)]).values():
        future.result(CALL_TIMEOUT_S)
    fill(broker, source)
    step_count, done_count = 0, 0
    deadline = time.monotonic() + DEADLINE_S
    processor: Processor | None = None
    while done_count < RECORD_COUNT:
        assert time.monotonic() < deadline, f"{done_count} records after {step_count} steps"
        step_count += 1
        try:
            processor = processor or Processor(broker, source, target)
            processor.step(lambda here, number=step_count: kill_at(broker, number, here))
        except (KafkaException, Killed):
            if processor is not None:
                processor.close()
            processor = None
            continue  # its offsets are not decided before a successor begins
        done_count = committed_count(broker, source)
    if processor is not None:
        processor.close()
    assert step_count >= max(KILLS)
    for partition in range(PARTITION_COUNT):
        given = read_with_confluent(broker.bootstrap_servers, source, partition, "read_committed")
        assert read_with_confluent(broker.bootstrap_servers, target, partition, "read_committed") == [
            value.upper() for value in given
        ]


def kill_at(broker: Broker, step: int, here: str) -> None:
    """Kill the broker where its time has come, and raise Killed for the application."""
    if KILLS.get(step) == here:
        broker.restart(crash=True)
        raise Killed


def fill(broker: Broker, topic: str) -> None:
    """Write the input."""
    producer = Producer({"bootstrap.servers": broker.bootstrap_servers})
    for number in range(RECORD_COUNT):
        producer.produce(topic, b"record %d" % number, partition=number % PARTITION_COUNT)
    assert producer.flush(CALL_TIMEOUT_S) == 0


def committed_count(broker: Broker, topic: str) -> int:
    """Return the number of records that the group has committed, after waiting for ending transactions."""
    consumer = Consumer({"bootstrap.servers": broker.bootstrap_servers, "group.id": f"{topic}-group", "log_level": 0})
    try:
        places = [TopicPartition(topic, partition) for partition in range(PARTITION_COUNT)]
        return sum(max(place.offset, 0) for place in consumer.committed(places, timeout=CALL_TIMEOUT_S))
    finally:
        consumer.close()
