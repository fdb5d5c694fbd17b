"""Adapter of confluent-kafka (librdkafka)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import confluent_kafka
from confluent_kafka import (
    TIMESTAMP_LOG_APPEND_TIME,
    Consumer,
    ConsumerGroupTopicPartitions,
    KafkaError,
    KafkaException,
    Producer,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    ResourceType,
)

from compat_tests.clients.group_members import ConfluentKafkaMember, Member
from compat_tests.clients.model import (
    DEADLINE_S,
    EARLIEST,
    LATEST,
    Client,
    ClientError,
    Cluster,
    Consumed,
    Group,
    NothingArrived,
    Produced,
    Record,
    Tail,
    TransactionalProducer,
)

T = TypeVar("T")
QUIET: dict[str, Any] = {"log_level": 2, "reconnect.backoff.max.ms": 200, "socket.keepalive.enable": True}


def _translate(error: KafkaError) -> ClientError:
    name = {"_MSG_TIMED_OUT": "timed out"}.get(error.name(), error.name())
    return ClientError.from_code(error.code(), error.str()) if error.code() > 0 else ClientError(name, error.str())


def _call(function: Callable[..., T], *arguments: Any, **keywords: Any) -> T:
    """Call into the library; its errors become ClientError under Kafka's names."""
    try:
        return function(*arguments, **keywords)
    except KafkaException as error:
        raise _translate(error.args[0]) from error


