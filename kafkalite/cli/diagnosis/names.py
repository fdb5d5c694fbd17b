"""Resolving host names as clients on this machine do."""

from __future__ import annotations

import ipaddress
import socket


def resolve(host: str) -> list[str]:
    """Return the addresses of a host name or of an address itself, in the system's order; empty for unknown names."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # UnicodeError: a label that is empty or longer than 63 characters
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_loopback(address: str) -> bool:
    """Return whether an IP address, or ``localhost``, means the machine that asks; False for other names."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return address == "localhost"
