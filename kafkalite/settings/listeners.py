"""Parsing ``listeners`` and ``advertised.listeners``.

Source: kafka.server.KafkaConfig (validateValues), org.apache.kafka.network.SocketServerConfigs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.settings.values import ConfigError, parse_list

if TYPE_CHECKING:
    from collections.abc import Mapping

SECURITY_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
"""The security protocols there are; a listener with another one is refused at start."""

ALL_INTERFACES = ("", "0.0.0.0", "::")


class Listener(NamedTuple):
    """One endpoint: listener name ("PLAINTEXT"), host ("" = all interfaces), port (0 = any), security protocol."""

    name: str
    host: str
    port: int
    protocol: str

    @property
    def has_tls(self) -> bool:
        """Whether its bytes are encrypted."""
        return self.protocol.endswith("SSL")

    @property
    def has_sasl(self) -> bool:
        """Whether clients authenticate before they ask for anything."""
        return self.protocol.startswith("SASL_")

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.name}://{host}:{self.port}"


def parse_protocol_map(text: str) -> dict[str, str]:
    """Return listener name -> security protocol of ``listener.security.protocol.map``; raises ConfigError."""
    protocols = {}
    for entry in parse_list(text):
        name, separator, protocol = entry.partition(":")
        if not separator:
            raise ConfigError(f"listener.security.protocol.map: {entry!r} is not NAME:PROTOCOL")
        protocols[name.strip().upper()] = protocol.strip().upper()
    return protocols


def parse_listeners(property_name: str, text: str, protocols: Mapping[str, str]) -> list[Listener]:
    """Return the endpoints of a ``NAME://host:port`` list in its order.

    ``protocols`` maps listener names to security protocols; a name that is itself a protocol needs no entry.
    Raises ConfigError for a malformed entry, a name or a port (0 excepted) that is used twice, an unknown name.
    """
    listeners = [parse_listener(property_name, entry, protocols) for entry in parse_list(text)]
    names = [listener.name for listener in listeners]
    if len(set(names)) != len(names):
        raise ConfigError(f"{property_name}: each listener must have a different name: {text}")
    ports = [listener.port for listener in listeners if listener.port]
    if property_name == "listeners" and len(set(ports)) != len(ports):
        raise ConfigError(f"{property_name}: each listener must have a different port: {text}")
    return listeners


def parse_listener(property_name: str, entry: str, protocols: Mapping[str, str]) -> Listener:
    """Return the endpoint of one ``NAME://host:port`` entry; an IPv6 host stands in brackets; raises ConfigError."""
    name, separator, address = entry.partition("://")
    host, colon, port_text = address.rpartition(":")
    if not (separator and name and colon and port_text.isascii() and port_text.isdigit()):
        raise ConfigError(f"{property_name}: {entry!r} is not NAME://host:port")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ConfigError(f"{property_name}: {entry!r}: an IPv6 address stands in brackets, as in NAME://[::1]:9092")
    port = int(port_text)
    if port > 65535:
        raise ConfigError(f"{property_name}: {entry!r}: a port is at most 65535")
    name = name.strip().upper()
    if name not in protocols:
        raise ConfigError(
            f"{property_name}: {entry!r}: no security protocol is defined for listener {name} "
            "(listener.security.protocol.map)"
        )
    return Listener(name, host, port, protocols[name])


def check_advertised(advertised: list[Listener], listeners: list[Listener]) -> None:
    """Raise ConfigError where a client could not use an advertised endpoint or it has no listener behind it."""
    names = {listener.name for listener in listeners}
    for endpoint in advertised:
        if endpoint.host in ALL_INTERFACES:
            raise ConfigError(
                f"advertised.listeners: {endpoint} names no address that a client can connect to: use a host name"
            )
        if endpoint.name not in names:
            raise ConfigError(f"advertised.listeners: {endpoint}: there is no listener {endpoint.name} in listeners")


def with_address(listener: Listener, host: str | None, port: int | None) -> Listener:
    """Return ``listener`` with another host and port where they are given (not None)."""
    return Listener(
        listener.name,
        listener.host if host is None else host,
        listener.port if port is None else port,
        listener.protocol,
    )
