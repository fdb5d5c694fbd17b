"""Consumer groups of the classic protocol, with three libraries, alone and together."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from confluent_kafka import (
    Consumer,
    ConsumerGroupState,
    ConsumerGroupTopicPartitions,
    ConsumerGroupType,
    KafkaException,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient
from kafka.admin import KafkaAdminClient

from compat_tests.broker_process import Broker
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.group_members import (
    MEMBERS,
    SESSION_MS,
    AiokafkaMember,
    ConfluentKafkaMember,
    KafkaPythonMember,
    Member,
    wait_until,
)
from compat_tests.clients.model import Client, Record

PARTITION_COUNT = 6
each_library = pytest.mark.parametrize("member_class", MEMBERS, ids=lambda one: one.library)


def fill(client: Client, topic: str, count: int, start: int = 0) -> list[bytes]:
    """Write records evenly to all partitions and return their values, sorted."""
    values = [b"%06d" % number for number in range(start, start + count)]
    client.produce(topic, [Record(value, partition=i % PARTITION_COUNT) for i, value in enumerate(values)])
    return values


@contextmanager
def members(broker: Broker, group_id: str, topic: str, *classes: type[Member]) -> Iterator[list[Member]]:
    """Open members and close those that are left open."""
    opened = [one(broker.bootstrap_servers, group_id, topic) for one in classes]
    try:
        yield opened
    finally:
        for member in opened:
            member.close()


def share(group: list[Member]) -> Counter[int]:
    """Return how many members own each partition."""
    return Counter(partition for member in group for partition in member.owned)


def is_shared(group: list[Member], per_member: int) -> bool:
    """Return whether all members own equally many partitions, and none is owned twice."""
    return all(len(member.owned) == per_member for member in group) and set(share(group).values()) == {1}


def committed(broker: Broker, group_id: str, topic: str) -> dict[int, int]:
    """Return a group's offsets as a client outside of it sees them; -1001 for none."""
    consumer = Consumer({"bootstrap.servers": broker.bootstrap_servers, "group.id": group_id, "log_level": 2})
    wanted = [TopicPartition(topic, index) for index in range(PARTITION_COUNT)]
    deadline = time.monotonic() + 20
    try:
        while True:
            try:
                found = consumer.committed(wanted, timeout=20)
                break
            except KafkaException:  # Apache Kafka is not ready to coordinate as soon as it answers
                if time.monotonic() > deadline:
                    raise
    finally:
        consumer.close()
    return {one.partition: one.offset for one in found}


@pytest.fixture
def topic(reference: Client, topic_name: Callable[[], str]) -> str:
    """Return a topic with six partitions."""
    name = topic_name()
    reference.create_topic(name, PARTITION_COUNT)
    return name


@each_library
def test_a_group_goes_on_where_it_was(
    broker: Broker, reference: Client, topic: str, member_class: type[Member]
) -> None:
    first = fill(reference, topic, 300)
    with members(broker, topic, topic, member_class) as [member]:
        wait_until(lambda: member.values() == first, [member], "everything was read")
        wait_until(lambda: sum(committed(broker, topic, topic).values()) == 300, [member], "everything was committed")
    second = fill(reference, topic, 60, start=300)
    with members(broker, topic, topic, member_class) as [member]:
        wait_until(lambda: member.values() == second, [member], "what is new was read, and nothing else")


@each_library
def test_members_share_the_partitions_as_they_come_and_go(
    broker: Broker, reference: Client, topic: str, member_class: type[Member]
) -> None:
    written = fill(reference, topic, 300)
    with members(broker, topic, topic, member_class) as group:
        wait_until(lambda: is_shared(group, 6), group, "one member reads all")
        group.append(member_class(broker.bootstrap_servers, topic, topic))
        wait_until(lambda: is_shared(group, 3), group, "two members read half each")
        group.append(member_class(broker.bootstrap_servers, topic, topic))
        wait_until(lambda: is_shared(group, 2), group, "three members read a third each")
        written += fill(reference, topic, 300, start=300)
        wait_until(lambda: set(read_by(group)) >= set(written), group, "everything was read")
        group[0].close()
        wait_until(lambda: is_shared(group[1:], 3), group[1:], "two members are left")
        written += fill(reference, topic, 300, start=600)
        wait_until(lambda: set(read_by(group)) >= set(written), group[1:], "everything was read")
    check_each_once(group, written)


