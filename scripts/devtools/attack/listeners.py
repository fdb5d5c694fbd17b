"""Brokers started for the attack, with a listener of each kind: plain, TLS, and SASL PLAIN."""

from __future__ import annotations

import contextlib
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.brokers import apache_kafka, kafkalite
from scripts.devtools.benchmark.wire import free_port
from tests.certificates import server, write_files

KAFKA_VERSION = "4.4.0"
BROKERS = ("kafkalite", "kafka")
HOST = "127.0.0.1"
PLAIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule"
NAMES = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "CONTROLLER")


class Listeners(NamedTuple):
    """The listeners of one broker; None if it has no such listener."""

    plain: Target
    tls: Target | None = None
    sasl: Target | None = None


def make_settings(directory: pathlib.Path, ports: Mapping[str, int]) -> dict[str, str]:
    """Return the properties of such a broker, for kafkalite and Apache Kafka alike; writes its certificate."""
    files = write_files(directory)
    addresses = [f"{name}://{HOST}:{port}" for name, port in ports.items()]
    return {
        "listeners": ",".join(addresses),
        "advertised.listeners": ",".join(address for address in addresses if not address.startswith("CONTROLLER")),
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"1@{HOST}:{ports['CONTROLLER']}",
        "listener.security.protocol.map": ",".join(
            f"{name}:{'PLAINTEXT' if name == 'CONTROLLER' else name}" for name in ports
        ),
        "sasl.enabled.mechanisms": "PLAIN",
        "listener.name.sasl_plaintext.plain.sasl.jaas.config": f'{PLAIN_MODULE} required user_quiet="secret";',
        "listener.name.ssl.ssl.keystore.type": "PEM",
        "listener.name.ssl.ssl.keystore.certificate.chain": server().certificate_pem.replace("\n", "\\n"),
        "listener.name.ssl.ssl.keystore.key": server().key_pem().replace("\n", "\\n"),
        "listener.name.ssl.ssl.truststore.type": "PEM",
        "listener.name.ssl.ssl.truststore.location": files.authority,
    }


@contextlib.contextmanager
def started(kind: str, *, descriptor_count: int | None = None) -> Iterator[Listeners]:
    """Run a broker with the three listeners for as long as the block lasts.

    Args:
        kind: one of `BROKERS`.
        descriptor_count: the number of files it may have open; None for as many as this process.
    """
    with tempfile.TemporaryDirectory(prefix="attack-") as name:
        ports = {name: free_port() for name in NAMES}
        settings = make_settings(pathlib.Path(name), ports)
        port = ports["PLAINTEXT"]
        starter = (
            kafkalite(subprocess.DEVNULL, settings=settings, port=port, descriptor_count=descriptor_count)
            if kind == "kafkalite"
            else apache_kafka(KAFKA_VERSION, settings=settings, port=port, descriptor_count=descriptor_count)
        )
        with starter as broker:
            plain, tls, sasl = (Target(broker.name, HOST, ports[name], broker.pid) for name in NAMES[:3])
            yield Listeners(plain, tls, sasl)
