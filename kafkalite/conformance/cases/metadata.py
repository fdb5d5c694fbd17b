"""Metadata and DescribeTopicPartitions."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import metadata
from kafkalite.conformance.conversation import NOBODY, Conversation, Step, Topic, Wait
from kafkalite.conformance.needs import Need

UNASKED = {"auto.create.topics.enable": Need("true"), "num.partitions": Need("1")}

NULL_NAME: dict[str, Any] = {"Name": None}


def _about(*topics: dict[str, Any], name: str = "", **more: Any) -> Step:
    return Step(api="Metadata", fields={"Topics": list(topics), "AllowAutoTopicCreation": False, **more}, name=name)


def _partitions(*names: str, limit: int = 2000, name: str = "", **more: Any) -> Step:
    fields = {"Topics": [{"Name": each} for each in names], "ResponsePartitionLimit": limit, **more}
    return Step(api="DescribeTopicPartitions", fields=fields, name=name)


CONVERSATIONS = (
    Conversation(
        name="topics by name",
        api="Metadata",
        topics={"orders": Topic(partitions=2), "returns": Topic()},
        steps=(
            metadata("$orders", "$returns", name="two topics"),
            metadata("$orders", "$orders", name="the same topic twice"),
        ),
    ),
    Conversation(
        name="a topic that does not exist",
        api="Metadata",
        versions=range(4, 14),
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(metadata("$orders", "$nowhere", name="one of two"),),
    ),
    Conversation(
        name="a topic comes to be unasked",
        api="Metadata",
        needs=UNASKED,
        versions=(0, 1, 3),
        names=("new",),
        steps=(metadata("$new", name="soon it is there", until=Wait("Topics/0/ErrorCode", 0)),),
    ),
    Conversation(
        name="an empty list of topics",
        api="Metadata",
        versions=(1, 12, 13),
        topics={"orders": Topic()},
        steps=(_about(name="no topic"),),
    ),
    Conversation(
        name="names that no topic can have",
        api="Metadata",
        versions=(0, 1, 9, 12, 13),
        steps=(
            metadata("", name="an empty name"),
            metadata("a b", name="a space"),
            metadata(".", name="a dot"),
            metadata("x" * 250, name="250 letters"),
            metadata("", create=True, name="an empty name, to be created"),
            metadata("a b", create=True, name="a space, to be created"),
        ),
    ),
    Conversation(
        name="topics by id",
        api="Metadata",
        versions=(12, 13),
        topics={"orders": Topic()},
        steps=(
            _about(NULL_NAME | {"TopicId": "$orders.id"}, name="an id"),
            _about(NULL_NAME | {"TopicId": NOBODY}, name="an id that no topic has"),
            _about(NULL_NAME | {"TopicId": "$orders.id"}, NULL_NAME | {"TopicId": NOBODY}, name="both"),
            _about(
                NULL_NAME | {"TopicId": "$orders.id"}, NULL_NAME | {"TopicId": "$orders.id"}, name="the same id twice"
            ),
            _about({"Name": "$orders", "TopicId": "$orders.id"}, name="a name and an id"),
            _about({"Name": "$orders"}, NULL_NAME | {"TopicId": "$orders.id"}, name="one by name, one by id"),
            _about(NULL_NAME, name="neither a name nor an id"),
        ),
    ),
    Conversation(
        name="ids before they may be asked for",
        api="Metadata",
        versions=(10, 11),
        topics={"orders": Topic()},
        steps=(
            _about({"Name": "$orders", "TopicId": "$orders.id"}, name="a name and an id"),
            _about(NULL_NAME | {"TopicId": "$orders.id"}, name="an id only"),
        ),
    ),
    Conversation(
        name="a topic comes to be on the way",
        api="Metadata",
        needs=UNASKED,
        versions=(4, 12, 13),
        names=("new", "never"),
        steps=(
            metadata("$never", create=False, name="not allowed to"),
            metadata("$new", create=True, name="soon it is there", until=Wait("Topics/0/ErrorCode", 0)),
        ),
    ),
    Conversation(
        name="what one may do with a topic",
        api="Metadata",
        versions=(8, 10, 11, 13),
        topics={"orders": Topic()},
        steps=(
            _about(
                {"Name": "$orders"},
                IncludeTopicAuthorizedOperations=True,
                IncludeClusterAuthorizedOperations=True,
                name="operations",
            ),
        ),
    ),
    Conversation(
        name="partitions of topics",
        api="DescribeTopicPartitions",
        topics={"orders": Topic(partitions=3), "returns": Topic(partitions=2)},
        names=("nowhere",),
        steps=(
            _partitions("$orders", name="one topic"),
            _partitions("$returns", "$orders", name="two topics, in the order of their names"),
            _partitions("$orders", "$orders", name="a topic twice"),
            _partitions("$orders", "$nowhere", name="one does not exist"),
            _partitions("a b", name="a name that no topic can have"),
            _partitions("", name="an empty name"),
        ),
    ),
    Conversation(
        name="page by page",
        api="DescribeTopicPartitions",
        topics={"orders": Topic(partitions=3), "returns": Topic(partitions=2)},
        steps=(
            _partitions("$orders", "$returns", limit=2, name="the first page ends within a topic"),
            _partitions(
                "$orders",
                "$returns",
                limit=2,
                Cursor={"TopicName": "$orders", "PartitionIndex": 2},
                name="the second page",
            ),
            _partitions(
                "$orders",
                "$returns",
                limit=2,
                Cursor={"TopicName": "$returns", "PartitionIndex": 1},
                name="the last page",
            ),
            _partitions("$orders", limit=3, name="a page that fits"),
            _partitions("$orders", limit=0, name="a limit of zero"),
            _partitions("$orders", limit=-1, name="a negative limit"),
            _partitions(
                "$orders",
                "$returns",
                Cursor={"TopicName": "$orders", "PartitionIndex": 7},
                name="a cursor behind the end",
            ),
            _partitions(
                "$returns",
                Cursor={"TopicName": "$orders", "PartitionIndex": 0},
                name="a cursor at a topic not asked for",
            ),
            _partitions("$orders", Cursor={"TopicName": "$orders", "PartitionIndex": -1}, name="a negative cursor"),
        ),
    ),
)
