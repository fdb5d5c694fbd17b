"""Groups of the consumer protocol (KIP-848): rebalances, expressions, static members, restarts.

The clients are librdkafka and Kafka's own of 4.3, which runs as a program beside the tests (`java/`).

The broker of these tests asks for a heartbeat every 300 ms, not every 5 s: a rebalance takes two of them.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewTopic, ResourceType

from compat_tests.broker_process import Broker, BrokerChoice
from compat_tests.oracle.apache_kafka import OracleUnavailable, find_java, install

DEADLINE_S = 30.0
POLL_S = 0.02
HEARTBEAT_SETTINGS = {
    "group.consumer.min.heartbeat.interval.ms": "100",
    "group.consumer.heartbeat.interval.ms": "300",
    "group.consumer.min.session.timeout.ms": "1000",
    "group.consumer.assignment.interval.ms": "100",
}


@pytest.fixture(scope="module")
def quick_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker that rebalances quickly."""
    broker = broker_choice.create(tmp_path_factory.mktemp("quick"), HEARTBEAT_SETTINGS)
    broker.start()
    try:
        yield broker
        broker.stop()
    finally:
        broker.kill()


class Member:
    """A consumer and what it has read.

    Attributes:
        read: (topic, partition, offset) of each record, in the order of reading.
    """

    def __init__(self, broker: Broker, group_id: str, topics: Sequence[str], **settings: Any) -> None:
        self.read: list[tuple[str, int, int]] = []
        self.consumer = Consumer(
            {
                "bootstrap.servers": broker.bootstrap_servers,
                "group.id": group_id,
                "group.protocol": "consumer",
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "log_level": 2,
                "reconnect.backoff.max.ms": 200,
                # A topic that is made after the expression is found with the next refresh of the library's metadata.
                "topic.metadata.refresh.interval.ms": 500,
            }
            | {name.replace("_", "."): value for name, value in settings.items()}
        )
        self.consumer.subscribe(list(topics))

    @property
    def owned(self) -> set[tuple[str, int]]:
        """Return the partitions that it reads now."""
        return {(one.topic, one.partition) for one in self.consumer.assignment()}

    def poll(self) -> None:
        """Take what is there."""
        message = self.consumer.poll(POLL_S)
        if message is not None and message.error() is None:
            self.read.append(place_of(message))

    def commit(self) -> None:
        """Commit all that was read."""
        self.consumer.commit(asynchronous=False)

    def close(self) -> None:
        """Leave the group."""
        self.consumer.close()


def place_of(message: Message) -> tuple[str, int, int]:
    """Return where a record is."""
    topic, partition, offset = message.topic(), message.partition(), message.offset()
    assert topic is not None and partition is not None and offset is not None
    return topic, partition, offset


def poll_until(members: Sequence[Member | JavaMember], condition: Callable[[], bool], what: str) -> None:
    """Let the members poll until something holds; fails after a while."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, f"{what}: {[(member.owned, len(member.read)) for member in members]}"
        for member in members:
            member.poll()


class Stage:
    """One broker, a topic to read and the members of one group, which are closed in the end."""

    def __init__(self, broker: Broker, name: str) -> None:
        self.broker = broker
        self.name = name
        self.admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers, "log_level": 2})
        self.members: list[Member] = []

    def make_topic(self, name: str, partition_count: int) -> str:
        """Make a topic and wait until the clients could see it."""
        for future in self.admin.create_topics([NewTopic(name, partition_count, 1)]).values():
            future.result(DEADLINE_S)
        return name

    def produce(self, topic: str, partition_count: int, count: int) -> None:
        """Write `count` records to each partition."""
        producer = Producer({"bootstrap.servers": self.broker.bootstrap_servers, "log_level": 2, "linger.ms": 2})
        for number in range(count):
            for partition in range(partition_count):
                producer.produce(topic, f"{number}".encode(), partition=partition)
        assert producer.flush(DEADLINE_S) == 0

    def join(self, topics: Sequence[str], **settings: Any) -> Member:
        """Let a member join the group."""
        member = Member(self.broker, self.name, topics, **settings)
        self.members.append(member)
        return member

    def leave(self, member: Member) -> None:
        """Close a member."""
        self.members.remove(member)
        member.close()

    def describe(self) -> Any:
        """Return an administrator's description of the group."""
        return self.admin.describe_consumer_groups([self.name])[self.name].result(DEADLINE_S)

    def close(self) -> None:
        """Close what is open."""
        for member in self.members:
            member.close()