def read_by(group: list[Member]) -> list[bytes]:
    """Return all that was read, by whomever."""
    return [value for member in group for _, value in list(member.read)]


def check_each_once(group: list[Member], written: list[bytes]) -> None:
    """Everything was read; again only what was read by two because a partition changed hands before the commit."""
    counted = Counter(read_by(group))
    assert set(counted) == set(written)
    assert max(counted.values()) <= 2
    for member in group:
        assert max(Counter(place for place, _ in member.read).values()) <= 2


def test_members_of_three_libraries_share_one_topic(broker: Broker, reference: Client, topic: str) -> None:
    written = fill(reference, topic, 600)
    with members(broker, topic, topic, *MEMBERS) as group:
        wait_until(lambda: is_shared(group, 2), group, "each reads a third")
        written += fill(reference, topic, 600, start=600)
        wait_until(lambda: set(read_by(group)) >= set(written), group, "everything was read")
        group[1].close()
        wait_until(lambda: is_shared([group[0], group[2]], 3), group, "two are left")
        written += fill(reference, topic, 60, start=1200)
        wait_until(lambda: set(read_by(group)) >= set(written), group, "everything was read")
    check_each_once(group, written)


@pytest.mark.parametrize("member_class", [AiokafkaMember, ConfluentKafkaMember], ids=lambda one: one.library)
def test_a_static_member_that_comes_back_keeps_its_partitions(
    broker: Broker, reference: Client, topic: str, member_class: type[Member]
) -> None:
    written = fill(reference, topic, 60)
    other = member_class(broker.bootstrap_servers, topic, topic, instance_id="stays")
    static = member_class(broker.bootstrap_servers, topic, topic, instance_id="goes")
    wait_until(lambda: is_shared([other, static], 3), [other, static], "they share")
    before = static.owned
    static.close()
    back = member_class(broker.bootstrap_servers, topic, topic, instance_id="goes")
    wait_until(lambda: back.owned == before, [other, back], "it has what it had")
    assert len(other.owned) == 3
    wait_until(lambda: set(read_by([other, static, back])) == set(written), [other, back], "everything was read")
    other.close()
    back.close()


def test_cooperative_members_keep_what_they_can(broker: Broker, reference: Client, topic: str) -> None:
    written = fill(reference, topic, 60)
    sticky = {"partition.assignment.strategy": "cooperative-sticky"}
    group: list[Member] = [ConfluentKafkaMember(broker.bootstrap_servers, topic, topic, **sticky)]
    wait_until(lambda: is_shared(group, 6), group, "one member reads all")
    group.append(ConfluentKafkaMember(broker.bootstrap_servers, topic, topic, **sticky))
    wait_until(lambda: is_shared(group, 3), group, "two members read half each")
    wait_until(lambda: set(read_by(group)) == set(written), group, "everything was read")
    for member in group:
        member.close()


LOST_MEMBER = """
import sys
from confluent_kafka import Consumer

servers, topic, session_ms = sys.argv[1:]
consumer = Consumer(
    {
        "bootstrap.servers": servers,
        "group.id": topic,
        "session.timeout.ms": int(session_ms),
        "max.poll.interval.ms": int(session_ms),
        "heartbeat.interval.ms": 300,
        "partition.assignment.strategy": "range",
        "log_level": 2,
    }
)
consumer.subscribe([topic])
while not consumer.assignment():
    consumer.poll(0.05)
print(len(consumer.assignment()), flush=True)
sys.stdin.read()  # It polls no more: librdkafka leaves the group by itself after max.poll.interval.ms.
"""
"""A member in a separate process, which is killed: librdkafka may never come back from closing such a consumer."""


