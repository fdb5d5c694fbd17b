"""`__consumer_offsets` is Kafka's: its tools read it, and one broker goes on where another stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import ApacheKafkaProcess, Broker, BrokerChoice
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.group_members import MEMBERS, ConfluentKafkaMember, Member, wait_until
from compat_tests.clients.test_groups import PARTITION_COUNT, committed, fill, is_shared, members, read_by
from compat_tests.oracle.apache_kafka import DEFAULT_VERSION, OracleUnavailable, install, run_tool

pytestmark = pytest.mark.slow

ONE_PARTITION = {"offsets.topic.num.partitions": "1", "group.initial.rebalance.delay.ms": "0"}
TOPIC = "orders"


@pytest.fixture(scope="module", autouse=True)
def oracle() -> None:
    """Skip everything where Apache Kafka's jars cannot be had."""
    try:
        install(DEFAULT_VERSION)
    except OracleUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture
def broker(broker_choice: BrokerChoice, tmp_path: Path) -> Iterator[Broker]:
    """Return a separate broker with all groups in one partition."""
    one = broker_choice.create(tmp_path / "one", ONE_PARTITION)
    one.start()
    admin = AdminClient({"bootstrap.servers": one.bootstrap_servers})
    admin.create_topics([NewTopic(TOPIC, PARTITION_COUNT, 1)])[TOPIC].result(20)
    yield one
    one.kill()


def tool(broker: Broker, *arguments: str) -> list[list[str]]:
    """Run kafka-consumer-groups and return the words of each line that it prints."""
    done = run_tool("kafka-consumer-groups", "--bootstrap-server", broker.bootstrap_servers, *arguments)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines() if line.strip()]


def test_the_console_tool_sees_groups_and_resets_their_offsets(broker: Broker) -> None:
    client = ConfluentKafka(broker.bootstrap_servers)
    written = fill(client, TOPIC, 60)
    with members(broker, "mixed", TOPIC, *MEMBERS) as group:
        wait_until(lambda: is_shared(group, 2), group, "each reads a third")
        wait_until(lambda: set(read_by(group)) == set(written), group, "everything was read")
        wait_until(lambda: sum(committed(broker, "mixed", TOPIC).values()) == 60, group, "everything was committed")
        assert ["mixed"] in tool(broker, "--list")
        lines = tool(broker, "--describe", "--group", "mixed")
        rows = {int(words[2]): words for words in lines if words[:2] == ["mixed", TOPIC]}
        assert {index: words[3:6] for index, words in rows.items()} == {
            index: ["10", "10", "0"] for index in range(PARTITION_COUNT)
        }
        assert {words[7] for words in rows.values()} == {"/127.0.0.1"}
        state = next(
            words for words in tool(broker, "--describe", "--group", "mixed", "--state") if words[0] == "mixed"
        )
        assert state[-3:] == ["range", "Stable", "3"]
    tool(broker, "--group", "mixed", "--topic", TOPIC, "--reset-offsets", "--to-offset", "4", "--execute")
    assert set(committed(broker, "mixed", TOPIC).values()) == {4}
    tool(broker, "--group", "mixed", "--topic", TOPIC, "--delete-offsets")
    assert set(committed(broker, "mixed", TOPIC).values()) == {-1001}
    tool(broker, "--group", "mixed", "--delete")
    assert ["mixed"] not in tool(broker, "--list")
    client.close()


def test_the_dump_tool_reads_every_record(broker: Broker, broker_choice: BrokerChoice, tmp_path: Path) -> None:
    client = ConfluentKafka(broker.bootstrap_servers)
    fill(client, TOPIC, 6)
    with members(broker, "g", TOPIC, ConfluentKafkaMember) as group:
        wait_until(lambda: len(read_by(group)) == 6, group, "everything was read")
    broker.stop()
    [segment] = (tmp_path / "one").glob("**/__consumer_offsets-0/00000000000000000000.log")
    done = run_tool("kafka-dump-log", "--offsets-decoder", "--deep-iteration", "--files", str(segment))
    assert done.returncode == 0, done.stderr
    payloads = [line.split(" payload: ")[1] for line in done.stdout.splitlines() if " payload: " in line]
    values = [json.loads(one) for one in payloads if one != "<DELETE>"]
    offsets = [one["data"] for one in values if "offset" in one["data"]]
    groups = [one for one in values if "generation" in one["data"]]
    assert len(offsets) >= 6 and all(one["topicId"] for one in offsets)
    assert {one["version"] for one in groups} == {"3"}
    generations = [one["data"]["generation"] for one in groups]
    assert generations[:2] == [0, 1] and generations == sorted(generations)
    assert groups[-1]["data"]["members"] == []
    client.close()


def test_groups_go_on_under_the_other_broker(broker: Broker, broker_choice: BrokerChoice, tmp_path: Path) -> None:
    """kafkalite -> Apache Kafka -> kafkalite over one directory."""
    if broker_choice.kind != "kafkalite":
        pytest.skip("a handover needs both")
    written = read_and_check(broker, 0)
    broker.stop()
    other = ApacheKafkaProcess(tmp_path / "one", DEFAULT_VERSION, ONE_PARTITION)
    try:
        other.start()
        written += read_and_check(other, 60, before=60)
        other.stop()
    finally:
        other.kill()
    broker.start()
    read_and_check(broker, 120, before=120)


def read_and_check(broker: Broker, start: int, *, before: int = 0) -> list[bytes]:
    """Read what was not read under the broker before, with new members of a group and with a static one."""
    client = ConfluentKafka(broker.bootstrap_servers)
    if before:
        assert sum(committed(broker, "g", TOPIC).values()) == before
    written = fill(client, TOPIC, 60, start=start)
    static = ConfluentKafkaMember(broker.bootstrap_servers, "static", TOPIC, instance_id="i")
    with members(broker, "g", TOPIC, *MEMBERS) as group:
        everybody: list[Member] = [*group, static]
        wait_until(lambda: set(read_by(group)) == set(written), everybody, "what is new was read, and nothing else")
        wait_until(lambda: static.values() == written, everybody, "the static member goes on too")
        wait_until(lambda: is_shared(group, 2), group, "each reads a third")
        wait_until(
            lambda: sum(committed(broker, "g", TOPIC).values()) == before + 60, everybody, "everything was committed"
        )
    static.close()
    client.close()
    return written
