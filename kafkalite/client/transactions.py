"""Transactions of a cluster: listing, describing, ending.

Source: KafkaAdminClient (ListTransactionsHandler, DescribeTransactionsHandler, FenceProducersHandler,
DescribeProducersHandler, AbortTransactionHandler); KIP-664, KIP-890, KIP-994 (filters of ListTransactions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.client.client import TRANSACTION
from kafkalite.client.errors import BrokerError, check
from kafkalite.client.offsets import TopicPartition, find_leaders
from kafkalite.protocol.errors import CONCURRENT_TRANSACTIONS
from kafkalite.protocol.messages.describe_producers_request import DescribeProducersRequest, TopicRequest
from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest
from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest
from kafkalite.protocol.messages.list_transactions_request import ListTransactionsRequest
from kafkalite.protocol.messages.write_txn_markers_request import (
    WritableTxnMarker,
    WritableTxnMarkerTopic,
    WriteTxnMarkersRequest,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.client.client import Client

STATES = (
    "Empty",
    "Ongoing",
    "PrepareCommit",
    "PrepareAbort",
    "CompleteCommit",
    "CompleteAbort",
    "PrepareEpochFence",
    "Dead",
)
"""States of a transactional id. Source: org.apache.kafka.clients.admin.TransactionState, TransactionState."""

RUNNING_STATES = ("Ongoing", "PrepareCommit", "PrepareAbort", "PrepareEpochFence")
"""States with an open transaction. In the others a broker still shows the times of the last one."""

NO_TRANSACTION = -1
FENCING_TIMEOUT_MS = 60_000
"""The transaction timeout that fencing sets. Its value does not matter: no transaction begins with it."""


class ListedTransaction(NamedTuple):
    """A transactional id in a list."""

    transactional_id: str
    state: str
    producer_id: int
    coordinator: int


class Transaction(NamedTuple):
    """A transactional id.

    Attributes:
        start_ms: begin of the running transaction in ms since 1970; None if none runs.
        partitions: those that the running transaction has written to.
    """

    transactional_id: str
    state: str
    producer_id: int
    producer_epoch: int
    coordinator: int
    timeout_ms: int
    start_ms: int | None
    partitions: list[TopicPartition]


class Producer(NamedTuple):
    """A producer that a partition knows.

    Attributes:
        last_timestamp_ms: time of its last batch; -1 = unknown.
        start_offset: first offset of its open transaction; None if it has none.
    """

    partition: TopicPartition
    producer_id: int
    producer_epoch: int
    last_sequence: int
    last_timestamp_ms: int
    coordinator_epoch: int
    start_offset: int | None


def list_transactions(
    client: Client, *, states: Sequence[str] = (), producer_ids: Sequence[int] = (), min_age_ms: int = -1
) -> list[ListedTransaction]:
    """Return the transactional ids of all coordinators that pass the filters, sorted.

    Args:
        min_age_ms: only with a transaction that runs for longer; -1 = no filter (brokers before Kafka 3.8 have none).
    Raises:
        ClientError: a broker refuses or does not know a state.
    """
    request = ListTransactionsRequest(
        state_filters=list(states), producer_id_filters=list(producer_ids), duration_filter=min_age_ms
    )
    found = []
    for broker_id, response in client.ask_all_brokers(request):
        check(response.error_code, None, f"ListTransactions of broker {broker_id}")
        found += [
            ListedTransaction(one.transactional_id, one.transaction_state, one.producer_id, broker_id)
            for one in response.transaction_states
        ]
    return sorted(found)


def describe_transaction(client: Client, transactional_id: str) -> Transaction:
    """Return one transactional id.

    Raises:
        BrokerError: TRANSACTIONAL_ID_NOT_FOUND for an unknown one.
    """
    request = DescribeTransactionsRequest(transactional_ids=[transactional_id])
    [found] = client.ask_coordinator(TRANSACTION, transactional_id, request).transaction_states
    check(found.error_code, None, transactional_id)
    return Transaction(
        transactional_id,
        found.transaction_state,
        found.producer_id,
        found.producer_epoch,
        client.coordinator(TRANSACTION, transactional_id),
        found.transaction_timeout_ms,
        found.transaction_start_time_ms if found.transaction_state in RUNNING_STATES else None,
        sorted(TopicPartition(topic.topic, index) for topic in found.topics for index in topic.partitions),
    )


def fence(client: Client, transactional_id: str) -> None:
    """Fence the producer of a transactional id, which aborts its open transaction.

    An unknown id is created: call ``describe_transaction`` first.

    Raises:
        BrokerError: the broker refuses.
    """
    request = InitProducerIdRequest(
        transactional_id=transactional_id, transaction_timeout_ms=FENCING_TIMEOUT_MS, producer_id=-1, producer_epoch=-1
    )

    def attempt() -> None:
        response = client.ask_coordinator(TRANSACTION, transactional_id, request)
        if response.error_code == CONCURRENT_TRANSACTIONS:  # the abort is in progress until the answer is another one
            raise BrokerError(response.error_code, None, transactional_id)
        check(response.error_code, None, transactional_id)

    client.retry(attempt)


def list_producers(client: Client, partition: TopicPartition) -> list[Producer]:
    """Return the producers that a partition knows, sorted by their ids.

    Raises:
        BrokerError: the broker refuses.
    """
    request = DescribeProducersRequest(
        topics=[TopicRequest(name=partition.topic, partition_indexes=[partition.partition])]
    )
    [leader] = find_leaders(client, [partition])
    [topic] = client.ask(request, broker_id=leader).topics
    [found] = topic.partitions
    check(found.error_code, found.error_message, str(partition))
    return sorted(
        Producer(
            partition,
            one.producer_id,
            one.producer_epoch,
            one.last_sequence,
            one.last_timestamp,
            one.coordinator_epoch,
            None if one.current_txn_start_offset == NO_TRANSACTION else one.current_txn_start_offset,
        )
        for one in found.active_producers
    )


def abort_hanging(client: Client, producer: Producer) -> None:
    """Write the abort marker of a producer's open transaction into its partition.

    Only for a transaction that its coordinator no longer knows.

    Raises:
        BrokerError: the broker refuses.
    """
    partition = producer.partition
    marker = WritableTxnMarker(
        producer_id=producer.producer_id,
        producer_epoch=producer.producer_epoch,
        transaction_result=False,
        topics=[WritableTxnMarkerTopic(name=partition.topic, partition_indexes=[partition.partition])],
        coordinator_epoch=max(producer.coordinator_epoch, 0),
    )
    [leader] = find_leaders(client, [partition])
    for answered in client.ask(WriteTxnMarkersRequest(markers=[marker]), broker_id=leader).markers:
        for topic in answered.topics:
            for one in topic.partitions:
                check(one.error_code, None, str(partition))
