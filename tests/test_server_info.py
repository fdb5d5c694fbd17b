"""What a ready server says of itself is true."""

from __future__ import annotations

import pathlib

import pytest

from kafkalite.server_info import NEWEST_RELEASE, ServerInfo
from tests.embedded_server import EmbeddedServer, run


@pytest.mark.parametrize(
    ("data", "properties", "durability"),
    [
        ("memory", {}, "lost on exit"),
        ("data", {}, "survives a killed process; the system decides when it reaches the disk, as in Kafka"),
        ("data", {"log.flush.interval.messages": "1"}, "flushed to disk every 1 records"),
        ("data", {"log.flush.interval.ms": "50"}, "survives a killed process; flushed to disk every 50 ms"),
    ],
)
def test_the_banner_is_told_the_truth(
    tmp_path: pathlib.Path, data: str, properties: dict[str, str], durability: str
) -> None:
    advertised = {"advertised.listeners": "PLAINTEXT://kafka.example.com:9"}

    async def scene() -> ServerInfo:
        directory = "memory" if data == "memory" else str(tmp_path / data)
        async with EmbeddedServer(directory, properties=properties | advertised) as embedded:
            return ServerInfo(embedded.server, 12.0)

    info = run(scene())
    assert info.durability == durability
    assert info.data == (None if data == "memory" else str(tmp_path / data))
    assert (info.speaks, info.advertised) == (NEWEST_RELEASE, {"PLAINTEXT": ("kafka.example.com", 9)})
    assert info.endpoints[0][2] > 0
