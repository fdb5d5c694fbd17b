"""Clients opened once for all tests of a session, and what scenarios need besides them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.model import Client
from compat_tests.clients.roster import Entry
from compat_tests.clients.scenarios import Kit

TIMEOUT_S = 400
"""Time for the first test of a client, which builds its program or installs its packages."""
SLOW_TIMEOUT_S = 2000
"""The same for a client that is built for long."""


def make_marks(entry: Entry) -> list[pytest.MarkDecorator]:
    """Return the marks of every test of that client."""
    marks = [pytest.mark.old_formats] if entry.needs_old_formats else []
    if entry.is_slow:
        return [*marks, pytest.mark.slow, pytest.mark.timeout(SLOW_TIMEOUT_S)]
    return [*marks, pytest.mark.timeout(TIMEOUT_S)]


def open_or_skip(entry: Entry, bootstrap_servers: str) -> Client:
    """Open a client; where it is missing, skip on a user's machine and fail in CI."""
    try:
        return entry.open(bootstrap_servers)
    except ClientMissing as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"in CI every client must be there: {error}")
        pytest.skip(str(error))


class OpenClients:
    """Opens each client of the roster on first use."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._clients: dict[str, Client] = {}
        self._versions: dict[str, str] = {}

    def get(self, entry: Entry) -> Client:
        """Return the client of that entry, the same one each time."""
        if entry.name not in self._clients:
            self._clients[entry.name] = open_or_skip(entry, self._bootstrap_servers)
        return self._clients[entry.name]

    def get_version(self, entry: Entry) -> str:
        """Return the name and version of that entry's library, asked for once."""
        if entry.name not in self._versions:
            self._versions[entry.name] = self.get(entry).version()
        return self._versions[entry.name]

    def close(self) -> None:
        """Close them all."""
        for client in self._clients.values():
            client.close()


@pytest.fixture(scope="session")
def open_clients(broker: Broker) -> Iterator[OpenClients]:
    """Return the clients of the session's broker."""
    clients = OpenClients(broker.bootstrap_servers)
    yield clients
    clients.close()


@pytest.fixture(scope="session")
def reference(broker: Broker) -> Iterator[Client]:
    """Return the client that prepares and checks what others do."""
    client = ConfluentKafka(broker.bootstrap_servers)
    yield client
    client.close()


@pytest.fixture(scope="session")
def shared_topics() -> dict[str, str]:
    """Return the topics written once for all clients, by their purpose."""
    return {}


@pytest.fixture
def make_kit(
    broker: Broker, reference: Client, topic_name: Callable[[], str], shared_topics: dict[str, str]
) -> Callable[[frozenset[str]], Kit]:
    """Return a function that makes the kit of a client with those features."""

    def make(features: frozenset[str] = frozenset()) -> Kit:
        return Kit(
            broker=broker, features=features, reference=reference, new_name=topic_name, shared_topics=shared_topics
        )

    return make
