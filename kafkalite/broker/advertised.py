"""The address a client is told for this broker.

Where ``advertised.listeners`` is set it holds, as in Kafka. Where it is not, every client is told the address by which
it came in: with one node any of its addresses serves, and the one that just worked surely does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.broker.context import ConnectionContext


class AdvertisedAddresses:
    """Addresses by listener.

    Args:
        explicit: listener name -> (host, port), as ``advertised.listeners`` says; empty where it is not set.
    """

    __slots__ = ("explicit",)

    def __init__(self, explicit: Mapping[str, tuple[str, int]]) -> None:
        self.explicit = explicit

    def endpoint(self, connection: ConnectionContext) -> tuple[str, int]:
        """Return the host and port that this client is to connect to."""
        known = self.explicit.get(connection.listener_name)
        return known if known is not None else (connection.local_host, connection.local_port)
