"""Which resources have, or can have, configurations."""

from __future__ import annotations

from kafkalite.cluster.configs.list_resources import ALL_TYPES, list_config_resources
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC, name_of
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from tests.cluster.conversation import Cluster


def test_topics_and_brokers_are_listed_as_such_groups_by_what_is_set(cluster: Cluster) -> None:
    cluster.create("b")
    cluster.create("a", retention_ms="1")
    cluster.register(2)
    for resource_type, name, config in ((GROUP, "g", "share.isolation.level"), (CLIENT_METRICS, "m", "match")):
        record = ConfigRecord(resource_type=resource_type, resource_name=name, name=config, value="1")
        cluster.commit(Result([record], None))
    everything = list_config_resources(cluster.image, ALL_TYPES)
    assert everything == [
        (GROUP, "g"),
        (CLIENT_METRICS, "m"),
        (BROKER_LOGGER, "1"),
        (BROKER_LOGGER, "2"),
        (BROKER, "1"),
        (BROKER, "2"),
        (TOPIC, "a"),
        (TOPIC, "b"),
    ]
    assert list_config_resources(cluster.image, (TOPIC, GROUP)) == [(GROUP, "g"), (TOPIC, "a"), (TOPIC, "b")]


def test_kinds_have_kafkas_names() -> None:
    assert [name_of(number) for number in (0, 2, 4, 8, 16, 32, 99)] == [
        "UNKNOWN",
        "TOPIC",
        "BROKER",
        "BROKER_LOGGER",
        "CLIENT_METRICS",
        "GROUP",
        "UNKNOWN",
    ]
