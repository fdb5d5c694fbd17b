"""TLS and SASL from the clients' side: valid credentials are accepted, wrong ones refused with an error.

One broker with four listeners, one for each security protocol, on PEM and PKCS12 keys. The same tests judge Apache
Kafka: `pytest compat_tests/clients/test_security.py --broker kafka`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import confluent_kafka
import kafka
import kafka.errors
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError
from aiokafka.helpers import create_ssl_context
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

from compat_tests.broker_process import BrokerChoice, KafkaliteProcess
from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.model import DEADLINE_S, ClientError
from compat_tests.oracle.apache_kafka import ApacheKafka, find_free_port
from tests.certificates import PASSWORD as STORE_PASSWORD
from tests.certificates import Files, server, write_files

PLAIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule"
SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule"
USER, PASSWORD = "alice", "pass, word=1"
SHORT_S = 2.0
VALUES = [b"%d" % number for number in range(20)]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A client's way in: a listener, and for SASL a mechanism and a password."""

    protocol: str
    mechanism: str = ""
    password: str = PASSWORD
    shows_certificate: bool = False

    def __str__(self) -> str:
        certificate = ["certificate"] if self.shows_certificate else []
        return "-".join([self.protocol, *filter(None, [self.mechanism]), *certificate])

    @property
    def has_tls(self) -> bool:
        """Whether the listener is encrypted."""
        return self.protocol.endswith("SSL")


WAYS = (
    Way(protocol="SASL_PLAINTEXT", mechanism="PLAIN"),
    Way(protocol="SASL_PLAINTEXT", mechanism="SCRAM-SHA-256"),
    Way(protocol="SASL_PLAINTEXT", mechanism="SCRAM-SHA-512"),
    Way(protocol="SSL"),
    Way(protocol="SSL", shows_certificate=True),
    Way(protocol="SASL_SSL", mechanism="SCRAM-SHA-512"),
)
WRONG_WAYS = tuple(
    Way(protocol="SASL_PLAINTEXT", mechanism=mechanism, password="wrong") for mechanism in ("PLAIN", "SCRAM-SHA-256")
)


@dataclass(kw_only=True)
class Secured:
    """The broker: its ports by security protocol, and the files that clients need."""

    ports: Mapping[str, int]
    files: Files
    read_log: Callable[[], str]

    def address(self, way: Way) -> str:
        """Return where a client comes in."""
        return f"127.0.0.1:{self.ports[way.protocol]}"


def make_settings(directory: Path, files: Files, ports: Mapping[str, int]) -> dict[str, str]:
    """Return the properties of a broker with four listeners, for kafkalite and Apache Kafka alike."""
    (directory / "server.p12").write_bytes(server().pkcs12())
    addresses = [f"{name}://127.0.0.1:{port}" for name, port in ports.items()]
    settings = {
        "listeners": ",".join(addresses),
        "advertised.listeners": ",".join(address for address in addresses if "CONTROLLER" not in address),
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"1@127.0.0.1:{ports['CONTROLLER']}",
        "listener.security.protocol.map": ",".join(
            f"{name}:{'PLAINTEXT' if name == 'CONTROLLER' else name}" for name in ports
        ),
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
        "connection.failed.authentication.delay.ms": "50",
        "listener.name.sasl_ssl.ssl.keystore.location": str(directory / "server.p12"),
        "listener.name.sasl_ssl.ssl.keystore.type": "PKCS12",
        "listener.name.sasl_ssl.ssl.keystore.password": STORE_PASSWORD,
        "listener.name.sasl_ssl.ssl.key.password": STORE_PASSWORD,
        "listener.name.ssl.ssl.keystore.type": "PEM",
        "listener.name.ssl.ssl.keystore.certificate.chain": server().certificate_pem.replace("\n", "\\n"),
        "listener.name.ssl.ssl.keystore.key": server().key_pem().replace("\n", "\\n"),
        "listener.name.ssl.ssl.truststore.type": "PEM",
        "listener.name.ssl.ssl.truststore.location": files.authority,
        "listener.name.ssl.ssl.client.auth": "requested",
    }
    for listener in ("sasl_plaintext", "sasl_ssl"):
        line = f'{PLAIN_MODULE} required user_{USER}="{PASSWORD}";'
        settings[f"listener.name.{listener}.plain.sasl.jaas.config"] = line
        for mechanism in ("scram-sha-256", "scram-sha-512"):
            settings[f"listener.name.{listener}.{mechanism}.sasl.jaas.config"] = f"{SCRAM_MODULE} required;"
    return settings


