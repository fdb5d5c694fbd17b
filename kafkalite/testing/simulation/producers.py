"""Producers of a simulation: idempotent ones, and transactional ones that take over each other's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.protocol import errors
from kafkalite.protocol.messages.add_offsets_to_txn_request import AddOffsetsToTxnRequest
from kafkalite.protocol.messages.add_partitions_to_txn_request import AddPartitionsToTxnRequest, AddPartitionsToTxnTopic
from kafkalite.protocol.messages.end_txn_request import EndTxnRequest
from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.protocol.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestPartition,
    TxnOffsetCommitRequestTopic,
)
from kafkalite.records.builder import build_batch
from kafkalite.testing.simulation.client import RECONNECT_MAX_MS, Client, Lost
from kafkalite.testing.simulation.history import ABORTED, COMMITTED, IN_DOUBT, Incarnation, Transaction, Written

if TYPE_CHECKING:
    from random import Random

    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.system.clock import ManualClock
    from kafkalite.testing.simulation.history import History

TRY_AGAIN = frozenset(
    (
        errors.KAFKA_STORAGE_ERROR,
        errors.COORDINATOR_NOT_AVAILABLE,
        errors.COORDINATOR_LOAD_IN_PROGRESS,
        errors.NOT_COORDINATOR,
        errors.NOT_LEADER_OR_FOLLOWER,
        errors.NOT_ENOUGH_REPLICAS,
        errors.REQUEST_TIMED_OUT,
        errors.CONCURRENT_TRANSACTIONS,
    )
)
FENCED = frozenset((errors.PRODUCER_FENCED, errors.INVALID_PRODUCER_EPOCH, errors.INVALID_TXN_STATE))
"""The errors for an outdated epoch; INVALID_TXN_STATE is returned if the transaction timed out before."""

OFFSETS_GROUP_OF = "offsets of {}"
BATCH_MAX_COUNT = 3


class Fenced(Exception):
    """Another producer has taken the transactional id, or the transaction took too long."""


class Producer:
    """A client that sends batches with sequence numbers until their outcome is known.

    Args:
        name: unique prefix of the values of its records.
        batch_count: number of its batches or transactions.
    """

    def __init__(
        self,
        name: str,
        client: Client,
        clock: ManualClock,
        history: History,
        random: Random,
        partitions: list[TopicPartition],
        batch_count: int,
    ) -> None:
        self.name = name
        self._client = client
        self._clock = clock
        self._history = history
        self._random = random
        self._partitions = partitions
        self._batch_count = batch_count
        self._number = 0
        self._producer_id = -1
        self._producer_epoch = -1
        self._sequences: dict[TopicPartition, int] = {}

    async def _pause(self, max_ms: int = RECONNECT_MAX_MS) -> None:
        await self._client.sleep(self._random.randrange(max_ms))

    def _make_records(self, partition: TopicPartition, transaction: Transaction | None = None) -> list[Written]:
        made = []
        for _ in range(self._random.randint(1, BATCH_MAX_COUNT)):
            self._number += 1
            written = Written(self.name, self._number, partition, transaction)
            self._history.written[written.value] = written
            made.append(written)
        return made

    def _produce_request(self, records: list[Written], transactional_id: str | None) -> ProduceRequest:
        partition = records[0].partition
        batch = build_batch(
            [(None, written.value) for written in records],
            now_ms=self._clock.now_ms(),
            producer_id=self._producer_id,
            producer_epoch=self._producer_epoch,
            base_sequence=self._sequences.get(partition, 0),
            is_transactional=transactional_id is not None,
        )
        data = TopicProduceData(
            name=partition.topic, partition_data=[PartitionProduceData(index=partition.partition, records=batch)]
        )
        return ProduceRequest(transactional_id=transactional_id, acks=-1, timeout_ms=1000, topic_data=[data])

    def _acknowledge(self, records: list[Written], base_offset: int) -> None:
        partition = records[0].partition
        self._sequences[partition] = self._sequences.get(partition, 0) + len(records)
        for offset, written in enumerate(records, base_offset):
            written.offset = offset


class IdempotentProducer(Producer):
    """A producer that writes batches in sequence and repeats each until it is acknowledged."""

    async def run(self) -> None:
        """Write all batches."""
        while True:
            identity = await self._client.ask_again(InitProducerIdRequest(transactional_id=None), 4)
            if identity.error_code == 0:
                break
            await self._pause()
        self._producer_id, self._producer_epoch = identity.producer_id, identity.producer_epoch
        for _ in range(self._batch_count):
            await self._write(self._make_records(self._random.choice(self._partitions)))
            await self._pause(1000)

    async def _write(self, records: list[Written]) -> None:
        request = self._produce_request(records, None)
        while True:
            response = await self._client.ask_again(request, 9)
            [answer] = response.responses[0].partition_responses
            if answer.error_code == 0:
                self._acknowledge(records, answer.base_offset)
                return
            if answer.error_code not in TRY_AGAIN:
                raise AssertionError(f"{self.name} wrote in order and hears {errors.NAMES[answer.error_code]}")
            await self._pause()


class TransactionalProducer(Producer):
    """A producer of transactions, which stops when another producer has taken over its id.

    Args:
        is_tv2: whether each transaction has a separate epoch (KIP-890), and a write adds its partition implicitly.
        take_over_count: limit of its takeovers of the id.
    """

    def __init__(self, *arguments: Any, transactional_id: str, is_tv2: bool, take_over_count: int) -> None:
        super().__init__(*arguments)
        self.transactional_id = transactional_id
        self._is_tv2 = is_tv2
        self._take_over_count = take_over_count
        self._incarnation: Incarnation | None = None
        self._left_count = self._batch_count

    async def run(self) -> None:
        """Run all transactions, or as many as the other producers allow."""
        for _ in range(self._take_over_count):
            await self._take_over()
            try:
                while self._left_count > 0:
                    self._left_count -= 1
                    await self._transact()
                    await self._pause(800)
                return
            except Fenced:
                await self._pause(1500)

    async def _take_over(self) -> None:
        request = InitProducerIdRequest(transactional_id=self.transactional_id, transaction_timeout_ms=10_000)
        while True:
            invoked_at = self._history.now()
            identity = await self._client.ask_again(request, 4)
            if identity.error_code == 0:
                break
            if identity.error_code not in TRY_AGAIN:
                raise AssertionError(f"{self.name} hears {errors.NAMES[identity.error_code]} from InitProducerId")
            await self._pause()
        self._take_identity(identity)
        self._incarnation = Incarnation(
            self.name, self.transactional_id, identity.producer_id, identity.producer_epoch, invoked_at
        )
        self._incarnation.began_at = self._history.now()
        self._history.incarnations.append(self._incarnation)

    def _take_identity(self, identity: Any) -> None:
        self._producer_id, self._producer_epoch = identity.producer_id, identity.producer_epoch
        self._sequences.clear()

    async def _transact(self) -> None:
        random, history = self._random, self._history
        transaction = Transaction(self.transactional_id, len(history.transactions))
        history.transactions.append(transaction)
        try:
            for _ in range(random.randint(1, 3)):
                await self._write(transaction, random.choice(self._partitions))
                if random.random() < 0.3:
                    await self._pause(3000)
            if random.random() < 0.5:
                await self._commit_offset(transaction)
            await self._end(transaction, is_commit=random.random() < 0.8)
        except Fenced:
            if transaction.state != IN_DOUBT:
                transaction.state = ABORTED
            raise

    async def _write(self, transaction: Transaction, partition: TopicPartition) -> None:
        if not self._is_tv2:
            topics = [AddPartitionsToTxnTopic(name=partition.topic, partitions=[partition.partition])]
            await self._carry_out(
                AddPartitionsToTxnRequest(
                    v3_and_below_transactional_id=self.transactional_id,
                    v3_and_below_producer_id=self._producer_id,
                    v3_and_below_producer_epoch=self._producer_epoch,
                    v3_and_below_topics=topics,
                ),
                3,
                lambda answer: answer.results_by_topic_v3_and_below[0].results_by_partition[0].partition_error_code,
            )
        records = self._make_records(partition, transaction)
        transaction.records += records
        response = await self._carry_out(
            self._produce_request(records, self.transactional_id),
            12 if self._is_tv2 else 11,
            lambda answer: answer.responses[0].partition_responses[0].error_code,
        )
        self._acknowledge(records, response.responses[0].partition_responses[0].base_offset)

    async def _commit_offset(self, transaction: Transaction) -> None:
        group = OFFSETS_GROUP_OF.format(self.transactional_id)
        identity: dict[str, Any] = {
            "transactional_id": self.transactional_id,
            "producer_id": self._producer_id,
            "producer_epoch": self._producer_epoch,
            "group_id": group,
        }
        if not self._is_tv2:
            await self._carry_out(AddOffsetsToTxnRequest(**identity), 3, lambda answer: answer.error_code)
        partition = self._partitions[0]
        one = TxnOffsetCommitRequestPartition(
            partition_index=partition.partition, committed_offset=transaction.number, committed_metadata=None
        )
        topics = [TxnOffsetCommitRequestTopic(name=partition.topic, partitions=[one])]
        transaction.committed_offset = transaction.number
        await self._carry_out(
            TxnOffsetCommitRequest(**identity, topics=topics),
            5 if self._is_tv2 else 4,
            lambda answer: answer.topics[0].partitions[0].error_code,
        )

    async def _end(self, transaction: Transaction, *, is_commit: bool) -> None:
        request = EndTxnRequest(
            transactional_id=self.transactional_id,
            producer_id=self._producer_id,
            producer_epoch=self._producer_epoch,
            committed=is_commit,
        )

        def doubt() -> None:
            if is_commit:
                transaction.state = IN_DOUBT

        response = await self._carry_out(request, 5 if self._is_tv2 else 4, lambda answer: answer.error_code, doubt)
        transaction.state = COMMITTED if is_commit else ABORTED
        if self._is_tv2 and response.producer_id != -1:
            self._take_identity(response)

    async def _carry_out(self, request: Any, version: int, find_code: Any, on_lost: Any = lambda: None) -> Any:
        """Send a request until it is carried out, and return the response.

        Raises:
            Fenced: another producer has taken over the id.
        """
        incarnation, epoch = self._incarnation, self._producer_epoch
        assert incarnation is not None
        while True:
            invoked_at = self._history.now()
            try:
                response = await self._client.ask(request, version)
            except Lost:
                on_lost()
                await self._pause()
                continue
            code = find_code(response)
            if code == 0:
                incarnation.acknowledged.append((invoked_at, type(request).__name__, epoch))
                return response
            if code in FENCED:
                raise Fenced
            if code not in TRY_AGAIN:
                name = type(request).__name__
                raise AssertionError(f"{self.name} hears {errors.NAMES[code]} from {name} version {version}")
            await self._pause()
