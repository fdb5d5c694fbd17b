"""A transactional producer in the hand of a test: every request it sends, in either generation."""

from __future__ import annotations

from typing import Any

from kafkalite.protocol.messages.add_offsets_to_txn_request import AddOffsetsToTxnRequest
from kafkalite.protocol.messages.add_partitions_to_txn_request import (
    AddPartitionsToTxnRequest,
    AddPartitionsToTxnTopic,
    AddPartitionsToTxnTransaction,
)
from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest
from kafkalite.protocol.messages.end_txn_request import EndTxnRequest
from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.protocol.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestPartition,
    TxnOffsetCommitRequestTopic,
)
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.records.builder import build_batch
from tests.broker.played_broker import PlayedBroker, fetch_request

ID = "orders-writer"
NO_ERROR = 0


class TransactionalProducer:
    """Sends what a client would.

    Args:
        is_tv2: the client has an epoch for each transaction (KIP-890), and partitions join by being written to.

    Attributes:
        producer_id, producer_epoch: what it was told; a test may change them.
        sequences: the next sequence of each (topic, partition).
    """

    def __init__(self, played: PlayedBroker, transactional_id: str = ID, *, is_tv2: bool = True) -> None:
        self.played = played
        self.transactional_id = transactional_id
        self.is_tv2 = is_tv2
        self.producer_id = -1
        self.producer_epoch = -1
        self.sequences: dict[tuple[str, int], int] = {}

    def init(self, *, timeout_ms: int = 60_000, version: int = 4, **fields: Any) -> int:
        """InitProducerId; returns the error."""
        request = InitProducerIdRequest(
            transactional_id=self.transactional_id, transaction_timeout_ms=timeout_ms, **fields
        )
        response = self.played.ask(request, version)
        if response.error_code == NO_ERROR:
            self.producer_id, self.producer_epoch = response.producer_id, response.producer_epoch
            self.sequences.clear()
        return int(response.error_code)

    def add(self, *partitions: tuple[str, int], version: int = 3) -> dict[tuple[str, int], int]:
        """AddPartitionsToTxn of a client; returns the error of each partition."""
        request = AddPartitionsToTxnRequest(
            v3_and_below_transactional_id=self.transactional_id,
            v3_and_below_producer_id=self.producer_id,
            v3_and_below_producer_epoch=self.producer_epoch,
            v3_and_below_topics=_topics(partitions),
        )
        response = self.played.ask(request, version)
        return _codes(response.results_by_topic_v3_and_below)

    def add_as_broker(self, *partitions: tuple[str, int], verify_only: bool = False) -> dict[tuple[str, int], int]:
        """AddPartitionsToTxn as brokers send it to each other."""
        transaction = AddPartitionsToTxnTransaction(
            transactional_id=self.transactional_id,
            producer_id=self.producer_id,
            producer_epoch=self.producer_epoch,
            verify_only=verify_only,
            topics=_topics(partitions),
        )
        response = self.played.ask(AddPartitionsToTxnRequest(transactions=[transaction]), 5)
        assert response.error_code == NO_ERROR
        [result] = response.results_by_transaction
        assert result.transactional_id == self.transactional_id
        return _codes(result.topic_results)

    def write(
        self,
        *values: bytes,
        topic: str = "orders",
        partition: int = 0,
        version: int | None = None,
        sequence: int | None = None,
    ) -> Any:
        """Produce one batch, in TV1 of a partition that is to be added before; returns the partition's answer."""
        key = (topic, partition)
        first = self.sequences.get(key, 0) if sequence is None else sequence
        batch = build_batch(
            [(None, value) for value in values],
            now_ms=self.played.clock.now_ms(),
            producer_id=self.producer_id,
            producer_epoch=self.producer_epoch,
            base_sequence=first,
            is_transactional=True,
        )
        answer = self.produce({key: batch}, version=version)[key]
        if answer.error_code == NO_ERROR:
            self.sequences[key] = first + len(values)
        return answer

    def produce(
        self,
        batches: dict[tuple[str, int], bytes | bytearray],
        *,
        version: int | None = None,
        transactional_id: str | None = "",
    ) -> dict[tuple[str, int], Any]:
        """Produce batches as they are; the transactional id is the own one unless another (or None) is given."""
        request = ProduceRequest(
            transactional_id=self.transactional_id if transactional_id == "" else transactional_id,
            acks=-1,
            timeout_ms=1000,
            topic_data=[
                TopicProduceData(name=topic, partition_data=[PartitionProduceData(index=partition, records=batch)])
                for (topic, partition), batch in batches.items()
            ],
        )
        response = self.played.ask(request, (12 if self.is_tv2 else 11) if version is None else version)
        return {(topic.name, one.index): one for topic in response.responses for one in topic.partition_responses}

    def end(self, *, is_commit: bool = True, version: int | None = None) -> int:
        """EndTxn; returns the error, and takes the next epoch where there is one."""
        request = EndTxnRequest(
            transactional_id=self.transactional_id,
            producer_id=self.producer_id,
            producer_epoch=self.producer_epoch,
            committed=is_commit,
        )
        response = self.played.ask(request, (5 if self.is_tv2 else 4) if version is None else version)
        if response.error_code == NO_ERROR and response.producer_id != -1:
            self.producer_id, self.producer_epoch = response.producer_id, response.producer_epoch
            self.sequences.clear()
        return int(response.error_code)

    def transact(self, *values: bytes, topic: str = "orders", partition: int = 0, is_commit: bool = True) -> None:
        """A whole transaction with one batch."""
        if not self.is_tv2:
            assert self.add((topic, partition)) == {(topic, partition): NO_ERROR}
        assert self.write(*values, topic=topic, partition=partition).error_code == NO_ERROR
        assert self.end(is_commit=is_commit) == NO_ERROR

    def add_offsets(self, group_id: str, *, version: int = 3) -> int:
        """AddOffsetsToTxn; returns the error."""
        request = AddOffsetsToTxnRequest(
            transactional_id=self.transactional_id,
            producer_id=self.producer_id,
            producer_epoch=self.producer_epoch,
            group_id=group_id,
        )
        return int(self.played.ask(request, version).error_code)

    def commit_offsets(
        self, group_id: str, offsets: dict[tuple[str, int], int], *, version: int | None = None, **fields: Any
    ) -> dict[tuple[str, int], int]:
        """TxnOffsetCommit; returns the error of each partition."""
        request = TxnOffsetCommitRequest(
            transactional_id=self.transactional_id,
            group_id=group_id,
            producer_id=self.producer_id,
            producer_epoch=self.producer_epoch,
            topics=[
                TxnOffsetCommitRequestTopic(
                    name=topic,
                    partitions=[TxnOffsetCommitRequestPartition(partition_index=partition, committed_offset=offset)],
                )
                for (topic, partition), offset in offsets.items()
            ],
            **fields,
        )
        version = (5 if self.is_tv2 else 4) if version is None else version
        names: dict[bytes, str] = {}
        if version >= 6:  # a topic that does not exist has an id that none has
            for topic in request.topics:
                topic.topic_id = self.played.find_topic_id(topic.name) or topic.name.encode().ljust(16, b"?")
                names[topic.topic_id] = topic.name
        response = self.played.ask(request, version)
        return {
            (names.get(topic.topic_id, topic.name), one.partition_index): one.error_code
            for topic in response.topics
            for one in topic.partitions
        }

    def describe(self) -> Any:
        """DescribeTransactions of the own id."""
        response = self.played.ask(DescribeTransactionsRequest(transactional_ids=[self.transactional_id]), 0)
        return response.transaction_states[0]

    def state(self) -> str:
        """The name of the state that the transaction is in."""
        return str(self.describe().transaction_state)


