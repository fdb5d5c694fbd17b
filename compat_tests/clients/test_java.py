"""Kafka's own clients of four releases: groups of both protocols, transactions of both generations, console tools.

That they write, read and administer is in the scenarios (`test_scenarios.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.group_members import SESSION_MS, wait_until
from compat_tests.clients.model import Client, Record
from compat_tests.clients.remote_client import RemoteClient, RemoteMember, RemoteProducer
from compat_tests.clients.roster import find_entry
from compat_tests.oracle.apache_kafka import run_tool
from compat_tests.raw_protocol import fetch_batches

PARTITION_COUNT = 6
TIMEOUT_MS = 30_000
ASSIGNORS = "org.apache.kafka.clients.consumer."
CLASSIC = {"group.protocol": "classic", "session.timeout.ms": SESSION_MS, "heartbeat.interval.ms": 300}
COOPERATIVE = CLASSIC | {"partition.assignment.strategy": f"{ASSIGNORS}CooperativeStickyAssignor"}
CONSUMER = {"group.protocol": "consumer"}
JOINING = [
    pytest.param("java-4.4", COOPERATIVE, ("Classic", "cooperative-sticky"), id="4.4-cooperative"),
    pytest.param("java-4.4", CONSUMER, ("Consumer", "uniform"), id="4.4-consumer-protocol"),
    pytest.param("java-4.3", COOPERATIVE, ("Classic", "cooperative-sticky"), id="4.3-cooperative"),
    pytest.param("java-4.3", CONSUMER, ("Consumer", "uniform"), id="4.3-consumer-protocol"),
    pytest.param("java-3.9", COOPERATIVE, ("Classic", "cooperative-sticky"), id="3.9-cooperative"),
    pytest.param("java-2.8", COOPERATIVE, ("Classic", "cooperative-sticky"), id="2.8-cooperative"),
]
"""Continuations of a group; the one with the range assignor is a scenario."""


@pytest.fixture
def get_java(open_clients: OpenClients) -> Callable[[str], RemoteClient]:
    """Return a function that returns the client of a release."""

    def get(name: str) -> RemoteClient:
        entry = find_entry(name)
        client = open_clients.get(entry)
        assert isinstance(client, RemoteClient)
        return client

    return get


@pytest.fixture
def topic(reference: Client, topic_name: Callable[[], str]) -> str:
    """Return a topic of six partitions."""
    name = topic_name()
    reference.create_topic(name, PARTITION_COUNT)
    return name


def fill(client: Client, topic: str, start: int, count: int) -> list[bytes]:
    """Write numbers evenly to all partitions."""
    values = [b"%06d" % number for number in range(start, start + count)]
    client.produce(topic, [Record(value, partition=i % PARTITION_COUNT) for i, value in enumerate(values)])
    return values


def is_shared(members: list[RemoteMember]) -> bool:
    """Return whether each partition is owned by one member, and all own equally many."""
    owned = Counter(partition for member in members for partition in member.owned)
    is_even = {len(member.owned) for member in members} == {PARTITION_COUNT // len(members)}
    return is_even and len(owned) == PARTITION_COUNT


# ---- groups --------------------------------------------------------------------------------------------------------


@pytest.fixture
def make_member(get_java: Callable[[str], RemoteClient]) -> Iterator[Callable[..., RemoteMember]]:
    """Return a function that makes members; those still there at the end are closed."""
    made: list[RemoteMember] = []

    def make(library: str, topic: str, configs: dict[str, Any]) -> RemoteMember:
        member = RemoteMember(get_java(library).worker, library, topic, topic, configs | {"group.id": topic})
        made.append(member)
        return member

    yield make
    for member in made:
        member.close()


@pytest.mark.parametrize(("library", "configs", "described"), JOINING)
def test_two_members_share_and_rebalance(
    get_java: Callable[[str], RemoteClient],
    make_member: Callable[..., RemoteMember],
    topic: str,
    library: str,
    configs: dict[str, Any],
    described: tuple[str, str],
) -> None:
    client = get_java(library)
    written = fill(client, topic, 0, 300)
    group = [make_member(library, topic, configs)]
    wait_until(lambda: is_shared(group), group, "one member owns all")
    group.append(make_member(library, topic, configs))
    wait_until(lambda: is_shared(group), group, "both own half")
    written += fill(client, topic, 300, 300)
    wait_until(lambda: len(written) <= sum(len(one.read) for one in group), group, "everything was read")
    wait_until(lambda: sum(client.describe_group(topic).offsets.values()) == 600, group, "everything is committed")
    told = get_java("java-4.3").describe_group(topic)
    assert (told.type, told.assignor, told.member_count) == (*described, 2)
    group[0].close()
    wait_until(lambda: is_shared(group[1:]), group[1:], "the other owns all")
    written += fill(client, topic, 600, 60)
    wait_until(
        lambda: set(written) <= {value for one in group for _, value in one.read}, group[1:], "what is new was read"
    )
    wait_until(lambda: sum(client.describe_group(topic).offsets.values()) == 660, group[1:], "it is committed too")
    counted = Counter(value for member in group for _, value in member.read)
    assert set(counted) == set(written)
    assert max(counted.values()) <= 2
    assert {value: count for value, count in counted.items() if value >= b"000600" and count > 1} == {}


def test_a_group_goes_over_to_the_consumer_protocol_and_back(
    get_java: Callable[[str], RemoteClient], make_member: Callable[..., RemoteMember], topic: str
) -> None:
    """Member by member, with both releases, while all partitions go on being read."""
    client = get_java("java-4.3")
    written = fill(client, topic, 0, 60)
    classic = make_member("java-3.9", topic, CLASSIC)
    wait_until(lambda: is_shared([classic]), [classic], "the classic member owns all")
    modern = make_member("java-4.3", topic, CONSUMER)
    wait_until(lambda: is_shared([classic, modern]), [classic, modern], "both own half")
    assert client.describe_group(topic).type == "Consumer"
    written += fill(client, topic, 60, 60)
    wait_until(lambda: sum(client.describe_group(topic).offsets.values()) == 120, [classic, modern], "all committed")
    classic.close()
    wait_until(lambda: is_shared([modern]), [modern], "the modern member owns all")
    back = make_member("java-3.9", topic, CLASSIC)
    wait_until(lambda: is_shared([modern, back]), [modern, back], "both own half")
    modern.close()
    wait_until(lambda: is_shared([back]), [back], "the classic member owns all")
    assert client.describe_group(topic).type == "Classic"
    written += fill(client, topic, 120, 60)
    wait_until(lambda: sum(client.describe_group(topic).offsets.values()) == 180, [back], "all committed")
    counted = Counter(value for member in (classic, modern, back) for _, value in member.read)
    assert set(counted) == set(written)


def test_console_tool_describes_both_sorts_of_groups(
    broker: Broker, get_java: Callable[[str], RemoteClient], make_member: Callable[..., RemoteMember], topic: str
) -> None:
    """`kafka-consumer-groups --describe`: offsets, lag and members."""
    fill(get_java("java-4.3"), topic, 0, 60)
    member = make_member("java-4.3", topic, CONSUMER)
    wait_until(lambda: len(member.read) == 60 and is_shared([member]), [member], "everything was read")
    wait_until(
        lambda: sum(get_java("java-4.3").describe_group(topic).offsets.values()) == 60, [member], "and committed"
    )
    told = run_tool(
        "kafka-consumer-groups", "--bootstrap-server", broker.bootstrap_servers, "--describe", "--group", topic
    )
    assert told.returncode == 0, told.stderr
    # GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG CONSUMER-ID HOST CLIENT-ID
    rows = re.findall(
        rf"^{topic} +{topic} +(\d+) +(\d+) +(\d+) +(\d+) +(\S+) +(/\S+) +(\S+)", told.stdout, re.MULTILINE
    )
    assert sorted((int(row[0]), row[1:4]) for row in rows) == [(at, ("10", "10", "0")) for at in range(PARTITION_COUNT)]
    assert {row[5] for row in rows} == {"/127.0.0.1"}


# ---- transactions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("library", "is_epoch_raised"),
    [("java-4.4", True), ("java-4.3", True), ("java-3.9", False), ("java-2.8", False)],
    ids=["4.4-TV2", "4.3-TV2", "3.9-TV1", "2.8-TV1"],
)
def test_epochs_of_each_generation(
    broker: Broker, get_java: Callable[[str], RemoteClient], topic: str, library: str, is_epoch_raised: bool
) -> None:
    """With the second generation of transactions each one has a different epoch."""
    producer = RemoteProducer(get_java(library).worker, topic, TIMEOUT_MS)
    producer.init()
    for number, is_commit in enumerate((True, False, True)):
        producer.begin()
        producer.send(topic, 0, b"%d" % number)
        producer.send_offsets(None, {(topic, 1): 10 + number}, topic)
        producer.commit() if is_commit else producer.abort()
    producer.close()
    epochs = [batch.producer_epoch for batch in fetch_batches(broker.port, topic, 0) if not batch.is_control]
    assert epochs == sorted(epochs)
    assert len(set(epochs)) == (3 if is_epoch_raised else 1)
