"""Transactional producers of three client libraries under one face, and readers of committed records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import kafka
import kafka.errors
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka import TopicPartition as AioPartition
from aiokafka.errors import ProducerFenced
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from compat_tests.clients.model import Fenced, Offsets, TransactionalProducer

CALL_TIMEOUT_S = 20.0
POLL_S = 0.2
DEFAULT_TIMEOUT_MS = 30_000


class ConfluentProducer(TransactionalProducer):
    """confluent-kafka."""

    def __init__(self, bootstrap_servers: str, transactional_id: str, timeout_ms: int) -> None:
        self._servers = bootstrap_servers
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap_servers,
                "transactional.id": transactional_id,
                "transaction.timeout.ms": timeout_ms,
                "linger.ms": 0,
                "reconnect.backoff.max.ms": 200,
                "log_level": 0,
            }
        )

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        deadline = time.monotonic() + CALL_TIMEOUT_S
        while True:
            try:
                return function(*arguments)
            except KafkaException as error:
                cause = error.args[0]
                if cause.code() in (KafkaError._FENCED, KafkaError.PRODUCER_FENCED, KafkaError.INVALID_PRODUCER_EPOCH):
                    raise Fenced(str(error)) from error
                if not cause.retriable() or time.monotonic() > deadline:
                    raise

    def init(self) -> None:
        self._call(self._producer.init_transactions, CALL_TIMEOUT_S)

    def begin(self) -> None:
        self._call(self._producer.begin_transaction)

    def send(self, topic: str, partition: int, *values: bytes) -> None:
        failures: list[KafkaError] = []
        for value in values:
            self._producer.produce(
                topic, value, partition=partition, on_delivery=lambda error, _: error and failures.append(error)
            )
        assert self._producer.flush(CALL_TIMEOUT_S) == 0, "not delivered in time"
        if failures:
            fenced = (KafkaError._FENCED, KafkaError.INVALID_PRODUCER_EPOCH)
            raise Fenced(failures[0].str()) if failures[0].code() in fenced else KafkaException(failures[0])

    def send_offsets(self, consumer: Any, offsets: Offsets, group_id: str) -> None:
        partitions = [TopicPartition(*partition, offset) for partition, offset in offsets.items()]
        stranger = None if consumer else Consumer({"bootstrap.servers": self._servers, "group.id": group_id})
        metadata = (consumer or stranger).consumer_group_metadata()
        try:
            self._call(self._producer.send_offsets_to_transaction, partitions, metadata, CALL_TIMEOUT_S)
        finally:
            if stranger is not None:
                stranger.close()

    def commit(self) -> None:
        self._call(self._producer.commit_transaction, CALL_TIMEOUT_S)

    def abort(self) -> None:
        self._call(self._producer.abort_transaction, CALL_TIMEOUT_S)

    def close(self) -> None:
        try:
            self._producer.purge()
            self._producer.flush(0)
        except KafkaException:
            pass  # it is fenced


class KafkaPythonProducer(TransactionalProducer):
    """kafka-python."""

    def __init__(self, bootstrap_servers: str, transactional_id: str, timeout_ms: int, **settings: Any) -> None:
        self._producer = kafka.KafkaProducer(
            bootstrap_servers=bootstrap_servers,
            transactional_id=transactional_id,
            transaction_timeout_ms=timeout_ms,
            reconnect_backoff_max_ms=200,
            max_block_ms=int(CALL_TIMEOUT_S * 1000),
            retry_backoff_ms=50,
            **settings,
        )

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return function(*arguments)
        except (kafka.errors.ProducerFencedError, kafka.errors.InvalidProducerEpochError) as error:
            raise Fenced(str(error)) from error

    def init(self) -> None:
        self._call(self._producer.init_transactions)

    def begin(self) -> None:
        self._call(self._producer.begin_transaction)

    def send(self, topic: str, partition: int, *values: bytes) -> None:
        futures = [self._producer.send(topic, value, partition=partition) for value in values]
        for future in futures:
            self._call(future.get, CALL_TIMEOUT_S)

    def send_offsets(self, consumer: Any, offsets: Offsets, group_id: str) -> None:
        committed = {
            kafka.TopicPartition(*partition): kafka.OffsetAndMetadata(offset, "", -1)
            for partition, offset in offsets.items()
        }
        self._call(self._producer.send_offsets_to_transaction, committed, group_id)

    def commit(self) -> None:
        self._call(self._producer.commit_transaction)

    def abort(self) -> None:
        self._call(self._producer.abort_transaction)

    def close(self) -> None:
        self._producer.close(timeout=2)


class AiokafkaProducer(TransactionalProducer):
    """aiokafka; its loop turns only while a call is waiting."""

    def __init__(self, bootstrap_servers: str, transactional_id: str, timeout_ms: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._is_started = False

        async def make() -> AIOKafkaProducer:
            return AIOKafkaProducer(
                bootstrap_servers=bootstrap_servers,
                transactional_id=transactional_id,
                transaction_timeout_ms=timeout_ms,
                retry_backoff_ms=50,
            )

        self._producer = self.run(make())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine to its end."""
        try:
            return self._loop.run_until_complete(asyncio.wait_for(work, CALL_TIMEOUT_S))
        except ProducerFenced as error:
            raise Fenced(str(error)) from error

    def init(self) -> None:
        self.run(self._producer.start())
        self._is_started = True

    def begin(self) -> None:
        self.run(self._producer.begin_transaction())

    def send(self, topic: str, partition: int, *values: bytes) -> None:
        async def send() -> None:
            for future in [await self._producer.send(topic, value, partition=partition) for value in values]:
                await future

        self.run(send())

    def send_offsets(self, consumer: Any, offsets: Offsets, group_id: str) -> None:
        committed = {AioPartition(*partition): offset for partition, offset in offsets.items()}
        self.run(self._producer.send_offsets_to_transaction(committed, group_id))

    def commit(self) -> None:
        self.run(self._producer.commit_transaction())

    def abort(self) -> None:
        self.run(self._producer.abort_transaction())

    def close(self) -> None:
        async def stop() -> None:
            try:
                await asyncio.wait_for(self._producer.stop(), 2)
            except Exception:
                pass  # it may be fenced, or in a transaction

        if self._is_started:
            self._loop.run_until_complete(stop())
        self._loop.close()


