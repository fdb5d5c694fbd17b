"""Produce without idempotence: versions, acks, partitions, limits, and record sets that are refused."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import (
    LONG_MS,
    commit_offsets,
    fetch,
    fetch_topic,
    list_offsets,
    produce,
    produce_topic,
    records,
)
from kafkalite.conformance.conversation import FIXED_TIME_MS, NOBODY, Batch, Conversation, Records, Step, Topic

EDGE_VERSIONS = (3, 7, 8, 9, 12, 13)
"""Oldest shared; zstd; record errors; compact encoding; the newest by name; the newest, by id."""

GZIP, SNAPPY, LZ4, ZSTD = 1, 2, 3, 4


def _send(*topics: dict[str, Any], acks: int = -1, name: str = "", **step: Any) -> Step:
    fields = {"Acks": acks, "TimeoutMs": LONG_MS, "TopicData": list(topics)}
    return Step(api="Produce", fields=fields, name=name, **step)


def _bad(name: str, **batch: Any) -> Step:
    return produce(Batch(**batch), name=name)


CONVERSATIONS = (
    Conversation(
        name="records are stored",
        api="Produce",
        topics={"orders": Topic(partitions=2)},
        steps=(
            produce(Batch(records=["a", "b", "c"]), name="three records"),
            produce(Batch(records=[("k", "v"), ("k", None), (None, None)]), name="keys and nulls"),
            produce(Batch(headers=[("h", b"x"), ("h", None), ("", b"")]), name="headers"),
            _send(produce_topic("orders", [(0, None), (1, None)]), name="two partitions"),
            _send(produce_topic("orders", [(0, None)]), acks=1, name="acks=1"),
            fetch(name="what was stored"),
        ),
    ),
    Conversation(
        name="nobody waits for an answer",
        api="Produce",
        versions=(3, 9, 13),
        topics={"orders": Topic()},
        steps=(
            _send(produce_topic("orders", [(0, None)]), acks=0, name="acks=0", answers=False),
            produce(name="the next request is answered"),
        ),
    ),
    Conversation(
        name="an error while nobody waits for an answer",
        api="Produce",
        versions=(3, 12),
        names=("nowhere",),
        steps=(
            Step(
                api="Produce",
                fields={
                    "Acks": 0,
                    "TimeoutMs": LONG_MS,
                    "TopicData": [{"Name": "$nowhere", "PartitionData": [{"Index": 0, "Records": records(Batch())}]}],
                },
                name="acks=0 to a topic that does not exist: the connection is closed",
            ),
        ),
    ),
    Conversation(
        name="acks that do not exist",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        steps=(
            _send(produce_topic("orders", [(0, None)]), acks=2, name="acks=2"),
            _send(produce_topic("orders", [(0, None)]), acks=-2, name="acks=-2"),
        ),
    ),
    Conversation(
        name="partitions and topics that do not exist",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            _send(produce_topic("orders", [(0, None), (1, None), (-1, None)]), name="one of three exists"),
            _send(
                {
                    "Name": "$nowhere",
                    "TopicId": NOBODY,
                    "PartitionData": [{"Index": 0, "Records": records(Batch())}],
                },
                produce_topic("orders", [(0, None)]),
                name="one of two topics exists",
            ),
        ),
    ),
    Conversation(
        name="the zero id",
        api="Produce",
        versions=(13,),
        steps=(_send({"TopicId": bytes(16), "PartitionData": [{"Index": 0, "Records": records(Batch())}]}),),
    ),
    Conversation(
        name="names that no topic can have",
        api="Produce",
        versions=(3, 12),
        topics={"orders": Topic()},
        names=("group",),
        steps=(
            commit_offsets("$group", ("$orders", 0, 1)).named("the internal topic comes to be"),
            _send({"Name": "", "PartitionData": [{"Index": 0, "Records": records(Batch())}]}, name="empty"),
            _send({"Name": "a b", "PartitionData": [{"Index": 0, "Records": records(Batch())}]}, name="a space"),
            _send(
                {"Name": "__consumer_offsets", "PartitionData": [{"Index": 0, "Records": records(Batch())}]},
                name="an internal topic",
            ),
        ),
    ),
    Conversation(
        name="nothing to store",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        steps=(
            _send(name="no topics"),
            _send({"Name": "$orders", "TopicId": "$orders.id", "PartitionData": []}, name="no partitions"),
        ),
    ),
    Conversation(
        name="null instead of records",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        steps=(
            _send(
                {"Name": "$orders", "TopicId": "$orders.id", "PartitionData": [{"Index": 0, "Records": None}]},
                name="null",
                silence_s=1.0,
            ),
        ),
    ),
    Conversation(
        name="an empty record set",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        steps=(
            _send(
                {"Name": "$orders", "TopicId": "$orders.id", "PartitionData": [{"Index": 0, "Records": b""}]},
                name="no bytes",
            ),
        ),
    ),
    Conversation(
        name="the same partition twice",
        api="Produce",
        versions=(3, 13),
        topics={"orders": Topic()},
        steps=(
            _send(produce_topic("orders", [(0, None), (0, None)]), name="within one topic"),
            list_offsets(-1),
        ),
    ),
    *(
        Conversation(
            name=f"batches that are refused: {title}",
            api="Produce",
            versions=EDGE_VERSIONS,
            topics={"orders": Topic()},
            steps=(step, produce(name="the next one is stored")),
        )
        for title, step in {
            "a broken CRC": _bad("crc", patch={"crc": 1}),
            "magic 3": _bad("magic 3", patch={"magic": 3}),
            "an unknown codec": _bad("codec 7", patch={"attributes": 7}),
            "two batches": produce(Batch(), Batch(), name="two batches"),
            "no records": _bad("a count of zero", records=[]),
            "a wrong count": _bad("a count of 5", patch={"recordCount": 5}),
            "a wrong last offset": _bad("last offset delta 5", patch={"lastOffsetDelta": 5}),
            "a negative last offset": _bad("last offset delta -1", patch={"lastOffsetDelta": -1}),
            "a control batch": _bad("control", is_control=True),
            "cut off": _bad("ten bytes are missing", cut_bytes=10),
            "a length that is too small": _bad("length 20", patch={"batchLength": 20}),
            "bytes behind it": _bad("three bytes more", append=b"\0\0\0"),
            "transactional without a producer": _bad("transactional", is_transactional=True),
            "a base offset that is not zero": _bad("base offset 7", base_offset=7),
            "log append time by the client": _bad("the timestamp type", patch={"attributes": 8}),
            "a leader epoch by the client": _bad("the leader epoch", patch={"partitionLeaderEpoch": 9}),
            "a delete horizon by the client": _bad("the delete horizon", patch={"attributes": 64}),
            "a maximal timestamp that lies": _bad("the maximal timestamp", patch={"maxTimestamp": 5}),
        }.items()
    ),
    Conversation(
        name="one bad partition spoils no other",
        api="Produce",
        versions=(3, 8, 13),
        topics={"orders": Topic(partitions=3)},
        steps=(
            _send(
                produce_topic("orders", [(0, None), (1, records(Batch(patch={"crc": 1}))), (2, None)]),
                name="the second of three is broken",
            ),
        ),
    ),
    Conversation(
        name="message sets in a version for batches",
        api="Produce",
        versions=(3, 8, 13),
        topics={"orders": Topic()},
        steps=(
            _send(produce_topic("orders", [(0, Records((Batch(),), magic=1))]), name="magic 1"),
            _send(produce_topic("orders", [(0, Records((Batch(),), magic=0))]), name="magic 0"),
        ),
    ),
    Conversation(
        name="codecs",
        api="Produce",
        versions=(3, 6, 7, 13),
        topics={"orders": Topic()},
        steps=(
            produce(Batch(records=["a" * 50, "b" * 50], codec=GZIP), name="gzip"),
            produce(Batch(records=["a" * 50, "b" * 50], codec=SNAPPY), name="snappy"),
            produce(Batch(records=["a" * 50, "b" * 50], codec=LZ4), name="lz4"),
            produce(Batch(records=["a" * 50, "b" * 50], codec=ZSTD), name="zstd"),
            produce(Batch(records=["a" * 50], codec=GZIP, cut_bytes=0, patch={"recordCount": 3}), name="a wrong count"),
            produce(Batch(records=["a" * 50], patch={"attributes": GZIP}), name="gzip that is none"),
        ),
    ),
    Conversation(
        name="batches larger than the topic allows",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic(configs={"max.message.bytes": "200"})},
        steps=(
            produce(Batch(records=["x" * 120]), name="it fits"),
            produce(Batch(records=["x" * 200]), name="it does not"),
        ),
    ),
    Conversation(
        name="records larger than the topic allows once they are opened",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic(configs={"max.decompressed.message.bytes": "200"})},
        steps=(
            produce(Batch(records=["x" * 190], codec=GZIP), name="it fits"),
            produce(Batch(records=["x" * 193, "x" * 192, "x" * 300], codec=GZIP), name="the last does not"),
            *(produce(Batch(records=["x" * 300], codec=codec), name=f"codec {codec}") for codec in (GZIP, SNAPPY, LZ4)),
            produce(Batch(records=["x" * 300]), name="not compressed"),
        ),
    ),
    Conversation(
        name="a compacted topic wants keys",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic(configs={"cleanup.policy": "compact"})},
        steps=(
            produce(Batch(records=[("k", "v")]), name="with a key"),
            produce(Batch(records=[("k", "v"), (None, "w"), ("k", "x"), (None, "y")]), name="two without"),
        ),
    ),
    Conversation(
        name="the broker stamps",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic(configs={"message.timestamp.type": "LogAppendTime"})},
        steps=(produce(Batch(records=["a", "b"]), name="stored with the broker's time"), fetch()),
    ),
    Conversation(
        name="timestamps out of bounds",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={
            "orders": Topic(configs={"message.timestamp.before.max.ms": "3600000"}),
            "returns": Topic(configs={"message.timestamp.after.max.ms": "3600000"}),
        },
        steps=(
            produce(Batch(records=["a", "b"]), name="long ago"),
            produce(Batch(timestamps_ms=[FIXED_TIME_MS * 3]), topic="returns", name="far ahead"),
            produce(Batch(timestamps_ms=[-1]), topic="returns", name="no timestamp"),
            produce(Batch(timestamps_ms=[-5]), topic="returns", name="a negative timestamp"),
        ),
    ),
    Conversation(
        name="the topic has a codec of its own",
        api="Produce",
        versions=(3, 13),
        topics={
            "orders": Topic(configs={"compression.type": "uncompressed"}),
            "returns": Topic(configs={"compression.type": "gzip"}),
        },
        masks={"Fetch.Responses.Partitions.Records.batchLength": "compressed by another library"},
        steps=(
            produce(Batch(records=["a" * 50, "b" * 50], codec=GZIP), name="packed, to be unpacked"),
            produce(Batch(records=["a" * 50, "b" * 50]), topic="returns", name="unpacked, to be packed"),
            fetch(),
            fetch(fetch_topic("returns")),
        ),
    ),
)
