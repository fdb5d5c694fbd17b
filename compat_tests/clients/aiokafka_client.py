"""Adapter of aiokafka: its coroutines run on one event loop, which turns only while a call is waiting."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

import aiokafka
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import BrokerResponseError, KafkaError

from compat_tests.clients.group_members import AiokafkaMember, Member
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
from compat_tests.clients.transactional_clients import DEFAULT_TIMEOUT_MS, AiokafkaProducer, read_with_aiokafka

T = TypeVar("T")


class Aiokafka(Client):
    """aiokafka with negotiated versions."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._loop = asyncio.new_event_loop()
        self._producers: dict[tuple[str, int, bool], AIOKafkaProducer] = {}
        self._admin: AIOKafkaAdminClient | None = None

    def run(self, work: Coroutine[Any, Any, T], timeout_s: float = DEADLINE_S) -> T:
        """Run one coroutine of the library to its end; its errors become ClientError under Kafka's names."""
        try:
            return self._loop.run_until_complete(asyncio.wait_for(work, timeout_s))
        except BrokerResponseError as error:
            raise ClientError.from_code(error.errno, str(error)) from error
        except KafkaError as error:
            raise ClientError(type(error).__name__, str(error)) from error

    def version(self) -> str:
        return f"aiokafka {aiokafka.__version__}"

    async def get_producer(self, compression: str, acks: int, idempotent: bool) -> AIOKafkaProducer:
        """Return the library's producer for these settings, started, the same one each time."""
        key = (compression, acks, idempotent)
        if key not in self._producers:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._bootstrap_servers,
                acks="all" if acks == -1 else acks,
                compression_type=None if compression == "none" else compression,
                enable_idempotence=idempotent,
                linger_ms=5,
                max_request_size=20_000_000,
            )
            await producer.start()
            self._producers[key] = producer
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
        return self.run(self._produce(topic, records, compression, acks, idempotent))

    async def _produce(
        self, topic: str, records: Sequence[Record], compression: str, acks: int, idempotent: bool
    ) -> list[Produced]:
        producer = await self.get_producer(compression, acks, idempotent)
        futures = [
            await producer.send(
                topic,
                record.value,
                record.key,
                partition=record.partition,
                timestamp_ms=record.timestamp_ms,
                headers=list(record.headers) or None,
            )
            for record in records
        ]
        acknowledged = await asyncio.gather(*futures)
        if acks == 0:
            return [Produced(-1, -1)] * len(records)
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
        consumer = self.run(self._open_consumer(min_bytes, max_wait_ms))
        return AiokafkaTail(self, consumer, topic, partitions, offset)

    async def _open_consumer(self, min_bytes: int = 1, max_wait_ms: int = 500) -> AIOKafkaConsumer:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers,
            auto_offset_reset="earliest",
            fetch_min_bytes=min_bytes,
            fetch_max_wait_ms=max_wait_ms,
        )
        await consumer.start()
        return consumer

    def find_offsets(self, topic: str, partitions: Sequence[int], timestamp_ms: int) -> dict[int, int]:
        return self.run(self._find_offsets([TopicPartition(topic, number) for number in partitions], timestamp_ms))

    async def _find_offsets(self, assigned: list[TopicPartition], timestamp_ms: int) -> dict[int, int]:
        consumer = await self._open_consumer()
        try:
            if timestamp_ms in (EARLIEST, LATEST):
                find = consumer.beginning_offsets if timestamp_ms == EARLIEST else consumer.end_offsets
                return {where.partition: offset for where, offset in (await find(assigned)).items()}
            found = await consumer.offsets_for_times(dict.fromkeys(assigned, timestamp_ms))
            return {where.partition: at.offset if at is not None else -1 for where, at in found.items()}
        finally:
            await consumer.stop()

    # -- admin

    def administer(self, operation: str, *arguments: Any) -> Any:
        """Call an operation of the library's admin client, connected on first use."""
        return self.run(self._administer(operation, *arguments))

    async def _administer(self, operation: str, *arguments: Any) -> Any:
        if self._admin is None:
            admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap_servers)
            await admin.start()
            self._admin = admin
        return await getattr(self._admin, operation)(*arguments)

    def create_topic(self, topic: str, partition_count: int = 1, configs: Mapping[str, str] | None = None) -> None:
        wanted = NewTopic(topic, partition_count, 1, topic_configs=dict(configs or {}))
        _check_topic_errors(self.administer("create_topics", [wanted]).topic_errors)

    def delete_topic(self, topic: str) -> None:
        _check_topic_errors(self.administer("delete_topics", [topic]).topic_error_codes)

    def create_partitions(self, topic: str, total_count: int) -> None:
        self.administer("create_partitions", {topic: NewPartitions(total_count)})

    def list_topics(self) -> set[str]:
        return set(self.administer("list_topics"))

    def describe_topic(self, topic: str) -> dict[int, int]:
        (found,) = self.administer("describe_topics", [topic])
        if found["error_code"]:
            raise ClientError.from_code(found["error_code"])
        return {partition["partition"]: partition["leader"] for partition in found["partitions"]}

    def describe_configs(self, topic: str) -> dict[str, str | None]:
        (response,) = self.administer("describe_configs", [ConfigResource(ConfigResourceType.TOPIC, topic)])
        ((code, message, _, _, entries),) = response.resources
        if code:
            raise ClientError.from_code(code, message)
        return {entry[0]: entry[1] for entry in entries}

    def alter_configs(self, topic: str, configs: Mapping[str, str]) -> None:
        (response,) = self.administer("alter_configs", [ConfigResource(ConfigResourceType.TOPIC, topic, dict(configs))])
        ((code, message, *_),) = response.resources
        if code:
            raise ClientError.from_code(code, message)

    def describe_cluster(self) -> Cluster:
        found = self.administer("describe_cluster")
        brokers = {broker["node_id"]: (broker["host"], broker["port"]) for broker in found["brokers"]}
        return Cluster(brokers, found["controller_id"])

    # -- groups and transactions

    def open_member(self, group_id: str, topic: str) -> Member:
        return AiokafkaMember(self._bootstrap_servers, group_id, topic)

    def describe_group(self, group_id: str) -> Group:
        (response,) = self.administer("describe_consumer_groups", [group_id])
        (group,) = response.to_object()["groups"]
        if group["error_code"]:
            raise ClientError.from_code(group["error_code"])
        offsets = self.administer("list_consumer_group_offsets", group_id)
        found = {place.partition: committed.offset for place, committed in offsets.items()}
        return Group(None, group["protocol"], len(group["members"]), found)

    def open_transactional_producer(self, transactional_id: str) -> TransactionalProducer:
        return AiokafkaProducer(self._bootstrap_servers, transactional_id, DEFAULT_TIMEOUT_MS)

    def read_to_end(self, topic: str, partition: int = 0, isolation_level: str = "read_committed") -> list[bytes]:
        return read_with_aiokafka(self._bootstrap_servers, topic, partition, isolation_level)

    def close(self) -> None:
        for producer in self._producers.values():
            self.run(producer.stop())
        if self._admin is not None:
            self.run(self._admin.close())
        self._loop.close()


