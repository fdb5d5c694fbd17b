"""Addresses as a client meets them, and listeners that do not fit its configuration."""

from __future__ import annotations

import socket

import pytest

from kafkalite.cli.diagnosis import addresses
from kafkalite.cli.diagnosis.addresses import check_address, judge_security, reach
from kafkalite.cli.diagnosis.probe import Listening
from kafkalite.client.addresses import Address
from kafkalite.client.config import ClientConfig, SaslOptions, TlsOptions
from kafkalite.settings.security import StoreSettings
from tests.threaded_server import bootstrap_of, threaded_server

PLAIN = ClientConfig(bootstrap=(Address("127.0.0.1", 9092),))
LOGIN = PLAIN._replace(sasl=SaslOptions("PLAIN", "alice", "secret"))
TLS = PLAIN._replace(tls=TlsOptions())
KEYS = StoreSettings("PEM", "client.pem", None, None, None, None, "ssl.keystore.location")


def test_a_broker_that_fits() -> None:
    with threaded_server() as server:
        host, port = bootstrap_of(server).split(":")
        findings, listening = check_address(Address(host, int(port)), PLAIN, "it")
    assert [finding.level for finding in findings] == ["ok", "ok"]
    assert findings[0].text.startswith("it accepts connections (127.0.0.1, ")
    assert listening is not None
    assert listening.security_protocol == "PLAINTEXT"


def test_a_name_that_cannot_be_resolved() -> None:
    [finding], listening = check_address(Address("nosuchhost.invalid", 9092), PLAIN, "it")
    assert (finding.level, finding.text) == ("problem", "it: the name nosuchhost.invalid cannot be resolved")
    assert listening is None


def test_nothing_listens() -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        [finding], listening = check_address(Address(*bound_only.getsockname()), PLAIN, "it")
    assert (finding.level, finding.text) == (
        "problem",
        "it does not accept connections (127.0.0.1: connection refused)",
    )
    assert finding.advice is not None
    assert finding.advice.startswith("start the server")
    assert listening is None


def test_a_network_that_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(address: object, timeout: float) -> None:
        raise TimeoutError

    monkeypatch.setattr(addresses.socket, "create_connection", time_out)
    [finding], _ = check_address(Address("127.0.0.1", 9092), PLAIN, "it")
    assert finding.text == "it does not accept connections (127.0.0.1: no answer within 3 s)"
    assert finding.advice is not None
    assert finding.advice.startswith("check network, firewall and port mapping")


def test_the_first_address_of_a_name_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        reached, refusals = reach(["127.0.0.2", "127.0.0.1"], port)
    assert reached is not None
    assert reached.resolved == ("127.0.0.1", port)
    assert refusals == [("127.0.0.2", "connection refused")]
    finding = addresses.describe_reached("it", reached)
    assert finding.level == "note"
    assert finding.text.endswith("after others of its name failed (127.0.0.2: connection refused)")


@pytest.mark.parametrize(
    ("listening", "config", "level", "words"),
    [
        (Listening("kafka"), PLAIN, "ok", "speaks PLAINTEXT, as this client is set to"),
        (Listening("kafka", has_tls=True), PLAIN, "problem", "speaks SSL, and this client is set to PLAINTEXT"),
        (Listening("kafka"), TLS, "problem", "speaks PLAINTEXT, and this client is set to SSL"),
        (Listening("kafka", mechanisms=("PLAIN",)), PLAIN, "problem", "speaks SASL_PLAINTEXT, and this client"),
        (Listening("kafka", mechanisms=("PLAIN",)), LOGIN, "ok", "speaks SASL_PLAINTEXT, as this client is set to"),
        (
            Listening("kafka", mechanisms=("SCRAM-SHA-512",)),
            LOGIN,
            "problem",
            "does not serve PLAIN, only SCRAM-SHA-512",
        ),
        (Listening("kafka", has_tls=True, mechanisms=()), LOGIN, "problem", "speaks SASL_SSL, and this client"),
        (Listening("kafka", has_tls=True, needs_certificate=True), TLS, "problem", "demands a client certificate"),
        (
            Listening("kafka", has_tls=True, needs_certificate=True),
            PLAIN._replace(tls=TlsOptions(keys=KEYS)),
            "ok",
            "demands a client certificate, which this client has",
        ),
        (Listening("silent"), PLAIN, "problem", "accepts connections and does not answer"),
        (Listening("closed"), PLAIN, "problem", "accepts connections and closes them at once"),
        (Listening("other", detail="HTTP"), PLAIN, "problem", "does not speak Kafka's protocol (HTTP)"),
        (Listening("other", has_tls=True), PLAIN, "problem", "protocol over TLS (unknown protocol)"),
    ],
)
def test_security_that_fits_and_that_does_not(
    listening: Listening, config: ClientConfig, level: str, words: str
) -> None:
    finding = judge_security("it", listening, config)
    assert (finding.level, words in finding.text) == (level, True), finding
    assert (finding.advice is None) == (level == "ok")


def test_the_advice_names_the_mechanisms() -> None:
    finding = judge_security("it", Listening("kafka", mechanisms=("PLAIN", "SCRAM-SHA-256")), PLAIN)
    assert finding.advice == (
        "put security.protocol=SASL_PLAINTEXT into the file after --command-config, with sasl.jaas.config and "
        "sasl.mechanism (served: PLAIN, SCRAM-SHA-256)"
    )