@pytest.fixture(scope="module")
def secured(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """Run the broker, with one user."""
    directory = tmp_path_factory.mktemp("secured")
    files = write_files(directory)
    names = ("PLAINTEXT", "SASL_PLAINTEXT", "SSL", "SASL_SSL", "CONTROLLER")
    ports = {name: find_free_port() for name in names}
    settings = make_settings(directory, files, ports)
    node: KafkaliteProcess | ApacheKafka
    if broker_choice.kind == "kafkalite":
        node = KafkaliteProcess(directory=directory / "broker", settings=settings, port=ports["PLAINTEXT"])
    else:
        version, port = broker_choice.kafka_version, ports["PLAINTEXT"]
        node = ApacheKafka(data=directory / "data", version=version, port=port, settings=settings)
    node.start()
    try:
        add_user(ports["PLAINTEXT"])
        yield Secured(ports=ports, files=files, read_log=node.read_log)
    finally:
        node.stop()


def add_user(port: int) -> None:
    """Give the user a password for both SCRAM mechanisms."""
    admin = AdminClient({"bootstrap.servers": f"127.0.0.1:{port}"})
    for mechanism in (ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512):
        info = ScramCredentialInfo(mechanism, 4096)
        upsertion = UserScramCredentialUpsertion(USER, info, PASSWORD.encode())
        admin.alter_user_scram_credentials([upsertion])[USER].result(DEADLINE_S)


class SecureClient(Protocol):
    """The operations of a library on one way in."""

    drops_last_answer: bool
    """Whether it may leave an answer unread that comes together with the end of the connection."""

    def carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        """Write VALUES, read them again, and return what was read."""
        ...

    def fail(self, secured: Secured, way: Way, topic: str) -> str:
        """Come in with a wrong password, and return what the library says."""
        ...


@contextlib.contextmanager
def logged(name: str) -> Iterator[list[str]]:
    """Yield the lines that a library logs meanwhile."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    keeper = Keeper()
    logging.getLogger(name).addHandler(keeper)
    try:
        yield lines
    finally:
        logging.getLogger(name).removeHandler(keeper)


class Confluent:
    """confluent-kafka."""

    drops_last_answer = False

    def settings(self, secured: Secured, way: Way) -> dict[str, Any]:
        """Return the settings of a way in."""
        settings = {"bootstrap.servers": secured.address(way), "security.protocol": way.protocol}
        if way.mechanism:
            settings |= {"sasl.mechanism": way.mechanism, "sasl.username": USER, "sasl.password": way.password}
        if way.has_tls:
            settings |= {"ssl.ca.location": secured.files.authority}
        if way.shows_certificate:
            settings |= {"ssl.certificate.location": secured.files.client, "ssl.key.location": secured.files.client}
        return settings

    def carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        """See SecureClient."""
        settings = self.settings(secured, way)
        producer = confluent_kafka.Producer(settings)
        for value in VALUES:
            producer.produce(topic, value)
        assert producer.flush(DEADLINE_S) == 0
        consumer = confluent_kafka.Consumer(settings | {"group.id": topic})
        consumer.assign([confluent_kafka.TopicPartition(topic, 0, 0)])
        try:
            return [message.value() or b"" for message in consumer.consume(len(VALUES), DEADLINE_S)]
        finally:
            consumer.close()

    def fail(self, secured: Secured, way: Way, topic: str) -> str:
        """See SecureClient."""
        errors: list[confluent_kafka.KafkaError] = []
        producer = confluent_kafka.Producer(self.settings(secured, way) | {"error_cb": errors.append})
        for _ in range(int(DEADLINE_S / 0.1)):
            producer.poll(0.1)
            found = [error for error in errors if error.code() == confluent_kafka.KafkaError._AUTHENTICATION]
            if found:
                return found[0].str()
        raise AssertionError(f"no failed authentication, but {errors}")


class KafkaPython:
    """kafka-python."""

    drops_last_answer = True

    def settings(self, secured: Secured, way: Way) -> dict[str, Any]:
        """Return the settings of a way in."""
        settings: dict[str, Any] = {"bootstrap_servers": secured.address(way), "security_protocol": way.protocol}
        if way.mechanism:
            settings |= {
                "sasl_mechanism": way.mechanism,
                "sasl_plain_username": USER,
                "sasl_plain_password": way.password,
            }
        if way.has_tls:
            settings |= {"ssl_cafile": secured.files.authority}
        if way.shows_certificate:
            settings |= {"ssl_certfile": secured.files.client, "ssl_keyfile": secured.files.client}
        return settings

    def carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        """See SecureClient."""
        settings = self.settings(secured, way)
        producer = kafka.KafkaProducer(**settings)
        for value in VALUES:
            producer.send(topic, value)
        producer.close(DEADLINE_S)
        consumer = kafka.KafkaConsumer(topic, **settings, auto_offset_reset="earliest")
        try:
            return [next(consumer).value for _ in VALUES]
        finally:
            consumer.close()

    def fail(self, secured: Secured, way: Way, topic: str) -> str:
        """See SecureClient."""
        with logged("kafka") as lines, pytest.raises(kafka.errors.KafkaError):
            kafka.KafkaAdminClient(**self.settings(secured, way), bootstrap_timeout_ms=int(SHORT_S * 1000))
        return "\n".join(lines)  # the error itself says no more than that there is no connection


class Aiokafka:
    """aiokafka."""

    drops_last_answer = False

    def settings(self, secured: Secured, way: Way) -> dict[str, Any]:
        """Return the settings of a way in."""
        settings: dict[str, Any] = {"bootstrap_servers": secured.address(way), "security_protocol": way.protocol}
        if way.mechanism:
            settings |= {
                "sasl_mechanism": way.mechanism,
                "sasl_plain_username": USER,
                "sasl_plain_password": way.password,
            }
        if way.has_tls:
            certificate = secured.files.client if way.shows_certificate else None
            context = create_ssl_context(cafile=secured.files.authority, certfile=certificate, keyfile=certificate)
            settings |= {"ssl_context": context}
        return settings

    def carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        """See SecureClient."""
        return asyncio.run(asyncio.wait_for(self._carry(secured, way, topic), DEADLINE_S))

    async def _carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        settings = self.settings(secured, way)
        async with AIOKafkaProducer(**settings) as producer:
            for value in VALUES:
                await producer.send_and_wait(topic, value)
        async with AIOKafkaConsumer(topic, **settings, auto_offset_reset="earliest") as consumer:
            return [(await consumer.getone()).value for _ in VALUES]

    def fail(self, secured: Secured, way: Way, topic: str) -> str:
        """See SecureClient."""

        async def come() -> None:
            async with AIOKafkaProducer(**self.settings(secured, way)):
                pass

        with logged("aiokafka") as lines, pytest.raises(KafkaConnectionError):
            asyncio.run(asyncio.wait_for(come(), DEADLINE_S))
        return "\n".join(lines)


@dataclass
class Java:
    """Kafka's own client reads what another one wrote, as a member of a group."""

    drops_last_answer = False
    _workers: list[Any] = field(default_factory=list)

    def settings(self, secured: Secured, way: Way) -> dict[str, str]:
        """Return the settings of a way in."""
        settings = {"bootstrap.servers": secured.address(way), "security.protocol": way.protocol}
        if way.mechanism:
            module = PLAIN_MODULE if way.mechanism == "PLAIN" else SCRAM_MODULE
            line = f'{module} required username="{USER}" password="{way.password}";'
            settings |= {"sasl.mechanism": way.mechanism, "sasl.jaas.config": line}
        if way.has_tls:
            settings |= {"ssl.truststore.type": "PEM", "ssl.truststore.location": secured.files.authority}
        if way.shows_certificate:
            settings |= {
                "listener.name.sasl_ssl.ssl.keystore.type": "PEM",
                "listener.name.sasl_ssl.ssl.keystore.location": secured.files.client,
            }
        return settings

    def open(self, secured: Secured, way: Way, topic: str) -> Callable[[], list[bytes]]:
        """Begin to read a topic; the function that is returned reads on."""
        from compat_tests.clients.java_worker import java_worker
        from compat_tests.clients.remote_worker import decode

        if not self._workers:
            try:
                self._workers.append(java_worker("4.3.1")("127.0.0.1:1"))
            except ClientMissing as error:
                if os.environ.get("CI") == "true":
                    pytest.fail(f"in CI every client must be there: {error}")
                pytest.skip(str(error))
        worker = self._workers[0]
        configs = self.settings(secured, way) | {"group.id": f"java-{topic}"}  # who wrote has committed in its own
        target = worker.open("member", group_id=configs["group.id"], topic=topic, configs=configs)

        def read_on() -> list[bytes]:
            return [decode(value) or b"" for _, _, value in worker.call(target, "step", timeout_ms=200)["read"]]

        return read_on

    def carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        """See SecureClient."""
        Confluent().carry(secured, Way(protocol="PLAINTEXT"), topic)
        read_on = self.open(secured, way, topic)
        values: list[bytes] = []
        for _ in range(int(DEADLINE_S / 0.2)):
            values += read_on()
            if len(values) >= len(VALUES):
                break
        return values

    def fail(self, secured: Secured, way: Way, topic: str) -> str:
        """See SecureClient."""
        read_on = self.open(secured, way, topic)
        try:
            for _ in range(int(DEADLINE_S / 0.2)):
                read_on()
        except ClientError as error:
            return str(error)
        raise AssertionError("it came in")

    def close(self) -> None:
        """End the JVM."""
        for worker in self._workers:
            worker.close()


class Commands:
    """The commands of kafkalite, which read the properties of Kafka's own tools."""

    drops_last_answer = False

    def run(self, secured: Secured, way: Way, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run one command; what it prints is in the answer."""
        settings = Java().settings(secured, way)
        if way.shows_certificate:
            settings |= {"ssl.keystore.type": "PEM", "ssl.keystore.location": secured.files.client}
        with tempfile.NamedTemporaryFile("w", suffix=".properties") as file:
            file.writelines(f"{name}={value}\n" for name, value in settings.items())
            file.flush()
            command = [sys.executable, "-m", "kafkalite", *arguments, "--command-config", file.name]
            return subprocess.run(command, input=text, capture_output=True, timeout=DEADLINE_S, check=False)

    def carry(self, secured: Secured, way: Way, topic: str) -> list[bytes]:
        """See SecureClient."""
        written = self.run(secured, way, "produce", topic, text=b"\n".join(VALUES))
        assert written.returncode == 0, written.stderr
        found = self.run(secured, way, "consume", topic, "--count", str(len(VALUES)))
        return found.stdout.splitlines()

    def fail(self, secured: Secured, way: Way, topic: str) -> str:
        """See SecureClient."""
        refused = self.run(secured, way, "topic", "list")
        assert refused.returncode == 1
        return refused.stderr.decode()


@pytest.fixture(
    scope="module",
    params=[Confluent, KafkaPython, Aiokafka, Java, Commands],
    ids=lambda made: made.__name__.lower(),
)
def client(request: pytest.FixtureRequest) -> Iterator[SecureClient]:
    """Return one library after the other."""
    made = request.param()
    yield made
    if isinstance(made, Java):
        made.close()


@pytest.mark.timeout(200)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_records_come_through(secured: Secured, client: SecureClient, way: Way, topic_name: Callable[[], str]) -> None:
    """Written records come back, on every way in."""
    assert client.carry(secured, way, topic_name()) == VALUES


@pytest.mark.timeout(200)
@pytest.mark.parametrize("way", WRONG_WAYS, ids=str)
def test_a_wrong_password_is_told(
    secured: Secured, client: SecureClient, way: Way, topic_name: Callable[[], str]
) -> None:
    """The client names what is wrong; it does not wait for nothing."""
    words = client.fail(secured, way, topic_name()).lower()
    assert "authentication failed" in words or client.drops_last_answer, words


@pytest.mark.parametrize(
    ("spoken", "port", "words"),
    [
        ("PLAINTEXT", "SSL", "the listener speaks TLS: security.protocol is PLAINTEXT, it must be SSL or SASL_SSL"),
        ("SASL_PLAINTEXT", "SASL_SSL", "the listener speaks TLS: security.protocol is SASL_PLAINTEXT"),
        ("SSL", "PLAINTEXT", "the listener does not speak TLS: security.protocol is SSL, it must be PLAINTEXT or"),
        ("PLAINTEXT", "SASL_PLAINTEXT", "the listener wants SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512)"),
        ("SSL", "SASL_SSL", "the listener wants SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512)"),
        ("SASL_PLAINTEXT", "PLAINTEXT", "the listener has none, so security.protocol must be PLAINTEXT or SSL"),
    ],
)
def test_commands_say_which_security_a_listener_has(secured: Secured, spoken: str, port: str, words: str) -> None:
    """A client that has chosen the wrong one learns the right one."""
    way = Way(protocol=spoken, mechanism="PLAIN" if spoken.startswith("SASL") else "")
    refused = Commands().run(replace(secured, ports={spoken: secured.ports[port]}), way, "topic", "list")
    assert refused.returncode == 1
    assert words in refused.stderr.decode()


def test_no_password_is_in_the_log(secured: Secured) -> None:
    """Whatever happened before."""
    log = secured.read_log()
    assert PASSWORD not in log
    assert STORE_PASSWORD not in log
