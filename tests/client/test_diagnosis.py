"""What a client learns of a listener with another security than its own."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from compat_tests.oracle.apache_kafka import find_free_port
from kafkalite.client.addresses import Address
from kafkalite.client.client import Client
from kafkalite.client.config import client_config
from kafkalite.client.errors import AuthenticationFailed, ClientError, ConnectionFailed, Disconnected
from tests.certificates import PASSWORD, Files, authority, server, trust_store, write_files
from tests.client.scripted_broker import client_of, refuse_all, scripted
from tests.running_server import running_server

NAMES = ("PLAINTEXT", "SASL_PLAINTEXT", "SSL", "SASL_SSL")
MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the certificates, and put a trust store in PKCS12 beside them."""
    directory = tmp_path_factory.mktemp("certificates")
    (directory / "trust.p12").write_bytes(trust_store(authority()))
    (directory / "other.pem").write_text(server().certificate_pem)
    return write_files(directory)


@pytest.fixture(scope="module")
def ports(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """Run a server with four listeners; return their ports by security protocol."""
    found = {name: find_free_port() for name in NAMES}
    settings = {
        "listeners": ",".join(f"{name}://127.0.0.1:{port}" for name, port in found.items()),
        "sasl.enabled.mechanisms": "PLAIN",
        "sasl.jaas.config": f'{MODULE} required user_alice="s3cret";',
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": files.server,
    }
    arguments = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
    with running_server(tmp_path_factory.mktemp("server"), *arguments) as (_, port):
        yield found | {"PLAINTEXT": port}  # the first listener takes --port


def connect(port: int, files: Files, protocol: str, **changes: str) -> Client:
    values = {
        "security.protocol": protocol,
        "sasl.mechanism": "PLAIN",
        "sasl.jaas.config": f'{MODULE} required username="alice" password="s3cret";',
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": files.authority,
    }
    changes = {name.replace("_", "."): value for name, value in changes.items()}
    return Client(client_config(f"127.0.0.1:{port}", values | changes))


@pytest.mark.parametrize("protocol", NAMES)
def test_the_right_protocol(ports: dict[str, int], files: Files, protocol: str) -> None:
    with connect(ports[protocol], files, protocol) as client:
        broker = client.brokers()[1]
        assert broker.address == Address("127.0.0.1", ports[protocol])


def test_trust_stores_in_pkcs12(ports: dict[str, int], files: Files) -> None:
    store = str(pathlib.Path(files.authority).with_name("trust.p12"))
    changes = {"ssl_truststore_type": "PKCS12", "ssl_truststore_location": store, "ssl_truststore_password": PASSWORD}
    with connect(ports["SSL"], files, "SSL", **changes) as client:
        assert client.brokers()


@pytest.mark.parametrize(
    ("spoken", "listener", "kind", "words"),
    [
        ("PLAINTEXT", "SSL", ConnectionFailed, "the listener speaks TLS: security.protocol is PLAINTEXT"),
        ("PLAINTEXT", "SASL_PLAINTEXT", ConnectionFailed, "the listener wants SASL (PLAIN): security.protocol is"),
        ("SSL", "SASL_SSL", ConnectionFailed, "it must be SASL_SSL"),
        ("SSL", "PLAINTEXT", ConnectionFailed, "the listener does not speak TLS: security.protocol is SSL"),
        ("SASL_SSL", "SASL_PLAINTEXT", ConnectionFailed, "does not speak TLS: security.protocol is SASL_SSL, it must"),
        ("SASL_PLAINTEXT", "SASL_SSL", ConnectionFailed, "it must be SASL_SSL"),
        ("SASL_PLAINTEXT", "PLAINTEXT", AuthenticationFailed, "so security.protocol must be PLAINTEXT or SSL"),
        ("SASL_SSL", "SSL", AuthenticationFailed, "the listener has none"),
    ],
)
def test_the_wrong_protocol(
    ports: dict[str, int], files: Files, spoken: str, listener: str, kind: type[ClientError], words: str
) -> None:
    with connect(ports[listener], files, spoken) as client, pytest.raises(kind) as raised:
        client.metadata([])
    assert words in str(raised.value)
    assert f"127.0.0.1:{ports[listener]}" in str(raised.value)


def test_a_wrong_password(ports: dict[str, int], files: Files) -> None:
    changes = {"sasl_jaas_config": f'{MODULE} required username="alice" password="wrong";'}
    client = connect(ports["SASL_PLAINTEXT"], files, "SASL_PLAINTEXT", **changes)
    with client, pytest.raises(AuthenticationFailed, match=r"user alice: .*Invalid username or password"):
        client.metadata([])


def test_a_certificate_that_is_not_trusted(ports: dict[str, int], files: Files) -> None:
    other = str(pathlib.Path(files.authority).with_name("other.pem"))
    client = connect(ports["SSL"], files, "SSL", ssl_truststore_location=other)
    with client, pytest.raises(ConnectionFailed, match=r"the broker's certificate is not trusted: .*ssl\.truststore"):
        client.metadata([])


def test_a_broker_that_only_closes_is_no_riddle_for_ever() -> None:
    with (
        scripted(refuse_all, is_all=True) as broker,
        client_of(broker) as (client, _),
        pytest.raises(Disconnected, match="closed the connection instead of answering ApiVersions"),
    ):
        client.metadata([])
    assert broker.count("ApiVersions") == 2  # of the client, and of the probe for SASL
