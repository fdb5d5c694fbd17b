"""Steps that many tables share, with the fields that they usually have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kafkalite.conformance.conversation import Batch, Records, Step, Wait

LONG_MS = 10_000
"""A timeout that no step reaches."""


def records(*batches: Batch) -> Records:
    """Return a record set of these batches."""
    return Records(batches)


def produce_fields(
    data: object = None,
    *,
    topic: str = "orders",
    partition: int = 0,
    acks: int = -1,
    transactional_id: str | None = None,
) -> dict[str, Any]:
    """Return the fields of a Produce request with one partition; `data` None is one batch with one record."""
    return {
        "TransactionalId": transactional_id,
        "Acks": acks,
        "TimeoutMs": LONG_MS,
        "TopicData": [produce_topic(topic, [(partition, data)])],
    }


def produce_topic(topic: str, partitions: Sequence[tuple[int, object]]) -> dict[str, Any]:
    """Return one topic of a Produce request, by name and by id."""
    return {
        "Name": f"${topic}",
        "TopicId": f"${topic}.id",
        "PartitionData": [
            {"Index": index, "Records": records(Batch()) if data is None else data} for index, data in partitions
        ],
    }


def produce(*batches: Batch, topic: str = "orders", partition: int = 0, **step: Any) -> Step:
    """Return a Produce step of one record set in one partition."""
    data = records(*batches) if batches else None
    return Step(api="Produce", fields=produce_fields(data, topic=topic, partition=partition), **step)


def fetch_partition(partition: int = 0, offset: int = 0, **more: Any) -> dict[str, Any]:
    """Return one partition of a Fetch request."""
    return {"Partition": partition, "FetchOffset": offset, "PartitionMaxBytes": 1 << 20, **more}


def fetch_topic(topic: str = "orders", *partitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return one topic of a Fetch request, by name and by id; without partitions: partition 0 from the start."""
    return {
        "Topic": f"${topic}",
        "TopicId": f"${topic}.id",
        "Partitions": list(partitions) or [fetch_partition()],
    }


def fetch_fields(*topics: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return the fields of a Fetch request that does not wait."""
    return {"MaxWaitMs": 0, "MinBytes": 0, "Topics": list(topics) or [fetch_topic()], **more}


def fetch(*topics: Mapping[str, Any], until: Wait | None = None, name: str = "", **more: Any) -> Step:
    """Return a Fetch step."""
    return Step(api="Fetch", fields=fetch_fields(*topics, **more), until=until, name=name)


def list_offsets(timestamp: int, *, topic: str = "orders", partition: int = 0, isolation: int = 0) -> Step:
    """Return a ListOffsets step for one partition."""
    return Step(api="ListOffsets", fields=list_offsets_fields((partition, timestamp), topic=topic, isolation=isolation))


def list_offsets_fields(*asked: tuple[int, int], topic: str = "orders", isolation: int = 0) -> dict[str, Any]:
    """Return the fields of a ListOffsets request for (partition, timestamp) of one topic."""
    return {
        "ReplicaId": -1,
        "IsolationLevel": isolation,
        "TimeoutMs": LONG_MS,
        "Topics": [
            {
                "Name": f"${topic}",
                "Partitions": [{"PartitionIndex": partition, "Timestamp": timestamp} for partition, timestamp in asked],
            }
        ],
    }


def create_topics(*topics: Mapping[str, Any], name: str = "", version: int | None = None, **more: Any) -> Step:
    """Return a CreateTopics step; a topic without more has one partition and one replica."""
    full = [{"NumPartitions": 1, "ReplicationFactor": 1, **topic} for topic in topics]
    return Step(
        api="CreateTopics",
        fields={"Topics": full, "timeoutMs": LONG_MS, **more},
        name=name,
        version=version,
    )


def metadata(*topics: str, create: bool = False, until: Wait | None = None, name: str = "") -> Step:
    """Return a Metadata step about topics by name."""
    fields = {"Topics": [{"Name": topic} for topic in topics], "AllowAutoTopicCreation": create}
    return Step(api="Metadata", fields=fields, until=until, name=name)


def commit_offsets(
    group: str,
    *offsets: tuple[str, int, int],
    generation: int | str = -1,
    member: str = "",
    name: str = "",
    **more: Any,
) -> Step:
    """Return an OffsetCommit step for (topic, partition, offset), one topic each."""
    fields = {
        "GroupId": group,
        "GenerationIdOrMemberEpoch": generation,
        "MemberId": member,
        "Topics": [
            {
                "Name": topic,
                "TopicId": f"{topic}.id",
                "Partitions": [
                    {"PartitionIndex": partition, "CommittedOffset": offset, "CommittedMetadata": f"at {offset}"}
                ],
            }
            for topic, partition, offset in offsets
        ],
        **more,
    }
    return Step(api="OffsetCommit", fields=fields, name=name)


def init_producer(transactional_id: str | None = None, *, timeout_ms: int = 60_000, **step: Any) -> Step:
    """Return an InitProducerId step that remembers `pid` and `epoch`."""
    return Step(
        api="InitProducerId",
        fields={"TransactionalId": transactional_id, "TransactionTimeoutMs": timeout_ms},
        remember={"pid": "ProducerId", "epoch": "ProducerEpoch"},
        **step,
    )