@pytest.fixture
def stage(quick_broker: Broker, topic_name: Callable[[], str]) -> Iterator[Stage]:
    """Return a separate stage for each test."""
    stage = Stage(quick_broker, topic_name())
    yield stage
    stage.close()


def all_of(topic: str, partition_count: int) -> set[tuple[str, int]]:
    """Return every partition of a topic."""
    return {(topic, partition) for partition in range(partition_count)}


def test_two_members_share_a_topic_and_every_record_is_read(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 4)
    stage.produce(topic, 4, 50)
    first = stage.join([topic])
    poll_until([first], lambda: first.owned == all_of(topic, 4), "the first member gets everything")
    second = stage.join([topic])
    members = [first, second]
    poll_until(members, lambda: [len(member.owned) for member in members] == [2, 2], "both get two partitions")
    assert first.owned | second.owned == all_of(topic, 4)
    stage.produce(topic, 4, 50)
    poll_until(members, lambda: len({*first.read, *second.read}) == 400, "every record is read")


def test_partitions_of_a_member_that_leaves_go_to_the_other_with_their_offsets(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 2)
    stage.produce(topic, 2, 20)
    first, second = stage.join([topic]), stage.join([topic])
    members = [first, second]
    poll_until(members, lambda: sorted(len(member.owned) for member in members) == [1, 1], "one partition each")
    poll_until(members, lambda: len({*first.read, *second.read}) == 40, "all is read")
    second.commit()
    first.commit()
    stage.leave(second)
    already = len(first.read)
    poll_until([first], lambda: first.owned == all_of(topic, 2), "the other takes over")
    stage.produce(topic, 2, 5)
    poll_until([first], lambda: len(first.read) >= already + 10, "reading goes on")
    assert all(offset >= 20 for _, _, offset in first.read[already:]), "nothing committed is read twice"


def test_a_regular_expression_stands_for_the_topics_it_matches(stage: Stage) -> None:
    one = stage.make_topic(f"{stage.name}.one", 2)
    stage.make_topic(f"other-{stage.name}", 1)
    member = stage.join([f"^{stage.name}\\..*"])
    poll_until([member], lambda: member.owned == all_of(one, 2), "the topic that is there")
    described = stage.describe()
    assert len(described.members) == 1


def test_a_static_member_that_comes_back_gets_what_it_had(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 4)
    kept = stage.join([topic], group_instance_id="kept")
    other = stage.join([topic], group_instance_id="other")
    poll_until([kept, other], lambda: len(kept.owned) == 2 == len(other.owned), "two partitions each")
    before = kept.owned
    stage.leave(kept)
    for _ in range(40):  # nothing is given away in the time of several heartbeats
        other.poll()
    assert len(other.owned) == 2
    again = stage.join([topic], group_instance_id="kept")
    poll_until([again, other], lambda: bool(again.owned), "the member is back")
    assert again.owned == before


def test_the_group_is_described_and_listed(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 2)
    member = stage.join([topic], client_id="reader")
    poll_until([member], lambda: len(member.owned) == 2, "assigned")
    described = stage.describe()
    assert described.state.name == "STABLE"
    assert described.partition_assignor == "uniform"
    (seen,) = described.members
    assert seen.client_id == "reader"
    assert {(one.topic, one.partition) for one in seen.assignment.topic_partitions} == all_of(topic, 2)
    listed = {one.group_id: one for one in stage.admin.list_consumer_groups().result(DEADLINE_S).valid}
    assert listed[stage.name].type.name == "CONSUMER"


def test_the_range_assignor_can_be_asked_for(stage: Stage) -> None:
    first_topic, second_topic = (stage.make_topic(f"{stage.name}-{number}", 3) for number in (1, 2))
    members = [stage.join([first_topic, second_topic], group_remote_assignor="range") for _ in range(2)]
    poll_until(members, lambda: sorted(len(member.owned) for member in members) == [2, 4], "cut alike")
    large = max(members, key=lambda member: len(member.owned))
    assert large.owned == {(first_topic, 0), (first_topic, 1), (second_topic, 0), (second_topic, 1)}


