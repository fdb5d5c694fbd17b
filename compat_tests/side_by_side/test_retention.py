"""Retention as clients see it: which offsets are served, how large the log is, and where consumers go on.

Every expectation here was held against Apache Kafka 4.4.0 (`--broker=kafka`). Timestamps are those of the records, so
nothing waits for the time to pass, only for the next check of the broker.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from compat_tests.broker_process import Broker, BrokerChoice

DEADLINE_S = 30.0
DAY_MS = 86_400_000
CHECK_INTERVAL_MS = 100
SEGMENT_BYTES = "1000"
VALUE = b"v" * 400
"""Two such records, each in its own batch, fill a segment."""

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def checking_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker that checks retention all the time."""
    settings = {
        "log.retention.check.interval.ms": str(CHECK_INTERVAL_MS),
        "log.initial.task.delay.ms": "0",
        "log.message.timestamp.after.max.ms": str(30 * DAY_MS),
    }
    broker = broker_choice.create(tmp_path_factory.mktemp("retention"), settings)
    broker.start()
    try:
        yield broker
        broker.stop()
    finally:
        broker.kill()


class Log:
    """A topic of one partition with small segments, which keeps everything until it is configured."""

    def __init__(self, broker: Broker, **config: str) -> None:
        self.name = f"retained-{next(_numbers)}"
        self.servers = broker.bootstrap_servers
        self.admin = AdminClient({"bootstrap.servers": self.servers, "log_level": 2})
        settings = {"internal.segment.bytes": SEGMENT_BYTES, "retention.ms": "-1"} | {
            name.replace("_", "."): value for name, value in config.items()
        }
        self.admin.create_topics([NewTopic(self.name, 1, 1, config=settings)])[self.name].result(DEADLINE_S)
        self._producer = Producer({"bootstrap.servers": self.servers, "linger.ms": 0, "log_level": 2})

    def write(self, *ages_ms: int) -> None:
        """Append a record for each age, each in its own batch."""
        now_ms = int(time.time() * 1000)
        for age_ms in ages_ms:
            self._producer.produce(self.name, VALUE, b"key", timestamp=now_ms - age_ms)
            assert self._producer.flush(DEADLINE_S) == 0

    def configure(self, **config: str) -> None:
        """Change settings of the topic."""
        entries = [
            ConfigEntry(name.replace("_", "."), value, incremental_operation=AlterConfigOpType.SET)
            for name, value in config.items()
        ]
        resource = ConfigResource(ResourceType.TOPIC, self.name, incremental_configs=entries)
        self.admin.incremental_alter_configs([resource])[resource].result(DEADLINE_S)

    def offset(self, spec: OffsetSpec) -> int:
        """Return an offset of the partition, -1 where the broker is not back yet."""
        partition = TopicPartition(self.name, 0)
        try:
            return int(self.admin.list_offsets({partition: spec})[partition].result(DEADLINE_S).offset)
        except KafkaException:
            self.admin = AdminClient({"bootstrap.servers": self.servers, "log_level": 2})  # its metadata are too old
            return -1

    @property
    def earliest(self) -> int:
        """The first offset that is served."""
        return self.offset(OffsetSpec.earliest())

    @property
    def latest(self) -> int:
        """One past the last offset."""
        return self.offset(OffsetSpec.latest())

    def delete_before(self, offset: int) -> int:
        """Delete records and return the low watermark."""
        partition = TopicPartition(self.name, 0, offset)
        return int(self.admin.delete_records([partition])[partition].result(DEADLINE_S).low_watermark)


