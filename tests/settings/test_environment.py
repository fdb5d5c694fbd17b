"""Property names out of environment variables."""

from __future__ import annotations

import pytest

from kafkalite.settings.definitions import is_known
from kafkalite.settings.environment import (
    apache_reading,
    confluent_reading,
    describe_unknown,
    own_options,
    property_of,
    read_environment,
)


@pytest.mark.parametrize(
    ("name", "apache", "confluent"),
    [
        ("LOG_SEGMENT_BYTES", "log.segment.bytes", "log.segment.bytes"),
        ("A__B", "a_b", "a-b"),
        ("A___B", "a-b", "a_b"),
    ],
)
def test_two_readings(name: str, apache: str, confluent: str) -> None:
    assert (apache_reading(name), confluent_reading(name)) == (apache, confluent)


SCRAM_JAAS = "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LISTENER_NAME_SASL__SSL_SCRAM___SHA___256_SASL_JAAS_CONFIG", SCRAM_JAAS),
        ("LISTENER_NAME_SASL___SSL_SCRAM__SHA__256_SASL_JAAS_CONFIG", SCRAM_JAAS),
        ("LISTENER_NAME_SASL__SSL_SSL_KEYSTORE_LOCATION", "listener.name.sasl_ssl.ssl.keystore.location"),
        ("LISTENER_NAME_SASL___SSL_SSL_KEYSTORE_LOCATION", "listener.name.sasl_ssl.ssl.keystore.location"),
        ("NO__SUCH___NAME", "no_such-name"),
    ],
)  # fmt: skip
def test_the_reading_that_is_a_property_wins(name: str, expected: str) -> None:
    assert property_of(name, is_known) == expected


def test_order_is_by_strength_of_the_prefix() -> None:
    environ = {"KAFKALITE_NUM_PARTITIONS": "3", "KAFKA_NUM_PARTITIONS": "1", "KAFKA_CFG_NUM_PARTITIONS": "2"}
    assert read_environment(environ, is_known) == [
        ("num.partitions", "1", "KAFKA_NUM_PARTITIONS"),
        ("num.partitions", "2", "KAFKA_CFG_NUM_PARTITIONS"),
        ("num.partitions", "3", "KAFKALITE_NUM_PARTITIONS"),
    ]


def test_our_own_properties_need_no_second_prefix() -> None:
    environ = {"KAFKALITE_AUTO_CREATE_AT_ONCE": "false", "KAFKA_AUTO_CREATE_AT_ONCE": "true"}
    assert read_environment(environ, is_known) == [
        ("auto.create.at.once", "true", "KAFKA_AUTO_CREATE_AT_ONCE"),
        ("kafkalite.auto.create.at.once", "false", "KAFKALITE_AUTO_CREATE_AT_ONCE"),
    ]


@pytest.mark.parametrize(
    "variable",
    [
        "KAFKA_HEAP_OPTS", "KAFKA_OPTS", "KAFKA_LOG4J_LOGGERS", "KAFKA_TOOLS_LOG4J_LOGLEVEL", "KAFKA_JMX_PORT",
        "KAFKA_BOOTSTRAP_SERVERS", "KAFKA_PORT", "KAFKA_PORT_9092_TCP_ADDR", "KAFKA_SERVICE_HOST",
        "KAFKA_BROKER_SERVICE_HOST", "KAFKA_BROKER_SERVICE_PORT_CLIENTS", "KAFKA_BROKER_PORT",
        "KAFKA_BROKER_PORT_9092_TCP_PROTO",
        "KAFKALITE_PORT", "KAFKALITE_ADVERTISED", "KAFKALITE_BOOTSTRAP", "KAFKALITE_CLUSTER_ID", "KAFKA_CLUSTER_ID",
        "KAFKA_CREATE_TOPICS", "KAFKALITE_CREATE_TOPICS", "KAFKA_CREATE_TOPICS_SEPARATOR", "CLUSTER_ID",
        "KAFKALITE_SERVICE_HOST",
        "KAFKALITE_PORT_9092_TCP", "KAFKALITE_", "KAFKA_", "KAFKA_CFG_", "PATH", "MYKAFKA_X", "KAFKAESQUE",
    ],
)  # fmt: skip
def test_what_is_no_property(variable: str) -> None:
    assert read_environment({variable: "x"}, is_known) == []


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("foo.bar", "KAFKA_FOO_BAR", "foo.bar (KAFKA_FOO_BAR)"),
        ("foo.bar", "server.properties", "foo.bar"),
        ("zookeeper.connect", "KAFKA_ZK", "zookeeper.connect (KAFKA_ZK, there is no ZooKeeper)"),
        ("port", "server.properties", "port (say listeners)"),
    ],
)  # fmt: skip
def test_how_an_unknown_property_is_told(name: str, source: str, words: str) -> None:
    assert describe_unknown(name, source) == words


def test_old_properties_are_told_though_they_look_like_what_kubernetes_sets() -> None:
    [(name, _, variable)] = read_environment({"KAFKA_ADVERTISED_PORT": "9092"}, is_known)
    assert describe_unknown(name, variable) == "advertised.port (KAFKA_ADVERTISED_PORT, say advertised.listeners)"


def test_own_options_and_what_kubernetes_puts_in_their_place() -> None:
    environ = {"KAFKALITE_PORT": "5", "KAFKALITE_DATA": "", "KAFKALITE_NUM_PARTITIONS": "3", "KAFKA_PORT": "6"}
    assert own_options(environ) == {"PORT": "5"}
    assert own_options({"KAFKALITE_PORT": "tcp://10.0.0.1:9092"}) == {}