class ConfluentKafka(Client):
    """confluent-kafka, negotiating versions, or told by `fallback_version` to speak as to that release."""

    def __init__(self, bootstrap_servers: str, fallback_version: str | None = None) -> None:
        self._settings = QUIET | {"bootstrap.servers": bootstrap_servers}
        if fallback_version is not None:
            self._settings |= {"api.version.request": False, "broker.version.fallback": fallback_version}
        self._producers: dict[tuple[str, int, bool], Producer] = {}
        self._admin: AdminClient | None = None

    def version(self) -> str:
        return f"confluent-kafka {confluent_kafka.__version__} (librdkafka {confluent_kafka.libversion()[0]})"

    def get_producer(self, compression: str = "none", acks: int = -1, idempotent: bool = False) -> Producer:
        """Return the library's producer for these settings, the same one each time."""
        key = (compression, acks, idempotent)
        if key not in self._producers:
            settings = {
                "acks": acks,
                "compression.codec": compression,
                "enable.idempotence": idempotent,
                "linger.ms": 5,
                "message.max.bytes": 20_000_000,
            }
            self._producers[key] = Producer(self._settings | settings)
        return self._producers[key]

    def produce(
        self,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        idempotent: bool = False,
    ) -> list[Produced]:
        producer = self.get_producer(compression, acks, idempotent)
        reports: list[Any] = [None] * len(records)
        for index, record in enumerate(records):
            optional: dict[str, Any] = {
                "headers": list(record.headers) or None,
                "timestamp": record.timestamp_ms,
                "partition": record.partition,
            }
            given = {name: value for name, value in optional.items() if value is not None}
            _call(producer.produce, topic, record.value, record.key, on_delivery=_reporter(reports, index), **given)
        left = producer.flush(DEADLINE_S)
        if left:
            raise NothingArrived(f"{left} of {len(records)} records were not acknowledged in {DEADLINE_S} s")
        return [_read_report(report) for report in reports]

    def open_tail(
        self,
        topic: str,
        partitions: Sequence[int] = (0,),
        offset: int = EARLIEST,
        *,
        min_bytes: int = 1,
        max_wait_ms: int = 500,
    ) -> Tail:
        consumer = self.open_consumer({"fetch.min.bytes": min_bytes, "fetch.wait.max.ms": max_wait_ms})
        _call(consumer.list_topics, topic, DEADLINE_S)  # without a known leader the library looks again after 500 ms
        if offset == LATEST:  # resolved now: librdkafka would ask for the end when it gets to it
            ends = self.find_offsets(topic, partitions, LATEST)
            consumer.assign([TopicPartition(topic, number, ends[number]) for number in partitions])
        else:
            consumer.assign([TopicPartition(topic, number, offset) for number in partitions])
        return ConfluentTail(consumer)

    def open_consumer(self, settings: Mapping[str, Any] | None = None) -> Consumer:
        """Return a consumer of the library; its group id is asked for by the library and never used."""
        needed = {"group.id": "unused", "enable.auto.commit": False, "auto.offset.reset": "earliest"}
        return Consumer(self._settings | needed | dict(settings or {}))

    def find_offsets(self, topic: str, partitions: Sequence[int], timestamp_ms: int) -> dict[int, int]:
        consumer = self.open_consumer()
        try:
            if timestamp_ms in (EARLIEST, LATEST):
                which = 0 if timestamp_ms == EARLIEST else 1
                return {
                    number: _call(consumer.get_watermark_offsets, TopicPartition(topic, number), DEADLINE_S)[which]
                    for number in partitions
                }
            wanted = [TopicPartition(topic, number, timestamp_ms) for number in partitions]
            found = _call(consumer.offsets_for_times, wanted, DEADLINE_S)
            return {where.partition: max(where.offset, -1) for where in found}
        finally:
            consumer.close()

    # -- admin

    @property
    def admin(self) -> AdminClient:
        """Return the library's admin client, made on first use."""
        if self._admin is None:
            self._admin = AdminClient(self._settings)
        return self._admin

    def settle(self, futures: Mapping[Any, Any]) -> Any:
        """Wait for the one future of an admin call and return its result.

        Raises:
            ClientError: the call failed.
        """
        (future,) = futures.values()
        return _call(future.result, DEADLINE_S)

    def create_topic(self, topic: str, partition_count: int = 1, configs: Mapping[str, str] | None = None) -> None:
        self.settle(self.admin.create_topics([NewTopic(topic, partition_count, 1, config=dict(configs or {}))]))

    def delete_topic(self, topic: str) -> None:
        self.settle(self.admin.delete_topics([topic]))

    def create_partitions(self, topic: str, total_count: int) -> None:
        self.settle(self.admin.create_partitions([NewPartitions(topic, total_count)]))

    def list_topics(self) -> set[str]:
        return set(_call(self.admin.list_topics, timeout=DEADLINE_S).topics)

    def describe_topic(self, topic: str) -> dict[int, int]:
        found = _call(self.admin.list_topics, topic, timeout=DEADLINE_S).topics[topic]
        if found.error is not None:
            raise _translate(found.error)
        return {number: partition.leader for number, partition in found.partitions.items()}

    def describe_topic_id(self, topic: str) -> str:
        """Return the topic's id (Metadata 10 and later, DescribeTopicPartitions)."""
        found = self.settle(self.admin.describe_topics(TopicCollection([topic]), request_timeout=DEADLINE_S))
        return str(found.topic_id)

    def describe_configs(self, topic: str) -> dict[str, str | None]:
        found = self.settle(self.admin.describe_configs([ConfigResource(ResourceType.TOPIC, topic)]))
        return {name: entry.value for name, entry in found.items()}

    def alter_configs(self, topic: str, configs: Mapping[str, str]) -> None:
        entries = [
            ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET) for name, value in configs.items()
        ]
        resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=entries)
        self.settle(self.admin.incremental_alter_configs([resource]))

    def describe_cluster(self) -> Cluster:
        found = _call(self.admin.list_topics, timeout=DEADLINE_S)
        brokers = {number: (broker.host, broker.port) for number, broker in found.brokers.items()}
        return Cluster(brokers, found.controller_id if found.controller_id >= 0 else None)

    # -- groups and transactions

    def open_member(self, group_id: str, topic: str) -> Member:
        return ConfluentKafkaMember(self._settings["bootstrap.servers"], group_id, topic, **self._settings)

    def describe_group(self, group_id: str) -> Group:
        found = self.settle(self.admin.describe_consumer_groups([group_id]))
        offsets = self.settle(self.admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group_id)]))
        return Group(
            found.type.name.title(),
            found.partition_assignor,
            len(found.members),
            {place.partition: place.offset for place in offsets.topic_partitions},
        )

    def delete_group(self, group_id: str) -> None:
        self.settle(self.admin.delete_consumer_groups([group_id]))

    def open_transactional_producer(self, transactional_id: str) -> TransactionalProducer:
        from compat_tests.clients.transactional_clients import DEFAULT_TIMEOUT_MS, ConfluentProducer

        return ConfluentProducer(self._settings["bootstrap.servers"], transactional_id, DEFAULT_TIMEOUT_MS)

    def read_to_end(self, topic: str, partition: int = 0, isolation_level: str = "read_committed") -> list[bytes]:
        from compat_tests.clients.transactional_clients import read_with_confluent

        return read_with_confluent(self._settings["bootstrap.servers"], topic, partition, isolation_level)

    def close(self) -> None:
        for producer in self._producers.values():
            producer.flush(5)
        self._producers.clear()
        self._admin = None


def _reporter(reports: list[Any], index: int) -> Callable[[Any, Any], None]:
    def keep(error: Any, message: Any) -> None:
        reports[index] = (error, message)

    return keep


def _read_report(report: Any) -> Produced:
    error, message = report
    if error is not None:
        raise _translate(error)
    offset = message.offset()
    return Produced(message.partition(), offset if offset is not None and offset >= 0 else -1)


class ConfluentTail(Tail):
    """An assigned consumer."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        deadline = time.monotonic() + timeout_s
        taken: list[Consumed] = []
        while len(taken) < count:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise NothingArrived(f"{len(taken)} of {count} records in {timeout_s} s")
            for message in self._consumer.consume(count - len(taken), min(left_s, 0.2)):
                taken.extend(_read(message))
        return taken

    def close(self) -> None:
        self._consumer.close()


def _read(message: Any) -> list[Consumed]:
    if message.error() is not None:
        if message.error().retriable() or message.error().code() < 0:  # the library goes on by itself
            return []
        raise _translate(message.error())
    kind, timestamp = message.timestamp()
    return [
        Consumed(
            message.partition(),
            message.offset(),
            message.key(),
            message.value(),
            tuple(message.headers() or ()),
            timestamp if kind else None,
            kind == TIMESTAMP_LOG_APPEND_TIME if kind else None,
        )
    ]
