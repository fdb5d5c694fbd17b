"""Which source wins."""

from __future__ import annotations

import pytest

from kafkalite.settings import ConfigError, merge_settings

SOURCES = [
    ({"file_values": {"num.partitions": "1"}, "file_name": "my.properties"}, "1", "my.properties"),
    ({"environ": {"KAFKA_NUM_PARTITIONS": "2"}}, "2", "KAFKA_NUM_PARTITIONS"),
    ({"environ": {"KAFKA_CFG_NUM_PARTITIONS": "3"}}, "3", "KAFKA_CFG_NUM_PARTITIONS"),
    ({"environ": {"KAFKALITE_NUM_PARTITIONS": "4"}}, "4", "KAFKALITE_NUM_PARTITIONS"),
    ({"flags": {"num.partitions": "5"}}, "5", "--set num.partitions"),
]


@pytest.mark.parametrize("strongest", range(len(SOURCES)))
def test_flags_then_kafkalite_then_cfg_then_kafka_then_file(strongest: int) -> None:
    arguments: dict[str, object] = {}
    environ: dict[str, str] = {}
    for source, _, _ in SOURCES[: strongest + 1]:
        environ |= source.get("environ", {})  # type: ignore[arg-type]
        arguments |= source
    settings = merge_settings(**(arguments | {"environ": environ}))  # type: ignore[arg-type]
    assert settings.explicit["num.partitions"] == SOURCES[strongest][1:]
    assert settings.get_int("num.partitions") == int(SOURCES[strongest][1])


def test_without_sources_all_is_default() -> None:
    settings = merge_settings()
    assert settings.explicit == {}
    assert settings.profile == "dev"
    assert [str(listener) for listener in settings.listeners] == ["PLAINTEXT://127.0.0.1:9092"]


def test_address_options_replace_those_of_the_first_listener() -> None:
    environ = {"KAFKA_LISTENERS": "PLAINTEXT://0.0.0.0:9092,INTERNAL://0.0.0.0:9093",
               "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT"}  # fmt: skip
    settings = merge_settings(environ=environ, port=0)
    assert settings.get("listeners") == "PLAINTEXT://0.0.0.0:0,INTERNAL://0.0.0.0:9093"
    settings = merge_settings(environ=environ | {"KAFKALITE_PORT": "5"}, host="localhost")
    assert settings.get("listeners") == "PLAINTEXT://localhost:5,INTERNAL://0.0.0.0:9093"


def test_data_option_and_variable() -> None:
    assert merge_settings(data="here").data_directory == "here"
    environ = {"KAFKALITE_DATA": "there", "KAFKA_LOG_DIRS": "elsewhere"}
    assert merge_settings(environ=environ).data_directory == "there"
    assert merge_settings(environ=environ, data="memory").data_directory is None


def test_profiles() -> None:
    assert merge_settings(profile="ci").data_directory is None
    assert merge_settings(environ={"KAFKALITE_PROFILE": "kafka"}).profile == "kafka"
    assert merge_settings(environ={"KAFKALITE_PROFILE": "kafka"}, profile="ci").profile == "ci"
    with pytest.raises(ConfigError, match="'x' is none of dev, kafka, ci"):
        merge_settings(profile="x")


def test_a_wrong_value_names_its_source() -> None:
    with pytest.raises(
        ConfigError, match=r"^log\.segment\.bytes: 'abc' is not an int \(from KAFKA_LOG_SEGMENT_BYTES\)$"
    ):
        merge_settings(environ={"KAFKA_LOG_SEGMENT_BYTES": "abc"})
    with pytest.raises(ConfigError, match="'x' is not a port"):
        merge_settings(environ={"KAFKALITE_PORT": "x"})


def test_what_weaker_sources_get_wrong_does_not_matter() -> None:
    settings = merge_settings(environ={"KAFKA_NUM_PARTITIONS": "x"}, flags={"num.partitions": "2"})
    assert settings.get_int("num.partitions") == 2


def test_the_environment_of_the_apache_image_in_combined_mode() -> None:
    settings = merge_settings(
        environ={
            "KAFKA_NODE_ID": "3",
            "KAFKA_PROCESS_ROLES": "broker,controller",
            "KAFKA_LISTENERS": "PLAINTEXT://0.0.0.0:9092,BROKER://0.0.0.0:9093,CONTROLLER://0.0.0.0:9094",
            "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://localhost:32768,BROKER://kafka:9093",
            "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "BROKER:PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "KAFKA_CONTROLLER_QUORUM_VOTERS": "3@localhost:9094",
            "KAFKA_INTER_BROKER_LISTENER_NAME": "BROKER",
            "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
            "KAFKA_HEAP_OPTS": "-Xmx1G",
            "CLUSTER_ID": "4L6g3nShT-eMCtK--X86sw",
        }
    )
    assert settings.unknown == []
    assert settings.node_id == 3
    assert [listener.port for listener in settings.listeners] == [9092, 9093]
    assert [listener.host for listener in settings.advertised_listeners] == ["localhost", "kafka"]


def test_space_around_a_value_is_no_part_of_it() -> None:
    assert merge_settings(flags={"broker.rack": " a b "}).get("broker.rack") == "a b"
