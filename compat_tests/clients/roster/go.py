"""Clients of Go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compat_tests.clients.roster.entry import (
    ADMIN,
    ALL_CODECS,
    CONFIGS,
    GROUPS,
    MODERN,
    OLD_CODECS,
    TRANSACTIONS,
    Entry,
    open_remote,
)

if TYPE_CHECKING:
    from compat_tests.clients.remote_worker import RemoteWorker


def _start(library: str, **environment: str) -> Callable[[str], RemoteWorker]:
    def start(bootstrap_servers: str) -> RemoteWorker:
        from compat_tests.clients.go_worker import go_worker

        return go_worker(library, bootstrap_servers, **environment)

    return start


def _start_sarama(version: str) -> Callable[[str], RemoteWorker]:
    return _start("sarama", SARAMA_KAFKA_VERSION=version)


EVERYTHING = MODERN | GROUPS | TRANSACTIONS | {"null headers", "both null"}
SARAMA_0_10_2 = (OLD_CODECS | {"lz4", "empty bytes", "both null", "set timestamps", "read timestamps"}) | (
    {"find by time", "metadata", "acks 0", "groups"}
)
KAFKA_GO = (ALL_CODECS | ADMIN | CONFIGS) | (
    {"both null", "set timestamps", "find by time", "acks 0", "groups", "delete groups"}
)
"""kafka-go's Reader returns null for an empty key, value or header ("empty bytes", "headers": test_go.py has those
without empty values), the producer's time even if the broker replaced it ("read timestamps"), and aborted records
("read committed"). Its Client cannot decode the subscriptions of other libraries' members ("describe groups"). Its
Writer is not idempotent and has no transactions."""

ENTRIES = (
    Entry(name="franz-go", open=open_remote(_start("franz")), features=EVERYTHING, survives_restart=True),
    Entry(name="sarama", open=open_remote(_start("sarama")), features=EVERYTHING, survives_restart=True),
    Entry(name="sarama-as-2.8", is_pinned=True, open=open_remote(_start_sarama("2.8.0")), features=EVERYTHING),
    Entry(
        name="sarama-as-0.10.2",
        is_pinned=True,
        open=open_remote(_start_sarama("0.10.2.0")),
        features=SARAMA_0_10_2,
        needs_old_formats=True,
    ),
    Entry(name="kafka-go", open=open_remote(_start("segmentio")), features=KAFKA_GO, survives_restart=True),
)
