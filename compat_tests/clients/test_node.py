"""kafkajs and @platformatic/kafka, beyond the scenarios (`test_scenarios.py`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.group_members import wait_until
from compat_tests.clients.model import Client, Record
from compat_tests.clients.remote_client import RemoteClient, RemoteMember
from compat_tests.clients.roster import find_entry

PARTITION_COUNT = 4


def test_headers_by_their_names(open_clients: OpenClients, reference: Client, topic_name: Callable[[], str]) -> None:
    """Names that come twice, empty and not ASCII; the order between names is not kept by kafkajs."""
    topic = topic_name()
    reference.create_topic(topic)
    kafkajs = open_clients.get(find_entry("kafkajs"))
    headers = (("a", b"1"), ("a", b"2"), ("empty", b""), ("é", b"x"))
    kafkajs.produce(topic, [Record(b"v", b"k", headers, partition=0)])
    assert reference.consume(topic, 1)[0].headers == headers
    assert kafkajs.consume(topic, 1)[0].headers == headers


GROUPS: dict[str, tuple[str, dict[str, Any]]] = {
    "KIP-848": ("Consumer", {"groupProtocol": "consumer"}),
    "cooperative": ("Classic", {"protocols": [{"name": "cooperative-sticky", "version": 3}]}),
}


@pytest.mark.parametrize(("group_type", "configs"), GROUPS.values(), ids=GROUPS)
def test_groups_that_move_some_partitions_only(
    open_clients: OpenClients,
    reference: Client,
    topic_name: Callable[[], str],
    group_type: str,
    configs: dict[str, Any],
) -> None:
    """platformatic's consumer protocol, and the cooperative assignor: nothing lost, all committed."""
    topic = topic_name()
    reference.create_topic(topic, PARTITION_COUNT)
    client = open_clients.get(find_entry("platformatic"))
    assert isinstance(client, RemoteClient)

    def write(start: int) -> set[bytes]:
        values = [b"%04d" % number for number in range(start, start + 40)]
        reference.produce(topic, [Record(value, partition=i % PARTITION_COUNT) for i, value in enumerate(values)])
        return set(values)

    def join() -> RemoteMember:
        return RemoteMember(client.worker, "platformatic", topic, topic, configs)

    written = write(0)
    with closing(join()) as first:
        wait_until(lambda: len(first.owned) == PARTITION_COUNT, [first], "one member owns all")
        with closing(join()) as second:
            both = [first, second]
            wait_until(lambda: [len(one.owned) for one in both] == [2, 2], both, "both own half")
            assert not first.owned & second.owned
            written |= write(40)
            wait_until(lambda: {value for one in both for value in one.values()} == written, both, "all was read")
            assert reference.describe_group(topic).type == group_type
        wait_until(lambda: len(first.owned) == PARTITION_COUNT, [first], "the one that stays owns all")
        written |= write(80)
        wait_until(lambda: {value for one in both for value in one.values()} == written, [first], "all was read")
    assert reference.describe_group(topic).offsets == dict.fromkeys(range(PARTITION_COUNT), 30)
