"""Clients of Rust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compat_tests.clients.roster.entry import GROUPS, MODERN, TRANSACTIONS, Entry, open_remote

if TYPE_CHECKING:
    from compat_tests.clients.remote_worker import RemoteWorker


def _start_rdkafka(bootstrap_servers: str) -> RemoteWorker:
    from compat_tests.clients.rust_worker import rust_worker

    return rust_worker(bootstrap_servers)


# rdkafka 0.39 alters configs, but drops what the broker says of each resource: `test_rust.py` looks at what came of it.
ENTRIES = (
    Entry(
        name="rdkafka",
        open=open_remote(_start_rdkafka),
        features=MODERN - {"alter configs"} | GROUPS | TRANSACTIONS | {"null headers", "both null"},
        survives_restart=True,
        is_slow=True,
    ),
)
