"""The merged view: values, types, sources."""

from __future__ import annotations

import pytest

from kafkalite.settings.settings import Settings
from kafkalite.settings.values import ConfigError


def settings(**values: str) -> Settings:
    return Settings({name.replace("_", "."): (value, "test") for name, value in values.items()})


def test_explicit_then_kafkalites_default_then_kafkas() -> None:
    view = settings(num_partitions="7")
    assert (view.get("num.partitions"), view.source_of("num.partitions")) == ("7", "test")
    assert view.get("group.initial.rebalance.delay.ms") == "0"
    assert view.source_of("group.initial.rebalance.delay.ms") == "default of kafkalite"
    assert view.get("socket.request.max.bytes") == "104857600"
    assert view.source_of("socket.request.max.bytes") == "default of Kafka"
    assert Settings({}, "kafka").get("group.initial.rebalance.delay.ms") == "3000"


def test_properties_that_kafka_does_not_have_are_told_only_where_they_were_set() -> None:
    name = "kafkalite.auto.create.at.once"
    assert Settings({}, "kafka").get(name) == "false" and name not in Settings({}, "kafka").values()
    assert Settings({name: ("true", "test")}, "kafka").values()[name] == "true"


def test_default_of_ignores_what_is_set() -> None:
    assert settings(num_partitions="7").default_of("num.partitions") == "1"
    assert settings().default_of("node.id") == "1"


def test_null_and_unknown() -> None:
    view = settings()
    assert view.find("advertised.listeners") is None
    assert view.find_int("log.retention.ms") is None
    assert view.get_list("advertised.listeners") == []
    with pytest.raises(ConfigError, match=r"advertised\.listeners: a value is needed"):
        view.get("advertised.listeners")
    with pytest.raises(KeyError):
        view.get("no.such.property")


def test_types() -> None:
    view = settings(log_retention_ms="5", super_users="a, b")
    assert view.get_int("socket.request.max.bytes") == 104857600
    assert view.find_int("log.retention.ms") == 5
    assert view.get_bool("auto.create.topics.enable") is True
    assert view.get_double("log.cleaner.min.cleanable.ratio") == 0.5
    assert view.get_list("controller.listener.names") == ["CONTROLLER"]


def test_listeners_leave_out_the_controllers() -> None:
    view = settings(listeners="PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2")
    assert [str(listener) for listener in view.listeners] == ["PLAINTEXT://127.0.0.1:1"]


def test_a_listener_for_clients_is_needed() -> None:
    with pytest.raises(ConfigError, match="no listener for clients"):
        settings(listeners="CONTROLLER://127.0.0.1:2").listeners  # noqa: B018


def test_protocols_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ConfigError, match="there is no security protocol TLS "):
        settings(listeners="X://127.0.0.1:2", listener_security_protocol_map="X:TLS").listeners  # noqa: B018


def test_an_authorizer_is_refused_and_says_who_asked_for_it() -> None:
    settings().check_security()
    settings(authorizer_class_name="").check_security()
    with pytest.raises(ConfigError, match=r"authorizer\.class\.name: .* \(from test\)"):
        settings(authorizer_class_name="org.apache.kafka.metadata.authorizer.StandardAuthorizer").check_security()


def test_delegation_tokens_are_refused_without_showing_their_key() -> None:
    with pytest.raises(ConfigError, match=r"delegation\.token\.secret\.key: .* \(from test\)") as caught:
        settings(delegation_token_secret_key="hunter2").check_security()
    assert "hunter2" not in str(caught.value)


def test_advertised_listeners() -> None:
    assert settings().advertised_listeners == []
    view = settings(advertised_listeners="PLAINTEXT://kafka.example:19092")
    assert [(one.name, one.host, one.port) for one in view.advertised_listeners] == [
        ("PLAINTEXT", "kafka.example", 19092)
    ]


def test_advertised_listeners_of_the_controller_alone_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"names no listener for clients \(from test\)"):
        settings(advertised_listeners="CONTROLLER://h:9093").advertised_listeners  # noqa: B018


def test_data_directory() -> None:
    assert settings().data_directory == "kafka-data"
    assert settings(log_dir="/a").data_directory == "/a"
    assert settings(log_dir="/a", log_dirs="/b").data_directory == "/b"
    assert settings(log_dirs="memory").data_directory is None
    assert settings(log_dirs="./memory").data_directory == "./memory"
    with pytest.raises(ConfigError, match="2 are named"):
        settings(log_dirs="/a,/b").data_directory  # noqa: B018


def test_node_id_has_an_older_name() -> None:
    assert settings().node_id == 1
    assert settings(broker_id="5").node_id == 5


def test_unknown_names_are_listed_in_order() -> None:
    view = settings(zebra="1", aardvark="2", num_partitions="3")
    assert view.unknown == ["aardvark", "zebra"]
    assert view.get("zebra") == "1"
