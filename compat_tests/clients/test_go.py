"""franz-go, sarama and kafka-go, beyond the scenarios (`test_scenarios.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import Any

import pytest

from compat_tests.broker_process import BrokerChoice
from compat_tests.clients.conftest import TIMEOUT_S, OpenClients
from compat_tests.clients.group_members import DEADLINE_S, Member, wait_until
from compat_tests.clients.model import Client, Record
from compat_tests.clients.remote_client import RemoteClient, RemoteMember
from compat_tests.clients.roster import find_entry
from compat_tests.clients.scenarios.kit import poll

pytestmark = pytest.mark.timeout(TIMEOUT_S)  # the first test of each library builds its program
PARTITION_COUNT = 4


@pytest.fixture
def topic(reference: Client, topic_name: Callable[[], str]) -> str:
    """Return a topic of four partitions."""
    name = topic_name()
    reference.create_topic(name, PARTITION_COUNT)
    return name


def get(open_clients: OpenClients, library: str) -> RemoteClient:
    """Return the client of a library, where Go is installed."""
    client = open_clients.get(find_entry(library))
    assert isinstance(client, RemoteClient)
    return client


def join(client: RemoteClient, library: str, topic: str, **configs: str) -> RemoteMember:
    """Let a member join the group that is called as its topic; `configs` are those of `go/worker/values.go`."""
    return RemoteMember(client.worker, library, topic, topic, configs)


def write(reference: Client, topic: str, start: int, count: int = 40) -> set[bytes]:
    """Write numbers evenly to all partitions and return them."""
    values = [b"%04d" % number for number in range(start, start + count)]
    reference.produce(topic, [Record(value, partition=i % PARTITION_COUNT) for i, value in enumerate(values)])
    return set(values)


def wait_until_read(group: Sequence[Member], written: set[bytes]) -> None:
    """Wait until all was read, by whomever of the group."""
    wait_until(lambda: {value for one in group for value in one.values()} == written, group, "all was read")


def wait_until_committed(reference: Client, topic: str, count: int) -> None:
    """Wait until the group has committed as many records."""
    poll(lambda: sum(reference.describe_group(topic).offsets.values()) == count)


GROUPS = [
    ("franz-go", "Consumer", {"protocol": "consumer"}),  # KIP-848: the broker assigns
    ("franz-go", "Classic", {"assignor": "roundrobin"}),
    ("franz-go", "Classic", {"assignor": "sticky"}),
    ("franz-go", "Classic", {"assignor": "cooperative-sticky"}),
    ("sarama", "Classic", {"assignor": "roundrobin"}),
    ("sarama", "Classic", {"assignor": "sticky"}),
    ("sarama", "Classic", {"assignor": "cooperative-sticky"}),
    ("kafka-go", "Classic", {"assignor": "roundrobin"}),
]
INCREMENTAL = ("consumer", "cooperative-sticky")
"""Protocols and assignors under which a member keeps what it need not give away."""


@pytest.mark.parametrize(
    ("library", "group_type", "configs"), GROUPS, ids=[f"{name}-{next(iter(c.values()))}" for name, _, c in GROUPS]
)
def test_every_way_to_share(
    open_clients: OpenClients,
    reference: Client,
    topic: str,
    broker_choice: BrokerChoice,
    library: str,
    group_type: str,
    configs: dict[str, str],
) -> None:
    """A second member comes and goes; all is read, and all is committed."""
    if group_type == "Consumer" and broker_choice.kind == "kafka" and broker_choice.kafka_version.startswith("3."):
        pytest.skip(f"Apache Kafka {broker_choice.kafka_version} has no groups of KIP-848")
    client = get(open_clients, library)
    written = write(reference, topic, 0)
    with closing(join(client, library, topic, **configs)) as first:
        wait_until(lambda: len(first.owned) == PARTITION_COUNT, [first], "one member owns all")
        wait_until_read([first], written)
        smallest = PARTITION_COUNT
        with closing(join(client, library, topic, **configs)) as second:
            both = [first, second]

            def is_shared() -> bool:
                nonlocal smallest
                smallest = min(smallest, len(first.owned))
                return [len(one.owned) for one in both] == [2, 2]

            wait_until(is_shared, both, "both own half")
            assert not first.owned & second.owned
            assert smallest == 2 or not set(configs.values()) & set(INCREMENTAL)
            written |= write(reference, topic, 40)
            wait_until_read(both, written)
            assert reference.describe_group(topic).type == group_type
        wait_until(lambda: len(first.owned) == PARTITION_COUNT, [first], "the one that stays owns all")
        written |= write(reference, topic, 80)
        wait_until_read(both, written)
    assert poll(lambda: reference.describe_group(topic).offsets) == dict.fromkeys(range(PARTITION_COUNT), 30)


@pytest.mark.parametrize("library", ["franz-go", "sarama"])
def test_static_members_come_back(open_clients: OpenClients, reference: Client, topic: str, library: str) -> None:
    """A member that is away for less than its session gets its partitions back, unnoticed by the others."""
    client = get(open_clients, library)
    written = write(reference, topic, 0)
    with closing(join(client, library, topic, group_instance_id="stays")) as stays:
        leaves = join(client, library, topic, group_instance_id="leaves")
        wait_until(lambda: [len(one.owned) for one in (stays, leaves)] == [2, 2], [stays, leaves], "both own half")
        before = leaves.owned
        leaves.close()
        assert reference.describe_group(topic).member_count == 2
        with closing(join(client, library, topic, group_instance_id="leaves")) as again:

            def is_back() -> bool:
                assert len(stays.owned) == 2
                return again.owned == before

            wait_until(is_back, [stays, again], "it has its partitions back")
            written |= write(reference, topic, 40)
            wait_until_read([stays, leaves, again], written)


def test_a_group_with_other_libraries(open_clients: OpenClients, reference: Client, topic: str) -> None:
    """The leader decodes the subscriptions of the others: franz-go, sarama and librdkafka in turn.

    kafka-go is not among them: as the leader it cannot decode subscriptions of other libraries, and leaves.
    """
    with ExitStack() as left_open:
        group: list[Member] = [
            left_open.enter_context(closing(join(get(open_clients, library), library, topic)))
            for library in ("sarama", "franz-go")
        ]
        group.append(left_open.enter_context(closing(reference.open_member(topic, topic))))
        wait_until(lambda: sorted(len(one.owned) for one in group) == [1, 1, 2], group, "all own some")
        written = write(reference, topic, 0)
        wait_until_read(group, written)
        for number in (1, 2):
            wait_until_committed(reference, topic, len(written))
            group[number - 1].close()
            staying = group[number:]
            wait_until(
                lambda: sum(len(one.owned) for one in staying) == PARTITION_COUNT,  # noqa: B023
                staying,
                "those that stay own all",
            )
            written |= write(reference, topic, len(written))
            wait_until_read(group, written)
        assert sum(len(one.values()) for one in group) == len(written), "committed, and read again"


@pytest.mark.parametrize("library", ["franz-go", "sarama"])
def test_copies_exactly_once(
    open_clients: OpenClients, reference: Client, topic: str, topic_name: Callable[[], str], library: str
) -> None:
    """Read, write and commit in one transaction, while a second member comes and the first one goes."""
    worker = get(open_clients, library).worker
    to = topic_name()
    reference.create_topic(to, PARTITION_COUNT)

    def open_copier(name: str) -> str:
        ids = {"group_id": topic, "transactional_id": f"{topic}-{name}", "timeout_ms": 30_000}
        return worker.open("copier", **ids, **{"from": topic, "to": to})

    def copy(*copiers: str, count: int) -> None:
        done = 0

        def step() -> bool:
            nonlocal done
            done += sum(int(worker.call(copier, "step", timeout_ms=300)) for copier in copiers)
            return done >= count

        poll(step, DEADLINE_S)

    write(reference, topic, 0, 200)
    first = open_copier("first")
    copy(first, count=200)
    second = open_copier("second")
    write(reference, topic, 200, 200)
    copy(first, second, count=200)
    write(reference, topic, 400, 200)
    worker.call(first, "close")
    copy(second, count=0)
    expected = {number: [b"%04d" % value for value in range(number, 600, 4)] for number in range(PARTITION_COUNT)}

    def is_copied() -> bool:
        copy(second, count=0)
        return sum(len(reference.read_to_end(to, number)) for number in expected) >= 600

    poll(is_copied, DEADLINE_S)
    assert {number: reference.read_to_end(to, number) for number in expected} == expected
    worker.call(second, "close")
    assert reference.describe_group(topic).offsets == dict.fromkeys(range(PARTITION_COUNT), 150)


@pytest.mark.parametrize("library", ["franz-go", "sarama", "kafka-go"])
def test_lag_of_a_group(open_clients: OpenClients, reference: Client, topic: str, library: str) -> None:
    """The lag that monitoring shows: the end of each partition minus its committed offset."""
    client = get(open_clients, library)
    written = write(reference, topic, 0)
    with closing(join(client, library, topic)) as member:
        wait_until_read([member], written)
    write(reference, topic, 40, 4)
    monitor = client.worker.open("monitor", group_id=topic, topic=topic, partitions=list(range(PARTITION_COUNT)))
    found: dict[str, Any] = client.worker.call(monitor, "lag")
    assert found == {str(number): 1 for number in range(PARTITION_COUNT)}


def test_headers_of_kafka_go(open_clients: OpenClients, reference: Client, topic: str) -> None:
    """Their order, and names that come twice; an empty value arrives, and kafka-go's Reader makes null of it."""
    client = get(open_clients, "kafka-go")
    headers = (("trace", b"1"), ("empty", b""), ("é", b"text"), ("trace", b"1"))
    client.produce(topic, [Record(b"v", b"k", headers, partition=0)])
    assert reference.consume(topic, 1)[0].headers == headers
    assert client.consume(topic, 1)[0].headers == (headers[0], ("empty", None), *headers[2:])
