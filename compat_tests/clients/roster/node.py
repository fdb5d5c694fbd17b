"""Clients of Node.js."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compat_tests.clients.roster.entry import ADMIN, CONFIGS, Entry, open_remote

if TYPE_CHECKING:
    from compat_tests.clients.remote_worker import RemoteWorker

KAFKAJS = frozenset({"none", "gzip", "snappy", "empty bytes", "set timestamps", "read timestamps"}) | (
    ADMIN | CONFIGS | {"idempotence", "acks 0"}
)
"""kafkajs keeps the headers of a record by their name, so that their order is lost, and for a time after all records it
tells the end of the partition."""


def _start_kafkajs(bootstrap_servers: str) -> RemoteWorker:
    from compat_tests.clients.node_worker import node_worker

    return node_worker(bootstrap_servers)


ENTRIES = (Entry(name="kafkajs", open=open_remote(_start_kafkajs), features=KAFKAJS, survives_restart=True),)