def _topics(partitions: tuple[tuple[str, int], ...]) -> list[AddPartitionsToTxnTopic]:
    return [AddPartitionsToTxnTopic(name=topic, partitions=[partition]) for topic, partition in partitions]


def _codes(topics: Any) -> dict[tuple[str, int], int]:
    return {
        (topic.name, one.partition_index): one.partition_error_code
        for topic in topics
        for one in topic.results_by_partition
    }


def read_committed(played: PlayedBroker, topic: str = "orders", partition: int = 0) -> list[bytes]:
    """The values that a consumer of committed records sees, from what Fetch gives it."""
    request = fetch_request(0, topic, partition, isolation_level=1)
    [answer] = played.ask(request, 12).responses[0].partitions
    aborted = sorted((one.first_offset, one.producer_id) for one in answer.aborted_transactions or ())
    open_aborts: set[int] = set()
    values: list[bytes] = []
    for header in iterate_batches(answer.records):
        while aborted and aborted[0][0] <= header.last_offset:
            open_aborts.add(aborted.pop(0)[1])
        if header.is_control:
            open_aborts.discard(header.producer_id)
        elif not (header.is_transactional and header.producer_id in open_aborts):
            values += [record.value or b"" for record in iterate_records(answer.records, header)]
    return values


def read_all(played: PlayedBroker, topic: str = "orders", partition: int = 0) -> list[tuple[int, int, bool, bool]]:
    """(producer id, epoch, is control, is transactional) of every batch."""
    [answer] = played.ask(fetch_request(0, topic, partition), 12).responses[0].partitions
    return [
        (header.producer_id, header.producer_epoch, bool(header.is_control), bool(header.is_transactional))
        for header in iterate_batches(answer.records)
    ]