def test_an_assignor_that_is_not_there_is_refused(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 1)
    member = stage.join([topic], group_remote_assignor="nobodys")
    deadline = time.monotonic() + DEADLINE_S
    message = None
    while message is None and time.monotonic() < deadline:
        message = member.consumer.poll(0.1)
    assert message is not None
    error = message.error()
    assert error is not None
    assert "assignor" in error.str()


def test_offsets_are_committed_with_the_members_epoch(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 1)
    stage.produce(topic, 1, 10)
    member = stage.join([topic])
    poll_until([member], lambda: len(member.read) == 10, "all is read")
    member.commit()
    (committed,) = member.consumer.committed([TopicPartition(topic, 0)], timeout=DEADLINE_S)
    assert committed.offset == 10
    stranger = Consumer({"bootstrap.servers": stage.broker.bootstrap_servers, "group.id": stage.name, "log_level": 2})
    with pytest.raises(KafkaException) as refused:
        stranger.commit(offsets=[TopicPartition(topic, 0, 3)], asynchronous=False)
    assert refused.value.args[0].name() == "UNKNOWN_MEMBER_ID"
    stranger.close()


def test_a_group_has_a_session_timeout_of_its_own(stage: Stage) -> None:
    resource = ConfigResource(
        ResourceType.GROUP,
        stage.name,
        incremental_configs=[
            ConfigEntry("consumer.session.timeout.ms", "3000", incremental_operation=AlterConfigOpType.SET)
        ],
    )
    stage.admin.incremental_alter_configs([resource])[resource].result(DEADLINE_S)
    topic = stage.make_topic(stage.name, 1)
    member = stage.join([topic])
    poll_until([member], lambda: len(member.owned) == 1, "assigned")
    asked = ConfigResource(ResourceType.GROUP, stage.name)
    told = stage.admin.describe_configs([asked])[asked].result(DEADLINE_S)
    assert told["consumer.session.timeout.ms"].value == "3000"


@pytest.mark.parametrize("crash", [False, True], ids=["stopped", "killed"])
def test_a_group_outlives_its_broker(
    broker_choice: BrokerChoice, tmp_path: Path, topic_name: Callable[[], str], crash: bool
) -> None:
    broker = broker_choice.create(tmp_path, HEARTBEAT_SETTINGS)
    broker.start()
    try:
        stage = Stage(broker, topic_name())
        topic = stage.make_topic(stage.name, 2)
        stage.produce(topic, 2, 10)
        members = [stage.join([topic]), stage.join([topic])]
        poll_until(members, lambda: [len(member.owned) for member in members] == [1, 1], "one partition each")
        poll_until(
            members,
            lambda: all((*one, 9) in member.read for member in members for one in member.owned),
            "each has read its own partition to the end",
        )
        for member in members:
            member.commit()
        before = [len(member.read) for member in members]
        owned = [member.owned for member in members]
        broker.restart(crash=crash)
        stage.produce(topic, 2, 10)
        poll_until(
            members,
            lambda: all(len(member.read) >= count + 10 for member, count in zip(members, before, strict=True)),
            "both go on",
        )
        assert [member.owned for member in members] == owned
        for member, count in zip(members, before, strict=True):
            assert all(offset >= 10 for _, _, offset in member.read[count:]), "nothing committed is read twice"
        stage.close()
        broker.stop()
    finally:
        broker.kill()


def test_classic_and_consumer_members_share_a_group(stage: Stage) -> None:
    """A classic group becomes a consumer group with its first such member, and classic again when that goes."""
    topic = stage.make_topic(stage.name, 4)
    stage.produce(topic, 4, 10)
    classic = stage.join([topic], group_protocol="classic", session_timeout_ms=6000, heartbeat_interval_ms=200)
    poll_until([classic], lambda: classic.owned == all_of(topic, 4), "the classic member has all")
    new = stage.join([topic])
    poll_until([classic, new], lambda: len(classic.owned) == 2 == len(new.owned), "both protocols share")
    assert classic.owned | new.owned == all_of(topic, 4)
    listed = {one.group_id: one for one in stage.admin.list_consumer_groups().result(DEADLINE_S).valid}
    assert listed[stage.name].type.name == "CONSUMER"
    stage.leave(new)
    poll_until([classic], lambda: classic.owned == all_of(topic, 4), "the classic member has all again")
    listed = {one.group_id: one for one in stage.admin.list_consumer_groups().result(DEADLINE_S).valid}
    assert listed[stage.name].type.name == "CLASSIC"