@dataclass(frozen=True, kw_only=True)
class TransactionalClient:
    """One library: how to make a producer, and how its own consumer reads."""

    name: str
    make_producer: Callable[[str, str, int], TransactionalProducer]
    read: Callable[[str, str, int, str], list[bytes]]
    """(bootstrap servers, topic, partition, isolation level) -> the values up to the end of the log."""


def read_with_confluent(bootstrap_servers: str, topic: str, partition: int, isolation_level: str) -> list[bytes]:
    """Read a partition to its end."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": "nobody",
            "isolation.level": isolation_level,
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "fetch.wait.max.ms": 50,
        }
    )
    consumer.list_topics(topic, CALL_TIMEOUT_S)  # without a known leader the library looks again after 500 ms
    consumer.assign([TopicPartition(topic, partition, 0)])
    values: list[bytes] = []
    deadline = time.monotonic() + CALL_TIMEOUT_S
    try:
        while time.monotonic() < deadline:
            message = consumer.poll(POLL_S)
            if message is None:
                continue
            if message.error() is None:
                values.append(message.value())
            elif message.error().code() == KafkaError._PARTITION_EOF:
                return values
        raise AssertionError(f"no end of {topic}-{partition} after {values}")
    finally:
        consumer.close()


def read_with_kafka_python(
    bootstrap_servers: str, topic: str, partition: int, isolation_level: str, **settings: Any
) -> list[bytes]:
    """Read a partition to its end."""
    consumer = kafka.KafkaConsumer(
        bootstrap_servers=bootstrap_servers,
        isolation_level=isolation_level,
        auto_offset_reset="earliest",
        **settings,
    )
    place = kafka.TopicPartition(topic, partition)
    try:
        consumer.assign([place])
        consumer.seek_to_beginning(place)
        end_offset = consumer.end_offsets([place])[place]
        values: list[bytes] = []
        deadline = time.monotonic() + CALL_TIMEOUT_S
        while consumer.position(place) < end_offset and time.monotonic() < deadline:
            values += [record.value for record in consumer.poll(int(POLL_S * 1000)).get(place, ())]
        return values
    finally:
        consumer.close()


def read_with_aiokafka(bootstrap_servers: str, topic: str, partition: int, isolation_level: str) -> list[bytes]:
    """Read a partition to its end."""

    async def read() -> list[bytes]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap_servers, isolation_level=isolation_level, auto_offset_reset="earliest"
        )
        await consumer.start()
        try:
            place = AioPartition(topic, partition)
            consumer.assign([place])
            await consumer.seek_to_beginning(place)
            end_offset = (await consumer.end_offsets([place]))[place]
            values: list[bytes] = []
            deadline = time.monotonic() + CALL_TIMEOUT_S
            while await consumer.position(place) < end_offset and time.monotonic() < deadline:
                fetched = await consumer.getmany(timeout_ms=int(POLL_S * 1000))
                values += [record.value for record in fetched.get(place, ())]
            return values
        finally:
            await consumer.stop()

    return asyncio.run(read())


CLIENTS = (
    TransactionalClient(name="confluent-kafka", make_producer=ConfluentProducer, read=read_with_confluent),
    TransactionalClient(name="kafka-python", make_producer=KafkaPythonProducer, read=read_with_kafka_python),
    TransactionalClient(name="aiokafka", make_producer=AiokafkaProducer, read=read_with_aiokafka),
)
