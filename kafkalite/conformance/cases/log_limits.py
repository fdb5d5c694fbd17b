"""Requests that topics and logs refuse: too many partitions, batches larger than a file, old epochs, no time at all."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import LONG_MS, create_topics, metadata, produce
from kafkalite.conformance.cases.topics import MAY_GO
from kafkalite.conformance.conversation import Batch, Conversation, Step, Topic

MAX_PARTITIONS_PER_REQUEST = 10_000
SMALL_FILES = Topic(configs={"segment.bytes": "1048576", "max.message.bytes": "3000000"})


def _new(name: str, count: int) -> dict[str, Any]:
    return {"Name": name, "NumPartitions": count}


def _more(count: int, name: str) -> Step:
    topic = {"Name": "$orders", "Count": count, "Assignments": None}
    fields = {"Topics": [topic], "TimeoutMs": LONG_MS, "ValidateOnly": True}
    return Step(api="CreatePartitions", fields=fields, name=name)


def _epoch(current: int, name: str) -> Step:
    partition = {"Partition": 0, "CurrentLeaderEpoch": current, "LeaderEpoch": 0}
    fields = {"ReplicaId": -1, "Topics": [{"Topic": "$orders", "Partitions": [partition]}]}
    return Step(api="OffsetForLeaderEpoch", fields=fields, name=name)


def _no_time(timeout_ms: int) -> str:
    return f"within {timeout_ms} ms"


CONVERSATIONS = (
    Conversation(
        name="too many partitions",
        api="CreateTopics",
        versions=(2, 5, 7),
        names=("new", "other"),
        steps=(
            create_topics(_new("$new", MAX_PARTITIONS_PER_REQUEST + 1), name="in one topic"),
            create_topics(
                _new("$new", MAX_PARTITIONS_PER_REQUEST // 2 + 1),
                _new("$other", MAX_PARTITIONS_PER_REQUEST // 2),
                name="in two topics",
            ),
            create_topics(_new("$new", MAX_PARTITIONS_PER_REQUEST), validateOnly=True, name="as many, with the topic"),
        ),
    ),
    Conversation(
        name="too many partitions",
        api="CreatePartitions",
        versions=(0, 3),
        topics={"orders": Topic()},
        steps=(_more(MAX_PARTITIONS_PER_REQUEST + 2, "more than one request may add"),),
    ),
    Conversation(
        name="a batch larger than a file",
        api="Produce",
        versions=(3, 13),
        topics={"orders": SMALL_FILES},
        steps=(
            produce(Batch(records=["x" * 1_100_000]), name="larger than a file may be"),
            produce(Batch(records=["x" * 1_000_000]), name="nearly as large"),
        ),
    ),
    Conversation(
        name="epochs of the past",
        api="OffsetForLeaderEpoch",
        topics={"orders": Topic()},
        steps=(produce(), _epoch(-2, "a negative one"), _epoch(0, "the leader's own")),
    ),
    Conversation(
        name="no time at all",
        api="CreateTopics",
        versions=(2, 4, 5, 7),
        topics={"orders": Topic()},
        names=("new",),
        steps=(
            *(
                create_topics(
                    {"Name": "$new"},
                    {"Name": "$orders"},
                    {"Name": "a b"},
                    timeoutMs=timeout_ms,
                    name=_no_time(timeout_ms),
                )
                for timeout_ms in (0, -1)
            ),
            metadata("$new", name="nothing was made"),
        ),
    ),
    Conversation(
        name="no time at all",
        api="DeleteTopics",
        needs=MAY_GO,
        versions=(1, 4, 5, 6),
        topics={"orders": Topic()},
        names=("unknown",),
        steps=(
            *(
                Step(
                    api="DeleteTopics",
                    fields={
                        "TopicNames": ["$orders", "$unknown"],
                        "Topics": [{"Name": "$orders"}, {"Name": "$unknown"}],
                        "TimeoutMs": timeout_ms,
                    },
                    name=_no_time(timeout_ms),
                )
                for timeout_ms in (0, -1)
            ),
            metadata("$orders", name="the topic is still there"),
        ),
    ),
    Conversation(
        name="no time at all",
        api="CreatePartitions",
        versions=(0, 3),
        topics={"orders": Topic()},
        names=("unknown",),
        steps=(
            *(
                Step(
                    api="CreatePartitions",
                    fields={
                        "Topics": [
                            {"Name": "$orders", "Count": 2, "Assignments": None},
                            {"Name": "$unknown", "Count": 2, "Assignments": None},
                        ],
                        "TimeoutMs": timeout_ms,
                        "ValidateOnly": False,
                    },
                    name=_no_time(timeout_ms),
                )
                for timeout_ms in (0, -1)
            ),
            metadata("$orders", name="it has its one partition"),
        ),
    ),
)
