"""kafka-python of two generations, and aiokafka."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.roster.entry import (
    ADMIN,
    ALL_CODECS,
    CONFIGS,
    GROUPS,
    MODERN,
    OLD_CODECS,
    RECORDS,
    TRANSACTIONS,
    Entry,
)

if TYPE_CHECKING:
    from compat_tests.clients.model import Client


def _open_kafka_python(version: tuple[int, ...] | None = None) -> Callable[[str], Client]:
    def open_client(bootstrap_servers: str) -> Client:
        from compat_tests.clients.kafka_python_client import KafkaPython

        return KafkaPython(bootstrap_servers, version)

    return open_client


def _open_old_kafka_python(version: str | None = None) -> Callable[[str], Client]:
    def open_client(bootstrap_servers: str) -> Client:
        from compat_tests.clients.isolated_client import InstallFailed, IsolatedKafkaPython, install_old_kafka_python

        try:
            return IsolatedKafkaPython(install_old_kafka_python(), bootstrap_servers, version)
        except InstallFailed as error:
            raise ClientMissing(str(error)) from error

    return open_client


def _open_aiokafka(bootstrap_servers: str) -> Client:
    from compat_tests.clients.aiokafka_client import Aiokafka

    return Aiokafka(bootstrap_servers)


ENTRIES = (
    Entry(
        name="kafka-python",
        open=_open_kafka_python(),
        features=MODERN | GROUPS | TRANSACTIONS,
        survives_restart=True,
    ),
    Entry(
        name="kafka-python-as-0.11",
        is_pinned=True,
        open=_open_kafka_python((0, 11)),
        features=(MODERN - {"zstd", "admin"} - CONFIGS) | {"groups"} | TRANSACTIONS,
    ),
    Entry(
        name="kafka-python-as-2.0",
        is_pinned=True,
        open=_open_kafka_python((2, 0)),
        features=(MODERN - {"zstd"}) | GROUPS | TRANSACTIONS,
    ),
    Entry(
        name="kafka-python-as-3.0",
        is_pinned=True,
        open=_open_kafka_python((3, 0)),
        features=(MODERN - {"metadata"})
        | GROUPS
        | TRANSACTIONS,  # its describe_cluster cannot be pinned to this release
    ),
    Entry(
        name="kafka-python-2",
        open=_open_old_kafka_python(),
        features=ALL_CODECS | RECORDS | ADMIN | GROUPS,
        survives_restart=True,
    ),
    Entry(
        name="kafka-python-2-as-0.8.2",
        is_pinned=True,
        open=_open_old_kafka_python("0.8.2"),
        features=OLD_CODECS | {"lz4", "empty bytes"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-0.9",
        is_pinned=True,
        open=_open_old_kafka_python("0.9"),
        features=OLD_CODECS | {"lz4", "empty bytes", "groups"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-0.10.0",
        is_pinned=True,
        open=_open_old_kafka_python("0.10.0"),
        features=OLD_CODECS | {"lz4", "empty bytes", "groups", "set timestamps", "read timestamps"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-0.10.2",
        is_pinned=True,
        open=_open_old_kafka_python("0.10.2"),
        features=OLD_CODECS | {"lz4", "empty bytes", "groups", "set timestamps", "read timestamps", "find by time"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-1.0",
        is_pinned=True,
        open=_open_old_kafka_python("1.0"),
        features=OLD_CODECS | {"lz4"} | RECORDS | ADMIN | GROUPS,
    ),
    Entry(
        name="aiokafka",
        open=_open_aiokafka,
        features=MODERN | TRANSACTIONS | {"null headers", "groups", "describe groups"},
        survives_restart=True,
    ),
)
