"""Versions that Apache Kafka 4 no longer serves, judged by 3.9: message sets, offset lists, and fields of old."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.configs import TOPIC_DEFAULTS
from kafkalite.conformance.cases.steps import LONG_MS, fetch_fields, fetch_partition, fetch_topic, list_offsets_fields
from kafkalite.conformance.cases.topics import MAY_GO
from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch, Conversation, Records, Step, Topic

RELEASE = "3.9.2"
FETCH_OF_BATCHES = 12
"""A version that 3.9 and kafkalite both serve, for inspecting the stored records."""

GZIP, SNAPPY, LZ4, ZSTD = 1, 2, 3, 4


def _produce(data: object, *, version: int | None = None, partition: int = 0, acks: int = -1, name: str = "") -> Step:
    fields = {
        "Acks": acks,
        "TimeoutMs": LONG_MS,
        "TopicData": [{"Name": "$orders", "PartitionData": [{"Index": partition, "Records": data}]}],
    }
    return Step(api="Produce", fields=fields, version=version, name=name)


def _fetch(offset: int = 0, *, version: int | None = None, name: str = "", **more: Any) -> Step:
    topic = fetch_topic("orders", fetch_partition(0, offset, **more))
    return Step(api="Fetch", fields=fetch_fields(topic), version=version, name=name)


def _message_set(magic: int, *values: str, codec: int = 0) -> Records:
    return Records((Batch(records=[("k", value) for value in values], codec=codec),), magic=magic)


STORED = _fetch(version=FETCH_OF_BATCHES, name="what was stored")
BATCHES = (
    _produce(Records((Batch(records=["a", "b"]),)), version=9, name="a batch"),
    _produce(Records((Batch(records=[("k", "c" * 30), ("k", "d" * 30)], codec=GZIP),)), version=9, name="a packed one"),
)
PACKED = {
    "Fetch.Responses.Partitions.Records.batchLength": "packed anew, by another library",
    "Fetch.Responses.Partitions.Records.messageSize": "packed anew, by another library",
    "Fetch.Responses.Partitions.Records.value": "packed anew, by another library",
}
ORDERS = {"orders": Topic(configs={"message.timestamp.before.max.ms": str((1 << 63) - 1)})}


def _old(name: str, api: str, versions: tuple[int, ...], *steps: Step, **more: Any) -> Conversation:
    return Conversation(name=name, api=api, versions=versions, steps=steps, release=RELEASE, **more)


def _topics(name: str, **topic: Any) -> Step:
    full = {"Name": "$new", "NumPartitions": 1, "ReplicationFactor": 1, **topic}
    return Step(api="CreateTopics", fields={"Topics": [full], "timeoutMs": LONG_MS}, name=name)


def _epochs(epoch: int, name: str, partition: int = 0) -> Step:
    asked = {"Partition": partition, "LeaderEpoch": epoch}
    fields = {"Topics": [{"Topic": "$orders", "Partitions": [asked]}]}
    return Step(api="OffsetForLeaderEpoch", fields=fields, name=name)


def _commit(partition: int, name: str, version: int | None = None, **more: Any) -> Step:
    offset = {"PartitionIndex": partition, "CommittedOffset": 5, "CommittedMetadata": "m"}
    fields = {"GroupId": "$group", "Topics": [{"Name": "$orders", "Partitions": [offset]}], **more}
    return Step(api="OffsetCommit", fields=fields, name=name, version=version)


def _offsets(partitions: list[int], name: str, version: int | None = None) -> Step:
    fields = {"GroupId": "$group", "Topics": [{"Name": "$orders", "PartitionIndexes": partitions}]}
    return Step(api="OffsetFetch", fields=fields, name=name, version=version)


CONVERSATIONS = (
    _old(
        "message sets are stored",
        "Produce",
        (0, 1, 2),
        _produce(_message_set(0, "a", "b"), name="magic 0"),
        _produce(_message_set(1, "c"), name="magic 1"),
        _produce(Records((Batch(),)), name="a batch in an old version"),
        _produce(Records((Batch(patch={"crc": 1}),)), name="a batch with a broken CRC"),
        _produce(b"", name="no bytes"),
        _produce(_message_set(1, "x"), partition=7, name="a partition that does not exist"),
        _produce(_message_set(1, "x"), acks=5, name="acks that do not exist"),
        STORED,
        topics=ORDERS,
    ),
    _old(
        "packed message sets are stored",
        "Produce",
        (0, 2),
        _produce(_message_set(0, "a" * 30, "b" * 30, codec=GZIP), name="magic 0, gzip"),
        _produce(_message_set(1, "a" * 30, "b" * 30, codec=SNAPPY), name="magic 1, snappy"),
        _produce(_message_set(1, "a" * 30, "b" * 30, codec=LZ4), name="magic 1, lz4"),
        STORED,
        topics=ORDERS,
        masks=PACKED,
    ),
    _old(
        "batches are converted down",
        "Fetch",
        (0, 1, 2, 3),
        *BATCHES,
        _fetch(name="from the start"),
        _fetch(1, name="within the first batch"),
        _fetch(2, name="the packed one"),
        _fetch(3, name="within the packed one"),
        _fetch(4, name="the end"),
        _fetch(9, name="behind the end"),
        topics=ORDERS,
        masks=PACKED,
    ),
    _old(
        "zstd cannot be converted down",
        "Fetch",
        (0, 2, 3, 9),
        _produce(Records((Batch(records=["a"]),)), version=9),
        _produce(Records((Batch(records=["z" * 50], codec=ZSTD),)), version=9),
        _fetch(1, name="the batch in zstd"),
        topics=ORDERS,
        masks=PACKED,
    ),
    _old(
        "positions as a list",
        "ListOffsets",
        (0,),
        *BATCHES,
        *(
            Step(api="ListOffsets", fields=list_offsets_fields((0, timestamp)), name=name)
            for timestamp, name in (
                (-1, "latest"),
                (-2, "earliest"),
                (FIXED_TIME_MS, "a time"),
                (1 << 62, "a time far ahead"),
            )
        ),
        Step(api="ListOffsets", fields=list_offsets_fields((7, -1)), name="a partition that does not exist"),
        topics=ORDERS,
    ),
    _old(
        "an old client makes a topic",
        "CreateTopics",
        (0, 1),
        _topics("made"),
        _topics("it exists"),
        _topics("no partitions", NumPartitions=0),
        _topics("the broker's defaults", Name="$other", NumPartitions=-1, ReplicationFactor=-1),
        names=("new", "other"),
    ),
    _old(
        "a topic goes",
        "DeleteTopics",
        (0,),
        Step(api="DeleteTopics", fields={"TopicNames": ["$orders", "$nowhere"], "TimeoutMs": LONG_MS}),
        needs=MAY_GO,
        topics=ORDERS,
        names=("nowhere",),
    ),
    _old(
        "ends of epochs for an old client",
        "OffsetForLeaderEpoch",
        (0, 1),
        *BATCHES,
        _epochs(0, "the epoch there is"),
        _epochs(7, "an epoch that never was"),
        _epochs(-1, "no epoch"),
        _epochs(0, "a partition that does not exist", 7),
        topics=ORDERS,
    ),
    _old(
        "properties",
        "DescribeConfigs",
        (0,),
        Step(
            api="DescribeConfigs",
            fields={
                "Resources": [
                    {
                        "ResourceType": 2,
                        "ResourceName": "$orders",
                        "ConfigurationKeys": ["retention.ms", "message.timestamp.before.max.ms"],
                    },
                    {"ResourceType": 2, "ResourceName": "$nowhere", "ConfigurationKeys": None},
                ]
            },
        ),
        needs=TOPIC_DEFAULTS,
        topics=ORDERS,
        names=("nowhere",),
    ),
    _old(
        "where partitions are, for an old client",
        "DescribeLogDirs",
        (0,),
        *BATCHES,
        Step(api="DescribeLogDirs", fields={"Topics": [{"Topic": "$orders", "Partitions": [0]}]}, name="one partition"),
        topics=ORDERS,
        masks={"DescribeLogDirs.Results.LogDir": "a path of the machine"},
    ),
    _old(
        "offsets are kept",
        "OffsetCommit",
        (1,),
        _commit(0, "a partition"),
        _commit(7, "a partition that does not exist"),
        _commit(0, "a generation without a group", GenerationIdOrMemberEpoch=3),
        _offsets([0, 7], "what is kept", version=5),
        topics=ORDERS,
        names=("group",),
    ),
    _old(
        "offsets as they once went to ZooKeeper",
        "OffsetCommit",
        (0,),
        _commit(0, "a partition"),
        _commit(7, "a partition that does not exist"),
        _offsets([0, 7], "what is kept", version=5),
        topics=ORDERS,
        names=("group",),
    ),
    _old(
        "offsets as they once came from ZooKeeper",
        "OffsetFetch",
        (0,),
        _commit(0, "an offset is kept", version=2),
        _offsets([0], "a partition"),
        _offsets([7], "a partition that does not exist"),
        Step(api="OffsetFetch", fields={"GroupId": "$nobody", "Topics": []}, name="no partition of an unknown group"),
        topics=ORDERS,
        names=("group", "nobody"),
    ),
)
