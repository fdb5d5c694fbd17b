"""Clients do not notice that a storage is done with their appends later: a broker over one serves every scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compat_tests.broker_process import LATE, Broker, BrokerChoice, KafkaliteProcess
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.conftest import OpenClients
from compat_tests.clients.roster import ROSTER, Entry
from compat_tests.clients.scenarios import NEGOTIATED, Kit, Scenario, select

CLIENTS = ("kafka-python", "aiokafka", "confluent-kafka")


def make_cases() -> Iterator[Any]:
    """Yield a case per scenario of the newest Python clients."""
    for entry in ROSTER:
        if entry.name in CLIENTS:
            for name, scenario in select(entry.features | {NEGOTIATED}).items():
                yield pytest.param(entry, scenario, id=f"{entry.name}-{name}")


@pytest.fixture(scope="module")
def late_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run one broker over a late storage."""
    if broker_choice != BrokerChoice():
        pytest.skip("kafkalite alone runs over a late storage")
    broker = BrokerChoice.parse(LATE).create(tmp_path_factory.mktemp("late"))
    try:
        broker.start()
        yield broker
        broker.stop()
    finally:
        broker.kill()


@pytest.fixture(scope="module")
def late_clients(late_broker: Broker) -> Iterator[OpenClients]:
    """Return the clients of that broker."""
    clients = OpenClients(late_broker.bootstrap_servers)
    yield clients
    clients.close()


@pytest.fixture(scope="module")
def late_topics() -> dict[str, str]:
    """Return the topics that were written for all clients of that broker."""
    return {}


@pytest.mark.parametrize(("entry", "scenario"), list(make_cases()))
def test_a_scenario_over_a_late_storage(
    entry: Entry,
    scenario: Scenario,
    late_broker: Broker,
    late_clients: OpenClients,
    late_topics: dict[str, str],
    topic_name: Callable[[], str],
) -> None:
    """Run one scenario."""
    reference = ConfluentKafka(late_broker.bootstrap_servers)
    try:
        kit = Kit(
            broker=late_broker,
            features=entry.features,
            reference=reference,
            new_name=topic_name,
            shared_topics=late_topics,
        )
        scenario(late_clients.get(entry), kit)
    finally:
        reference.close()


def test_a_killed_broker_starts_again(late_broker: Broker) -> None:
    """The last one, as it restarts the broker of the others."""
    assert isinstance(late_broker, KafkaliteProcess)
    late_broker.restart(crash=True)
    late_broker.restart()
