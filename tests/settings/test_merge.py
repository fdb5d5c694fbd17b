"""Which source wins."""

from __future__ import annotations

import pytest

from kafkalite.settings import ConfigError, Listener, merge_settings
from kafkalite.settings.consistency import check_consistency

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


def test_address_options_leave_the_controllers_listener_alone() -> None:
    flags = {"listeners": "CONTROLLER://:9093,PLAINTEXT://:9092"}
    assert merge_settings(flags=flags, port=5).get("listeners") == "CONTROLLER://:9093,PLAINTEXT://:5"


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


# ---- listeners that advertised ones imply --------------------------------------------------------------------------

OLD_COMPOSE = {
    "KAFKA_BROKER_ID": "1",
    "KAFKA_ZOOKEEPER_CONNECT": "zookeeper:2181",
    "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:29092,PLAINTEXT_HOST://localhost:9092",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT",
    "KAFKA_INTER_BROKER_LISTENER_NAME": "PLAINTEXT",
    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
}
"""What compose files for the Confluent image with ZooKeeper set."""


def addresses(listeners: list[Listener]) -> list[str]:
    return [str(listener) for listener in listeners]


def test_a_compose_file_with_advertised_listeners_alone_binds_their_ports() -> None:
    settings = merge_settings(environ=OLD_COMPOSE)
    assert addresses(settings.listeners) == ["PLAINTEXT://0.0.0.0:29092", "PLAINTEXT_HOST://0.0.0.0:9092"]
    assert addresses(settings.advertised_listeners) == OLD_COMPOSE["KAFKA_ADVERTISED_LISTENERS"].split(",")
    assert settings.source_of("listeners") == "the ports of KAFKA_ADVERTISED_LISTENERS"
    assert (settings.node_id, settings.unknown) == (1, ["zookeeper.connect"])
    check_consistency(settings)


def test_whoever_sets_both_is_taken_at_their_word() -> None:
    environ = {"KAFKA_LISTENERS": "PLAINTEXT://127.0.0.1:5", "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:9"}
    assert addresses(merge_settings(environ=environ).listeners) == ["PLAINTEXT://127.0.0.1:5"]
    flags = {"advertised.listeners": "PLAINTEXT://kafka:9"}
    assert addresses(merge_settings(flags=flags).listeners) == ["PLAINTEXT://0.0.0.0:9"]
    assert addresses(merge_settings(flags=flags, port=0, host="127.0.0.1").listeners) == ["PLAINTEXT://127.0.0.1:0"]


# ---- the address to advertise --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "advertised"),
    [
        ("localhost:19092", "PLAINTEXT://localhost:19092"),
        ("kafka.example.com", "PLAINTEXT://kafka.example.com:0"),
        ("[::1]:19092", "PLAINTEXT://[::1]:19092"),
        ("::1", "PLAINTEXT://[::1]:0"),
        (":19092", "PLAINTEXT://:19092"),
    ],
)
def test_one_variable_says_what_clients_are_told_and_opens_the_port(address: str, advertised: str) -> None:
    for settings in (merge_settings(environ={"KAFKALITE_ADVERTISED": address}), merge_settings(advertised=address)):
        assert addresses(settings.advertised_listeners) == [advertised]
        assert addresses(settings.listeners) == ["PLAINTEXT://0.0.0.0:9092"]


def test_an_address_that_was_chosen_is_still_bound() -> None:
    environ = {"KAFKALITE_ADVERTISED": "localhost:19092"}
    chosen = [
        merge_settings(environ=environ, host="127.0.0.1", port=7),
        merge_settings(environ=environ | {"KAFKALITE_HOST": "127.0.0.1", "KAFKALITE_PORT": "7"}),
        merge_settings(environ=environ | {"KAFKA_LISTENERS": "PLAINTEXT://127.0.0.1:7"}),
        merge_settings(environ=environ, flags={"listeners": "PLAINTEXT://127.0.0.1:7"}),
    ]
    assert [addresses(settings.listeners) for settings in chosen] == [["PLAINTEXT://127.0.0.1:7"]] * 4
    assert addresses(merge_settings(environ=environ, port=7).listeners) == ["PLAINTEXT://0.0.0.0:7"]


def test_it_is_for_the_first_listener_of_clients() -> None:
    environ = {
        "KAFKA_LISTENERS": "CONTROLLER://:9,PLAINTEXT://:1,INSIDE://:2",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,INSIDE:PLAINTEXT",
        "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://old:1,INSIDE://kafka:2",
    }
    settings = merge_settings(environ=environ, advertised="new:3")
    assert addresses(settings.advertised_listeners) == ["PLAINTEXT://new:3", "INSIDE://kafka:2"]


@pytest.mark.parametrize("address", ["0.0.0.0:1", "a:b", "a:b:c", "host:99999", "a b:1", "host:"])
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(ConfigError, match=r"\(from --advertised\)"):
        merge_settings(advertised=address)


@pytest.mark.parametrize(("host", "bound"), [("[::1]", "[::1]"), ("*", ""), ("0.0.0.0", "0.0.0.0")])
def test_hosts_in_other_spellings(host: str, bound: str) -> None:
    assert addresses(merge_settings(host=host).listeners) == [f"PLAINTEXT://{bound}:9092"]
