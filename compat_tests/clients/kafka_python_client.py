"""Adapter of kafka-python, for its versions 2 and 3 alike (version 2 runs in its own virtual environment)."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import kafka
import kafka.errors
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic
from kafka.errors import KafkaError

from compat_tests.clients.group_members import KafkaPythonMember, Member
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

MAJOR_VERSION = int(kafka.__version__.split(".")[0])
ApiVersion = tuple[int, ...]
T = TypeVar("T")


def _call(function: Callable[..., T], *arguments: Any, **keywords: Any) -> T:
    """Call into the library; its errors become ClientError under Kafka's names."""
    try:
        return function(*arguments, **keywords)
    except KafkaError as error:
        raise _translate(error) from error


def _translate(error: KafkaError) -> ClientError:
    code = getattr(error, "errno", None)
    if code is None:
        return ClientError(type(error).__name__, str(error))
    return ClientError.from_code(code, str(error))


class KafkaPython(Client):
    """kafka-python, negotiating versions, or pinned to those of one Kafka release."""

    def __init__(self, bootstrap_servers: str, api_version: ApiVersion | None = None) -> None:
        self._address: dict[str, Any] = {"bootstrap_servers": bootstrap_servers, "api_version": api_version}
        self._producers: dict[tuple[str, int, bool], KafkaProducer] = {}
        self._admin: KafkaAdminClient | None = None

    def version(self) -> str:
        return f"kafka-python {kafka.__version__}"

    def get_producer(self, compression: str = "none", acks: int = -1, idempotent: bool = False) -> KafkaProducer:
        """Return the library's producer for these settings, the same one each time."""
        key = (compression, acks, idempotent)
        if key not in self._producers:
            settings: dict[str, Any] = {"enable_idempotence": idempotent} if MAJOR_VERSION >= 3 else {}
            self._producers[key] = KafkaProducer(
                **self._address,
                **settings,
                acks="all" if acks == -1 else acks,
                compression_type=None if compression == "none" else compression,
                linger_ms=5,
                retries=10,
                max_request_size=20_000_000,
                reconnect_backoff_max_ms=200,
                max_block_ms=DEADLINE_S * 1000,
            )
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
        futures = []
        for record in records:
            optional: dict[str, Any] = {"headers": list(record.headers)} if record.headers else {}
            place: dict[str, Any] = {"partition": record.partition, "timestamp_ms": record.timestamp_ms}
            futures.append(_call(producer.send, topic, record.value, record.key, **place, **optional))
        _call(producer.flush, timeout=DEADLINE_S)
        acknowledged = [_call(future.get, timeout=DEADLINE_S) for future in futures]
        return [Produced(metadata.partition, metadata.offset) for metadata in acknowledged]

    def open_tail(
        self,
        topic: str,
        partitions: Sequence[int] = (0,),
        offset: int = EARLIEST,
        *,
        min_bytes: int = 1,
        max_wait_ms: int = 500,
    ) -> Tail:
        return KafkaPythonTail(self._open_consumer(min_bytes, max_wait_ms), topic, partitions, offset)

    def _open_consumer(self, min_bytes: int = 1, max_wait_ms: int = 500) -> KafkaConsumer:
        return KafkaConsumer(
            **self._address,
            group_id=None,
            auto_offset_reset="earliest",
            fetch_min_bytes=min_bytes,
            fetch_max_wait_ms=max_wait_ms,
            reconnect_backoff_max_ms=200,
        )

    def find_offsets(self, topic: str, partitions: Sequence[int], timestamp_ms: int) -> dict[int, int]:
        consumer = self._open_consumer()
        try:
            assigned = [TopicPartition(topic, partition) for partition in partitions]
            if timestamp_ms in (EARLIEST, LATEST):
                find = consumer.beginning_offsets if timestamp_ms == EARLIEST else consumer.end_offsets
                return {where.partition: offset for where, offset in _call(find, assigned).items()}
            found = _call(consumer.offsets_for_times, dict.fromkeys(assigned, timestamp_ms))
            return {where.partition: at.offset if at is not None else -1 for where, at in found.items()}
        finally:
            consumer.close()

    # -- admin

    @property
    def admin(self) -> KafkaAdminClient:
        """Return the library's admin client, connected on first use."""
        if self._admin is None:
            self._admin = _call(KafkaAdminClient, **self._address)
        return self._admin

    def create_topic(self, topic: str, partition_count: int = 1, configs: Mapping[str, str] | None = None) -> None:
        _call(self.admin.create_topics, [NewTopic(topic, partition_count, 1, topic_configs=dict(configs or {}))])

    def delete_topic(self, topic: str) -> None:
        _call(self.admin.delete_topics, [topic])

    def create_partitions(self, topic: str, total_count: int) -> None:
        _call(self.admin.create_partitions, {topic: NewPartitions(total_count)})

    def list_topics(self) -> set[str]:
        return set(_call(self.admin.list_topics))

    def describe_topic(self, topic: str) -> dict[int, int]:
        (found,) = _call(self.admin.describe_topics, [topic])
        if found["error_code"]:
            raise ClientError.from_code(found["error_code"])
        index, leader = ("partition_index", "leader_id") if MAJOR_VERSION >= 3 else ("partition", "leader")
        return {partition[index]: partition[leader] for partition in found["partitions"]}

    def describe_configs(self, topic: str) -> dict[str, str | None]:
        resource = ConfigResource(ConfigResourceType.TOPIC, topic)
        found = _call(self.admin.describe_configs, [resource], config_filter="all")
        (entries,) = (by_name[topic] for by_name in found.values())
        return {name: entry["value"] for name, entry in entries.items()}

    def alter_configs(self, topic: str, configs: Mapping[str, str]) -> None:
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, configs=dict(configs))
        (answer,) = _call(self.admin.alter_configs, [resource])["topic"].values()
        failed = re.match(r"\[Error (\d+)\]", str(answer))  # the library answers errors as texts
        if failed:
            raise ClientError.from_code(int(failed[1]), str(answer))

    def describe_cluster(self) -> Cluster:
        found = _call(self.admin.describe_cluster)
        node_id = "broker_id" if MAJOR_VERSION >= 3 else "node_id"
        brokers = {broker[node_id]: (broker["host"], broker["port"]) for broker in found["brokers"]}
        return Cluster(brokers, found["controller_id"])

    # -- groups and transactions

    def open_member(self, group_id: str, topic: str) -> Member:
        pinned = {"api_version": self._address["api_version"]}
        return KafkaPythonMember(self._address["bootstrap_servers"], group_id, topic, **pinned)

    def describe_group(self, group_id: str) -> Group:
        if MAJOR_VERSION < 3:
            (group,) = _call(self.admin.describe_consumer_groups, [group_id])
            offsets = _call(self.admin.list_consumer_group_offsets, group_id)
            assignor, members = group.protocol, group.members
        else:
            group = _call(self.admin.describe_groups, [group_id])[group_id]
            offsets = _call(self.admin.list_group_offsets, group_id)[group_id]
            assignor, members = group["protocol_data"], group["members"]
        found = {place.partition: committed.offset for place, committed in offsets.items()}
        return Group(None, assignor, len(members), found)

    def delete_group(self, group_id: str) -> None:
        is_old = MAJOR_VERSION < 3
        deleted = _call(self.admin.delete_consumer_groups if is_old else self.admin.delete_groups, [group_id])
        answer = dict(deleted)[group_id]
        if is_old and answer.errno:
            raise ClientError.from_code(answer.errno)
        if not is_old and answer != "OK":  # else the name of the error's class
            raise ClientError.from_code(getattr(kafka.errors, answer).errno)

    def open_transactional_producer(self, transactional_id: str) -> TransactionalProducer:
        from compat_tests.clients.transactional_clients import DEFAULT_TIMEOUT_MS, KafkaPythonProducer

        address, pinned = self._address["bootstrap_servers"], self._address["api_version"]
        return KafkaPythonProducer(address, transactional_id, DEFAULT_TIMEOUT_MS, api_version=pinned)

    def read_to_end(self, topic: str, partition: int = 0, isolation_level: str = "read_committed") -> list[bytes]:
        from compat_tests.clients.transactional_clients import read_with_kafka_python

        address, pinned = self._address["bootstrap_servers"], self._address["api_version"]
        return read_with_kafka_python(address, topic, partition, isolation_level, api_version=pinned)

    def close(self) -> None:
        for producer in self._producers.values():
            producer.close(timeout=5)
        if self._admin is not None:
            self._admin.close()


