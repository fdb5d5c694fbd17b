"""DescribeConfigs against what Apache Kafka 4.4.0 answers."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.cluster.configs import sources
from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.configs.describe import ConfigDescriber
from kafkalite.cluster.image import ConfigsImage
from kafkalite.cluster.resource_types import BROKER, CLIENT_METRICS, GROUP, TOPIC
from tests.cluster import kafka_configs

SET_IN_KAFKA = {
    (BROKER, ""): {"min.insync.replicas": "1"},
    (TOPIC, "orders"): {"min.insync.replicas": "1", "segment.bytes": "2097152"},
}


def everything(name: str) -> bool:
    return True


def describer(configs: dict[tuple[int, str], dict[str, str]], static: dict[str, str] | None = None) -> ConfigDescriber:
    return ConfigDescriber(ConfigsImage(configs), BrokerConfigs(static or {}), 1)


def told(entries: list[Any]) -> list[kafka_configs.Described]:
    return [
        (
            entry.name,
            entry.value,
            entry.config_source,
            entry.read_only,
            entry.config_type,
            [(synonym.name, synonym.value, synonym.source) for synonym in entry.synonyms],
        )
        for entry in entries
    ]


def test_a_topic_a_group_and_a_subscription_are_told_as_kafka_tells_them() -> None:
    kafka = describer(SET_IN_KAFKA, kafka_configs.STATIC)
    assert told(kafka.describe_topic("orders", everything)) == kafka_configs.TOPIC
    assert told(kafka.describe_group("g", everything)) == kafka_configs.GROUP
    assert told(kafka.describe_client_metrics("m", everything)) == kafka_configs.CLIENT_METRICS
    assert told(kafka.describe_broker_defaults(everything)) == kafka_configs.BROKER_DEFAULTS


def test_the_broker_is_told_as_kafka_tells_it() -> None:
    entries = describer(SET_IN_KAFKA, kafka_configs.STATIC).describe_broker(everything)
    wanted = {line[0] for line in kafka_configs.BROKER}
    assert told([entry for entry in entries if entry.name in wanted]) == kafka_configs.BROKER
    assert len(entries) == 350
    assert [entry.name for entry in entries] == sorted(entry.name for entry in entries)


def test_every_level_is_a_synonym_the_strongest_first() -> None:
    kafka = describer(
        {
            (BROKER, "1"): {"log.retention.ms": "3"},
            (BROKER, ""): {"log.retention.ms": "2"},
            (TOPIC, "t"): {"retention.ms": " 4 "},
        },
        {"log.retention.hours": "1"},
    )
    (entry,) = kafka.describe_topic("t", "retention.ms".__eq__)
    assert (entry.value, entry.config_source) == ("4", sources.TOPIC_CONFIG)
    assert [(s.name, s.value, s.source) for s in entry.synonyms] == [
        ("retention.ms", "4", sources.TOPIC_CONFIG),
        ("log.retention.ms", "3", sources.DYNAMIC_BROKER_CONFIG),
        ("log.retention.ms", "2", sources.DYNAMIC_DEFAULT_BROKER_CONFIG),
        ("log.retention.hours", "1", sources.STATIC_BROKER_CONFIG),
        ("log.retention.hours", "168", sources.DEFAULT_CONFIG),
    ]


def test_a_weaker_synonym_does_not_make_a_stronger_name() -> None:
    kafka = describer({}, {"log.retention.hours": "1"})
    (topic,) = kafka.describe_topic("t", "retention.ms".__eq__)
    assert (topic.value, topic.config_source, topic.synonyms) == ("3600000", sources.DEFAULT_CONFIG, [])
    (hours,) = kafka.describe_broker("log.retention.hours".__eq__)
    assert (hours.value, hours.config_source) == ("1", sources.STATIC_BROKER_CONFIG)


def test_secrets_are_never_told() -> None:
    name = "listener.name.tls.ssl.keystore.password"
    kafka = describer({(BROKER, "1"): {name: "hush", "plugin.secret": "hush"}})
    for entry in kafka.describe_broker({name, "plugin.secret"}.__contains__):
        assert (entry.value, entry.is_sensitive) == (None, True)
        assert [s.value for s in entry.synonyms] == [None]


def test_the_default_of_brokers_is_only_what_was_set() -> None:
    kafka = describer({(BROKER, ""): {"message.max.bytes": "5"}, (BROKER, "1"): {"message.max.bytes": "6"}})
    (entry,) = kafka.describe_broker_defaults(everything)
    assert (entry.name, entry.value, entry.config_source) == ("message.max.bytes", "5", 3)
    assert [s.source for s in entry.synonyms] == [sources.DYNAMIC_DEFAULT_BROKER_CONFIG]


@pytest.mark.parametrize(
    ("name", "value", "told_value"),
    [
        ("segment.bytes", " 2000000", "2000000"),
        ("cleanup.policy", "compact, delete", "compact,delete"),
        ("min.cleanable.dirty.ratio", "1", "1.0"),
        ("preallocate", "TRUE", "true"),
    ],
)
def test_values_are_told_as_kafka_prints_them(name: str, value: str, told_value: str) -> None:
    (entry,) = describer({(TOPIC, "t"): {name: value}}).describe_topic("t", name.__eq__)
    assert entry.value == told_value


def test_a_group_tells_its_own_values_before_the_brokers() -> None:
    kafka = describer(
        {(GROUP, "g"): {"consumer.session.timeout.ms": "50000", "share.auto.offset.reset": "earliest"}},
        {"group.consumer.session.timeout.ms": "46000"},
    )
    session, reset = kafka.describe_group("g", {"consumer.session.timeout.ms", "share.auto.offset.reset"}.__contains__)
    assert [(s.value, s.source) for s in session.synonyms] == [("50000", 8), ("46000", 4), ("45000", 5)]
    assert [(s.value, s.source) for s in reset.synonyms] == [("earliest", 8), ("latest", 5)]


def test_internal_configurations_are_told_only_where_set() -> None:
    assert describer({}).describe_topic("t", "internal.segment.bytes".__eq__) == []
    (entry,) = describer({(TOPIC, "t"): {"internal.segment.bytes": "100"}}).describe_topic(
        "t", "internal.segment.bytes".__eq__
    )
    assert entry.value == "100"


def test_internal_configurations_of_a_group_are_told_where_the_group_or_the_broker_sets_them() -> None:
    name = "consumer.assignor.offload.enable"
    assert describer({}).describe_group("g", name.__eq__) == []
    (own,) = describer({(GROUP, "g"): {name: "false"}}).describe_group("g", name.__eq__)
    assert (own.value, own.config_source) == ("false", sources.GROUP_CONFIG)
    (brokers,) = describer({}, {f"group.{name}": "false"}).describe_group("g", name.__eq__)
    assert (brokers.value, brokers.config_source) == ("false", sources.STATIC_BROKER_CONFIG)


def test_a_subscription_tells_what_is_set() -> None:
    kafka = describer({(CLIENT_METRICS, "m"): {"interval.ms": "100"}})
    (entry,) = kafka.describe_client_metrics("m", "interval.ms".__eq__)
    assert (entry.value, entry.config_source) == ("100", sources.CLIENT_METRICS_CONFIG)
