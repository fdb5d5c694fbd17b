"""Features that only aiokafka has: many coroutines over one producer, and batches built by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from compat_tests.broker_process import Broker
from compat_tests.clients.model import DEADLINE_S
from compat_tests.clients.scenarios import Kit

MakeKit = Callable[[], Kit]


def test_many_coroutines_over_one_producer(broker: Broker, make_kit: MakeKit) -> None:
    """50 writers at once: each sees its own records in order, and everything arrives once."""
    topic = make_kit().create_topic(5)

    async def run() -> None:
        async with AIOKafkaProducer(bootstrap_servers=broker.bootstrap_servers) as producer:

            async def write(writer: int) -> list[int]:
                key = b"writer-%d" % writer
                sent = [await producer.send_and_wait(topic, b"%d" % number, key) for number in range(10)]
                return [metadata.offset for metadata in sent]

            offsets = await asyncio.gather(*(write(writer) for writer in range(50)))
        assert all(list(own) == sorted(own) for own in offsets)
        async with AIOKafkaConsumer(bootstrap_servers=broker.bootstrap_servers) as consumer:
            consumer.assign([TopicPartition(topic, partition) for partition in range(5)])
            await consumer.seek_to_beginning()
            by_key: dict[bytes | None, list[int]] = {}
            for _ in range(500):
                record = await consumer.getone()
                by_key.setdefault(record.key, []).append(int(record.value or b""))
        assert by_key == {b"writer-%d" % writer: list(range(10)) for writer in range(50)}

    asyncio.run(asyncio.wait_for(run(), DEADLINE_S))


def test_batches_built_by_hand(broker: Broker, make_kit: MakeKit) -> None:
    """A batch of the client's own making is stored as one."""
    kit = make_kit()
    topic = kit.create_topic(2)

    async def run() -> None:
        async with AIOKafkaProducer(bootstrap_servers=broker.bootstrap_servers) as producer:
            for _ in range(2):
                batch = producer.create_batch()
                for number in range(20):
                    batch.append(key=None, value=b"%d" % number, timestamp=None)
                batch.close()
                await (await producer.send_batch(batch, topic, partition=1))

    asyncio.run(asyncio.wait_for(run(), DEADLINE_S))
    assert [(batch.base_offset, batch.record_count) for batch in kit.read_batches(topic, 1)] == [(0, 20), (20, 20)]


def test_positions_and_end_offsets(broker: Broker, make_kit: MakeKit) -> None:
    """The high watermark that fetches carry, the position, and seeking back and forth."""
    kit = make_kit()
    topic = kit.create_topic()
    where = TopicPartition(topic, 0)

    async def run() -> None:
        async with AIOKafkaProducer(bootstrap_servers=broker.bootstrap_servers) as producer:
            for number in range(10):
                await producer.send_and_wait(topic, b"%d" % number)
        async with AIOKafkaConsumer(bootstrap_servers=broker.bootstrap_servers) as consumer:
            consumer.assign([where])
            consumer.seek(where, 4)
            assert (await consumer.getone()).value == b"4"
            assert await consumer.position(where) == 5
            assert consumer.highwater(where) == 10
            consumer.seek(where, 0)
            assert (await consumer.getone()).value == b"0"
            await consumer.seek_to_end(where)
            assert await consumer.position(where) == 10

    asyncio.run(asyncio.wait_for(run(), DEADLINE_S))
