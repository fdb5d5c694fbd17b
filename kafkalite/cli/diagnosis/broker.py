"""Checks of a running cluster from the view of a client on this machine: the bootstrap address and every broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cli.diagnosis.addresses import check_address
from kafkalite.cli.diagnosis.environment import format_time
from kafkalite.cli.diagnosis.finding import Finding, note, ok, problem, warning
from kafkalite.cli.diagnosis.names import is_loopback
from kafkalite.client.client import Client
from kafkalite.client.cluster import Cluster, ClusterBroker, describe_cluster, find_quorum_leader, find_release
from kafkalite.client.errors import AuthenticationFailed, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.cli.diagnosis.probe import Listening
    from kafkalite.client.addresses import Address
    from kafkalite.client.config import ClientConfig

CLOCK_TOLERANCE_MS = 5_000
"""Difference of clocks above which there is a warning."""

ADVERTISED_ADVICE = (
    "set advertised.listeners on the broker to an address that this machine reaches, for example "
    "KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://localhost:9092"
)


def check_cluster(config: ClientConfig, read_clock_ms: Callable[[], int]) -> list[Finding]:
    """Return the findings about the bootstrap addresses and every broker of the cluster.

    Args:
        read_clock_ms: this machine's clock, in ms since 1970.
    """
    findings = []
    usable: list[Address] = []
    for address in config.bootstrap:
        found, listening = check_address(address, config, f"bootstrap {address}")
        findings += found
        if listening is not None:
            usable.append(address)
            findings += describe_release(address, listening)
    if usable:
        findings += check_brokers(config._replace(bootstrap=tuple(usable)), read_clock_ms)
    return findings


def describe_release(address: Address, listening: Listening) -> list[Finding]:
    """Return the Kafka release that a broker resembles, by the versions it serves; nothing if it shows none."""
    if not listening.versions:
        return []
    release = find_release(listening.versions)
    if release is None:
        return [note("version", f"the broker at {address} serves fewer versions than Kafka 2.8")]
    return [ok("version", f"the broker at {address} serves the versions of Kafka {release}")]


def check_brokers(config: ClientConfig, read_clock_ms: Callable[[], int]) -> list[Finding]:
    """Return whether the credentials are accepted, the brokers can be reached, and the clocks agree."""
    try:
        with Client(config) as client:
            cluster = describe_cluster(client)
            findings = [describe_login(config, cluster)]
            findings += check_clock(client, read_clock_ms)
    except ClientError as fault:
        return [explain_failure(config, fault)]
    for broker in cluster.brokers:
        findings += check_broker(broker, cluster, config)
    if not cluster.brokers:
        findings.append(problem("cluster", "the cluster has no broker", "see the log of the server"))
    return findings


def describe_login(config: ClientConfig, cluster: Cluster) -> Finding:
    """Return the finding that the cluster answers, and to which user."""
    user = f"user {config.sasl.user} is accepted and " if config.sasl is not None else ""
    return ok("cluster", f"{user}cluster {cluster.cluster_id} has {len(cluster.brokers)} broker(s)")


def explain_failure(config: ClientConfig, fault: ClientError) -> Finding:
    """Return the finding why a client with this configuration gets no answer from a listener that answers the probe."""
    if isinstance(fault, AuthenticationFailed):
        advice = "correct sasl.jaas.config; kafkalite user list shows the SCRAM users (ask over another listener)"
        return problem("security", str(fault), advice)
    if config.tls is not None:
        advice = "check ssl.truststore.*, ssl.keystore.* and the host names in the broker's certificate"
        return problem("security", str(fault), advice)
    return problem("cluster", str(fault), "see the log of the server")


def check_clock(client: Client, read_clock_ms: Callable[[], int]) -> list[Finding]:
    """Return the finding whether the controller's clock and this one agree; nothing if it does not show the time."""
    before_ms = read_clock_ms()
    try:
        leader = find_quorum_leader(client)
    except ClientError:  # not authorized; the clock is not worth a failure
        return []
    after_ms = read_clock_ms()
    return [] if leader is None or leader.time_ms is None else [judge_clock(leader.time_ms, before_ms, after_ms)]


def judge_clock(time_ms: int, before_ms: int, after_ms: int) -> Finding:
    """Return whether a time that was read elsewhere between two times of this clock agrees with it."""
    ahead_ms = max(before_ms - time_ms, 0) - max(time_ms - after_ms, 0)
    if abs(ahead_ms) <= CLOCK_TOLERANCE_MS:
        return ok("clock", "the clocks of the controller and of this machine agree")
    direction = "ahead of" if ahead_ms > 0 else "behind"
    text = f"this machine's clock is {abs(ahead_ms) / 1000:.1f} s {direction} the controller's ({format_time(time_ms)})"
    return warning("clock", text, "synchronise both (NTP): timestamps, retention and certificates depend on them")


def check_broker(broker: ClusterBroker, cluster: Cluster, config: ClientConfig) -> list[Finding]:
    """Return the findings whether a client on this machine reaches a broker by its advertised address."""
    if broker.is_fenced:
        return [
            warning("address", f"broker {broker.id} is fenced: it is down or starting", "see the log of the broker")
        ]
    address = broker.address
    subject = f"broker {broker.id} (advertised as {address})"
    findings, listening = check_address(address, config, subject)
    if listening is None:
        return [with_advice(finding, address, config) for finding in findings]
    return findings + check_identity(subject, address, cluster, config)


def with_advice(finding: Finding, address: Address, config: ClientConfig) -> Finding:
    """Return the finding, with advice added if it is a problem with an advertised address."""
    if finding.level != "problem":
        return finding
    is_remote = not any(is_loopback(one.host) for one in config.bootstrap)
    if is_remote and is_loopback(address.host):
        text = f"{finding.text}; {address.host} is this machine for every client, and the broker is elsewhere"
        return finding._replace(text=text, advice=ADVERTISED_ADVICE)
    return finding._replace(advice=ADVERTISED_ADVICE)


def check_identity(subject: str, address: Address, cluster: Cluster, config: ClientConfig) -> list[Finding]:
    """Return a problem if another cluster answers at an advertised address, else nothing."""
    try:
        with Client(config._replace(bootstrap=(address,))) as client:
            found = describe_cluster(client)
    except ClientError as fault:
        return [explain_failure(config, fault)]
    if found.cluster_id == cluster.cluster_id:
        return []
    text = f"{subject}: there answers cluster {found.cluster_id}, not {cluster.cluster_id}"
    return [problem("address", text, ADVERTISED_ADVICE)]
