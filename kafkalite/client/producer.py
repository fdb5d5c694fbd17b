"""Producing: records are batched by partition, sent to the leaders, and acknowledged before ``send`` returns.

One request per leader is in flight, with one batch per partition, so that failures cannot change the order.

Source: Sender, RecordAccumulator (batches that are too large are split), KIP-98 (idempotence).
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.client.admin import has_leaders
from kafkalite.client.errors import BrokerError, ClientError, NotKafka, check
from kafkalite.client.offsets import TopicPartition
from kafkalite.client.partitioner import partition_of_key
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.errors import (
    DUPLICATE_SEQUENCE_NUMBER,
    LEADER_NOT_AVAILABLE,
    MESSAGE_TOO_LARGE,
    NONE,
    UNKNOWN_TOPIC_OR_PARTITION,
)
from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.records import codecs
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.record import increment_sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kafkalite.client.client import Client
    from kafkalite.protocol.messages.metadata_response import MetadataResponseTopic

BATCH_BYTES = 512 * 1024
"""Keys and values of a batch before compression, unless a single record is larger. Source: ``max.message.bytes`` is
twice that by default."""

NEW_TOPIC_PATIENCE_MS = 5_000
"""The wait for a topic that the broker may be creating."""

_FIRST_VERSION_WITH_TOPIC_IDS = 13
_RECORD_OVERHEAD_BYTES = 16


class OutgoingRecord(NamedTuple):
    """A record and its destination; ``partition`` None chooses by key, or in turn without one."""

    topic: str
    data: RecordData
    partition: int | None = None


class _Batch(NamedTuple):
    """Records of one partition whose sequence numbers begin with ``base_sequence`` (-1 without idempotence)."""

    records: Sequence[RecordData]
    base_sequence: int


class Producer:
    """Sends records and waits for their acknowledgement by all in-sync replicas.

    Args:
        compression: the codec's number in ``records.codecs``.
        is_idempotent: whether brokers drop the duplicates of retries (Kafka 0.11 and later).
    """

    def __init__(self, client: Client, *, compression: int = codecs.NONE, is_idempotent: bool = True) -> None:
        self._client = client
        self._compression = compression
        self._is_idempotent = is_idempotent
        self._producer_id, self._producer_epoch = -1, -1
        self._sequences: dict[TopicPartition, int] = {}
        self._topics: dict[str, MetadataResponseTopic] = {}
        self._turns = count(client.entropy.random_int(1 << 16))

    def send(self, records: Iterable[OutgoingRecord]) -> int:
        """Send records and return their number after all are acknowledged.

        Raises:
            ClientError: a record was refused; the records before it in its partition were stored, those after it were
                not, and other partitions may have stored all or none of theirs.
        """
        if self._is_idempotent and self._producer_id < 0:
            self._client.retry(self._take_producer_id, is_reconnecting=True)
        by_partition: dict[TopicPartition, list[RecordData]] = {}
        total = 0
        for record in records:
            by_partition.setdefault(self._choose(record), []).append(record.data)
            total += 1
        queues = {partition: self._batches(partition, found) for partition, found in by_partition.items()}
        while queues:
            self._client.retry(lambda: self._send_round(queues), is_reconnecting=True)
        return total

    def find_partition_count(self, topic: str) -> int | None:
        """Return the number of a topic's partitions, None if it does not exist; never creates it."""
        [found] = self._client.metadata([topic]).topics
        if found.error_code == UNKNOWN_TOPIC_OR_PARTITION:
            return None
        check(found.error_code, None, topic)
        self._topics[topic] = found
        return len(found.partitions)

    def _take_producer_id(self) -> None:
        response = self._client.ask(InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=60_000))
        check(response.error_code, None, "InitProducerId")
        self._producer_id, self._producer_epoch = response.producer_id, response.producer_epoch

    def _choose(self, record: OutgoingRecord) -> TopicPartition:
        total = len(self._topic(record.topic).partitions)
        partition = record.partition
        if partition is None:
            key = record.data.key
            partition = next(self._turns) % total if key is None else partition_of_key(bytes(key), total)
        elif not 0 <= partition < total:
            raise ClientError(no_partition_text(record.topic, partition, total))
        return TopicPartition(record.topic, partition)

    def _topic(self, name: str) -> MetadataResponseTopic:
        """Return Metadata of a topic, created if the broker does so.

        Raises:
            BrokerError: the broker refuses.
        """
        found = self._topics.get(name)
        if found is not None:
            return found
        clock = self._client.clock
        deadline_ms = clock.monotonic_ms() + NEW_TOPIC_PATIENCE_MS
        while True:
            [found] = self._client.retry(
                lambda: self._client.metadata([name], is_auto_create=True), is_reconnecting=True
            ).topics
            if has_leaders(found):
                self._topics[name] = found
                return found
            problem = BrokerError(found.error_code or LEADER_NOT_AVAILABLE, None, name)
            if clock.monotonic_ms() >= deadline_ms or not problem.is_retriable:
                raise problem
            self._client.pause()

    def _batches(self, partition: TopicPartition, records: list[RecordData]) -> list[_Batch]:
        """Return the batches of one partition, the last first, and move its sequence number."""
        chunks: list[list[RecordData]] = []
        filled = BATCH_BYTES
        for record in records:
            size = len(record.key or b"") + len(record.value or b"") + _RECORD_OVERHEAD_BYTES
            if filled + size > BATCH_BYTES:
                chunks.append([])
                filled = 0
            chunks[-1].append(record)
            filled += size
        batches = []
        for chunk in chunks:
            sequence = self._sequences.get(partition, 0) if self._is_idempotent else -1
            batches.append(_Batch(chunk, sequence))
            if self._is_idempotent:
                self._sequences[partition] = increment_sequence(sequence, len(chunk))
        return batches[::-1]

    def _send_round(self, queues: dict[TopicPartition, list[_Batch]]) -> None:
        """Send the next batch of every partition; remove acknowledged batches from the queues."""
        by_leader: dict[int, list[TopicPartition]] = {}
        for partition in queues:
            by_leader.setdefault(self._leader(partition), []).append(partition)
        try:
            for leader_id, partitions in by_leader.items():
                self._send_to_leader(leader_id, partitions, queues)
        except ClientError:
            self._topics.clear()
            raise

    def _leader(self, partition: TopicPartition) -> int:
        for found in self._topic(partition.topic).partitions:
            if found.partition_index == partition.partition:
                return found.leader_id
        raise BrokerError(UNKNOWN_TOPIC_OR_PARTITION, None, str(partition))

    def _send_to_leader(
        self, leader_id: int, partitions: list[TopicPartition], queues: dict[TopicPartition, list[_Batch]]
    ) -> None:
        topics: dict[str, TopicProduceData] = {}
        for partition in partitions:
            name = partition.topic
            topic_id = self._topic(name).topic_id
            topic = topics.setdefault(name, TopicProduceData(name=name, topic_id=topic_id, partition_data=[]))
            topic.partition_data.append(
                PartitionProduceData(index=partition.partition, records=self._encode(queues[partition][-1]))
            )
        names = {topic.topic_id: topic.name for topic in topics.values()}
        has_ids = ZERO_UUID not in names
        connection = self._client.connection(leader_id)
        limit = None if has_ids else _FIRST_VERSION_WITH_TOPIC_IDS - 1
        is_by_id = connection.highest_version(ProduceRequest, limit) >= _FIRST_VERSION_WITH_TOPIC_IDS
        for topic in topics.values():
            topic.name, topic.topic_id = ("", topic.topic_id) if is_by_id else (topic.name, ZERO_UUID)
        request = ProduceRequest(
            acks=-1, timeout_ms=self._client.config.request_timeout_ms, topic_data=list(topics.values())
        )
        response = self._client.ask(request, broker_id=leader_id, max_version=limit)
        problems: list[BrokerError] = []
        missing = set(partitions)
        for answered in response.responses:
            for result in answered.partition_responses:
                partition = TopicPartition(answered.name or names.get(answered.topic_id, ""), result.index)
                if partition not in missing:
                    raise NotKafka(f"{connection.address} answered Produce for {partition}, which was not sent")
                missing.remove(partition)
                problem = self._acknowledge(partition, queues, result.error_code, result.error_message)
                problems += [] if problem is None else [problem]
        if missing:
            raise NotKafka(f"{connection.address} did not answer Produce for {min(missing)}")
        fatal = [problem for problem in problems if not problem.is_retriable]
        for problem in (*fatal, *problems):
            raise problem

    def _acknowledge(
        self, partition: TopicPartition, queues: dict[TopicPartition, list[_Batch]], code: int, message: str | None
    ) -> BrokerError | None:
        """Remove an answered batch from its queue, or split it; return the error of one that stays."""
        batch = queues[partition][-1]
        if code == MESSAGE_TOO_LARGE and len(batch.records) > 1:
            half = len(batch.records) // 2
            second = -1 if batch.base_sequence < 0 else increment_sequence(batch.base_sequence, half)
            queues[partition][-1:] = [
                _Batch(batch.records[half:], second),
                _Batch(batch.records[:half], batch.base_sequence),
            ]
            return None
        if code not in (NONE, DUPLICATE_SEQUENCE_NUMBER):
            return BrokerError(code, message, str(partition))
        queues[partition].pop()
        if not queues[partition]:
            del queues[partition]
        return None

    def _encode(self, batch: _Batch) -> bytearray:
        return build_batch(
            batch.records,
            now_ms=self._client.clock.now_ms(),
            compression=self._compression,
            producer_id=self._producer_id,
            producer_epoch=self._producer_epoch,
            base_sequence=batch.base_sequence,
        )


def no_partition_text(topic: str, partition: int, count: int) -> str:
    """Return the message about a partition that a topic does not have."""
    return f"topic {topic} has no partition {partition} (it has {count}: 0 to {count - 1})"
