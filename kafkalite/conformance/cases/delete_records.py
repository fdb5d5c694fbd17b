"""DeleteRecords, and what reading says afterwards."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import (
    LONG_MS,
    commit_offsets,
    fetch,
    fetch_partition,
    fetch_topic,
    init_producer,
    list_offsets,
    produce,
    records,
)
from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch, Conversation, Step, Topic

METADATA = "__cluster_metadata"
LATEST, EARLIEST, MAX_TIMESTAMP, EARLIEST_LOCAL = -1, -2, -3, -4


def _topic(*partitions: tuple[int, int], name: str = "$orders") -> dict[str, Any]:
    return {
        "Name": name,
        "Partitions": [{"PartitionIndex": partition, "Offset": offset} for partition, offset in partitions],
    }


def _delete(*topics: dict[str, Any], name: str = "") -> Step:
    return Step(api="DeleteRecords", fields={"Topics": list(topics), "TimeoutMs": LONG_MS}, name=name)


def _fetch(offset: int, name: str) -> Step:
    return fetch(fetch_topic("orders", fetch_partition(0, offset)), name=name)


THREE = produce(
    Batch(records=["a", "b", "c"], timestamps_ms=[FIXED_TIME_MS, FIXED_TIME_MS + 20, FIXED_TIME_MS + 10])
).named("three records in one batch")
IN_TRANSACTION = records(
    Batch(records=["x", "y"], producer_id="$pid", producer_epoch="$epoch", base_sequence=0, is_transactional=True)
)
TWO = produce(Batch(records=["d"], timestamps_ms=[FIXED_TIME_MS + 5]), name="one more")

CONVERSATIONS = (
    Conversation(
        name="the start moves",
        api="DeleteRecords",
        topics={"orders": Topic()},
        steps=(
            THREE,
            TWO,
            _delete(_topic((0, 0)), name="nothing"),
            _delete(_topic((0, 1)), name="the first record"),
            list_offsets(EARLIEST).named("earliest"),
            list_offsets(EARLIEST_LOCAL).named("earliest on this disk"),
            list_offsets(LATEST).named("latest"),
            list_offsets(0).named("time zero"),
            _fetch(0, "from below the start"),
            _fetch(1, "from within the batch"),
            _delete(_topic((0, 1)), name="the same again"),
            _delete(_topic((0, 0)), name="less than that"),
            _delete(_topic((0, 3)), name="the batch"),
            list_offsets(MAX_TIMESTAMP).named("the newest record left"),
            list_offsets(FIXED_TIME_MS).named("a time that is gone"),
            _delete(_topic((0, 5)), name="more than there is"),
            _delete(_topic((0, -1)), name="all"),
            list_offsets(EARLIEST).named("earliest of nothing"),
            list_offsets(0).named("time zero of nothing"),
            _fetch(4, "from the end"),
            produce(name="a new record"),
            _fetch(4, "the new record"),
            Step(
                api="OffsetForLeaderEpoch",
                fields={
                    "ReplicaId": -1,
                    "Topics": [
                        {
                            "Topic": "$orders",
                            "Partitions": [{"Partition": 0, "CurrentLeaderEpoch": -1, "LeaderEpoch": 0}],
                        }
                    ],
                },
                name="the end of the epoch",
            ),
        ),
    ),
    Conversation(
        name="what cannot be deleted",
        api="DeleteRecords",
        topics={
            "orders": Topic(partitions=2),
            "compacted": Topic(configs={"cleanup.policy": "compact"}),
            "both": Topic(configs={"cleanup.policy": "compact,delete"}),
            "neither": Topic(configs={"cleanup.policy": ""}),
        },
        names=("nowhere", "group"),
        steps=(
            THREE,
            produce(Batch(records=[("k", "v")]), topic="compacted").named("a record to compact"),
            produce(Batch(records=[("k", "v")]), topic="both").named("a record to compact or delete"),
            produce(topic="neither").named("a record to keep"),
            _delete(_topic((0, -2)), name="a negative offset"),
            _delete(_topic((0, 2**63 - 1)), name="the largest offset"),
            _delete(_topic((7, 0), (-1, 0), (0, 1)), name="partitions that do not exist"),
            _delete(_topic((0, 0), name="$nowhere"), name="a topic that does not exist"),
            _delete(_topic((0, 0), name="a b"), _topic((0, 0), name=""), name="names that no topic can have"),
            _delete(_topic((0, 1), name="$compacted"), name="a compacted topic"),
            _delete(_topic((7, 1), name="$compacted"), name="no partition of a compacted topic"),
            _delete(_topic((0, 1), name="$both"), name="a topic that is compacted and deleted"),
            _delete(_topic((0, 1), name="$neither"), name="a topic that is neither"),
            commit_offsets("$group", ("$orders", 0, 1), name="the internal topic has a record"),
            _delete(_topic((0, 0), name="__consumer_offsets"), name="an internal topic"),
            _delete(_topic((700, 0), name="__consumer_offsets"), name="no partition of an internal topic"),
        ),
    ),
    Conversation(
        name="the metadata log is no topic",
        api="DeleteRecords",
        versions=(2,),
        steps=(
            Step(
                api="Produce",
                version=12,
                fields={
                    "Acks": -1,
                    "TimeoutMs": LONG_MS,
                    "TopicData": [{"Name": METADATA, "PartitionData": [{"Index": 0, "Records": records(Batch())}]}],
                },
                name="nobody writes to it",
            ),
            Step(
                api="Fetch",
                version=12,
                fields={
                    "MaxWaitMs": 0,
                    "MinBytes": 0,
                    "Topics": [{"Topic": METADATA, "Partitions": [fetch_partition()]}],
                },
                name="or reads from it",
            ),
            Step(
                api="ListOffsets",
                fields={
                    "ReplicaId": -1,
                    "IsolationLevel": 0,
                    "TimeoutMs": LONG_MS,
                    "Topics": [{"Name": METADATA, "Partitions": [{"PartitionIndex": 0, "Timestamp": LATEST}]}],
                },
                name="or asks for its end",
            ),
            Step(
                api="OffsetForLeaderEpoch",
                fields={
                    "ReplicaId": -1,
                    "Topics": [
                        {
                            "Topic": METADATA,
                            "Partitions": [{"Partition": 0, "CurrentLeaderEpoch": -1, "LeaderEpoch": 1}],
                        }
                    ],
                },
                name="or for its epochs",
            ),
            Step(
                api="DescribeProducers",
                fields={"Topics": [{"Name": METADATA, "PartitionIndexes": [0]}]},
                name="or for its producers",
            ),
            _delete(_topic((0, 0), name=METADATA), name="or deletes from it"),
        ),
    ),
    Conversation(
        name="shapes of requests",
        api="DeleteRecords",
        topics={"orders": Topic(partitions=2)},
        steps=(
            THREE,
            _delete(name="no topics"),
            _delete(_topic(), name="no partitions"),
            _delete(_topic((0, 2), (0, 1)), name="the same partition twice"),
            _delete(_topic((0, 1)), _topic((1, 0)), name="the same topic twice"),
            Step(
                api="DeleteRecords",
                fields={"Topics": [_topic((0, 3))], "TimeoutMs": -1},
                name="a negative timeout",
            ),
        ),
    ),
    Conversation(
        name="an open transaction",
        api="DeleteRecords",
        versions=(2,),
        topics={"orders": Topic()},
        names=("txn",),
        steps=(
            init_producer("$txn"),
            Step(
                api="AddPartitionsToTxn",
                version=3,
                fields={
                    "V3AndBelowTransactionalId": "$txn",
                    "V3AndBelowProducerId": "$pid",
                    "V3AndBelowProducerEpoch": "$epoch",
                    "V3AndBelowTopics": [{"Name": "$orders", "Partitions": [0]}],
                },
                name="begun",
            ),
            Step(
                api="Produce",
                version=11,
                fields={
                    "TransactionalId": "$txn",
                    "Acks": -1,
                    "TimeoutMs": LONG_MS,
                    "TopicData": [
                        {
                            "Name": "$orders",
                            "PartitionData": [
                                {
                                    "Index": 0,
                                    "Records": IN_TRANSACTION,
                                }
                            ],
                        }
                    ],
                },
                name="two records in it",
            ),
            produce(name="one beside it"),
            _delete(_topic((0, -1)), name="all"),
            list_offsets(EARLIEST).named("earliest"),
            list_offsets(LATEST, isolation=1).named("last stable"),
            fetch(fetch_topic("orders", fetch_partition(0, 3)), IsolationLevel=1, name="committed records"),
            Step(
                api="EndTxn",
                version=3,
                fields={"TransactionalId": "$txn", "ProducerId": "$pid", "ProducerEpoch": "$epoch", "Committed": False},
                name="ended",
            ),
        ),
    ),
)
