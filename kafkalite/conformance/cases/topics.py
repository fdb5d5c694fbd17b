"""CreateTopics, DeleteTopics, CreatePartitions."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.configs import TOPIC_DEFAULTS
from kafkalite.conformance.cases.steps import LONG_MS, create_topics, metadata
from kafkalite.conformance.conversation import NOBODY, Conversation, Step, Topic, Wait
from kafkalite.conformance.needs import Need

CREATED_VERSIONS = (2, 4, 5, 7)
"""Versions in which CreateTopics changed: oldest shared, defaults by -1, configurations in the answer, ids."""

ASSIGNED = {"NumPartitions": -1, "ReplicationFactor": -1}


def _assigned(*partitions: tuple[int, list[Any]], **more: Any) -> dict[str, Any]:
    assignments = [{"PartitionIndex": index, "BrokerIds": brokers} for index, brokers in partitions]
    return {"Name": "$new", **ASSIGNED, "Assignments": assignments, **more}


def _config(name: str, value: str | None) -> dict[str, Any]:
    return {"Name": "$new", "Configs": [{"Name": name, "Value": value}]}


def _delete(*topics: dict[str, Any], name: str = "") -> Step:
    names = [topic["Name"] for topic in topics if topic.get("Name") is not None]
    fields = {"Topics": list(topics), "TopicNames": names, "TimeoutMs": LONG_MS}
    return Step(api="DeleteTopics", fields=fields, name=name)


def _grow(*topics: dict[str, Any], name: str = "", validate_only: bool = False) -> Step:
    return Step(
        api="CreatePartitions",
        fields={
            "Topics": [{"Name": "$orders", "Assignments": None, **topic} for topic in topics],
            "TimeoutMs": LONG_MS,
            "ValidateOnly": validate_only,
        },
        name=name,
    )


TOLD_WITH_TOPICS = {**TOPIC_DEFAULTS, "num.partitions": Need("1"), "default.replication.factor": Need("1")}
"""The broker properties that show in the answer about a new topic."""

MAY_GO = {"delete.topic.enable": Need("true")}

KNOW_BROKER = Step(api="DescribeCluster", remember={"broker": "Brokers/0/BrokerId"}, name="which brokers there are")

CONVERSATIONS = (
    Conversation(
        name="a topic is made",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        names=("new",),
        steps=(
            create_topics({"Name": "$new", "NumPartitions": 3}, validateOnly=True, name="only tried"),
            create_topics({"Name": "$new", "NumPartitions": 3}, name="made"),
            create_topics({"Name": "$new"}, name="it exists"),
            create_topics({"Name": "$new"}, validateOnly=True, name="it exists, only tried"),
            metadata("$new", until=Wait("Topics/0/ErrorCode", 0), name="it is told"),
        ),
    ),
    Conversation(
        name="several topics, some wrong",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        versions=CREATED_VERSIONS,
        names=("good", "bad", "twice"),
        steps=(
            create_topics({"Name": "$good"}, {"Name": "$bad", "NumPartitions": 0}, name="one has no partitions"),
            create_topics({"Name": "$twice"}, {"Name": "$twice", "NumPartitions": 2}, name="the same name twice"),
            create_topics(name="no topics"),
        ),
    ),
    Conversation(
        name="numbers",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        versions=CREATED_VERSIONS,
        names=("new", "defaults"),
        steps=(
            create_topics({"Name": "$new", "NumPartitions": 0}, name="no partitions"),
            create_topics({"Name": "$new", "NumPartitions": -2}, name="minus two partitions"),
            create_topics({"Name": "$new", "ReplicationFactor": 0}, name="no replicas"),
            create_topics({"Name": "$new", "ReplicationFactor": -2}, name="minus two replicas"),
            create_topics({"Name": "$new", "ReplicationFactor": 3}, name="more replicas than brokers"),
            create_topics({"Name": "$defaults", **ASSIGNED}, name="the broker's defaults"),
        ),
    ),
    Conversation(
        name="names",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        versions=(2, 7),
        names=("with.dot",),
        steps=(
            create_topics({"Name": ""}, name="empty"),
            create_topics({"Name": "."}, name="a dot"),
            create_topics({"Name": ".."}, name="two dots"),
            create_topics({"Name": "a b"}, name="a space"),
            create_topics({"Name": "a/b"}, name="a slash"),
            create_topics({"Name": "ä"}, name="a letter with dots"),
            create_topics({"Name": "x" * 250}, name="250 letters"),
            create_topics({"Name": "x" * 249}, validateOnly=True, name="249 letters"),
            create_topics({"Name": "$with.dot"}, name="a dot within"),
            create_topics({"Name": "__cluster_metadata"}, name="the metadata log"),
        ),
    ),
    Conversation(
        name="names that collide",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        versions=(2, 7),
        names=("a.b", "a_b"),
        steps=(
            create_topics({"Name": "$a.b"}, name="with a dot"),
            create_topics({"Name": "$a_b"}, name="an underscore"),
        ),
    ),
    Conversation(
        name="replicas by hand",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        versions=CREATED_VERSIONS,
        names=("new",),
        steps=(
            KNOW_BROKER,
            create_topics(_assigned((0, ["$broker"]), NumPartitions=1), name="partitions and assignments"),
            create_topics(_assigned((0, ["$broker"]), ReplicationFactor=1), name="replicas and assignments"),
            create_topics(_assigned((1, ["$broker"])), name="no partition 0"),
            create_topics(_assigned((0, ["$broker"]), (2, ["$broker"])), name="a gap"),
            create_topics(_assigned((0, ["$broker"]), (0, ["$broker"])), name="a partition twice"),
            create_topics(_assigned((0, ["$broker", "$broker"])), name="a broker twice"),
            create_topics(_assigned((0, [4711])), name="a broker that does not exist"),
            create_topics(_assigned((0, [-3])), name="a negative broker"),
            create_topics(_assigned((0, [])), name="no broker"),
            create_topics(_assigned((-1, ["$broker"])), name="a negative partition"),
            create_topics(_assigned((1, ["$broker"]), (0, ["$broker"])), name="two partitions"),
        ),
    ),
    Conversation(
        name="configurations",
        api="CreateTopics",
        needs=TOLD_WITH_TOPICS,
        versions=CREATED_VERSIONS,
        names=("new",),
        steps=(
            create_topics(_config("no.such.thing", "1"), name="a name that does not exist"),
            create_topics(_config("retention.ms", "soon"), name="not a number"),
            create_topics(_config("retention.ms", "-2"), name="too small"),
            create_topics(_config("segment.bytes", "9999999999"), name="too large"),
            create_topics(_config("cleanup.policy", "shred"), name="not a policy"),
            create_topics(_config("cleanup.policy", ""), name="an empty list"),
            create_topics(_config("compression.type", "brotli"), name="not a codec"),
            create_topics(_config("min.insync.replicas", "0"), name="no replica in sync"),
            create_topics(_config("message.timestamp.type", "Later"), name="not a type of timestamps"),
            create_topics(_config("retention.ms", None), name="null"),
            create_topics(_config("", "1"), name="an empty name"),
            create_topics(
                {"Name": "$new", "Configs": [{"Name": "retention.ms", "Value": each} for each in ("1", "2")]},
                name="the same twice",
                validateOnly=True,
            ),
            create_topics(_config("local.retention.ms", "999999999999"), name="local beyond total", validateOnly=True),
            create_topics(_config("remote.storage.enable", "true"), name="remote storage that is not there"),
            create_topics(_config("cleanup.policy", "compact,delete"), name="two policies"),
        ),
    ),
    Conversation(
        name="topics go by name",
        api="DeleteTopics",
        needs=MAY_GO,
        topics={"orders": Topic(), "returns": Topic()},
        names=("nowhere",),
        steps=(
            _delete({"Name": "$nowhere"}, name="one that does not exist"),
            _delete({"Name": "$orders"}, {"Name": "$nowhere"}, name="one of two exists"),
            _delete({"Name": "$orders"}, name="it is gone"),
            _delete(name="none"),
            _delete({"Name": "$returns"}, {"Name": "$returns"}, name="the same twice"),
            _delete({"Name": ""}, name="an empty name"),
            _delete({"Name": "__cluster_metadata"}, name="the metadata log"),
            metadata("$orders", name="it is not told any more", until=Wait("Topics/0/ErrorCode", 3)),
        ),
    ),
    Conversation(
        name="topics go by id",
        api="DeleteTopics",
        needs=MAY_GO,
        versions=(6,),
        topics={"orders": Topic(), "returns": Topic()},
        steps=(
            _delete({"Name": None, "TopicId": NOBODY}, name="an id that no topic has"),
            _delete({"Name": None, "TopicId": bytes(16)}, name="neither a name nor an id"),
            _delete({"Name": "$orders", "TopicId": "$orders.id"}, name="a name and an id"),
            _delete({"Name": None, "TopicId": "$orders.id"}, {"Name": "$orders"}, name="the same by id and by name"),
            _delete({"Name": None, "TopicId": "$orders.id"}, name="by id"),
            _delete({"Name": None, "TopicId": "$orders.id"}, name="it is gone"),
        ),
    ),
    Conversation(
        name="more partitions",
        api="CreatePartitions",
        topics={"orders": Topic(partitions=2)},
        names=("nowhere",),
        steps=(
            _grow({"Count": 3}, validate_only=True, name="only tried"),
            _grow({"Count": 3}, name="three"),
            _grow({"Count": 3}, name="as many as there are"),
            _grow({"Count": 1}, name="fewer"),
            _grow({"Count": 0}, name="none"),
            _grow({"Count": -1}, name="minus one"),
            _grow({"Name": "$nowhere", "Count": 3}, name="a topic that does not exist"),
            _grow({"Count": 4}, {"Count": 5}, name="the same topic twice"),
            _grow({"Name": "", "Count": 4}, name="an empty name"),
            _grow(name="no topics"),
            metadata("$orders", name="what there is", until=Wait("Topics/0/Partitions/2/PartitionIndex", 2)),
        ),
    ),
    Conversation(
        name="more partitions, placed by hand",
        api="CreatePartitions",
        topics={"orders": Topic()},
        steps=(
            KNOW_BROKER,
            _grow({"Count": 3, "Assignments": [{"BrokerIds": ["$broker"]}]}, name="too few assignments"),
            _grow({"Count": 2, "Assignments": []}, name="no assignments"),
            _grow({"Count": 2, "Assignments": [{"BrokerIds": []}]}, name="no broker"),
            _grow({"Count": 2, "Assignments": [{"BrokerIds": ["$broker", "$broker"]}]}, name="a broker twice"),
            _grow({"Count": 2, "Assignments": [{"BrokerIds": [4711]}]}, name="a broker that does not exist"),
            _grow({"Count": 2, "Assignments": [{"BrokerIds": ["$broker"]}]}, name="as it should be"),
        ),
    ),
)
