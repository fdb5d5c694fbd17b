"""kafkajs: groups and transactions. That it writes, reads and administers is in the scenarios (`test_scenarios.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.group_members import SESSION_MS, wait_until
from compat_tests.clients.model import Client, ClientError, Fenced, Record
from compat_tests.clients.remote_client import RemoteClient, RemoteMember, RemoteProducer
from compat_tests.clients.roster import find_entry

PARTITION_COUNT = 4
TIMEOUT_MS = 30_000
CONFIGS = {"sessionTimeout": SESSION_MS, "heartbeatInterval": 300}
ENTRY = find_entry("kafkajs")


@pytest.fixture
def kafkajs(open_clients: OpenClients) -> RemoteClient:
    """Return kafkajs, where it is installed."""
    client = open_clients.get(ENTRY)
    assert isinstance(client, RemoteClient)
    return client


@pytest.fixture
def topic(reference: Client, topic_name: Callable[[], str]) -> str:
    """Return a topic of four partitions."""
    name = topic_name()
    reference.create_topic(name, PARTITION_COUNT)
    return name


def fill(client: Client, topic: str, start: int, count: int) -> list[bytes]:
    """Write numbers evenly to all partitions."""
    values = [b"%06d" % number for number in range(start, start + count)]
    client.produce(topic, [Record(value, partition=i % PARTITION_COUNT) for i, value in enumerate(values)])
    return values


def test_headers_by_their_names(kafkajs: RemoteClient, reference: Client, topic: str) -> None:
    """Names that come twice, empty and not ASCII; the order between names is not kept by kafkajs."""
    headers = (("a", b"1"), ("a", b"2"), ("empty", b""), ("é", b"x"))
    kafkajs.produce(topic, [Record(b"v", b"k", headers, partition=0)])
    assert reference.consume(topic, 1)[0].headers == headers
    assert kafkajs.consume(topic, 1)[0].headers == headers


def test_a_group_of_two(kafkajs: RemoteClient, reference: Client, topic: str) -> None:
    """They share, one goes, the other goes on where it was; a group that is gone can be deleted."""
    written = fill(reference, topic, 0, 200)
    first = RemoteMember(kafkajs.worker, "kafkajs", topic, topic, CONFIGS)
    wait_until(lambda: len(first.owned) == PARTITION_COUNT, [first], "one member owns all")
    second = RemoteMember(kafkajs.worker, "kafkajs", topic, topic, CONFIGS)
    group = [first, second]
    wait_until(lambda: [len(one.owned) for one in group] == [2, 2], group, "both own half")
    assert not first.owned & second.owned
    written += fill(reference, topic, 200, 200)
    wait_until(lambda: len(written) <= sum(len(one.read) for one in group), group, "everything was read")
    wait_until(lambda: committed(kafkajs, topic) == 400, group, "everything is committed")
    told = kafkajs.describe_group(topic)
    assert (told.assignor, told.member_count) == ("RoundRobinAssigner", 2)
    with pytest.raises(ClientError, match="NON_EMPTY_GROUP"):
        kafkajs.delete_group(topic)
    first.close()
    wait_until(lambda: len(second.owned) == PARTITION_COUNT, [second], "the other owns all")
    written += fill(reference, topic, 400, 40)
    wait_until(lambda: second.values()[-1:] == written[-1:], [second], "what is new was read")
    wait_until(lambda: committed(kafkajs, topic) == 440, [second], "it is committed too")
    second.close()
    counted = Counter(value for member in group for _, value in member.read)
    assert set(counted) == set(written)
    assert {value: count for value, count in counted.items() if value >= b"000400" and count > 1} == {}
    kafkajs.delete_group(topic)


def committed(client: RemoteClient, group_id: str) -> int:
    """Return the sum of a group's committed offsets."""
    return sum(client.describe_group(group_id).offsets.values())


def test_transactions(kafkajs: RemoteClient, topic: str) -> None:
    """Commit, abort, offsets with a transaction, fencing."""
    producer = RemoteProducer(kafkajs.worker, topic, TIMEOUT_MS)
    producer.init()
    for number, is_commit in enumerate((True, False, True)):
        producer.begin()
        producer.send(topic, 0, b"%d-a" % number, b"%d-b" % number)
        producer.send_offsets(None, {(topic, 1): 10 + number}, topic)
        producer.commit() if is_commit else producer.abort()
    assert kafkajs.read_to_end(topic) == [b"0-a", b"0-b", b"2-a", b"2-b"]
    assert len(kafkajs.read_to_end(topic, isolation_level="read_uncommitted")) == 6
    assert kafkajs.describe_group(topic).offsets == {1: 12}
    producer.begin()
    producer.send(topic, 0, b"zombie")
    successor = RemoteProducer(kafkajs.worker, topic, TIMEOUT_MS)
    successor.init()
    with pytest.raises(Fenced):
        producer.commit()
    producer.close()
    successor.begin()
    successor.send(topic, 0, b"good")
    successor.commit()
    assert kafkajs.read_to_end(topic)[4:] == [b"good"]
    successor.close()