def _check_topic_errors(topic_errors: Sequence[Sequence[Any]]) -> None:
    for _, code, *message in topic_errors:
        if code:
            raise ClientError.from_code(code, str(message))


class AiokafkaTail(Tail):
    """An assigned consumer."""

    def __init__(
        self, client: Aiokafka, consumer: AIOKafkaConsumer, topic: str, partitions: Sequence[int], offset: int
    ) -> None:
        self._client = client
        self._consumer = consumer
        self._waiting: deque[Consumed] = deque()
        assigned = [TopicPartition(topic, number) for number in partitions]
        client.run(self._assign(assigned, offset))

    async def _assign(self, assigned: list[TopicPartition], offset: int) -> None:
        self._consumer.assign(assigned)
        if offset == EARLIEST:
            await self._consumer.seek_to_beginning(*assigned)
        elif offset == LATEST:
            await self._consumer.seek_to_end(*assigned)
        else:
            for where in assigned:
                self._consumer.seek(where, offset)

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        self._client.run(self._fill(count, timeout_s), timeout_s + 5)
        return [self._waiting.popleft() for _ in range(count)]

    async def _fill(self, count: int, timeout_s: float) -> None:
        deadline = asyncio.get_running_loop().time() + timeout_s
        while len(self._waiting) < count:
            left_ms = int((deadline - asyncio.get_running_loop().time()) * 1000)
            if left_ms <= 0:
                raise NothingArrived(f"{len(self._waiting)} of {count} records in {timeout_s} s")
            for records in (await self._consumer.getmany(timeout_ms=left_ms)).values():
                self._waiting.extend(_read(record) for record in records)

    def close(self) -> None:
        self._client.run(self._consumer.stop())


def _read(record: Any) -> Consumed:
    return Consumed(
        record.partition,
        record.offset,
        record.key,
        record.value,
        tuple(record.headers),
        record.timestamp,
        record.timestamp_type == 1,
    )
