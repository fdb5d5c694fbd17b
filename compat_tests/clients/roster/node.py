"""Clients of Node.js."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compat_tests.clients.roster.entry import ADMIN, CONFIGS, GROUPS, MODERN, TRANSACTIONS, Entry, open_remote

if TYPE_CHECKING:
    from compat_tests.clients.remote_worker import RemoteWorker

KAFKAJS = (
    frozenset({"none", "gzip", "snappy", "empty bytes", "set timestamps", "read timestamps"})
    | (ADMIN | CONFIGS | {"idempotence", "acks 0"})
    | (GROUPS | TRANSACTIONS)
)
"""kafkajs keeps the headers of a record by their name, so that their order is lost, and for a time after all records it
returns the end of the partition."""

PLATFORMATIC = (MODERN | GROUPS | TRANSACTIONS | {"null headers", "both null"}) - {"read timestamps"}
"""@platformatic/kafka returns the producer's time even if the broker replaced it (LogAppendTime)."""

KAFKA_NODE = frozenset({"none", "gzip", "snappy", "empty bytes", "both null", "metadata", "groups", "acks 0"})
"""kafka-node fetches with version 0, whose messages have no timestamps; it cannot delete topics; it gets a group's
offsets only for topics that it names. After a lost connection its consumer without a group fetches no more."""


def _start(folder: str) -> Callable[[str], RemoteWorker]:
    def start(bootstrap_servers: str) -> RemoteWorker:
        from compat_tests.clients.node_worker import node_worker

        return node_worker(bootstrap_servers, folder)

    return start


ENTRIES = (
    Entry(name="kafkajs", open=open_remote(_start("kafkajs")), features=KAFKAJS, survives_restart=True),
    Entry(name="platformatic", open=open_remote(_start("platformatic")), features=PLATFORMATIC, survives_restart=True),
    Entry(
        name="kafka-node",
        open=open_remote(_start("kafka-node")),
        features=KAFKA_NODE,
        needs_old_formats=True,
        is_slow=True,
    ),
)