# ---- Kafka's own client --------------------------------------------------------------------------------------------

READER = Path(__file__).parent / "java" / "ConsumerGroupReader.java"


class JavaMember:
    """A member of Kafka's own client, in a separate process.

    Attributes:
        read: (topic, partition, offset) of each record, in the order of reading.
        owned: the partitions that it reads now.
        lines: its whole output.
    """

    def __init__(self, broker: Broker, group_id: str, subscription: str, **settings: str) -> None:
        try:
            command = [find_java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp", f"{install()}/*"]
        except OracleUnavailable as error:
            if os.environ.get("CI") == "true":
                pytest.fail(f"in CI every client must be there: {error}")
            pytest.skip(str(error))
        given = {"bootstrap.servers": broker.bootstrap_servers, "group.id": group_id}
        given |= {name.replace("_", "."): value for name, value in settings.items()}
        quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"
        self.read: list[tuple[str, int, int]] = []
        self.owned: set[tuple[str, int]] = set()
        self.lines: list[str] = []
        self._has_said = threading.Event()
        self._process = subprocess.Popen(
            [*command, quiet, str(READER), subscription, *(f"{name}={value}" for name, value in given.items())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            kind, *rest = line.split()
            self.lines.append(line.rstrip())
            if kind == "READ":
                self.read.append((rest[0], int(rest[1]), int(rest[2])))
            elif kind == "OWNS":
                pairs = (one.rsplit("-", 1) for one in rest)
                self.owned = {(topic, int(partition)) for topic, partition in pairs}
            self._has_said.set()

    def poll(self) -> None:
        """Let the process, which polls by itself, say more; whatever it says, others poll soon too."""
        assert self._process.poll() is None, self.lines[-20:]
        self._has_said.wait(POLL_S)
        self._has_said.clear()

    def commit(self) -> None:
        """Commit all that was read."""
        before = self.lines.count("COMMITTED")
        self._order("commit")
        poll_until([self], lambda: self.lines.count("COMMITTED") > before, "committed")

    def close(self) -> None:
        """Leave the group."""
        if self._process.poll() is None:
            self._order("leave")
        try:
            self._process.wait(DEADLINE_S)
        finally:
            self._process.kill()
            self._listener.join(DEADLINE_S)

    def _order(self, order: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()


def test_members_of_two_client_libraries_share_a_group(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 4)
    stage.produce(topic, 4, 20)
    java = JavaMember(stage.broker, stage.name, topic)
    try:
        poll_until([java], lambda: java.owned == all_of(topic, 4) and len(java.read) == 80, "Java's client has all")
        java.commit()
        other = stage.join([topic])
        members = [java, other]
        poll_until(members, lambda: [len(member.owned) for member in members] == [2, 2], "both have two partitions")
        assert java.owned | other.owned == all_of(topic, 4)
        stage.produce(topic, 4, 20)
        poll_until(members, lambda: len({*java.read, *other.read}) == 160, "every record is read")
        stage.leave(other)
        poll_until([java], lambda: java.owned == all_of(topic, 4), "Java's client has all again")
    finally:
        java.close()


def test_javas_client_subscribes_by_an_expression_of_re2(stage: Stage) -> None:
    topic = stage.make_topic(f"{stage.name}.one", 2)
    stage.make_topic(f"{stage.name}-two", 1)
    stage.produce(topic, 2, 5)
    java = JavaMember(stage.broker, stage.name, f"re2:{stage.name}[.].*")
    try:
        poll_until([java], lambda: java.owned == all_of(topic, 2) and len(java.read) == 10, "the topic that matches")
    finally:
        java.close()


def test_javas_client_comes_back_as_a_static_member(stage: Stage) -> None:
    topic = stage.make_topic(stage.name, 2)
    stage.produce(topic, 2, 5)
    java = JavaMember(stage.broker, stage.name, topic, group_instance_id="reader-1")
    try:
        poll_until([java], lambda: len(java.read) == 10, "all is read")
        java.commit()
    finally:
        java.close()
    stage.produce(topic, 2, 5)
    again = JavaMember(stage.broker, stage.name, topic, group_instance_id="reader-1")
    try:
        poll_until([again], lambda: len(again.read) == 10, "the rest is read")
        assert all(offset >= 5 for _, _, offset in again.read)
    finally:
        again.close()
