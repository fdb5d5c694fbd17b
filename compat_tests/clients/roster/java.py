"""Kafka's own Java clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compat_tests.clients.roster.entry import GROUPS, MODERN, TRANSACTIONS, Entry, open_remote

if TYPE_CHECKING:
    from compat_tests.clients.remote_worker import RemoteWorker


def _start(version: str) -> Callable[[str], RemoteWorker]:
    def start(bootstrap_servers: str) -> RemoteWorker:
        from compat_tests.clients.java_worker import java_worker

        return java_worker(version)(bootstrap_servers)

    return start


JAVA = MODERN | GROUPS | TRANSACTIONS | {"null headers", "both null"}

ENTRIES = (
    Entry(name="java-4.4", open=open_remote(_start("4.4.0")), features=JAVA, survives_restart=True),
    Entry(name="java-4.3", open=open_remote(_start("4.3.1")), features=JAVA, survives_restart=True),
    Entry(name="java-3.9", open=open_remote(_start("3.9.2")), features=JAVA, survives_restart=True),
    Entry(name="java-2.8", open=open_remote(_start("2.8.2")), features=JAVA, survives_restart=True),
)
