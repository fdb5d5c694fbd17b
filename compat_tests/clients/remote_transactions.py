"""The transactional producers of Java's clients and of kafkajs under the face of `transactional_clients`.

One process for each library serves all tests of a run, whatever their broker; it ends with the tests' own process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from compat_tests.clients.java_worker import java_worker
from compat_tests.clients.model import EARLIEST, TransactionalProducer
from compat_tests.clients.node_worker import node_worker
from compat_tests.clients.remote_client import RemoteProducer, RemoteTail
from compat_tests.clients.remote_worker import RemoteWorker
from compat_tests.clients.transactional_clients import TransactionalClient

NOWHERE = "127.0.0.1:1"
_STARTERS: dict[str, Callable[[str], RemoteWorker]] = {}


@cache
def start_worker(name: str) -> RemoteWorker:
    """Return the process of the client of that name, started on first use.

    Raises:
        ClientMissing: the client is not available on this machine.
    """
    return _STARTERS[name](NOWHERE)


def _make_client(name: str, starter: Callable[[str], RemoteWorker]) -> TransactionalClient:
    _STARTERS[name] = starter

    def make_producer(bootstrap_servers: str, transactional_id: str, timeout_ms: int) -> TransactionalProducer:
        return RemoteProducer(start_worker(name), transactional_id, timeout_ms, bootstrap_servers)

    def read(bootstrap_servers: str, topic: str, partition: int, isolation_level: str) -> list[bytes]:
        tail = RemoteTail(
            start_worker(name),
            topic=topic,
            partitions=[partition],
            offset=EARLIEST,
            min_bytes=1,
            max_wait_ms=100,
            isolation_level=isolation_level,
            bootstrap_servers=bootstrap_servers,
        )
        try:
            return [record.value for record in tail.read_to_end() if record.value is not None]
        finally:
            tail.close()

    return TransactionalClient(name=name, make_producer=make_producer, read=read)


def java_client(version: str) -> TransactionalClient:
    """Return the Java clients of one release."""
    return _make_client(f"java-{version}", java_worker(version))


JAVA_CLIENTS = tuple(java_client(version) for version in ("4.4.0", "4.3.1", "3.9.2", "2.8.2"))
"""Two with an epoch for each transaction (transaction version 2), of which the first names topics by id where it
commits offsets, and two that add partitions by request."""
KAFKAJS = _make_client("kafkajs", node_worker)