class KafkaPythonTail(Tail):
    """An assigned consumer."""

    def __init__(self, consumer: KafkaConsumer, topic: str, partitions: Sequence[int], offset: int) -> None:
        self._consumer = consumer
        self._waiting: deque[Consumed] = deque()
        assigned = [TopicPartition(topic, partition) for partition in partitions]
        consumer.assign(assigned)
        if offset == EARLIEST:
            consumer.seek_to_beginning()
        elif offset == LATEST:
            consumer.seek_to_end()
            for where in assigned:  # the position is looked up lazily; the end means the end of now
                consumer.position(where)
        else:
            for where in assigned:
                consumer.seek(where, offset)

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        deadline = time.monotonic() + timeout_s
        while len(self._waiting) < count:
            left_ms = int((deadline - time.monotonic()) * 1000)
            if left_ms <= 0:
                raise NothingArrived(f"{len(self._waiting)} of {count} records in {timeout_s} s")
            for records in _call(self._consumer.poll, timeout_ms=left_ms).values():
                self._waiting.extend(_read(record) for record in records)
        return [self._waiting.popleft() for _ in range(count)]

    def close(self) -> None:
        self._consumer.close()


def _read(record: Any) -> Consumed:
    kind = getattr(record, "timestamp_type", None)
    return Consumed(
        record.partition,
        record.offset,
        record.key,
        record.value,
        tuple(record.headers),
        record.timestamp,
        None if kind is None else kind == 1,
    )
