"""An entry of the roster of clients, and the names of the features that a client may have.

The features of an entry are the needs of the scenarios. Codecs go by their names. Beyond them:

- "empty bytes": an empty key or value is not null; "both null": a record of two nulls
- "headers": in their order, with their duplicates; "null headers": writes a header without value
- "set timestamps", "read timestamps", "find by time"
- "acks 0", "idempotence"
- "metadata": brokers and topics; "admin": creates and deletes topics, adds partitions
- "describe configs", "alter configs"
- "groups": members of consumer groups; "describe groups", "delete groups": administers them
- "read committed": a consumer that skips aborted records and waits for the end of open transactions
- "transactions": a producer with a transactional id, and "read committed"
- "offsets in transactions": offsets of a group go with the transaction
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compat_tests.clients.model import Client
    from compat_tests.clients.remote_worker import RemoteWorker

ALL_CODECS = frozenset({"none", "gzip", "snappy", "lz4", "zstd"})
OLD_CODECS = frozenset({"none", "gzip", "snappy"})
RECORDS = frozenset({"empty bytes", "set timestamps", "read timestamps", "headers", "find by time"})
ADMIN = frozenset({"metadata", "admin"})
CONFIGS = frozenset({"describe configs", "alter configs"})
GROUPS = frozenset({"groups", "describe groups", "delete groups"})
TRANSACTIONS = frozenset({"transactions", "offsets in transactions", "read committed"})
MODERN = ALL_CODECS | RECORDS | ADMIN | CONFIGS | {"idempotence", "acks 0"}
"""Everything but groups, transactions, and nulls where most libraries have none."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One client under one configuration."""

    name: str
    open: Callable[[str], Client]
    """Makes the client for a `bootstrap_servers`; ClientMissing where it is not installed."""
    features: frozenset[str]
    """Words of the scenarios' needs; what a client cannot do is no scenario for it."""
    needs_old_formats: bool = False
    """Speaks message format 0 or 1, which Apache Kafka refuses since 4.0."""
    is_pinned: bool = False
    """Speaks the versions of one release instead of negotiating them."""
    survives_restart: bool = False
    """Its producer and consumer objects are expected to go on after the broker came back."""
    is_slow: bool = False
    """Takes long to build or to run: its tests are part of the second command only (`-m slow`)."""


def open_remote(start: Callable[[str], RemoteWorker]) -> Callable[[str], Client]:
    """Return a function that opens the client of a worker program; `start` takes `bootstrap_servers`.

    Raises:
        ClientMissing: `start` found that the client is missing, when the function is called.
    """

    def open_client(bootstrap_servers: str) -> Client:
        from compat_tests.clients.remote_client import RemoteClient

        return RemoteClient(start(bootstrap_servers))

    return open_client
