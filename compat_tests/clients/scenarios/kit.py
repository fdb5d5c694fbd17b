"""The tools of scenarios: the kit that each of them gets, their list, and a few checks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.model import (
    DEADLINE_S,
    Client,
    ClientError,
    Consumed,
    Record,
)
from compat_tests.raw_protocol import StoredBatch, fetch_batches, has_leaders

T = TypeVar("T")
PAST_MS = 1_000_000_000_000
"""A day in 2001: far from any clock that these tests run under."""


@dataclass(kw_only=True)
class Kit:
    """The arguments of a scenario besides its client."""

    broker: Broker
    features: frozenset[str]
    reference: Client
    """A modern client that prepares topics and verifies the records of the client under test."""
    new_name: Callable[[], str]
    shared_topics: dict[str, str]
    """Topics written once for all clients, by their purpose."""

    def create_topic(self, partition_count: int = 1, **configs: str) -> str:
        """Create a topic that keeps records of any age and return its name once every partition answers."""
        name = self.new_name()
        wanted = {"retention.ms": "-1"} | {key.replace("_", "."): value for key, value in configs.items()}
        self.reference.create_topic(name, partition_count, wanted)
        poll(lambda: has_leaders(self.broker.port, name, partition_count))
        return name

    def find_committed(self, group_id: str) -> dict[int, int]:
        """Return the committed offsets of a group by partition, empty when there is no such group (yet)."""
        try:
            return self.reference.describe_group(group_id).offsets
        except ClientError:
            return {}

    def read_batches(self, topic: str, partition: int = 0) -> list[StoredBatch]:
        """Return the batch headers of a partition, without any client."""
        return fetch_batches(self.broker.port, topic, partition)


Scenario = Callable[[Client, Kit], None]
SCENARIOS: dict[str, tuple[Scenario, frozenset[str]]] = {}
"""Name to function and needed features."""
NEGOTIATED = "negotiated"
"""Needed by scenarios that look the same in every protocol version: a pinned client need not repeat them."""


def scenario(*needs: str) -> Callable[[Scenario], Scenario]:
    """Register a function, which only runs for clients that have all of `needs`."""

    def register(function: Scenario) -> Scenario:
        SCENARIOS[function.__name__] = (function, frozenset(needs))
        return function

    return register


def poll(probe: Callable[[], T], deadline_s: float = DEADLINE_S) -> T:
    """Call `probe` until it answers something true; each call is a round trip, so this needs no pause."""
    deadline = time.monotonic() + deadline_s
    while True:
        answer = probe()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"still {answer!r} after {deadline_s} s"


def is_led(client: Client, topic: str, partition_count: int) -> bool:
    """Return whether the client sees that many partitions, each with a leader."""
    try:
        leaders = client.describe_topic(topic)
    except ClientError:
        return False
    return len(leaders) == partition_count and all(leader >= 0 for leader in leaders.values())


def make_records(count: int, *, size_bytes: int = 200, keyed: bool = True) -> list[Record]:
    """Return records that compress well, each one different."""
    values = [f"record {number} ".encode() * (size_bytes // 10) for number in range(count)]
    return [Record(value, b"key-%d" % number if keyed else None) for number, value in enumerate(values)]


def check_same(consumed: Sequence[Consumed], sent: Iterable[Record]) -> None:
    """Check keys, values and headers, in order."""
    got = [(record.key, record.value, record.headers) for record in consumed]
    assert got == [(record.key, record.value, record.headers) for record in sent]


def check_error(name: str, function: Callable[..., object], *arguments: object) -> None:
    """Check that the call fails with that error."""
    with pytest.raises(ClientError) as raised:
        function(*arguments)
    assert raised.value.name == name, raised.value


def select(features: frozenset[str]) -> Mapping[str, Scenario]:
    """Return the scenarios for a client with those features."""
    return {name: function for name, (function, needs) in SCENARIOS.items() if needs <= features}
