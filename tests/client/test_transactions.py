"""Transactions, over the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafkalite.client import admin
from kafkalite.client.client import TRANSACTION, Client
from kafkalite.client.config import client_config
from kafkalite.client.errors import BrokerError
from kafkalite.client.offsets import LATEST, READ_COMMITTED, TopicPartition, list_offsets
from kafkalite.client.transactions import (
    abort_hanging,
    describe_transaction,
    fence,
    list_producers,
    list_transactions,
)
from kafkalite.protocol.messages.add_partitions_to_txn_request import (
    AddPartitionsToTxnRequest,
    AddPartitionsToTxnTopic,
)
from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.records.builder import build_batch
from tests.threaded_server import bootstrap_of, threaded_server

PARTITION = TopicPartition("pay", 0)


@pytest.fixture
def client() -> Iterator[Client]:
    """A client of a server with a topic."""
    with threaded_server() as server, Client(client_config(bootstrap_of(server))) as connected:
        admin.create_topics(connected, ["pay"], partitions=1)
        yield connected


def begin(client: Client, name: str) -> None:
    """Begin a transaction as an old producer would, and write one record."""
    init = InitProducerIdRequest(transactional_id=name, transaction_timeout_ms=60_000)
    producer = client.ask_coordinator(TRANSACTION, name, init)
    add = AddPartitionsToTxnRequest(
        v3_and_below_transactional_id=name,
        v3_and_below_producer_id=producer.producer_id,
        v3_and_below_producer_epoch=producer.producer_epoch,
        v3_and_below_topics=[AddPartitionsToTxnTopic(name="pay", partitions=[0])],
    )
    client.ask_coordinator(TRANSACTION, name, add, max_version=3)
    records = build_batch(
        [(None, b"x")],
        now_ms=client.clock.now_ms(),
        producer_id=producer.producer_id,
        producer_epoch=producer.producer_epoch,
        base_sequence=0,
        is_transactional=True,
    )
    data = TopicProduceData(name="pay", partition_data=[PartitionProduceData(index=0, records=records)])
    request = ProduceRequest(transactional_id=name, acks=-1, timeout_ms=30_000, topic_data=[data])
    [topic] = client.ask(request, max_version=11).responses
    assert topic.partition_responses[0].error_code == 0


def stable_end(client: Client) -> int:
    return list_offsets(client, {PARTITION: LATEST}, isolation_level=READ_COMMITTED)[PARTITION]


def test_a_transaction_from_begin_to_abort(client: Client) -> None:
    begin(client, "billing")
    found = describe_transaction(client, "billing")
    assert (found.state, found.partitions, found.start_ms is not None) == ("Ongoing", [PARTITION], True)
    [listed] = list_transactions(client, states=["Ongoing"])
    assert (listed.transactional_id, listed.producer_id) == ("billing", found.producer_id)
    assert list_transactions(client, states=["Empty"]) == []
    assert list_transactions(client, min_age_ms=3_600_000) == []
    assert list_transactions(client, producer_ids=[found.producer_id + 1]) == []
    [producer] = list_producers(client, PARTITION)
    assert (producer.producer_id, producer.start_offset, stable_end(client)) == (found.producer_id, 0, 0)
    fence(client, "billing")
    after = describe_transaction(client, "billing")
    assert after.state != "Ongoing"
    assert (after.start_ms, after.producer_epoch > found.producer_epoch, stable_end(client)) == (None, True, 2)


def test_an_abort_marker_for_one_partition(client: Client) -> None:
    begin(client, "billing")
    [producer] = list_producers(client, PARTITION)
    abort_hanging(client, producer)
    [producer] = list_producers(client, PARTITION)
    assert (producer.start_offset, stable_end(client)) == (None, 2)


def test_unknown_names(client: Client) -> None:
    with pytest.raises(BrokerError) as refusal:
        describe_transaction(client, "no-such-id")
    assert refusal.value.name == "TRANSACTIONAL_ID_NOT_FOUND"
    with pytest.raises(BrokerError, match=r"^nosuch: UNKNOWN_TOPIC_OR_PARTITION"):
        list_producers(client, TopicPartition("nosuch", 0))
