"""Writes records with pykafka, and returns their places."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from typing import Any, NamedTuple

from pykafka import KafkaClient  # type: ignore[import-not-found]
from pykafka.common import CompressionType  # type: ignore[import-not-found]
from pykafka.partitioners import HashingPartitioner  # type: ignore[import-not-found]

from compat_tests.clients.pykafka_program.topics import find_or_create

CODECS = {"none": CompressionType.NONE, "gzip": CompressionType.GZIP, "snappy": CompressionType.SNAPPY}
REPORT_TIMEOUT_S = 15.0


class Record(NamedTuple):
    """One record to write; None as time or partition leaves the choice to pykafka."""

    key: bytes | None
    value: bytes | None
    timestamp_ms: int | None
    partition: int | None


class ChosenPartition:
    """A partitioner: the partition that was chosen for the next record, else one by its key."""

    def __init__(self) -> None:
        self.chosen: int | None = None
        self._by_key = HashingPartitioner()

    def __call__(self, partitions: Sequence[Any], key: bytes | None) -> Any:
        if self.chosen is None:
            return self._by_key(partitions, key or b"")
        return next(partition for partition in partitions if partition.id == self.chosen)


class RecordProducer:
    """A producer for one topic: pykafka has one for each."""

    def __init__(self, client: KafkaClient, topic: str, acks: int, codec: str) -> None:
        self._partitioner = ChosenPartition()
        self._producer = find_or_create(client, topic).get_producer(
            partitioner=self._partitioner,
            required_acks=acks,
            compression=CODECS[codec],
            delivery_reports=True,
            linger_ms=50,  # what is sent at once shall be one batch
        )

    def send(self, records: Sequence[Record]) -> list[tuple[int, int]]:
        """Return partition and offset of each record, in the order of the records; raises the broker's first error."""
        messages = []
        for record in records:
            self._partitioner.chosen = record.partition
            messages.append(self._producer.produce(record.value, record.key, record.timestamp_ms))
        for _ in messages:
            self._await_report()
        return [(message.partition_id, message.offset) for message in messages]

    def _await_report(self) -> None:
        try:
            _, error = self._producer.get_delivery_report(timeout=REPORT_TIMEOUT_S)
        except queue.Empty:
            raise TimeoutError(f"nothing acknowledged in {REPORT_TIMEOUT_S} s") from None
        if error is not None:
            raise error

    def close(self) -> None:
        """Send what waits, then stop."""
        self._producer.stop()
