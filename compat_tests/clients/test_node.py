"""kafkajs, beyond the scenarios (`test_scenarios.py`)."""

from __future__ import annotations

from collections.abc import Callable

from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.model import Client, Record
from compat_tests.clients.roster import find_entry


def test_headers_by_their_names(open_clients: OpenClients, reference: Client, topic_name: Callable[[], str]) -> None:
    """Names that come twice, empty and not ASCII; the order between names is not kept by kafkajs."""
    topic = topic_name()
    reference.create_topic(topic)
    kafkajs = open_clients.get(find_entry("kafkajs"))
    headers = (("a", b"1"), ("a", b"2"), ("empty", b""), ("é", b"x"))
    kafkajs.produce(topic, [Record(b"v", b"k", headers, partition=0)])
    assert reference.consume(topic, 1)[0].headers == headers
    assert kafkajs.consume(topic, 1)[0].headers == headers
