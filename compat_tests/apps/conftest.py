"""A separate broker for each application, and access to the records that the application wrote."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from confluent_kafka import Consumer, IsolationLevel, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic, OffsetSpec

from compat_tests.broker_process import Broker, BrokerChoice
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.model import Record
from compat_tests.conftest import RUNNING

CALL_TIMEOUT_S = 20.0
Pair = tuple[bytes | None, bytes | None]


class Topics:
    """Creates, fills and reads topics, beside the application."""

    def __init__(self, broker: Broker) -> None:
        self._bootstrap_servers = broker.bootstrap_servers
        self._client = ConfluentKafka(broker.bootstrap_servers)
        self._admin = self._connect()

    def _connect(self) -> AdminClient:
        return AdminClient({"bootstrap.servers": self._bootstrap_servers, "log_level": 2})

    def create(self, *names: str, partition_count: int = 2) -> None:
        """Create topics."""
        for future in self._admin.create_topics([NewTopic(name, partition_count, 1) for name in names]).values():
            future.result(CALL_TIMEOUT_S)

    def write(self, topic: str, pairs: Sequence[Pair]) -> None:
        """Write keys with values."""
        self._client.produce(topic, [Record(value, key) for key, value in pairs], idempotent=True)

    def ends(self, topic: str, *, is_committed: bool, partition_count: int = 2) -> list[int]:
        """Return the end of each partition: for readers of committed records, or of all records."""
        level = IsolationLevel.READ_COMMITTED if is_committed else IsolationLevel.READ_UNCOMMITTED
        wanted = {TopicPartition(topic, number): OffsetSpec.latest() for number in range(partition_count)}
        deadline = time.monotonic() + CALL_TIMEOUT_S
        while True:
            try:
                found = self._admin.list_offsets(wanted, isolation_level=level, request_timeout=CALL_TIMEOUT_S)
                return [found[place].result(CALL_TIMEOUT_S).offset for place in wanted]
            except KafkaException:
                if time.monotonic() > deadline:
                    raise
                self._admin = self._connect()  # librdkafka never forgets the leader epoch it has seen first

    def has_open_transaction(self, topic: str, partition_count: int = 2) -> bool:
        """Whether something was written to the topic that is not committed yet."""
        committed = self.ends(topic, is_committed=True, partition_count=partition_count)
        return sum(committed) < sum(self.ends(topic, is_committed=False, partition_count=partition_count))

    def read(self, topic: str, partition_count: int = 2) -> list[Pair]:
        """Return what is committed, in the order of each partition."""
        consumer = Consumer(
            {
                "bootstrap.servers": self._bootstrap_servers,
                "group.id": "looking",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
            }
        )
        consumer.assign([TopicPartition(topic, number, 0) for number in range(partition_count)])
        pairs: list[Pair] = []
        ended: set[int] = set()
        try:
            while len(ended) < partition_count:
                message = consumer.poll(CALL_TIMEOUT_S)
                assert message is not None, f"{topic} has no end"
                if message.error() is None:
                    pairs.append((message.key(), message.value()))
                else:
                    ended.add(message.partition())
        finally:
            consumer.close()
        return pairs


@pytest.fixture
def app_broker(broker_choice: BrokerChoice, tmp_path: Path) -> Iterator[Broker]:
    """Run a broker for one application, which may be killed."""
    broker = broker_choice.create(tmp_path / "broker")
    broker.start()
    RUNNING.append(broker)
    try:
        yield broker
    finally:
        broker.kill()
        RUNNING.remove(broker)


@pytest.fixture
def topics(app_broker: Broker) -> Topics:
    """Return the topics of that broker."""
    return Topics(app_broker)
