"""A broker for the client: ours, or any Kafka named by KAFKALITE_TEST_BOOTSTRAP."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest

from kafkalite.client.client import Client
from kafkalite.client.config import client_config
from tests.running_server import running_server


@pytest.fixture(scope="session")
def bootstrap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a broker."""
    external = os.environ.get("KAFKALITE_TEST_BOOTSTRAP")
    if external:
        yield external
        return
    with running_server(tmp_path_factory.mktemp("server")) as (_, port):
        yield f"127.0.0.1:{port}"


@pytest.fixture
def client(bootstrap: str) -> Iterator[Client]:
    """Return a client of the broker."""
    with Client(client_config(bootstrap)) as made:
        yield made


@pytest.fixture
def topic() -> str:
    """Return a topic name that no other test has."""
    return f"topic-{uuid.uuid4().hex[:12]}"
