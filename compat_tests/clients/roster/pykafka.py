"""pykafka, which speaks the message formats from before Kafka 0.11."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compat_tests.clients.roster.entry import OLD_CODECS, Entry, open_remote

if TYPE_CHECKING:
    from compat_tests.clients.remote_worker import RemoteWorker

FEATURES = OLD_CODECS | {"empty bytes", "both null", "metadata", "groups", "acks 0"}
"""pykafka can change nothing of a cluster but create topics by asking for them. For a time it asks for segments.
Its consumer gives up with a lost connection."""


def _start_as_0_9(bootstrap_servers: str) -> RemoteWorker:
    from compat_tests.clients.pykafka_worker import pykafka_worker

    return pykafka_worker("0.9.0")(bootstrap_servers)


def _start_as_0_10(bootstrap_servers: str) -> RemoteWorker:
    from compat_tests.clients.pykafka_worker import pykafka_worker

    return pykafka_worker("0.10.2")(bootstrap_servers)


ENTRIES = (
    Entry(
        name="pykafka",
        open=open_remote(_start_as_0_10),
        features=FEATURES | {"set timestamps"},  # it cannot read messages whose time is the broker's
        needs_old_formats=True,
        is_slow=True,
    ),
    Entry(
        name="pykafka-as-0.9",
        open=open_remote(_start_as_0_9),
        features=FEATURES,
        is_pinned=True,
        needs_old_formats=True,
        is_slow=True,
    ),
)