def until(condition: Callable[[], bool]) -> None:
    """Return when a condition holds; raises AssertionError where it does not in time."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, "it does not come true"


def settle(broker: Broker) -> None:
    """Return when every log has been checked once more: a log that has to lose its records has lost them."""
    witness = Log(broker, retention_ms=str(DAY_MS))
    for _ in range(2):
        witness.write(2 * DAY_MS)
        until(lambda: witness.earliest == witness.latest)


def test_records_older_than_retention_go_with_their_segments(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(*[2 * DAY_MS] * 4, *[0] * 4)
    log.configure(retention_ms=str(DAY_MS))
    until(lambda: log.earliest == 4)
    settle(checking_broker)
    assert (log.earliest, log.latest) == (4, 8)


def test_when_all_is_too_old_the_active_segment_goes_too(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(*[2 * DAY_MS] * 5)
    log.configure(retention_ms=str(DAY_MS))
    until(lambda: log.earliest == 5)
    assert log.latest == 5
    log.write(0)
    assert (log.earliest, log.latest) == (5, 6)


def test_one_new_record_keeps_its_segment_and_all_after_it(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(2 * DAY_MS, 2 * DAY_MS, 2 * DAY_MS, 0, 2 * DAY_MS, 2 * DAY_MS, 2 * DAY_MS)
    log.configure(retention_ms=str(DAY_MS))
    until(lambda: log.earliest == 2)
    settle(checking_broker)
    assert (log.earliest, log.latest) == (2, 7)


def test_a_record_of_the_future_keeps_its_segment(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(DAY_MS, DAY_MS, -DAY_MS, DAY_MS, DAY_MS)
    log.configure(retention_ms="0")
    until(lambda: log.earliest == 2)
    settle(checking_broker)
    assert (log.earliest, log.latest) == (2, 5)


@pytest.mark.parametrize("segments", [1, 2, 3])
def test_more_bytes_than_retention_allows_go(checking_broker: Broker, segments: int) -> None:
    log = Log(checking_broker)
    log.write(*[0] * 10)
    log.configure(retention_bytes=str(900 * segments))
    until(lambda: log.earliest == 10 - 2 * segments)
    settle(checking_broker)
    assert (log.earliest, log.latest) == (10 - 2 * segments, 10)


@pytest.mark.parametrize("policy", ["compact", ""])
def test_without_the_policy_delete_nothing_goes(checking_broker: Broker, policy: str) -> None:
    log = Log(checking_broker)
    log.write(*[2 * DAY_MS] * 4)
    log.configure(retention_ms="0", retention_bytes="0", cleanup_policy=policy)
    settle(checking_broker)
    assert (log.earliest, log.latest) == (0, 4)


def test_a_change_of_settings_counts_at_once(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(*[2 * DAY_MS] * 4)
    settle(checking_broker)
    assert log.earliest == 0
    log.configure(retention_ms=str(DAY_MS))
    until(lambda: log.earliest == 4)


def test_deleted_records_are_gone_at_once(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(*[0] * 5)
    assert log.delete_before(3) == 3
    settle(checking_broker)
    assert (log.earliest, log.latest) == (3, 5)


def test_a_consumer_whose_offset_is_gone_starts_where_it_is_told_to(checking_broker: Broker) -> None:
    log = Log(checking_broker)
    log.write(*[2 * DAY_MS] * 4, *[0] * 3)
    log.configure(retention_ms=str(DAY_MS))
    until(lambda: log.earliest == 4)
    for reset, expected in (("earliest", 4), ("latest", 7)):
        consumer = Consumer(
            {
                "bootstrap.servers": log.servers,
                "group.id": f"{log.name}-{reset}",
                "auto.offset.reset": reset,
                "enable.auto.commit": False,
                "log_level": 2,
            }
        )
        consumer.assign([TopicPartition(log.name, 0, 1)])
        if reset == "latest":
            until(lambda consumer=consumer: consumer.poll(0.1) is None and _position(consumer, log) == 7)
            log.write(0)
        message = consumer.poll(DEADLINE_S)
        assert message is not None and message.error() is None and message.offset() == expected
        consumer.close()


def _position(consumer: Consumer, log: Log) -> int:
    low, high = consumer.get_watermark_offsets(TopicPartition(log.name, 0), cached=True)
    return int(high) if low != -1001 else -1


def test_the_start_outlives_a_restart(checking_broker: Broker) -> None:
    """The last one, as it restarts the broker of the others."""
    log = Log(checking_broker)
    log.write(*[2 * DAY_MS] * 4, *[0] * 3)
    log.configure(retention_ms=str(DAY_MS))
    gone = Log(checking_broker)
    gone.write(*[2 * DAY_MS] * 3)
    gone.configure(retention_ms=str(DAY_MS))
    until(lambda: log.earliest == 4 and gone.earliest == 3)
    for crash in (False, True):
        checking_broker.restart(crash=crash)
        until(lambda: (log.earliest, log.latest) == (4, 7))
        until(lambda: (gone.earliest, gone.latest) == (3, 3))
