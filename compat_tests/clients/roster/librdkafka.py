"""Clients built on librdkafka: confluent-kafka, and Debian's kcat."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.roster.entry import ALL_CODECS, GROUPS, MODERN, OLD_CODECS, TRANSACTIONS, Entry

if TYPE_CHECKING:
    from compat_tests.clients.model import Client


def _open_confluent_kafka(fallback_version: str | None = None) -> Callable[[str], Client]:
    def open_client(bootstrap_servers: str) -> Client:
        from compat_tests.clients.confluent_client import ConfluentKafka

        return ConfluentKafka(bootstrap_servers, fallback_version)

    return open_client


def _open_kcat(fallback_version: str | None = None) -> Callable[[str], Client]:
    def open_client(bootstrap_servers: str) -> Client:
        from shutil import which

        from compat_tests.clients.kcat_client import Kcat

        if which("kcat") is None:
            raise ClientMissing("kcat is not installed (Debian and Ubuntu: apt-get install kcat)")
        return Kcat(bootstrap_servers, fallback_version)

    return open_client


AS_0_10_1 = (OLD_CODECS | {"lz4", "empty bytes", "both null", "metadata", "groups"}) | (
    {"set timestamps", "read timestamps", "find by time"}
)

# kcat writes all of its input as one transaction: it cannot be led through several, step by step.
ENTRIES = (
    Entry(
        name="confluent-kafka",
        open=_open_confluent_kafka(),
        features=MODERN | GROUPS | TRANSACTIONS | {"null headers", "both null"},
        survives_restart=True,
    ),
    Entry(
        name="confluent-kafka-as-0.9.0",
        is_pinned=True,
        open=_open_confluent_kafka("0.9.0.1"),
        features=OLD_CODECS | {"empty bytes", "both null", "metadata", "groups"},
        needs_old_formats=True,
    ),
    Entry(
        name="confluent-kafka-as-0.10.1",
        is_pinned=True,
        open=_open_confluent_kafka("0.10.1.1"),
        features=AS_0_10_1,
        needs_old_formats=True,
    ),
    Entry(
        name="kcat",
        open=_open_kcat(),
        features=ALL_CODECS
        | {"headers", "read timestamps", "find by time", "metadata", "idempotence", "acks 0"}
        | {"groups", "read committed"},
    ),
    Entry(
        name="kcat-as-0.9.0",
        is_pinned=True,
        open=_open_kcat("0.9.0.1"),
        features=OLD_CODECS | {"metadata", "groups"},
        needs_old_formats=True,
    ),
)
