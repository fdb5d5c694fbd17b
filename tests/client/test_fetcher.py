"""Fetching: positions, transactions, old formats, damage and brokers that come and go."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.client.errors import BrokerError, DamagedRecords
from kafkalite.client.fetcher import Fetcher, read_fetched
from kafkalite.client.offsets import READ_COMMITTED, TopicPartition
from kafkalite.protocol.api_keys import FETCH, LIST_OFFSETS
from kafkalite.protocol.messages.fetch_response import (
    AbortedTransaction,
    FetchableTopicResponse,
    FetchResponse,
    PartitionData,
)
from kafkalite.protocol.messages.list_offsets_response import (
    ListOffsetsPartitionResponse,
    ListOffsetsResponse,
    ListOffsetsTopicResponse,
)
from kafkalite.records.builder import build_batch
from kafkalite.records.codecs import GZIP
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.records.down_conversion import convert_to_legacy
from tests.client.scripted_broker import CLOSE, client_of, scripted

ORDERS = TopicPartition("orders", 0)
NOW_MS = 1_700_000_000_000


def batch(base_offset: int, *values: bytes, **fields: Any) -> bytes:
    return bytes(build_batch([(None, value) for value in values], base_offset=base_offset, now_ms=NOW_MS, **fields))


def answer_of(records: bytes = b"", *, code: int = 0, aborted: Any = None) -> FetchResponse:
    data = PartitionData(partition_index=0, error_code=code, records=records, aborted_transactions=aborted)
    return FetchResponse(responses=[FetchableTopicResponse(topic="", topic_id=b"i" * 16, partitions=[data])])


def test_positions_move_past_what_was_read() -> None:
    asked = []

    def answer(_api_key: int, _version: int, request: Any) -> Any:
        asked.append(request.topics[0].partitions[0].fetch_offset)
        return answer_of(batch(3, b"a", b"b", b"c") + batch(6, b"d")[:-1])

    with scripted(answer) as broker, client_of(broker) as (client, _):
        fetcher = Fetcher(client, {ORDERS: 4})
        assert [(record.offset, record.value) for record in fetcher.poll(10)] == [(4, b"b"), (5, b"c")]
        assert fetcher.positions == {ORDERS: 6}
        fetcher.poll(10)
        assert asked == [4, 6]


@pytest.mark.parametrize("version", [4, 12])
def test_old_versions_name_the_topic(version: int) -> None:
    def answer(_api_key: int, _version: int, request: Any) -> Any:
        response = answer_of(batch(0, b"a"))
        response.responses[0].topic, response.responses[0].topic_id = request.topics[0].topic, bytes(16)
        return response

    with scripted(answer) as broker, client_of(broker) as (client, _):
        broker.ranges[FETCH] = (4, version)
        assert [record.topic for record in Fetcher(client, {ORDERS: 0}).poll(10)] == ["orders"]
        assert broker.seen[-1] == ("Fetch", version)


def test_records_of_aborted_transactions_are_hidden() -> None:
    by = {"producer_id": 7, "producer_epoch": 0, "base_sequence": 0, "is_transactional": True}
    other = by | {"producer_id": 8}
    marker = {"producer_id": 7, "producer_epoch": 0, "coordinator_epoch": 0, "now_ms": NOW_MS}
    log = (
        batch(0, b"committed before", **by)
        + bytes(build_end_transaction_marker(is_commit=True, base_offset=1, **marker))
        + batch(2, b"aborted", **by)
        + batch(3, b"of another", **other)
        + bytes(build_end_transaction_marker(is_commit=False, base_offset=4, **marker))
        + batch(5, b"committed after", **by)
    )
    aborted = [AbortedTransaction(producer_id=7, first_offset=2)]
    with scripted(lambda *_: answer_of(log, aborted=aborted)) as broker, client_of(broker) as (client, _):
        committed = Fetcher(client, {ORDERS: 0}, isolation_level=READ_COMMITTED)
        assert [record.value for record in committed.poll(10)] == [
            b"committed before",
            b"of another",
            b"committed after",
        ]
        assert committed.positions == {ORDERS: 6}
        everything = [record.offset for record in Fetcher(client, {ORDERS: 0}).poll(10)]
        assert everything == [0, 2, 3, 5]


@pytest.mark.parametrize("magic", [0, 1])
@pytest.mark.parametrize("compression", [0, GZIP])
def test_formats_of_old_brokers(magic: int, compression: int) -> None:
    old = convert_to_legacy(batch(0, b"a", b"b", compression=compression), magic, from_offset=0)
    found = [record for records, _ in read_fetched(old + batch(2, b"c"), []) for record in records]
    assert [(record.offset, record.value) for record in found] == [(0, b"a"), (1, b"b"), (2, b"c")]
    assert found[0].timestamp == (NOW_MS if magic else -1)
    assert list(read_fetched(old[:-1], []))[-1:] != [([], 2)]


def test_damaged_records_are_named_after_the_sound_ones() -> None:
    damaged = bytearray(batch(1, b"b"))
    damaged[-1] ^= 1
    with scripted(lambda *_: answer_of(batch(0, b"a") + bytes(damaged))) as broker, client_of(broker) as (client, _):
        fetcher = Fetcher(client, {ORDERS: 0})
        assert [record.value for record in fetcher.poll(10)] == [b"a"]
        with pytest.raises(DamagedRecords, match=r"orders-0: the records at offset 1 cannot be read: .*CRC"):
            fetcher.poll(10)


@pytest.mark.parametrize("failure", [answer_of(code=6), answer_of(code=5), FetchResponse(error_code=70), CLOSE])
def test_what_may_pass_is_asked_again(failure: Any) -> None:
    answers = [failure, answer_of(batch(0, b"a"))]
    with scripted(lambda *_: answers.pop(0)) as broker, client_of(broker) as (client, clock):
        assert [record.value for record in Fetcher(client, {ORDERS: 0}).poll(10)] == [b"a"]
        assert clock.monotonic_ms() == 100


def test_what_does_not_pass_is_raised() -> None:
    with (
        scripted(lambda *_: answer_of(code=29)) as broker,
        client_of(broker) as (client, _),
        pytest.raises(BrokerError, match="orders-0: TOPIC_AUTHORIZATION_FAILED"),
    ):
        Fetcher(client, {ORDERS: 0}).poll(10)


def test_an_offset_that_is_gone() -> None:
    answers = [answer_of(code=1), answer_of(batch(5, b"a"))]

    def answer(api_key: int, _version: int, _request: Any) -> Any:
        if api_key == LIST_OFFSETS:
            found = ListOffsetsPartitionResponse(partition_index=0, offset=5)
            return ListOffsetsResponse(topics=[ListOffsetsTopicResponse(name="orders", partitions=[found])])
        return answers.pop(0)

    with scripted(answer) as broker, client_of(broker) as (client, _):
        fetcher = Fetcher(client, {ORDERS: 2})
        assert fetcher.poll(10) == []
        assert fetcher.jumps == [(ORDERS, 2, 5)]
        assert [record.offset for record in fetcher.poll(10)] == [5]
