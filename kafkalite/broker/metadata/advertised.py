"""The address of this broker that a client gets.

Where ``advertised.listeners`` is set it holds, as in Kafka. Where it is not, every client gets the address by which
it came in: with one node any of its addresses serves, and the one that just worked surely does. The same replaces
the part of an advertised address that was left open: the host (Kafka advertises its own name) or the port.

Source: org.apache.kafka.metadata.ListenerInfo (withWildcardHostnamesResolved, withEphemeralPortsCorrected).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.broker.context import ConnectionContext

OPEN_HOSTS = ("", "::")
"""Advertised hosts that name none."""


class AdvertisedAddresses:
    """Addresses by listener.

    Args:
        explicit: listener name -> (host, port), as ``advertised.listeners`` says; empty where it is not set. A host
            "" or "::" is the one that the client came in by, port 0 likewise.
    """

    __slots__ = ("explicit",)

    def __init__(self, explicit: Mapping[str, tuple[str, int]]) -> None:
        self.explicit = explicit

    def endpoint(self, connection: ConnectionContext) -> tuple[str, int]:
        """Return the host and port that this client is to connect to."""
        known = self.explicit.get(connection.listener_name)
        if known is None:
            return connection.local_host, connection.local_port
        host, port = known
        return (connection.local_host if host in OPEN_HOSTS else host), port or connection.local_port
