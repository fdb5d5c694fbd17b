"""rdkafka: features beyond the scenarios."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from compat_tests.clients.conftest import OpenClients, make_marks
from compat_tests.clients.group_members import wait_until
from compat_tests.clients.model import Client, ClientError, Record
from compat_tests.clients.remote_client import RemoteClient, RemoteMember
from compat_tests.clients.roster import find_entry
from compat_tests.clients.scenarios.kit import poll

ENTRY = find_entry("rdkafka")
pytestmark = make_marks(ENTRY)


@pytest.fixture
def rdkafka(open_clients: OpenClients) -> RemoteClient:
    """Return rdkafka, where it can be built."""
    client = open_clients.get(ENTRY)
    assert isinstance(client, RemoteClient)
    return client


def test_version(rdkafka: RemoteClient) -> None:
    """The library reports two versions: its own and that of the library it wraps."""
    assert re.fullmatch(r"rdkafka 0\.39\.\d+ \(librdkafka \d+\.\d+\.\d+\)", rdkafka.call("version"))


def test_altered_configs(rdkafka: RemoteClient, topic_name: Callable[[], str]) -> None:
    """The old AlterConfigs takes what is not given back to its default; what is refused changes nothing."""
    topic = topic_name()
    rdkafka.create_topic(topic, 1, {"retention.ms": "-1", "segment.bytes": "1048576"})
    rdkafka.alter_configs(topic, {"max.message.bytes": "5000", "retention.ms": "-1"})
    poll(lambda: rdkafka.describe_configs(topic)["max.message.bytes"] == "5000")
    rdkafka.alter_configs(topic, {"max.message.bytes": "many"})
    configs = rdkafka.describe_configs(topic)
    assert [configs[name] for name in ("max.message.bytes", "retention.ms", "segment.bytes")] == [
        "5000",
        "-1",
        "1073741824",
    ]
    with pytest.raises(ClientError) as raised:
        rdkafka.produce(topic, [Record(b"x" * 6000)])
    assert raised.value.name == "MESSAGE_TOO_LARGE"


def test_a_group_of_the_consumer_protocol(
    rdkafka: RemoteClient, reference: Client, topic_name: Callable[[], str]
) -> None:
    """Two members by KIP-848: they share, one leaves, the other takes over where it was."""
    topic = topic_name()
    reference.create_topic(topic, 4)
    group = [RemoteMember(rdkafka.worker, "rdkafka", topic, topic, {"group.protocol": "consumer"}) for _ in range(2)]
    wait_until(lambda: [len(one.owned) for one in group] == [2, 2], group, "both own half")
    written = [b"%03d" % number for number in range(100)]
    reference.produce(topic, [Record(value, partition=number % 4) for number, value in enumerate(written)])
    wait_until(lambda: sum(len(one.read) for one in group) == 100, group, "everything was read")
    first, second = group
    first.close()
    wait_until(lambda: len(second.owned) == 4, [second], "the other owns all")
    reference.produce(topic, [Record(b"last", partition=number) for number in range(4)])
    wait_until(lambda: second.values().count(b"last") == 4, [second], "it reads on")
    second.close()
    assert sorted(first.values() + second.values()) == sorted(written + [b"last"] * 4)
