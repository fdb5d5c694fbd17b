"""Addresses of brokers as people write them: ``host:port,[::1]:9092,host``.

Source: org.apache.kafka.common.utils.Utils.getHost and getPort; ClientUtils.parseAndValidateAddresses. Deviation: the
port is optional, 9092 by default.
"""

from __future__ import annotations

from typing import NamedTuple

from kafkalite.client.errors import ConfigProblem

DEFAULT_PORT = 9092
MAX_PORT = 65535


class Address(NamedTuple):
    """Host (name or IP address, without brackets) and port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_bootstrap(text: str) -> tuple[Address, ...]:
    """Return the addresses of a comma-separated list, at least one.

    Raises:
        ConfigProblem: a property cannot be used.
    """
    addresses = tuple(parse_address(part.strip()) for part in text.split(",") if part.strip())
    if not addresses:
        raise ConfigProblem("bootstrap.servers: there is no address; expected HOST:PORT,HOST:PORT")
    return addresses


def parse_address(text: str) -> Address:
    """Return one address; a listener name before it (``PLAINTEXT://``) is dropped.

    Raises:
        ConfigProblem: a property cannot be used.
    """
    rest = text.partition("://")[2] if "://" in text else text
    if rest.startswith("["):
        host, bracket, port_text = rest[1:].partition("]")
        if not bracket or (port_text and not port_text.startswith(":")):
            raise ConfigProblem(f"bootstrap.servers: {text!r} is not [IPV6]:PORT")
        port_text = port_text[1:]
    elif ":" in rest:
        host, _, port_text = rest.rpartition(":")
    else:
        host, port_text = rest, str(DEFAULT_PORT)
    port_text = port_text or str(DEFAULT_PORT)
    if not host or not (port_text.isascii() and port_text.isdecimal()) or not 0 < int(port_text) <= MAX_PORT:
        raise ConfigProblem(f"bootstrap.servers: {text!r} is not HOST:PORT")
    return Address(host, int(port_text))
