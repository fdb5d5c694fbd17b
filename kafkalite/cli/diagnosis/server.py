"""Checks of a start of ``kafkalite serve`` on this machine: properties, ports and advertised addresses."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from kafkalite.cli.diagnosis.finding import Finding, note, ok, problem, warning
from kafkalite.cli.diagnosis.names import is_loopback, resolve
from kafkalite.cli.diagnosis.probe import CONNECT_TIMEOUT_S, Listening, probe
from kafkalite.cli.port_owner import find_owner
from kafkalite.settings import ConfigError
from kafkalite.settings.listeners import ALL_INTERFACES
from kafkalite.settings.security import sasl_settings, tls_settings
from kafkalite.transport.binding import bind_listener
from kafkalite.transport.tls_context import create_tls_context

if TYPE_CHECKING:
    from kafkalite.client.addresses import Address
    from kafkalite.settings import Listener, Settings


def check_server(settings: Settings) -> list[Finding]:
    """Return the findings about the properties, ports and advertised addresses of a server."""
    findings = check_properties(settings)
    try:
        listeners, advertised = settings.listeners, settings.advertised_listeners
    except ConfigError as fault:
        return [*findings, problem("settings", str(fault), "correct the property, then run this command again")]
    for listener in listeners:
        findings += [check_port(listener), *check_listener_security(settings, listener)]
    for listener in advertised:
        findings += check_advertised(listener, listeners)
    return findings


def check_properties(settings: Settings) -> list[Finding]:
    """Return findings on whether the properties can be used: unknown names, and features that a start refuses."""
    findings = []
    if settings.unknown:
        names = ", ".join(settings.unknown)
        advice = "check the spelling; kafkalite config explain NAME proposes similar names"
        findings.append(warning("settings", f"Kafka 4.4 has no property named {names}; it is ignored", advice))
    try:
        settings.check_security()
    except ConfigError as fault:
        findings.append(problem("settings", str(fault), "remove the property"))
    if not findings:
        count = len(settings.explicit)
        set_here = f"{count} propert{'y is' if count == 1 else 'ies are'} set here" if count else "no property is set"
        findings.append(ok("settings", f"{set_here}; the rest are defaults of profile {settings.profile}"))
    return findings


def check_listener_security(settings: Settings, listener: Listener) -> list[Finding]:
    """Return findings on the keys, mechanisms and users that a listener's security protocol needs; none for PLAINTEXT.

    Key stores are opened, as at a start.
    """
    if not (listener.has_tls or listener.has_sasl):
        return []
    try:
        mechanisms = sasl_settings(settings, listener.name).mechanisms if listener.has_sasl else ()
        if listener.has_tls:
            create_tls_context(tls_settings(settings, listener.name, has_sasl=listener.has_sasl))
    except ConfigError as fault:
        advice = f"correct the property, or give {listener.name} another protocol: listener.security.protocol.map"
        return [problem("security", f"{listener} ({listener.protocol}): {fault}", advice)]
    words = f" with {', '.join(mechanisms)}" if mechanisms else ""
    return [ok("security", f"{listener} speaks {listener.protocol}{words}")]


def check_port(listener: Listener, find_owner: Callable[[int], str | None] = find_owner) -> Finding:
    """Return the finding whether a listener's port can be bound; a broker that already listens there is fine."""
    if listener.port == 0:
        return ok("port", f"{listener}: any free port will be taken")
    try:
        bind_listener(listener.host, listener.port).close()
    except OSError as fault:
        return explain_bind_failure(listener, fault, find_owner)
    return ok("port", f"{listener} is free")


def explain_bind_failure(listener: Listener, fault: OSError, find_owner: Callable[[int], str | None]) -> Finding:
    """Return the finding why a listener's address cannot be bound, with advice."""
    if fault.errno == errno.EADDRINUSE:
        owner = find_owner(listener.port) or "a process of another user"
        found = find_listening(listener)
        if found is not None and found.kind == "kafka":
            advice = "to start a second server, choose another port: --port 0 takes any"
            return note("port", f"{listener} is in use: a Kafka broker answers there, {owner}", advice)
        return problem(
            "port", f"{listener} is in use by {owner}", "stop it, or choose another port: --port 0 takes any"
        )
    if fault.errno == errno.EADDRNOTAVAIL:
        advice = "listen on an address of this machine; advertised.listeners holds the one for clients"
        return problem("port", f"{listener}: {listener.host} is no address of this machine", advice)
    if fault.errno in (errno.EACCES, errno.EPERM):
        return problem("port", f"{listener}: this user may not bind the port", "choose a port above 1023")
    if not isinstance(fault.errno, int) or fault.errno < 0:  # getaddrinfo's own codes
        return problem(
            "port", f"{listener}: the name {listener.host} cannot be resolved here", "correct the host of the listener"
        )
    return problem("port", f"{listener} cannot be bound: {fault.strerror}", "choose another address or port")


def find_listening(listener: Listener) -> Listening | None:
    """Return the server that answers at a listener's address, seen from this machine; None if nothing accepts."""
    host = "127.0.0.1" if listener.host in ALL_INTERFACES else listener.host
    try:
        return probe((host, listener.port))
    except OSError:
        return None


def check_advertised(advertised: Listener, listeners: list[Listener]) -> list[Finding]:
    """Return findings on whether clients can use an advertised address, as seen from this machine."""
    addresses = resolve(advertised.host)
    if not addresses:
        advice = f"correct advertised.listeners, or make {advertised.host} known to clients (DNS, hosts file)"
        return [problem("advertised", f"{advertised}: this machine cannot resolve {advertised.host}", advice)]
    shown = f"{advertised} resolves to {', '.join(addresses)}"
    listener = next(one for one in listeners if one.name == advertised.name)
    if listener.host in ALL_INTERFACES and all(is_loopback(address) for address in addresses):
        advice = "clients on other machines and in containers need another address in advertised.listeners"
        return [warning("advertised", f"{shown}, which every client takes for its own machine", advice)]
    if is_loopback(listener.host) and not all(is_loopback(address) for address in addresses):
        advice = f"let {listener.name} listen on all interfaces: --host 0.0.0.0"
        text = f"{shown}, but {listener} can be reached from this machine only"
        return [warning("advertised", text, advice)]
    return [ok("advertised", shown)]


def is_listening(address: Address) -> bool:
    """Return whether something accepts connections at an address."""
    try:
        socket.create_connection(address, CONNECT_TIMEOUT_S).close()
    except OSError:
        return False
    return True
