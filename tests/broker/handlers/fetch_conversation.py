"""What the conversations of Fetch have in common: asking, and reading answers."""

from __future__ import annotations

from typing import Any

from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from kafkalite.records.batch import iterate_batches, iterate_records
from tests.broker.played_broker import PlayedBroker, Waiting


def values(answer: Any) -> list[bytes | None]:
    """Return the values of every record in a partition's answer."""
    return [
        record.value and bytes(record.value)
        for header in iterate_batches(answer.records)
        for record in iterate_records(answer.records, header)
    ]


def target(partition: int = 0, offset: int = 0, max_bytes: int = 1 << 20, **fields: Any) -> FetchPartition:
    return FetchPartition(partition=partition, fetch_offset=offset, partition_max_bytes=max_bytes, **fields)


def of(topic: str | bytes, *targets: FetchPartition) -> FetchTopic:
    if isinstance(topic, bytes):
        return FetchTopic(topic_id=topic, partitions=list(targets))
    return FetchTopic(topic=topic, partitions=list(targets))


def ask(broker: PlayedBroker, *topics: FetchTopic, version: int = 12, **fields: Any) -> Any:
    """Fetch, by default sessionless and without waiting."""
    fields = {"max_wait_ms": 0, "min_bytes": 1, "session_epoch": -1, **fields}
    if version < 7:
        del fields["session_epoch"]
    return broker.ask(FetchRequest(topics=list(topics), **fields), version)


def outline(response: Any) -> list[tuple[str | bytes, int, int, list[bytes | None]]]:
    """Return (topic, partition, error, values) of every partition in a response, in order."""
    return [
        (topic.topic or topic.topic_id, answer.partition_index, answer.error_code, values(answer))
        for topic in response.responses
        for answer in topic.partitions
    ]


def size_of(broker: PlayedBroker, partition: int = 0) -> int:
    return broker.broker.partitions.get("orders", partition).size_bytes


def waiting_fetch(broker: PlayedBroker, *topics: FetchTopic, **fields: Any) -> Waiting:
    waiting = ask(broker, *(topics or (of("orders", target()),)), **{"max_wait_ms": 500, **fields})
    assert isinstance(waiting, Waiting) and waiting.response is None
    return waiting
