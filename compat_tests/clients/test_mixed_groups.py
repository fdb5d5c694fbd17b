"""One topic shared by members of six libraries that come and go: nothing lost, nothing committed read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.group_members import (
    SESSION_MS,
    AiokafkaMember,
    ConfluentKafkaMember,
    KafkaPythonMember,
    Member,
    wait_until,
)
from compat_tests.clients.java_worker import java_worker
from compat_tests.clients.model import Client, Record
from compat_tests.clients.node_worker import node_worker
from compat_tests.clients.remote_client import RemoteClient, RemoteMember
from compat_tests.clients.remote_worker import RemoteWorker
from compat_tests.clients.roster import find_entry

PARTITION_COUNT = 12
RECORD_COUNT = 600
JAVA_CONFIGS = {
    "session.timeout.ms": SESSION_MS,
    "heartbeat.interval.ms": 300,
    "partition.assignment.strategy": "org.apache.kafka.clients.consumer.RangeAssignor",
}
KAFKAJS_CONFIGS = {"sessionTimeout": SESSION_MS, "heartbeatInterval": 300, "assignor": "range"}


class Group:
    """The members, and what was written for them."""

    def __init__(self, broker: Broker, open_clients: OpenClients, reference: Client, name: str) -> None:
        self.name = name
        self.members: list[Member] = []
        self.left: list[Member] = []
        self.written: list[bytes] = []
        self._broker = broker
        self._open_clients = open_clients
        self._reference = reference
        reference.create_topic(name, PARTITION_COUNT)

    def join(self, library: str, worker: RemoteWorker | None = None) -> None:
        """Add a member, in the given process if there is one."""
        simple = {one.library: one for one in (KafkaPythonMember, AiokafkaMember, ConfluentKafkaMember)}
        if library in simple:
            self.members.append(simple[library](self._broker.bootstrap_servers, self.name, self.name))
            return
        if worker is None:
            entry = find_entry(library)
            client = self._open_clients.get(entry)
            assert isinstance(client, RemoteClient)
            worker = client.worker
        configs = KAFKAJS_CONFIGS if library == "kafkajs" else JAVA_CONFIGS | {"group.id": self.name}
        self.members.append(RemoteMember(worker, library, self.name, self.name, configs))

    def leave(self, library: str) -> None:
        """Let a member go."""
        (member,) = (one for one in self.members if one.library == library)
        member.close()
        self.members.remove(member)
        self.left.append(member)

    def close(self) -> None:
        """Let all go."""
        while self.members:
            self.leave(self.members[0].library)

    def write(self) -> None:
        """Write some records to all partitions."""
        start = len(self.written)
        values = [b"%06d" % number for number in range(start, start + RECORD_COUNT)]
        self._reference.produce(self.name, [Record(v, partition=i % PARTITION_COUNT) for i, v in enumerate(values)])
        self.written += values

    def read(self) -> list[bytes]:
        """Return all that was read, by whomever."""
        return [value for member in [*self.members, *self.left] for _, value in list(member.read)]

    def wait_until_shared(self) -> None:
        """Wait until each partition is owned by one member, and all members own equally many."""

        def is_shared() -> bool:
            owned = Counter(partition for member in self.members for partition in member.owned)
            sizes = {len(member.owned) for member in self.members}
            return set(owned.values()) == {1} and len(owned) == PARTITION_COUNT and max(sizes) - min(sizes) <= 1

        wait_until(is_shared, self.members, f"{len(self.members)} members share {PARTITION_COUNT} partitions")

    def wait_until_read(self) -> None:
        """Wait until everything was read."""
        wait_until(lambda: set(self.read()) == set(self.written), self.members, "everything was read")

    def wait_until_committed(self, client: RemoteClient) -> None:
        """Wait until the group has committed everything."""
        wait_until(
            lambda: sum(client.describe_group(self.name).offsets.values()) == len(self.written),
            self.members,
            "everything was committed",
        )


@pytest.fixture
def group(
    broker: Broker, open_clients: OpenClients, reference: Client, topic_name: Callable[[], str]
) -> Iterator[Group]:
    """Return a group without members."""
    one = Group(broker, open_clients, reference, topic_name())
    yield one
    one.close()


@pytest.fixture
def java(open_clients: OpenClients) -> RemoteClient:
    """Return Java's client, which looks at the group."""
    entry = find_entry("java-4.3")
    client = open_clients.get(entry)
    assert isinstance(client, RemoteClient)
    return client


@pytest.mark.slow
def test_members_that_are_killed_are_replaced(broker: Broker, group: Group, java: RemoteClient) -> None:
    """Processes of Java and Node die without a word: after their sessions the others have everything."""
    starters = {"java-4.3": java_worker("4.3.1"), "kafkajs": node_worker}
    doomed = [starter(broker.bootstrap_servers) for starter in starters.values()]
    group.join("java-3.9")
    group.join("confluent-kafka")
    for library, worker in zip(starters, doomed, strict=True):
        group.join(library, worker)
    group.wait_until_shared()
    group.write()
    group.wait_until_read()
    group.wait_until_committed(java)
    for worker in doomed:
        worker.kill()
    group.left += [group.members.pop() for _ in doomed]
    group.write()
    group.wait_until_shared()
    group.wait_until_read()
    assert Counter(group.read()) == Counter(group.written)
    for worker in doomed:
        worker.close()


LIBRARIES = ("java-4.3", "kafkajs", "confluent-kafka", "aiokafka", "java-3.9", "kafka-python")


def test_what_is_committed_is_never_read_again(group: Group, java: RemoteClient) -> None:
    """All members join at once, then leave one after the other, the leader included."""
    for library in LIBRARIES:
        group.join(library)
    group.wait_until_shared()
    for library in (None, "java-4.3", "kafkajs", "confluent-kafka"):
        if library is not None:
            group.leave(library)
            group.wait_until_shared()
        group.write()
        group.wait_until_read()
        group.wait_until_committed(java)
    assert Counter(group.read()) == Counter(group.written)


def test_nothing_is_lost_while_members_come_and_go(group: Group) -> None:
    """Records are written all the while: what changes hands before its commit is read again, once per rebalance."""
    coming, going = (
        ("java-3.9", "kafkajs", "confluent-kafka", "java-4.3", "aiokafka"),
        ("java-3.9", "aiokafka", "kafkajs"),
    )
    for library in coming:
        group.write()
        group.join(library)
        group.write()
        group.wait_until_shared()
    for library in going:
        group.write()
        group.leave(library)
    group.write()
    group.wait_until_read()
    assert max(Counter(group.read()).values()) <= len(coming) + len(going)
