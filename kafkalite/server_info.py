"""The description of a ready server, for the banner; every figure is measured or counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.version import __version__
from kafkalite.protocol.api_support import RELEASES

if TYPE_CHECKING:
    from kafkalite.server import Server
    from kafkalite.settings import Settings

NEWEST_RELEASE = RELEASES[-1]
"""The release of Kafka whose newest versions are served by default."""


class ServerInfo:
    """Version, addresses, data and start time of one server.

    Args:
        server: started.
        ready_ms: from the start of the process until clients could connect, in ms.
    """

    def __init__(self, server: Server, ready_ms: float) -> None:
        broker, settings = server.broker, server.settings
        self.version = __version__
        self.speaks = broker.served_apis.release or NEWEST_RELEASE
        self.api_count = len(broker.served_apis.served)
        self.endpoints = server.endpoints
        self.advertised = {one.name: (one.host, one.port) for one in settings.advertised_listeners}
        self.data = settings.data_directory
        self.durability = _durability(settings)
        self.ready_ms = ready_ms


def _durability(settings: Settings) -> str:
    if settings.data_directory is None:
        return "lost on exit"
    every = settings.get_int("log.flush.interval.messages")
    interval_ms = settings.find_int("log.flush.interval.ms")
    if every < 2**63 - 1:
        return f"flushed to disk every {every} records"
    if interval_ms is not None:
        return f"survives a killed process; flushed to disk every {interval_ms} ms"
    return "survives a killed process; the system decides when it reaches the disk, as in Kafka"
