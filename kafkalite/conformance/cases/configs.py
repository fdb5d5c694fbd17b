"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kafkalite.conformance.conversation import Conversation, Step, Topic, Wait
from kafkalite.conformance.needs import DEFAULT, IN_FILE, Need

TOPIC, BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP = 2, 4, 8, 16, 32
SET, DELETE, APPEND, SUBTRACT = 0, 1, 2, 3

NOW = {"DescribeConfigs.Results.Configs.Documentation": "words for people"}

AT_DEFAULT = Need(source=DEFAULT)
TOPIC_DEFAULTS = dict.fromkeys(
    (
        "compression.type",
        "log.cleaner.delete.retention.ms",
        "log.cleaner.max.compaction.lag.ms",
        "log.cleaner.min.cleanable.ratio",
        "log.cleaner.min.compaction.lag.ms",
        "log.cleanup.policy",
        "log.flush.interval.messages",
        "log.index.interval.bytes",
        "log.index.size.max.bytes",
        "log.message.timestamp.after.max.ms",
        "log.message.timestamp.before.max.ms",
        "log.message.timestamp.type",
        "log.preallocate",
        "log.retention.bytes",
        "log.retention.hours",
        "log.retention.minutes",
        "log.retention.ms",
        "log.roll.hours",
        "log.roll.ms",
        "log.segment.bytes",
        "log.segment.delete.delay.ms",
        "message.max.bytes",
    ),
    AT_DEFAULT,
) | {"min.insync.replicas": Need("1")}
"""The broker properties from which topics take their defaults, as far as they are set in practice."""

GROUP_DEFAULTS = dict.fromkeys(
    (
        "group.consumer.heartbeat.interval.ms",
        "group.consumer.session.timeout.ms",
        "group.share.heartbeat.interval.ms",
        "group.share.session.timeout.ms",
        "group.streams.heartbeat.interval.ms",
        "group.streams.session.timeout.ms",
    ),
    AT_DEFAULT,
)

SOME_TOPIC_KEYS = ("cleanup.policy", "retention.ms", "segment.bytes", "min.insync.replicas", "compression.type")


def _resource(kind: int, name: str, keys: Sequence[str] | None) -> dict[str, Any]:
    return {
        "ResourceType": kind,
        "ResourceName": name,
        "ConfigurationKeys": None if keys is None else list(keys),
    }


def _describe(*resources: dict[str, Any], name: str = "", until: Wait | None = None, **more: Any) -> Step:
    return Step(api="DescribeConfigs", fields={"Resources": list(resources), **more}, name=name, until=until)


def _change(*resources: dict[str, Any], name: str = "", validate_only: bool = False) -> Step:
    fields = {"Resources": list(resources), "ValidateOnly": validate_only}
    return Step(api="IncrementalAlterConfigs", fields=fields, name=name)


def _of(kind: int, resource: str, *changes: tuple[str, int, str | None]) -> dict[str, Any]:
    configs = [{"Name": name, "ConfigOperation": how, "Value": value} for name, how, value in changes]
    return {"ResourceType": kind, "ResourceName": resource, "Configs": configs}


def _replace(*resources: dict[str, Any], name: str = "", validate_only: bool = False) -> Step:
    fields = {"Resources": list(resources), "ValidateOnly": validate_only}
    return Step(api="AlterConfigs", fields=fields, name=name)


def _all_of(kind: int, resource: str, **configs: str | None) -> dict[str, Any]:
    pairs = [{"Name": name.replace("_", "."), "Value": value} for name, value in configs.items()]
    return {"ResourceType": kind, "ResourceName": resource, "Configs": pairs}


ORDERS = _resource(TOPIC, "$orders", SOME_TOPIC_KEYS)
KNOW_BROKER = Step(api="DescribeCluster", remember={"broker": "Brokers/0/BrokerId"}, name="which brokers there are")

