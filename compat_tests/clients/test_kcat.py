"""kcat's command lines for inspecting a broker, as people type them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.kcat_client import Kcat
from compat_tests.clients.model import Record
from compat_tests.clients.roster import find_entry
from compat_tests.clients.scenarios import PAST_MS, Kit

MakeKit = Callable[[], Kit]
ENTRY = find_entry("kcat")


@pytest.fixture
def kcat(open_clients: OpenClients) -> Kcat:
    """Return kcat, where it is installed."""
    client = open_clients.get(ENTRY)
    assert isinstance(client, Kcat)
    return client


def test_lists_the_broker(broker: Broker, kcat: Kcat, make_kit: MakeKit) -> None:
    """`kcat -L`, in words and in JSON."""
    topic = make_kit().create_topic(2)
    output, _ = kcat.run("-L", "-t", topic)
    assert f" at 127.0.0.1:{broker.port}" in output.decode()
    assert f'topic "{topic}" with 2 partitions:' in output.decode()
    (found,) = kcat.read_metadata("-t", topic)["topics"]
    assert [partition["partition"] for partition in found["partitions"]] == [0, 1]


def test_ends_at_the_end(kcat: Kcat, make_kit: MakeKit) -> None:
    """`-e` stops at the last record of every partition."""
    kit = make_kit()
    topic = kit.create_topic(3)
    kit.reference.produce(topic, [Record(b"%d" % number, partition=number % 3) for number in range(9)])
    output, _ = kcat.run("-C", "-e", "-q", "-t", topic)
    assert sorted(output.split()) == [b"%d" % number for number in range(9)]


def test_last_records_and_times(kcat: Kcat, make_kit: MakeKit) -> None:
    """`-o -3` is three before the end; `-o s@TIME` the first since then."""
    kit = make_kit()
    topic = kit.create_topic()
    kit.reference.produce(topic, [Record(b"%d" % number, timestamp_ms=PAST_MS + number) for number in range(9)])
    output, _ = kcat.run("-C", "-e", "-q", "-t", topic, "-o", "-3")
    assert output.split() == [b"6", b"7", b"8"]
    output, _ = kcat.run("-C", "-e", "-q", "-t", topic, "-o", f"s@{PAST_MS + 4}", "-o", f"e@{PAST_MS + 7}")
    assert output.split() == [b"4", b"5", b"6"]


def test_json_output(kcat: Kcat, make_kit: MakeKit) -> None:
    """`-J` shows everything about a record."""
    kit = make_kit()
    topic = kit.create_topic()
    kit.reference.produce(topic, [Record(b"value", b"key", (("h", b"1"),), PAST_MS)])
    output, _ = kcat.run("-C", "-e", "-q", "-J", "-t", topic)
    record = json.loads(output)
    assert (record["topic"], record["partition"], record["offset"]) == (topic, 0, 0)
    assert (record["key"], record["payload"], record["headers"]) == ("key", "value", ["h", "1"])
    assert (record["tstype"], record["ts"]) == ("create", PAST_MS)
