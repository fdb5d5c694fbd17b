"""Checks of addresses from the view of a client on this machine: resolution, connection, protocol, security."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.cli.diagnosis.finding import Finding, note, ok, problem
from kafkalite.cli.diagnosis.names import resolve
from kafkalite.cli.diagnosis.probe import CONNECT_TIMEOUT_S, Listening, probe
from kafkalite.client.addresses import Address

if TYPE_CHECKING:
    from kafkalite.client.config import ClientConfig

MAX_ADDRESSES = 4
"""Maximum number of addresses of one name that are tried."""


class Reached(NamedTuple):
    """An address that accepts connections.

    Attributes:
        resolved: the IP address and port that accepted.
        refusals: (IP address, reason) of those that failed before it.
        connect_ms: the time that the connection took, in ms.
    """

    resolved: tuple[str, int]
    refusals: list[tuple[str, str]]
    connect_ms: float


def check_address(address: Address, config: ClientConfig, subject: str) -> tuple[list[Finding], Listening | None]:
    """Return the findings about one address, and its listener if it is Kafka with matching security.

    ``subject`` names the address for a person ("bootstrap 10.0.0.5:9092", "broker 1 (advertised as kafka:9092)").
    """
    found = resolve(address.host)
    if not found:
        advice = "correct the name, or make it known to this machine (DNS, hosts file)"
        return [problem("address", f"{subject}: the name {address.host} cannot be resolved", advice)], None
    reached, refusals = reach(found, address.port)
    if reached is None:
        return [explain_unreachable(subject, refusals)], None
    findings = [describe_reached(subject, reached)]
    try:
        listening = probe(reached.resolved)
    except OSError as fault:
        advice = "see the log of the server: it accepted one connection and refused the next"
        return [problem("address", f"{subject}: {fault.strerror or fault}", advice)], None
    finding = judge_security(subject, listening, config)
    usable = listening if listening.kind == "kafka" and finding.level != "problem" else None
    return [*findings, finding], usable


def reach(hosts: list[str], port: int) -> tuple[Reached | None, list[tuple[str, str]]]:
    """Connect to the first address that accepts; return it, None if none does, and the refusals before."""
    refusals = []
    for host in hosts[:MAX_ADDRESSES]:
        started = time.perf_counter()
        try:
            socket.create_connection((host, port), CONNECT_TIMEOUT_S).close()
        except TimeoutError:
            refusals.append((host, f"no answer within {CONNECT_TIMEOUT_S:g} s"))
        except OSError as fault:
            refusals.append((host, (fault.strerror or str(fault)).lower()))
        else:
            return Reached((host, port), refusals, (time.perf_counter() - started) * 1000), refusals
    return None, refusals


def explain_unreachable(subject: str, refusals: list[tuple[str, str]]) -> Finding:
    """Return the finding that no address accepts a connection, with advice."""
    reasons = "; ".join(f"{host}: {reason}" for host, reason in refusals)
    if any("refused" in reason for _, reason in refusals):
        advice = "start the server (kafkalite), or correct the port; in a container it must listen on 0.0.0.0"
    else:
        advice = "check network, firewall and port mapping between this machine and the server"
    return problem("address", f"{subject} does not accept connections ({reasons})", advice)


def describe_reached(subject: str, reached: Reached) -> Finding:
    """Return the finding that an address accepts connections, with the addresses of its name that do not."""
    text = f"{subject} accepts connections ({reached.resolved[0]}, {reached.connect_ms:.1f} ms)"
    if not reached.refusals:
        return ok("address", text)
    reasons = "; ".join(f"{host}: {reason}" for host, reason in reached.refusals)
    advice = f"clients that try only the first address fail: use {reached.resolved[0]} or let the server listen on both"
    return note("address", f"{text}, after others of its name failed ({reasons})", advice)


def judge_security(subject: str, listening: Listening, config: ClientConfig) -> Finding:
    """Return the finding whether the security of a listener and that of the client's configuration match."""
    if listening.kind != "kafka":
        return explain_stranger(subject, listening)
    wanted = config.security_protocol
    if listening.needs_certificate:
        return judge_client_certificate(subject, config)
    actual = listening.security_protocol
    if actual != wanted:
        advice = f"put security.protocol={actual} into the file after --command-config"
        if listening.mechanisms is not None and config.sasl is None:
            advice += f", with sasl.jaas.config and sasl.mechanism (served: {', '.join(listening.mechanisms)})"
        return problem("security", f"{subject} speaks {actual}, and this client is set to {wanted}", advice)
    if listening.mechanisms is not None and config.sasl is not None:
        mechanism = config.sasl.mechanism
        if mechanism not in listening.mechanisms:
            served = ", ".join(listening.mechanisms)
            advice = f"set sasl.mechanism to one of {served}, or enable {mechanism} on the listener"
            return problem("security", f"{subject} does not serve {mechanism}, only {served}", advice)
    return ok("security", f"{subject} speaks {actual}, as this client is set to")


def judge_client_certificate(subject: str, config: ClientConfig) -> Finding:
    """Return the finding whether the client has a certificate for a listener that requires one."""
    if config.tls is not None and config.tls.keys is not None:
        return ok("security", f"{subject} speaks TLS and demands a client certificate, which this client has")
    advice = "put security.protocol=SSL (or SASL_SSL) and ssl.keystore.location into the file after --command-config"
    return problem("security", f"{subject} speaks TLS and demands a client certificate", advice)


def explain_stranger(subject: str, listening: Listening) -> Finding:
    """Return a description of the server that answers instead of a Kafka broker."""
    if listening.kind == "silent":
        text = "accepts connections and does not answer"
        advice = "check that it is a broker; one that hangs or is still starting shows it in its log"
    elif listening.kind == "closed":
        text = "accepts connections and closes them at once"
        advice = "check port mapping and proxies: without a running server they behave like this"
    else:
        transport = " over TLS" if listening.has_tls else ""
        text = f"does not speak Kafka's protocol{transport} ({listening.detail or 'unknown protocol'})"
        advice = "use the port of a Kafka listener; brokers have other ports for HTTP and for their controllers"
    return problem("security", f"{subject} {text}", advice)
