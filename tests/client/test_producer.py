"""Producing: order, retries, splitting, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.client.addresses import Address
from kafkalite.client.client import Client
from kafkalite.client.connection import Connection
from kafkalite.client.errors import BrokerError, ClientError, NotKafka, Unreachable
from kafkalite.client.fetcher import Fetcher
from kafkalite.client.offsets import TopicPartition
from kafkalite.client.producer import BATCH_BYTES, OutgoingRecord, Producer
from kafkalite.protocol.api_keys import INIT_PRODUCER_ID, PRODUCE
from kafkalite.protocol.messages.init_producer_id_response import InitProducerIdResponse
from kafkalite.protocol.messages.produce_response import (
    PartitionProduceResponse,
    ProduceResponse,
    TopicProduceResponse,
)
from kafkalite.records import codecs
from kafkalite.records.batch import iterate_records, read_batch_header
from kafkalite.records.builder import RecordData
from tests.client.scripted_broker import CLOSE, Handler, client_of, scripted

Stored = list[tuple[int, int, list[bytes | None]]]


def to_orders(value: bytes, partition: int | None = 0, key: bytes | None = None) -> OutgoingRecord:
    return OutgoingRecord("orders", RecordData(key, value), partition)


def storing(stored: Stored, codes: list[int | bytes]) -> Handler:
    """Return a handler that takes batches as (partition, base sequence, values) once ``codes`` says 0 or nothing."""

    def answer(api_key: int, _version: int, request: Any) -> Any:
        if api_key == INIT_PRODUCER_ID:
            return InitProducerIdResponse(producer_id=7, producer_epoch=0)
        assert api_key == PRODUCE
        topics = []
        for topic in request.topic_data:
            results = []
            for data in topic.partition_data:
                code = codes.pop(0) if codes else 0
                if isinstance(code, bytes):
                    return code
                header = read_batch_header(data.records)
                if code == 0:
                    values = [record.value for record in iterate_records(data.records, header)]
                    stored.append((data.index, header.base_sequence, values))
                results.append(PartitionProduceResponse(index=data.index, error_code=code))
            topics.append(TopicProduceResponse(name=topic.name, topic_id=topic.topic_id, partition_responses=results))
        return ProduceResponse(responses=topics)

    return answer


@pytest.mark.parametrize("produce_version", [7, 13])
def test_batches_per_partition_with_sequences(produce_version: int) -> None:
    stored: Stored = []
    with scripted(storing(stored, [])) as broker, client_of(broker) as (client, _):
        broker.ranges[PRODUCE] = (3, produce_version)
        producer = Producer(client)
        assert producer.send([to_orders(b"a"), to_orders(b"b", 1), to_orders(b"c")]) == 3
        assert producer.send([to_orders(b"d")]) == 1
        assert stored == [(0, 0, [b"a", b"c"]), (1, 0, [b"b"]), (0, 2, [b"d"])]
        assert (broker.count("Produce"), broker.count("InitProducerId")) == (2, 1)


@pytest.mark.parametrize("failure", [6, 14, CLOSE])
def test_what_may_pass_is_sent_again_in_order(failure: int | bytes) -> None:
    stored: Stored = []
    with scripted(storing(stored, [failure])) as broker, client_of(broker) as (client, clock):
        Producer(client).send([to_orders(b"a"), to_orders(b"b")])
        assert stored == [(0, 0, [b"a", b"b"])]
        assert clock.monotonic_ms() == 100


def test_what_was_stored_already_is_no_failure() -> None:
    stored: Stored = []
    with scripted(storing(stored, [46])) as broker, client_of(broker) as (client, _):
        Producer(client).send([to_orders(b"a")])
        assert (stored, broker.count("Produce")) == ([], 1)


def test_batches_that_are_too_large_are_split() -> None:
    stored: Stored = []
    with scripted(storing(stored, [10, 10])) as broker, client_of(broker) as (client, _):
        Producer(client).send([to_orders(b"%d" % number) for number in range(5)])
        assert stored == [(0, 0, [b"0"]), (0, 1, [b"1"]), (0, 2, [b"2", b"3", b"4"])]


def test_a_record_that_is_too_large_is_refused() -> None:
    with (
        scripted(storing([], [10])) as broker,
        client_of(broker) as (client, _),
        pytest.raises(BrokerError, match="orders-0: MESSAGE_TOO_LARGE"),
    ):
        Producer(client).send([to_orders(b"a")])


def test_large_inputs_are_several_batches() -> None:
    stored: Stored = []
    half = b"x" * (BATCH_BYTES // 2)
    with scripted(storing(stored, [])) as broker, client_of(broker) as (client, _):
        Producer(client, is_idempotent=False).send([to_orders(half), to_orders(half), to_orders(b"y" * BATCH_BYTES)])
        assert [(sequence, len(values)) for _, sequence, values in stored] == [(-1, 1), (-1, 1), (-1, 1)]
        assert broker.count("InitProducerId") == 0


def test_partitions_by_key_in_turn_and_refused() -> None:
    stored: Stored = []
    with scripted(storing(stored, [])) as broker, client_of(broker) as (client, _):
        producer = Producer(client)
        producer.send([to_orders(b"", None, b"k") for _ in range(4)])
        assert len(stored) == 1
        producer.send([to_orders(b"", None) for _ in range(4)])
        assert sorted((partition, len(values)) for partition, _, values in stored[1:]) == [(0, 2), (1, 2)]
        with pytest.raises(ClientError, match=r"topic orders has no partition 9 \(it has 2: 0 to 1\)"):
            producer.send([to_orders(b"", 9)])
        assert producer.find_partition_count("orders") == 2
        assert producer.find_partition_count("nosuch") is None


def test_a_topic_that_the_broker_does_not_create() -> None:
    with scripted(storing([], [])) as broker, client_of(broker) as (client, clock):
        with pytest.raises(BrokerError, match="nosuch: UNKNOWN_TOPIC_OR_PARTITION"):
            Producer(client).send([OutgoingRecord("nosuch", RecordData(None, b""))])
        assert 5_000 <= clock.monotonic_ms() < 6_000


@pytest.mark.parametrize(
    "results", [[], [PartitionProduceResponse(index=5)], [PartitionProduceResponse(), PartitionProduceResponse()]]
)
def test_answers_for_something_else(results: list[PartitionProduceResponse]) -> None:
    answer = ProduceResponse(responses=[TopicProduceResponse(topic_id=b"i" * 16, partition_responses=results)])
    with scripted(lambda *_: answer) as broker, client_of(broker) as (client, _), pytest.raises(NotKafka):
        Producer(client, is_idempotent=False).send([to_orders(b"")])


@pytest.mark.parametrize("codec", [codecs.NONE, codecs.GZIP, codecs.SNAPPY, codecs.LZ4, codecs.ZSTD])
def test_there_and_back(client: Client, topic: str, codec: int) -> None:
    headers = [("h", b"1"), ("h", None)]
    records = [RecordData(b"k", None, 5, headers), RecordData(None, b"v" * 1000, 6), RecordData(b"", b"", 7)]
    Producer(client, compression=codec).send([OutgoingRecord(topic, record, 0) for record in records])
    found = Fetcher(client, {TopicPartition(topic, 0): 0}).poll(10_000)
    assert [record[2:] for record in found] == [
        (0, 5, b"k", None, headers),
        (1, 6, None, b"v" * 1000, []),
        (2, 7, b"", b"", []),
    ]


def test_a_broker_that_is_away_before_the_first_record_is_waited_for() -> None:
    stored: Stored = []
    with scripted(storing(stored, [])) as broker, client_of(broker) as (client, clock):
        producer = Producer(client)
        assert producer.find_partition_count("orders") == 2
        client.close()
        refused = [True, True]
        connect = client._connect

        def restarting(address: Address) -> Connection:
            if refused and refused.pop():
                raise Unreachable("no broker answers")
            return connect(address)

        client._connect = restarting  # type: ignore[method-assign]
        producer.send([to_orders(b"a")])
        assert (stored, clock.monotonic_ms()) == ([(0, 0, [b"a"])], 100 + 200)


def test_a_broker_that_never_was_there_is_not_waited_for() -> None:
    with scripted() as broker, client_of(broker) as (client, clock):
        broker.close()
        with pytest.raises(Unreachable):
            Producer(client).send([to_orders(b"a")])
        assert clock.monotonic_ms() == 0
