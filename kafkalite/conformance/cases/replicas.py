"""Moving leaders and replicas where there is one node with one directory: ElectLeaders, reassignments, log dirs."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import LONG_MS
from kafkalite.conformance.cases.topics import KNOW_BROKER
from kafkalite.conformance.conversation import Conversation, Step, Topic

PREFERRED, UNCLEAN = 0, 1


def _elect(*topics: tuple[str, list[int]], name: str, kind: int = PREFERRED, timeout_ms: int = LONG_MS) -> Step:
    wanted = [{"Topic": topic, "Partitions": partitions} for topic, partitions in topics]
    fields = {"ElectionType": kind, "TopicPartitions": wanted, "TimeoutMs": timeout_ms}
    return Step(api="ElectLeaders", fields=fields, name=name)


def _elect_all(name: str, kind: int = PREFERRED) -> Step:
    fields = {"ElectionType": kind, "TopicPartitions": None, "TimeoutMs": LONG_MS}
    return Step(api="ElectLeaders", fields=fields, name=name)


def _reassign(*topics: tuple[str, list[tuple[int, Any]]], name: str, **more: Any) -> Step:
    wanted = [
        {"Name": topic, "Partitions": [{"PartitionIndex": index, "Replicas": replicas} for index, replicas in parts]}
        for topic, parts in topics
    ]
    return Step(api="AlterPartitionReassignments", fields={"Topics": wanted, "TimeoutMs": LONG_MS, **more}, name=name)


def _list(topics: object, name: str) -> Step:
    fields = {"TimeoutMs": LONG_MS, "Topics": topics}
    return Step(api="ListPartitionReassignments", fields=fields, name=name)


def _move(*moves: tuple[str, str, list[int]], name: str) -> Step:
    dirs = [{"Path": path, "Topics": [{"Name": topic, "Partitions": partitions}]} for path, topic, partitions in moves]
    return Step(api="AlterReplicaLogDirs", fields={"Dirs": dirs}, name=name)


CONVERSATIONS = (
    Conversation(
        name="leaders that lead already",
        api="ElectLeaders",
        topics={"orders": Topic(partitions=3)},
        names=("nowhere",),
        steps=(
            _elect(("$orders", [0, 1, 2]), name="the preferred ones"),
            _elect(("$orders", [0, 7, -1]), name="partitions that do not exist"),
            _elect(("$nowhere", [0]), ("a b", [0]), ("", [0]), name="topics that do not exist"),
            _elect(("$orders", []), name="no partitions"),
            _elect(name="no topics"),
            _elect(("$orders", [0, 0]), name="the same partition twice"),
            _elect(("$orders", [0]), ("$orders", [1]), name="the same topic twice"),
            _elect(("$orders", [0]), name="no time", timeout_ms=0),
            _elect(("$orders", [0]), name="a negative timeout", timeout_ms=-1),
            _elect_all("of all"),
        ),
    ),
    Conversation(
        name="kinds of elections",
        api="ElectLeaders",
        versions=(1, 2),
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            _elect(("$orders", [0]), ("$nowhere", [0]), kind=UNCLEAN, name="unclean"),
            _elect_all("unclean, of all", kind=UNCLEAN),
            _elect(("$orders", [0, 1]), kind=2, name="a kind that does not exist"),
            _elect(kind=-1, name="a kind that does not exist, without topics"),
            _elect_all("a kind that does not exist, of all", kind=9),
        ),
    ),
    Conversation(
        name="replicas where they are",
        api="AlterPartitionReassignments",
        topics={"orders": Topic(partitions=2)},
        names=("nowhere",),
        steps=(
            KNOW_BROKER,
            _reassign(("$orders", [(0, ["$broker"]), (1, ["$broker"])]), name="to where they are"),
            _list([{"Name": "$orders", "PartitionIndexes": [0, 1]}], "nothing moves"),
            _reassign(("$orders", [(0, None)]), name="stopped, though nothing moves"),
            _reassign(("$orders", [(0, [])]), name="to nowhere"),
            _reassign(("$orders", [(0, [4711])]), name="to a broker that does not exist"),
            _reassign(("$orders", [(0, ["$broker", 4711])]), name="to one more that does not exist"),
            _reassign(("$orders", [(0, [-1])]), name="to a negative broker"),
            _reassign(("$orders", [(0, ["$broker", "$broker"])]), name="twice to the same broker"),
            _reassign(("$orders", [(7, ["$broker"]), (-1, None)]), name="partitions that do not exist"),
            _reassign(("$nowhere", [(0, ["$broker"])]), ("a b", [(0, None)]), name="topics that do not exist"),
            _reassign(("$orders", []), name="no partitions"),
            _reassign(name="no topics"),
            _reassign(("$orders", [(0, ["$broker"]), (0, None)]), name="the same partition twice"),
            _reassign(("$orders", [(0, ["$broker"])]), ("$orders", [(1, None)]), name="the same topic twice"),
            _reassign(("$orders", [(0, ["$broker"])]), name="a negative timeout", TimeoutMs=-1),
        ),
    ),
    Conversation(
        name="the number of replicas",
        api="AlterPartitionReassignments",
        versions=(1,),
        topics={"orders": Topic()},
        steps=(
            KNOW_BROKER,
            _reassign(("$orders", [(0, ["$broker"])]), name="stays", AllowReplicationFactorChange=False),
            _reassign(("$orders", [(0, [])]), name="may not be none", AllowReplicationFactorChange=False),
            _reassign(("$orders", [(0, ["$broker", 4711])]), name="may not grow", AllowReplicationFactorChange=False),
        ),
    ),
    Conversation(
        name="nothing moves",
        api="ListPartitionReassignments",
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            _list(None, "all"),
            _list([], "no topics"),
            _list([{"Name": "$orders", "PartitionIndexes": [0, 7, -1]}], "partitions, some unknown"),
            _list([{"Name": "$orders", "PartitionIndexes": []}], "no partitions"),
            _list([{"Name": "$nowhere", "PartitionIndexes": [0]}, {"Name": "", "PartitionIndexes": [0]}], "unknown"),
        ),
    ),
    Conversation(
        name="one directory",
        api="AlterReplicaLogDirs",
        topics={"orders": Topic(partitions=2)},
        names=("nowhere",),
        steps=(
            Step(
                api="DescribeLogDirs",
                fields={"Topics": []},
                remember={"dir": "Results/0/LogDir"},
                name="which directory there is",
                is_compared=False,
            ),
            _move(("$dir", "$orders", [0, 1]), name="to where they are"),
            _move(("/nowhere", "$orders", [0]), name="to a directory that does not exist"),
            _move(("", "$orders", [0]), name="to an empty path"),
            _move(("$dir", "$orders", [7, -1]), name="partitions that do not exist"),
            _move(("$dir", "$nowhere", [0]), name="a topic that does not exist"),
            _move(("/nowhere", "$nowhere", [0]), name="neither topic nor directory"),
            _move(("$dir", "x" * 249, [0]), name="a name that is too long to be moved"),
            _move(("$dir", "x" * 213, [0]), name="a name that is as long as it may be"),
            _move(("$dir", "x" * 213, [10]), name="a partition that makes it too long"),
            _move(("$dir", "__cluster_metadata", [0]), name="the metadata log"),
            _move(("$dir", "$orders", []), name="no partitions"),
            _move(name="nothing"),
            _move(("/nowhere", "$orders", [0]), ("$dir", "$orders", [0]), name="to two directories"),
        ),
    ),
)
