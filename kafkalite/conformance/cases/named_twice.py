"""Requests that name something twice in an array that Kafka's schemas key (`mapKey`), where no other table asks so."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.classic_groups import join
from kafkalite.conformance.cases.features import LEVELS, UPGRADE
from kafkalite.conformance.cases.group_offsets import fetch_offsets
from kafkalite.conformance.cases.quorum import LISTENERS
from kafkalite.conformance.cases.steps import (
    LONG_MS,
    commit_offsets,
    fetch,
    fetch_partition,
    fetch_topic,
    init_producer,
    list_offsets,
    produce_topic,
    records,
)
from kafkalite.conformance.cases.transactions import add_partitions
from kafkalite.conformance.conversation import Batch, Conversation, Records, Step, Topic

ORDERS = {"orders": Topic(partitions=2)}
GROUP_VERSION = "group.version"


def _send(*topics: dict[str, Any], name: str) -> Step:
    return Step(api="Produce", fields={"Acks": -1, "TimeoutMs": LONG_MS, "TopicData": list(topics)}, name=name)


def _of(*values: str, **batch: Any) -> Records:
    return records(Batch(records=values, **batch))


def _epochs(*topics: dict[str, Any], name: str) -> Step:
    return Step(api="OffsetForLeaderEpoch", fields={"ReplicaId": -1, "Topics": list(topics)}, name=name)


def _epoch_of(partition: int, epoch: int) -> dict[str, Any]:
    asked = {"Partition": partition, "CurrentLeaderEpoch": -1, "LeaderEpoch": epoch}
    return {"Topic": "$orders", "Partitions": [asked]}


def _forget(*topics: tuple[str, list[int]], name: str) -> Step:
    wanted = [
        {"Name": topic, "Partitions": [{"PartitionIndex": partition} for partition in partitions]}
        for topic, partitions in topics
    ]
    return Step(api="OffsetDelete", fields={"GroupId": "$group", "Topics": wanted}, name=name)


def _transaction(*topics: tuple[str, list[int]], epoch: int | str = "$epoch") -> dict[str, Any]:
    return {
        "TransactionalId": "$tx",
        "ProducerId": "$pid",
        "ProducerEpoch": epoch,
        "VerifyOnly": False,
        "Topics": [{"Name": topic, "Partitions": partitions} for topic, partitions in topics],
    }


def _transactions(*transactions: dict[str, Any], name: str) -> Step:
    return Step(api="AddPartitionsToTxn", fields={"Transactions": list(transactions)}, name=name)


CONVERSATIONS = (
    Conversation(
        name="one partition in two entries of its topic",
        api="Produce",
        versions=(3, 8, 13),
        topics=ORDERS,
        steps=(
            _send(
                produce_topic("orders", [(0, _of("a", "b")), (1, _of("x")), (0, _of("last"))]),
                name="three entries, two of one partition",
            ),
            list_offsets(-1),
            fetch(fetch_topic("orders", fetch_partition(0)), name="the last one is stored"),
            _send(
                produce_topic("orders", [(0, _of("a")), (7, _of("b")), (7, _of("c"))]),
                name="a partition that does not exist twice",
            ),
            _send(
                produce_topic("orders", [(0, _of("good")), (0, records(Batch(patch={"crc": 1})))]),
                name="a good batch, then a broken one",
            ),
            list_offsets(-1).named("nothing is stored"),
            _send(
                produce_topic("orders", [(0, records(Batch(patch={"crc": 1}))), (0, _of("good"))]),
                name="a broken batch, then a good one",
            ),
            list_offsets(-1).named("the good one is stored"),
            _send(produce_topic("orders", [(0, _of("same")), (0, _of("same")), (0, _of("same"))]), name="three times"),
            list_offsets(-1).named("one more is stored"),
        ),
    ),
    Conversation(
        name="one topic in two entries",
        api="Produce",
        versions=(3, 8, 13),
        topics=ORDERS,
        steps=(
            _send(
                produce_topic("orders", [(0, _of("a"))]),
                produce_topic("orders", [(1, _of("b"))]),
                name="with one partition each",
            ),
            _send(
                produce_topic("orders", [(0, _of("c", "d")), (1, _of("e"))]),
                produce_topic("orders", [(0, _of("f"))]),
                name="with a partition of both",
            ),
            list_offsets(-1),
            fetch(fetch_topic("orders", fetch_partition(0)), name="the last one is stored"),
        ),
    ),
    Conversation(
        name="an idempotent batch twice",
        api="Produce",
        versions=(3, 12),
        topics=ORDERS,
        steps=(
            init_producer(),
            _send(
                produce_topic(
                    "orders",
                    [
                        (0, _of("a", producer_id="$pid", producer_epoch="$epoch", base_sequence=0)),
                        (0, _of("b", producer_id="$pid", producer_epoch="$epoch", base_sequence=1)),
                    ],
                ),
                name="the second one follows the first",
            ),
            list_offsets(-1),
        ),
    ),
    Conversation(
        name="one partition in two entries",
        api="OffsetForLeaderEpoch",
        topics=ORDERS,
        steps=(
            _epochs(_epoch_of(0, 0), _epoch_of(0, 7), name="a topic twice with one partition"),
            _epochs(_epoch_of(0, 0), _epoch_of(1, 0), name="a topic twice"),
        ),
    ),
    Conversation(
        name="topics and partitions twice",
        api="OffsetDelete",
        topics=ORDERS,
        names=("group",),
        steps=(
            commit_offsets("$group", ("$orders", 0, 5)),
            commit_offsets("$group", ("$orders", 1, 6)),
            _forget(("$orders", [0, 0]), name="a partition twice"),
            _forget(("$orders", [0]), ("$orders", [1]), name="a topic twice"),
            fetch_offsets("$group", all_topics=True, name="what is left"),
        ),
    ),
    Conversation(
        name="a topic and a partition twice",
        api="AddPartitionsToTxn",
        versions=(0, 2, 3),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_partitions(("$orders", [0, 0]), name="a partition twice"),
            add_partitions(("$orders", [0]), ("$orders", [1]), name="a topic twice"),
            add_partitions(("$orders", [0]), ("$orders", [7]), name="a topic twice, one partition unknown"),
            add_partitions(("$orders", [7, 7]), name="an unknown partition twice"),
        ),
    ),
    Conversation(
        name="a transaction, a topic and a partition twice",
        api="AddPartitionsToTxn",
        versions=(4, 5),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            _transactions(_transaction(("$orders", [0, 0])), name="a partition twice"),
            _transactions(_transaction(("$orders", [0]), ("$orders", [1])), name="a topic twice"),
            _transactions(_transaction(("$orders", [0])), _transaction(("$orders", [1])), name="a transaction twice"),
            _transactions(
                _transaction(("$orders", [0])),
                _transaction(("$orders", [1]), epoch=99),
                name="a transaction twice, the second one fenced",
            ),
        ),
    ),
    Conversation(
        name="protocols twice",
        api="JoinGroup",
        versions=(2, 5, 9),
        names=("group",),
        steps=(
            join(protocols=("range", "range"), remember={"member": "MemberId"}, name="without a member id"),
            join(member="$member", protocols=("range", "roundrobin", "range"), name="one of two twice"),
        ),
    ),
    Conversation(
        name="one directory, named twice",
        api="AlterReplicaLogDirs",
        topics=ORDERS,
        steps=(
            Step(
                api="DescribeLogDirs",
                fields={"Topics": []},
                remember={"dir": "Results/0/LogDir"},
                name="which directory there is",
                is_compared=False,
            ),
            *(
                Step(
                    api="AlterReplicaLogDirs",
                    fields={
                        "Dirs": [
                            {"Path": path, "Topics": [{"Name": "$orders", "Partitions": each} for each in topics]}
                            for path, topics in moves
                        ]
                    },
                    name=name,
                )
                for name, moves in {
                    "a partition twice": [("$dir", [[0, 0]])],
                    "a topic twice": [("$dir", [[0], [1]])],
                    "a directory twice": [("$dir", [[0]]), ("$dir", [[1]])],
                    "all of it twice": [("$dir", [[0], [0]]), ("$dir", [[0]])],
                }.items()
            ),
        ),
    ),
    Conversation(
        name="topics twice",
        api="DescribeLogDirs",
        topics=ORDERS,
        masks={
            "DescribeLogDirs.Results.LogDir": "a path of the machine",
            "DescribeLogDirs.Results.TotalBytes": "the size of the disk",
            "DescribeLogDirs.Results.UsableBytes": "what is free on the disk",
        },
        steps=tuple(
            Step(
                api="DescribeLogDirs",
                fields={"Topics": [{"Topic": "$orders", "Partitions": each} for each in topics]},
                name=name,
            )
            for name, topics in {"a partition twice": [[0, 0]], "a topic twice": [[0], [1]]}.items()
        ),
    ),
    Conversation(
        name="a feature twice",
        api="UpdateFeatures",
        versions=(0, 1, 2),
        steps=tuple(
            Step(
                api="UpdateFeatures",
                fields={
                    "timeoutMs": 10_000,
                    "FeatureUpdates": [
                        {"Feature": GROUP_VERSION, "MaxVersionLevel": level, "UpgradeType": UPGRADE} for level in levels
                    ],
                    "ValidateOnly": True,
                },
                name=name,
            )
            for name, levels in {
                "the same level": [LEVELS[GROUP_VERSION]] * 2,
                "another level": [LEVELS[GROUP_VERSION], 99],
                "another level first": [99, LEVELS[GROUP_VERSION]],
            }.items()
        ),
    ),
    Conversation(
        name="a listener twice",
        api="AddRaftVoter",
        steps=(
            Step(
                api="AddRaftVoter",
                fields={
                    "ClusterId": None,
                    "VoterId": 4711,
                    "VoterDirectoryId": bytes(15) + b"\x01",
                    "TimeoutMs": 1000,
                    "Listeners": LISTENERS * 2,
                    "AckWhenCommitted": True,
                },
                name="a voter",
            ),
        ),
    ),
)
