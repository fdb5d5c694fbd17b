"""Clusters as a client meets them: advertised addresses, credentials, clocks, releases."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from kafkalite.cli.diagnosis.broker import check_broker, check_cluster, describe_release, judge_clock, with_advice
from kafkalite.cli.diagnosis.finding import Finding, problem
from kafkalite.cli.diagnosis.probe import Listening
from kafkalite.client.addresses import Address
from kafkalite.client.cluster import Cluster, ClusterBroker
from kafkalite.client.config import ClientConfig, client_config
from kafkalite.protocol.releases import ADVERTISED
from kafkalite.server import Server
from kafkalite.system.clock import SystemClock
from tests.certificates import Files, write_files
from tests.threaded_server import PASSWORD, bootstrap_of, secured, threaded_server

JAAS = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="{password}";'


def read_clock_ms() -> int:
    return SystemClock().now_ms()


def findings_of(bootstrap: str, properties: dict[str, str] | None = None) -> list[Finding]:
    return check_cluster(client_config(bootstrap, properties), read_clock_ms)


def problems(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == "problem"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Certificates."""
    return write_files(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def server(files: Files) -> Iterator[Server]:
    """A server with a listener of each kind."""
    with threaded_server(secured(files)) as running:
        yield running


def login(mechanism: str = "PLAIN", password: str = PASSWORD) -> dict[str, str]:
    return {
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": mechanism,
        "sasl.jaas.config": JAAS.format(password=password),
    }


def trusting(files: Files, protocol: str = "SSL") -> dict[str, str]:
    return {
        "security.protocol": protocol,
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": files.authority,
    }


def test_all_is_well(server: Server) -> None:
    findings = findings_of(bootstrap_of(server))
    assert {finding.level for finding in findings} == {"ok"}
    assert [finding.check for finding in findings] == [
        "address",
        "security",
        "version",
        "cluster",
        "clock",
        "address",
        "security",
    ]


def test_tls_and_sasl_that_fit(server: Server, files: Files) -> None:
    for listener, properties in (
        ("TLS", trusting(files)),
        ("LOGIN", login()),
        ("BOTH", login() | trusting(files, "SASL_SSL")),
        (
            "MUTUAL",
            trusting(files) | {"ssl.keystore.type": "PEM", "ssl.keystore.location": files.client},
        ),
    ):
        findings = findings_of(bootstrap_of(server, listener), properties)
        assert problems(findings) == [], listener
    assert any("user alice is accepted" in one.text for one in findings_of(bootstrap_of(server, "LOGIN"), login()))


@pytest.mark.parametrize(("listener", "actual"), [("TLS", "SSL"), ("LOGIN", "SASL_PLAINTEXT"), ("BOTH", "SASL_SSL")])
def test_a_plain_client_at_the_wrong_listener(server: Server, listener: str, actual: str) -> None:
    [finding] = problems(findings_of(bootstrap_of(server, listener)))
    assert finding.text.endswith(f" speaks {actual}, and this client is set to PLAINTEXT")
    assert f"security.protocol={actual}" in str(finding.advice)


def test_wrong_password_wrong_mechanism_unknown_authority(server: Server, tmp_path: pathlib.Path) -> None:
    [finding] = problems(findings_of(bootstrap_of(server, "LOGIN"), login(password="wrong")))
    assert "refuses the user alice" in finding.text
    assert "sasl.jaas.config" in str(finding.advice)
    [finding] = problems(findings_of(bootstrap_of(server, "LOGIN"), login("SCRAM-SHA-512")))
    assert finding.text.endswith("does not serve SCRAM-SHA-512, only PLAIN, SCRAM-SHA-256")
    [finding] = problems(findings_of(bootstrap_of(server, "TLS"), {"security.protocol": "SSL"}))
    assert "certificate is not trusted" in finding.text
    assert "ssl.truststore" in str(finding.advice)


def test_an_advertised_name_that_cannot_be_resolved() -> None:
    with threaded_server({"advertised.listeners": "PLAINTEXT://kafka.invalid:9092"}) as server:
        [finding] = problems(findings_of(bootstrap_of(server)))
    assert finding.text == ("broker 1 (advertised as kafka.invalid:9092): the name kafka.invalid cannot be resolved")
    assert "KAFKA_ADVERTISED_LISTENERS=" in str(finding.advice)


def test_an_advertised_address_of_another_cluster(server: Server) -> None:
    with threaded_server({"advertised.listeners": f"PLAINTEXT://{bootstrap_of(server)}"}) as other:
        [finding] = problems(findings_of(bootstrap_of(other)))
    assert f"(advertised as {bootstrap_of(server)}): there answers cluster " in finding.text


def test_one_bootstrap_address_of_two(server: Server) -> None:
    findings = findings_of(f"nosuchhost.invalid:1,{bootstrap_of(server)}")
    assert [finding.text for finding in problems(findings)] == [
        "bootstrap nosuchhost.invalid:1: the name nosuchhost.invalid cannot be resolved"
    ]
    assert any(finding.check == "cluster" for finding in findings)


REMOTE = ClientConfig(bootstrap=(Address("192.0.2.1", 9092),))
LOCAL = ClientConfig(bootstrap=(Address("localhost", 9092),))


def test_a_remote_broker_that_calls_itself_localhost() -> None:
    refused = problem("address", "it is refused", "start it")
    finding = with_advice(refused, Address("localhost", 9092), REMOTE)
    assert finding.text == "it is refused; localhost is this machine for every client, and the broker is elsewhere"
    assert with_advice(refused, Address("localhost", 9092), LOCAL).text == "it is refused"
    fine = Finding("ok", "address", "fine")
    assert with_advice(fine, Address("localhost", 9092), REMOTE) == fine


def test_a_fenced_broker_is_not_asked() -> None:
    broker = ClusterBroker(2, Address("nosuchhost.invalid", 1), None, is_fenced=True)
    [finding] = check_broker(broker, Cluster("id", 1, [broker]), LOCAL)
    assert (finding.level, finding.text) == ("warning", "broker 2 is fenced: it is down or starting")


@pytest.mark.parametrize(
    ("time_ms", "level", "words"),
    [
        (100_500, "ok", "agree"),
        (105_900, "ok", "agree"),
        (110_000, "warning", "9.0 s behind the controller's"),
        (90_000, "warning", "10.0 s ahead of the controller's"),
    ],
)
def test_clocks(time_ms: int, level: str, words: str) -> None:
    finding = judge_clock(time_ms, 100_000, 101_000)
    assert (finding.level, words in finding.text) == (level, True), finding


def test_releases() -> None:
    address = Address("h", 1)
    [finding] = describe_release(address, Listening("kafka", versions=ADVERTISED["3.9"]))
    assert finding.text == "the broker at h:1 serves the versions of Kafka 3.9"
    [finding] = describe_release(address, Listening("kafka", versions={18: (0, 1)}))
    assert finding.level == "note"
    assert describe_release(address, Listening("kafka", has_tls=True, needs_certificate=True)) == []
