"""Which level of a broker's configuration holds."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.broker import (
    BrokerConfigs,
    effective_broker_config,
    find_definition,
    listener_base,
    normalize_broker_value,
    overlay,
    synonyms_of,
    unit_synonyms,
)
from kafkalite.cluster.configs.tables import TOPIC_SYNONYMS
from kafkalite.cluster.image import ConfigsImage
from kafkalite.cluster.resource_types import BROKER


def test_a_broker_stands_above_all_brokers_above_the_start_above_kafka() -> None:
    configs = ConfigsImage(
        {(BROKER, ""): {"num.io.threads": "9", "background.threads": "11"}, (BROKER, "1"): {"num.io.threads": "10"}}
    )
    static = BrokerConfigs({"num.io.threads": "5", "background.threads": "5", "num.network.threads": "5"})
    effective = effective_broker_config(configs, static, 1)
    names = ("num.io.threads", "background.threads", "num.network.threads", "num.replica.fetchers")
    assert [effective.get_int(name) for name in names] == [10, 11, 5, 1]
    assert effective_broker_config(configs, static, 2).get_int("num.io.threads") == 9
    assert static.values["num.io.threads"] == "5"


def test_a_stronger_level_replaces_the_same_thing_in_other_units() -> None:
    effective = overlay(BrokerConfigs({"log.retention.minutes": "1"}), {"log.retention.ms": "7"})
    assert "log.retention.minutes" not in effective.values
    assert effective.find_in_units(TOPIC_SYNONYMS["retention.ms"]) == "7"
    hours = BrokerConfigs({"log.retention.hours": "2"})
    assert hours.find_in_units(TOPIC_SYNONYMS["retention.ms"]) == "7200000"


def test_synonyms_are_told_strongest_first() -> None:
    retention = ("log.retention.ms", "log.retention.minutes", "log.retention.hours")
    assert unit_synonyms("log.retention.hours") == retention
    assert unit_synonyms("log.flush.scheduler.interval.ms") == ("log.flush.scheduler.interval.ms",)
    assert synonyms_of("listener.name.tls.ssl.keystore.type") == (
        "listener.name.tls.ssl.keystore.type",
        "ssl.keystore.type",
    )
    assert synonyms_of("listener.name.sasl.plain.sasl.jaas.config")[1] == "sasl.jaas.config"


def test_configurations_of_a_listener_are_found_by_their_base() -> None:
    assert listener_base("listener.name.tls.max.connections") == "max.connections"
    assert listener_base("max.connections") is None
    assert listener_base("listener.name.tls") is None
    definition = find_definition("listener.name.tls.ssl.keystore.password")
    assert definition is not None
    assert definition.type == "password"
    assert find_definition("no.such.thing") is None


def test_values_are_read_as_numbers_and_flags() -> None:
    configs = BrokerConfigs({"auto.create.topics.enable": " FALSE", "num.partitions": "3"})
    assert not configs.get_bool("auto.create.topics.enable")
    assert configs.get_bool("delete.topic.enable")
    assert configs.get_int("num.partitions") == 3
    assert configs.get("log.retention.ms") is None
    with pytest.raises(KeyError):
        configs.get("no.such.thing")


def test_values_are_printed_as_kafka_prints_them() -> None:
    assert normalize_broker_value("log.cleaner.io.max.bytes.per.second", "1e10") == "1.0E10"
    assert normalize_broker_value("some.plugin", " x ") == " x "
