"""Every client under every configuration that the scenarios run with, and what each of them can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compat_tests.clients.model import Client

ALL_CODECS = frozenset({"none", "gzip", "snappy", "lz4", "zstd"})
ADMIN = frozenset({"metadata", "admin"})
CONFIGS = frozenset({"describe configs", "alter configs"})
RECORDS = frozenset({"empty bytes", "set timestamps", "read timestamps", "headers", "find by time"})
OLD_CODECS = frozenset({"none", "gzip", "snappy"})

MODERN = ALL_CODECS | RECORDS | ADMIN | CONFIGS | {"idempotence", "acks 0"}
"""kafka-python 2 lacks "acks 0": it calls such a record sent while its bytes may still wait in the client."""

KAFKAJS = frozenset({"none", "gzip", "snappy", "empty bytes", "set timestamps", "read timestamps"}) | (
    ADMIN | CONFIGS | {"idempotence", "acks 0"}
)
"""kafkajs keeps the headers of a record by their name, so that their order is lost, and for a time after all records it
tells the end of the partition."""


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


class ClientMissing(Exception):
    """The client is not on this machine and cannot be got; the message says how to get it."""


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


def _open_java(version: str) -> Callable[[str], Client]:
    def open_client(bootstrap_servers: str) -> Client:
        from compat_tests.clients.java_worker import java_worker
        from compat_tests.clients.remote_client import RemoteClient

        return RemoteClient(java_worker(version)(bootstrap_servers))

    return open_client


def _open_kafkajs(bootstrap_servers: str) -> Client:
    from compat_tests.clients.node_worker import node_worker
    from compat_tests.clients.remote_client import RemoteClient

    return RemoteClient(node_worker(bootstrap_servers))


ROSTER = (
    Entry(
        name="kafka-python",
        open=_open_kafka_python(),
        features=MODERN,
        survives_restart=True,
    ),
    Entry(
        name="kafka-python-as-0.11",
        is_pinned=True,
        open=_open_kafka_python((0, 11)),
        features=MODERN - {"zstd", "admin"} - CONFIGS,
    ),
    Entry(
        name="kafka-python-as-2.0",
        is_pinned=True,
        open=_open_kafka_python((2, 0)),
        features=MODERN - {"zstd"},
    ),
    Entry(
        name="kafka-python-as-3.0",
        is_pinned=True,
        open=_open_kafka_python((3, 0)),
        features=MODERN - {"metadata"},  # its describe_cluster cannot be pinned to this release
    ),
    Entry(
        name="kafka-python-2",
        open=_open_old_kafka_python(),
        features=ALL_CODECS | RECORDS | ADMIN,
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
        features=OLD_CODECS | {"lz4", "empty bytes"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-0.10.0",
        is_pinned=True,
        open=_open_old_kafka_python("0.10.0"),
        features=OLD_CODECS | {"lz4", "empty bytes", "set timestamps", "read timestamps"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-0.10.2",
        is_pinned=True,
        open=_open_old_kafka_python("0.10.2"),
        features=OLD_CODECS | {"lz4", "empty bytes", "set timestamps", "read timestamps", "find by time"},
        needs_old_formats=True,
    ),
    Entry(
        name="kafka-python-2-as-1.0",
        is_pinned=True,
        open=_open_old_kafka_python("1.0"),
        features=OLD_CODECS | {"lz4"} | RECORDS | ADMIN,
    ),
    Entry(
        name="aiokafka",
        open=_open_aiokafka,
        features=MODERN | {"null headers"},
        survives_restart=True,
    ),
    Entry(
        name="confluent-kafka",
        open=_open_confluent_kafka(),
        features=MODERN | {"null headers", "both null"},
        survives_restart=True,
    ),
    Entry(
        name="confluent-kafka-as-0.9.0",
        is_pinned=True,
        open=_open_confluent_kafka("0.9.0.1"),
        features=OLD_CODECS | {"empty bytes", "both null", "metadata"},
        needs_old_formats=True,
    ),
    Entry(
        name="confluent-kafka-as-0.10.1",
        is_pinned=True,
        open=_open_confluent_kafka("0.10.1.1"),
        features=OLD_CODECS
        | {"lz4", "empty bytes", "both null", "metadata", "set timestamps", "read timestamps", "find by time"},
        needs_old_formats=True,
    ),
    Entry(
        name="kcat",
        open=_open_kcat(),
        features=ALL_CODECS | {"headers", "read timestamps", "find by time", "metadata", "idempotence", "acks 0"},
    ),
    Entry(
        name="kcat-as-0.9.0",
        is_pinned=True,
        open=_open_kcat("0.9.0.1"),
        features=OLD_CODECS | {"metadata"},
        needs_old_formats=True,
    ),
    Entry(
        name="java-4.3",
        open=_open_java("4.3.1"),
        features=MODERN | {"null headers", "both null"},
        survives_restart=True,
    ),
    Entry(
        name="java-3.9",
        open=_open_java("3.9.2"),
        features=MODERN | {"null headers", "both null"},
        survives_restart=True,
    ),
    Entry(
        name="kafkajs",
        open=_open_kafkajs,
        features=KAFKAJS,
        survives_restart=True,
    ),
)
