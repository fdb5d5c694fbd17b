"""Parser of ``listeners`` and ``advertised.listeners``.

Source: kafka.server.KafkaConfig (validateValues), org.apache.kafka.network.SocketServerConfigs,
AbstractKafkaConfig.listenerListToEndPoints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.settings.values import ConfigError, parse_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECURITY_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
"""The existing security protocols; a listener with another one is refused at start."""

NO_ROUTE = "0.0.0.0"
"""The address that binds every interface, the only one that cannot be advertised."""

ALL_INTERFACES = ("", NO_ROUTE, "::")
"""Hosts that stand for every interface of both families, as a wildcard socket of Java does."""

MAX_PORT = 65535

HOST_CHARACTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-%._:")
"""The characters that Kafka's regular expression for an endpoint allows in a host."""


class Listener(NamedTuple):
    """One endpoint: listener name ("PLAINTEXT"), host ("" = all interfaces), port (0 = any), security protocol."""

    name: str
    host: str
    port: int
    protocol: str

    @property
    def has_tls(self) -> bool:
        """Whether its connections are encrypted."""
        return self.protocol.endswith("SSL")

    @property
    def has_sasl(self) -> bool:
        """Whether clients must authenticate before their first request."""
        return self.protocol.startswith("SASL_")

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.name}://{host}:{self.port}"


def parse_protocol_map(text: str) -> dict[str, str]:
    """Return listener name -> security protocol of ``listener.security.protocol.map``.

    Every entry must name an existing security protocol, even if no listener uses it; a name's last entry counts.

    Raises:
        ConfigError: an entry is malformed or names an unknown protocol.
    """
    protocols = {}
    for entry in parse_list(text):
        name, separator, protocol = entry.rpartition(":")
        name, protocol = name.strip().upper(), protocol.strip().upper()
        if not entry:  # Kafka skips empty entries, here and in no other list
            continue
        if not separator:
            raise ConfigError(f"listener.security.protocol.map: {entry!r} is not NAME:PROTOCOL")
        if protocol not in SECURITY_PROTOCOLS:
            raise ConfigError(
                f"listener.security.protocol.map: {entry!r}: there is no security protocol {protocol} "
                f"(there are: {', '.join(SECURITY_PROTOCOLS)})"
            )
        protocols[name] = protocol
    return protocols


def parse_listeners(property_name: str, text: str, protocols: Mapping[str, str]) -> list[Listener]:
    """Return the endpoints of a ``NAME://host:port`` list in its order; a repeated entry counts once.

    ``protocols`` maps listener names to security protocols; a name that is itself a protocol needs no entry.

    Raises:
        ConfigError: a malformed entry, an unknown name, a name that is used twice, or in ``listeners`` a port (except
            0) that is used twice: only an IPv4 address and an IPv6 address may share one.
    """
    entries = dict.fromkeys(parse_list(text))
    if "" in entries:
        raise ConfigError(f"{property_name}: {text!r} has an empty entry: a comma too many")
    listeners = [parse_listener(property_name, entry, protocols) for entry in entries]
    names = [listener.name for listener in listeners]
    if len(set(names)) != len(names):
        raise ConfigError(f"{property_name}: each listener must have a different name: {text}")
    if property_name == "listeners":
        check_ports(listeners)
    return listeners


def parse_listener(property_name: str, entry: str, protocols: Mapping[str, str]) -> Listener:
    """Return the endpoint of one ``NAME://host:port`` entry.

    Any host may be in brackets. An IPv6 address needs none: its last colon is that of the port.

    Raises:
        ConfigError: the entry is malformed.
    """
    name, separator, address = entry.rpartition("://")
    host, colon, port_text = address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (separator and name and colon and port_text.isascii() and port_text.isdigit()):
        raise ConfigError(f"{property_name}: {entry!r} is not NAME://host:port")
    strange = next((character for character in host if character not in HOST_CHARACTERS), None)
    if strange is not None:
        hint = "; for all interfaces leave the host out, as in NAME://:9092" if strange == "*" else ""
        raise ConfigError(f"{property_name}: {entry!r}: there is no {strange!r} in the name of a host{hint}")
    if len(port_text.lstrip("0")) > len(str(MAX_PORT)) or int(port_text) > MAX_PORT:
        raise ConfigError(f"{property_name}: {entry!r}: a port is at most {MAX_PORT}")
    name = name.upper()
    if name not in protocols:
        raise ConfigError(
            f"{property_name}: {entry!r}: no security protocol is defined for listener {name} "
            "(listener.security.protocol.map)"
        )
    return Listener(name, host, int(port_text), protocols[name])


def check_ports(listeners: Sequence[Listener]) -> None:
    """Check that only one IPv4 and one IPv6 address share a port (KAFKA-1843).

    Raises:
        ConfigError: listeners share a port otherwise.
    """
    by_port: dict[int, list[Listener]] = {}
    for listener in listeners:
        if listener.port:
            by_port.setdefault(listener.port, []).append(listener)
    for port, sharing in by_port.items():
        if len(sharing) == 1:
            continue
        families = sorted(address_family(listener.host) for listener in sharing)
        if families != [4, 6] or all(listener.host in ALL_INTERFACES for listener in sharing):
            shown = ", ".join(str(listener) for listener in sharing)
            raise ConfigError(
                f"listeners: each listener must have a different port, and {shown} share {port} "
                "(only one IPv4 address and one IPv6 address may)"
            )


def address_family(host: str) -> int:
    """Return 4 or 6 for a literal address, 0 for a name and for no host."""
    if ":" in host:
        return 6
    parts = host.split(".")
    is_ipv4 = len(parts) == 4 and all(part.isdigit() and len(part) < 4 and int(part) < 256 for part in parts)
    return 4 if is_ipv4 else 0


def check_advertised(advertised: list[Listener], listeners: list[Listener]) -> None:
    """Check that clients can use an advertised endpoint and that it has a listener.

    Raises:
        ConfigError: one of both is not so.
    """
    names = {listener.name for listener in listeners}
    for endpoint in advertised:
        if endpoint.host == NO_ROUTE:
            raise ConfigError(
                f"advertised.listeners: {endpoint} names no address that a client can connect to: use a host name, "
                "or leave the host out: each client is then told the host that it came in by"
            )
        if endpoint.name not in names:
            raise ConfigError(
                f"advertised.listeners: {endpoint}: there is no listener {endpoint.name} in listeners "
                f"(there are: {', '.join(sorted(names))})"
            )


def bound_for(advertised: Sequence[str]) -> list[str]:
    """Return the ``listeners`` that entries of ``advertised.listeners`` imply: names and ports, on all interfaces.

    A malformed entry is returned unchanged, so that the check of ``listeners`` reports it.

    Source: the start script of the Confluent image.
    """
    bound = []
    for entry in advertised:
        name, separator, address = entry.rpartition("://")
        _, colon, port = address.rpartition(":")
        bound.append(f"{name}://{NO_ROUTE}:{port}" if separator and colon else entry)
    return bound


def with_address(listener: Listener, host: str | None, port: int | None) -> Listener:
    """Return ``listener`` with another host and port, as far as they are not None."""
    return Listener(
        listener.name,
        listener.host if host is None else host,
        listener.port if port is None else port,
        listener.protocol,
    )