def test_a_member_that_is_lost_is_replaced_after_its_session(broker: Broker, reference: Client, topic: str) -> None:
    fill(reference, topic, 60)
    lost = subprocess.Popen(
        [sys.executable, "-c", LOST_MEMBER, broker.bootstrap_servers, topic, str(SESSION_MS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert lost.stdout is not None and int(lost.stdout.readline()) == PARTITION_COUNT
        with members(broker, topic, topic, KafkaPythonMember) as group:
            wait_until(lambda: is_shared(group, 6), group, "the other took over")
    finally:
        lost.kill()
        lost.communicate()


# ---- administrators --------------------------------------------------------------------------------------------------


@pytest.fixture
def admin(broker: Broker) -> AdminClient:
    """Return librdkafka's administrator."""
    return AdminClient({"bootstrap.servers": broker.bootstrap_servers, "log_level": 2})


def only(futures: dict[Any, Any]) -> Any:
    """Return what the one future of a request comes to."""
    [future] = futures.values()
    return future.result(timeout=20)


def test_administrators_see_a_group_and_its_members(
    broker: Broker, reference: Client, topic: str, admin: AdminClient
) -> None:
    fill(reference, topic, 6)
    with members(broker, topic, topic, KafkaPythonMember) as group:
        wait_until(lambda: is_shared(group, 6), group, "it reads")
        listed = admin.list_consumer_groups(states={ConsumerGroupState.STABLE}).result(timeout=20).valid
        [found] = [one for one in listed if one.group_id == topic]
        assert (found.state, found.type) == (ConsumerGroupState.STABLE, ConsumerGroupType.CLASSIC)
        described = only(admin.describe_consumer_groups([topic], include_authorized_operations=True))
        assert (described.state, described.partition_assignor) == (ConsumerGroupState.STABLE, "range")
        [member] = described.members
        assert member.client_id.startswith("kafka-python")
        assert {one.partition for one in member.assignment.topic_partitions} == set(range(PARTITION_COUNT))
        with pytest.raises(KafkaException) as refused:
            only(admin.delete_consumer_groups([topic]))
        assert refused.value.args[0].name() == "NON_EMPTY_GROUP"
    described = only(admin.describe_consumer_groups([topic]))
    assert (described.state, list(described.members)) == (ConsumerGroupState.EMPTY, [])
    only(admin.delete_consumer_groups([topic]))
    assert topic not in {one.group_id for one in admin.list_consumer_groups().result(timeout=20).valid}


def test_administrators_alter_and_delete_offsets(
    broker: Broker, reference: Client, topic: str, admin: AdminClient
) -> None:
    fill(reference, topic, 60)
    wanted = [TopicPartition(topic, 0, 5), TopicPartition(topic, 1, 6)]
    only(admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(topic, wanted)]))
    told = only(admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(topic, None)]))
    assert {one.partition: one.offset for one in told.topic_partitions} == {0: 5, 1: 6}
    python_admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap_servers)
    try:
        found = python_admin.list_group_offsets(topic)
    finally:
        python_admin.close()
    assert sorted(one.offset for one in _flat(found)) == [5, 6]
    with members(broker, topic, topic, ConfluentKafkaMember) as group:
        wait_until(lambda: len(read_by(group)) == 60 - 11, group, "it begins there")


def _flat(found: Any) -> list[Any]:
    """Return the offsets of kafka-python's answer, whatever it is keyed by."""
    offsets: list[Any] = []
    for value in found.values():
        offsets += _flat(value) if isinstance(value, dict) else [value]
    return offsets


def test_offsets_end_with_their_topic(broker: Broker, reference: Client, topic: str, admin: AdminClient) -> None:
    fill(reference, topic, 6)
    only(admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(topic, [TopicPartition(topic, 0, 1)])]))
    reference.delete_topic(topic)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        told = only(admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(topic, None)]))
        if not told.topic_partitions:
            break
    assert told.topic_partitions == []


# ---- restarts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_crash", [False, True], ids=["stopped", "killed"])
def test_groups_go_on_after_the_broker_came_back(
    own_broker: Broker, topic_name: Callable[[], str], is_crash: bool
) -> None:
    topic = topic_name()
    client = ConfluentKafka(own_broker.bootstrap_servers)
    client.create_topic(topic, PARTITION_COUNT)
    written = fill(client, topic, 300)
    with members(own_broker, topic, topic, *MEMBERS) as group:
        wait_until(lambda: is_shared(group, 2), group, "each reads a third")
        wait_until(lambda: set(read_by(group)) == set(written), group, "everything was read")
        wait_until(lambda: sum(committed(own_broker, topic, topic).values()) == 300, group, "everything was committed")
        own_broker.restart(crash=is_crash)
        assert sum(committed(own_broker, topic, topic).values()) == 300
        written += fill(client, topic, 300, start=300)
        wait_until(lambda: set(read_by(group)) == set(written), group, "what is new was read")
        wait_until(lambda: is_shared(group, 2), group, "each reads a third")
    check_each_once(group, written)
    client.close()