CONVERSATIONS = (
    Conversation(
        name="every property of a topic",
        api="DescribeConfigs",
        needs=TOPIC_DEFAULTS,
        topics={"orders": Topic(configs={"retention.ms": "12345", "cleanup.policy": "compact"})},
        steps=(
            _describe(_resource(TOPIC, "$orders", None), name="all"),
            _describe(_resource(TOPIC, "$orders", None), IncludeSynonyms=True, name="with synonyms"),
        ),
    ),
    Conversation(
        name="some properties",
        api="DescribeConfigs",
        needs=TOPIC_DEFAULTS,
        versions=(1, 3, 4),
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            _describe(_resource(TOPIC, "$orders", ["retention.ms", "no.such.thing"]), name="one does not exist"),
            _describe(_resource(TOPIC, "$orders", []), name="none"),
            _describe(_resource(TOPIC, "$nowhere", None), name="a topic that does not exist"),
            _describe(_resource(TOPIC, "", None), name="an empty name"),
            _describe(_resource(TOPIC, "a b", None), name="a name that no topic can have"),
            _describe(ORDERS, ORDERS, name="the same twice"),
            _describe(name="no resources"),
            _describe(_resource(99, "x", None), name="a type that does not exist"),
            _describe(_resource(0, "x", None), name="the unknown type"),
        ),
    ),
    Conversation(
        name="a broker",
        api="DescribeConfigs",
        versions=(1, 4),
        steps=(
            KNOW_BROKER,
            _describe(
                _resource(BROKER, "", ["log.retention.ms", "num.io.threads", "message.max.bytes"]), name="all brokers"
            ),
            _describe(_resource(BROKER, "4711", None), name="another broker"),
            _describe(_resource(BROKER, "one", None), name="not a number"),
            _describe(_resource(BROKER_LOGGER, "", None), name="loggers without a broker"),
            _describe(_resource(BROKER_LOGGER, "4711", None), name="loggers of another broker"),
        ),
    ),
    Conversation(
        name="every property of a broker",
        api="DescribeConfigs",
        versions=(1, 4),
        masks={
            "DescribeConfigs.Results.ResourceName": "the id of the broker",
            "DescribeConfigs.Results.Configs.Value": "a matter of configuration",
            "DescribeConfigs.Results.Configs.ConfigSource": "a matter of configuration",
            "DescribeConfigs.Results.Configs.Synonyms.Value": "a matter of configuration",
        },
        steps=(KNOW_BROKER, _describe(_resource(BROKER, "$broker.text", None), name="names, types and what is fixed")),
    ),
    Conversation(
        name="properties of a broker by name",
        api="DescribeConfigs",
        versions=(1, 4),
        needs=TOPIC_DEFAULTS,
        masks={"DescribeConfigs.Results.ResourceName": "the id of the broker"},
        steps=(
            KNOW_BROKER,
            _describe(
                _resource(
                    BROKER,
                    "$broker.text",
                    [
                        "log.retention.ms",
                        "log.retention.hours",
                        "message.max.bytes",
                        "log.cleaner.threads",
                        "ssl.keystore.password",
                        "compression.type",
                        "no.such.thing",
                    ],
                ),
                IncludeSynonyms=True,
                name="defaults",
            ),
        ),
    ),
    Conversation(
        name="what the file of a broker sets",
        api="DescribeConfigs",
        versions=(1, 4),
        masks={"DescribeConfigs.Results.ResourceName": "the id of the broker"},
        needs={"num.partitions": Need("1", IN_FILE), "auto.create.topics.enable": Need("true", IN_FILE)},
        steps=(
            KNOW_BROKER,
            _describe(
                _resource(BROKER, "$broker.text", ["num.partitions", "auto.create.topics.enable"]),
                IncludeSynonyms=True,
            ),
        ),
    ),
    Conversation(
        name="a group",
        api="DescribeConfigs",
        versions=(1, 4),
        names=("group",),
        needs={"group.consumer.assignment.interval.ms": Need("0", IN_FILE), **GROUP_DEFAULTS},
        steps=(_describe(_resource(GROUP, "$group", None), IncludeSynonyms=True),),
    ),
    Conversation(
        name="no group, and metrics",
        api="DescribeConfigs",
        versions=(1, 4),
        names=("metrics",),
        steps=(
            _describe(_resource(GROUP, "", None), name="a group without a name"),
            _describe(_resource(CLIENT_METRICS, "$metrics", None), IncludeSynonyms=True, name="metrics"),
            _describe(_resource(CLIENT_METRICS, "", None), name="metrics without a name"),
        ),
    ),
    Conversation(
        name="values are set, taken away and put in order",
        api="IncrementalAlterConfigs",
        needs=TOPIC_DEFAULTS,
        topics={"orders": Topic()},
        steps=(
            _change(_of(TOPIC, "$orders", ("retention.ms", SET, "5")), validate_only=True, name="only tried"),
            _change(
                _of(TOPIC, "$orders", ("retention.ms", SET, "7"), ("cleanup.policy", APPEND, "compact")),
                name="two values",
            ),
            _describe(ORDERS, until=Wait("Results/0/Configs/Name=retention.ms/Value", "7"), name="they are told"),
            _change(_of(TOPIC, "$orders", ("cleanup.policy", SUBTRACT, "delete")), name="one of a list goes"),
            _change(_of(TOPIC, "$orders", ("cleanup.policy", SUBTRACT, "delete")), name="what is not in a list goes"),
            _change(_of(TOPIC, "$orders", ("retention.ms", DELETE, None)), name="a value goes"),
            _change(_of(TOPIC, "$orders", ("retention.ms", DELETE, "9")), name="a value goes that is not there"),
            _describe(
                ORDERS, until=Wait("Results/0/Configs/Name=retention.ms/Value", "604800000"), name="what is left"
            ),
        ),
    ),
    Conversation(
        name="changes that cannot be",
        api="IncrementalAlterConfigs",
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            _change(_of(TOPIC, "$orders", ("retention.ms", SET, "soon")), name="not a number"),
            _change(_of(TOPIC, "$orders", ("retention.ms", SET, None)), name="null"),
            _change(_of(TOPIC, "$orders", ("retention.ms", APPEND, "5")), name="append to what is no list"),
            _change(_of(TOPIC, "$orders", ("retention.ms", SUBTRACT, "5")), name="subtract from what is no list"),
            _change(_of(TOPIC, "$orders", ("no.such.thing", SET, "5")), name="a name that does not exist"),
            _change(_of(TOPIC, "$orders", ("no.such.thing", DELETE, None)), name="delete what does not exist"),
            _change(
                _of(TOPIC, "$orders", ("retention.ms", SET, "5"), ("retention.ms", SET, "6")),
                name="the same name twice",
            ),
            _change(_of(TOPIC, "$orders", ("cleanup.policy", APPEND, "shred")), name="not a policy"),
            _change(_of(TOPIC, "$nowhere", ("retention.ms", SET, "5")), name="a topic that does not exist"),
            _change(_of(TOPIC, "", ("retention.ms", SET, "5")), name="an empty name"),
            _change(_of(TOPIC, "$orders"), name="no changes"),
            _change(name="no resources"),
            _change(
                _of(TOPIC, "$orders", ("retention.ms", SET, "5")),
                _of(TOPIC, "$orders", ("retention.ms", SET, "6")),
                name="the same resource twice",
            ),
            _change(_of(0, "x", ("retention.ms", SET, "5")), name="the unknown type of resources"),
            _change(_of(99, "x", ("retention.ms", SET, "5")), name="a type of resources that does not exist"),
            _change(_of(BROKER, "4711", ("log.retention.ms", SET, "5")), name="another broker"),
            _change(_of(BROKER, "one", ("log.retention.ms", SET, "5")), name="a broker that is no number"),
            _change(
                _of(BROKER, "", ("no.such.thing", SET, "5")),
                name="a broker's name that does not exist",
                validate_only=True,
            ),
            _change(_of(BROKER, "", ("broker.id", SET, "5")), name="what brokers cannot change"),
            _change(_of(BROKER, "", ("num.io.threads", SET, "0")), name="too few threads"),
            _change(_of(BROKER_LOGGER, "", ("kafka", SET, "DEBUG")), name="loggers without a broker"),
        ),
    ),
    Conversation(
        name="groups and metrics",
        api="IncrementalAlterConfigs",
        names=("group", "metrics"),
        steps=(
            _change(_of(GROUP, "$group", ("consumer.session.timeout.ms", SET, "50000")), name="a group"),
            _change(_of(GROUP, "$group", ("consumer.session.timeout.ms", SET, "5")), name="below what is allowed"),
            _change(_of(GROUP, "$group", ("no.such.thing", SET, "5")), name="a name that does not exist"),
            _change(_of(GROUP, "", ("consumer.session.timeout.ms", SET, "50000")), name="a group without a name"),
            _describe(
                _resource(GROUP, "$group", ["consumer.session.timeout.ms"]),
                until=Wait("Results/0/Configs/0/Value", "50000"),
                name="what a group has",
            ),
            _change(_of(CLIENT_METRICS, "$metrics", ("interval.ms", SET, "1000")), name="metrics"),
            _change(_of(CLIENT_METRICS, "$metrics", ("interval.ms", SET, "5")), name="too often"),
            _change(_of(CLIENT_METRICS, "$metrics", ("match", SET, "client_id=[")), name="a broken pattern"),
            _change(_of(CLIENT_METRICS, "$metrics", ("match", SET, "nobody=x")), name="an unknown selector"),
            _change(_of(CLIENT_METRICS, "", ("interval.ms", SET, "1000")), name="metrics without a name"),
            _change(_of(CLIENT_METRICS, "$metrics", ("no.such.thing", SET, "1")), name="no such metrics property"),
        ),
    ),
    Conversation(
        name="all values at once",
        api="AlterConfigs",
        needs=TOPIC_DEFAULTS,
        topics={"orders": Topic(configs={"retention.ms": "5"})},
        names=("nowhere",),
        steps=(
            _replace(_all_of(TOPIC, "$orders", segment_ms="100000"), validate_only=True, name="only tried"),
            _replace(_all_of(TOPIC, "$orders", segment_ms="100000"), name="what is not named goes"),
            _describe(
                _resource(TOPIC, "$orders", ["retention.ms", "segment.ms"]),
                until=Wait("Results/0/Configs/Name=segment.ms/Value", "100000"),
                name="what there is",
            ),
            _replace(_all_of(TOPIC, "$orders", segment_ms="soon"), name="not a number"),
            _replace(_all_of(TOPIC, "$orders", segment_ms=None), name="null"),
            _replace(_all_of(TOPIC, "$orders", no_such_thing="1"), name="a name that does not exist"),
            _replace(_all_of(TOPIC, "$nowhere", segment_ms="100000"), name="a topic that does not exist"),
            _replace(_all_of(TOPIC, "", segment_ms="100000"), name="an empty name"),
            _replace(_all_of(99, "x", segment_ms="100000"), name="a type that does not exist"),
            _replace(name="no resources"),
            _replace(_all_of(TOPIC, "$orders"), name="nothing is left"),
        ),
    ),
    Conversation(
        name="the same resource twice",
        api="AlterConfigs",
        versions=(0, 2),
        topics={"orders": Topic()},
        steps=(
            Step(
                api="AlterConfigs",
                fields={
                    "Resources": [
                        _all_of(TOPIC, "$orders", segment_ms="100000"),
                        _all_of(TOPIC, "$orders", segment_ms="200000"),
                    ]
                },
                silence_s=1.0,
            ),
        ),
    ),
)
