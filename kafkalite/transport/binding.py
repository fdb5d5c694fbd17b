"""Binds the sockets of listeners before the rest of the server exists, so that a used port is detected at once."""

from __future__ import annotations

import socket
import sys

_ANY_IPV4 = "0.0.0.0"
_EVERY_INTERFACE = ("", _ANY_IPV4, "::")
_V4_MAPPED = "::ffff:"


class CannotBind(OSError):
    """An address could not be bound; ``errno`` and ``strerror`` are the system's.

    Args:
        problem: the error of the system; for a name that cannot be resolved, a ``socket.gaierror``.

    Attributes:
        host, port: the requested address.
        is_unknown_host: whether the host is a name without an address.
    """

    def __init__(self, host: str, port: int, problem: OSError) -> None:
        super().__init__(problem.errno, problem.strerror)
        self.host = host
        self.port = port
        self.is_unknown_host = isinstance(problem, socket.gaierror)


def bind_listener(host: str, port: int) -> socket.socket:
    """Return a bound socket that does not listen yet.

    Args:
        host: a name or address; "", "0.0.0.0" and "::" are every interface of both families (of IPv4 alone if the
            machine has no IPv6), as for a socket of Java. Of a name's addresses the first of IPv4 is used, else the
            first.
        port: 0 lets the system choose.

    Raises:
        CannotBind: the address is taken, not ours, or the name is unknown.

    Source: kafka.network.SocketServer (openServerSocket); sun.nio.ch.ServerSocketChannelImpl.
    """
    try:
        if host in _EVERY_INTERFACE:
            if socket.has_dualstack_ipv6():
                return _bind(socket.AF_INET6, ("::", port), is_dual_stack=True)
            host = host or _ANY_IPV4
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        # IPv4 first: "localhost" should be the address that most clients try first.
        family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
        return _bind(family, address)
    except ValueError as problem:  # a zero byte, or an invalid name: an empty or overlong part between dots
        raise CannotBind(host, port, socket.gaierror(socket.EAI_NONAME, str(problem))) from problem
    except OSError as problem:
        raise CannotBind(host, port, problem) from problem


def plain_host(address: str) -> str:
    """Return an address without the prefix of an IPv4 peer on a dual-stack socket."""
    return address.removeprefix(_V4_MAPPED)


def resolve(host: str) -> list[str]:
    """Return the addresses of a host name, or an address itself; empty for an unknown name."""
    return _addresses(host, 0)


def resolve_address(host: str) -> list[str]:
    """Return an address as `resolve` does, without a name server; empty for a name."""
    return _addresses(host, socket.AI_NUMERICHOST)


def _addresses(host: str, flags: int) -> list[str]:
    if not host:
        return []
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, ValueError):  # ValueError: a zero byte, or an invalid name
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _bind(family: int, address: tuple[str, int] | tuple[object, ...], *, is_dual_stack: bool = False) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if is_dual_stack else 1)
        sock.bind(address)
        sock.setblocking(False)
    except BaseException:
        sock.close()
        raise
    return sock
