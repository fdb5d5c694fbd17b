"""A server of this process in a thread with its own loop, for synchronous clients."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from kafkalite.server import Server
from tests.certificates import Files
from tests.embedded_server import EmbeddedServer

START_TIMEOUT_S = 30.0
PASSWORD = "alice-secret"
KINDS = {
    "PLAINTEXT": "PLAINTEXT",
    "TLS": "SSL",
    "MUTUAL": "SSL",
    "LOGIN": "SASL_PLAINTEXT",
    "BOTH": "SASL_SSL",
}
"""Listeners of a secured server, and their security protocols. MUTUAL demands a certificate of its clients."""


@contextlib.contextmanager
def threaded_server(properties: dict[str, str] | None = None, data: str | None = None) -> Iterator[Server]:
    """Run a server until the end of the ``with``; yields it started. ``data`` None = memory."""
    ready = threading.Event()
    stopping: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    servers: list[Server] = []
    failures: list[BaseException] = []

    async def serve() -> None:
        stop = asyncio.Event()
        async with EmbeddedServer(data, properties=properties) as embedded:
            servers.append(embedded.server)
            stopping.append((asyncio.get_running_loop(), stop))
            ready.set()
            await stop.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as failure:
            failures.append(failure)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="server", daemon=True)
    thread.start()
    assert ready.wait(START_TIMEOUT_S)
    if failures:
        raise failures[0]
    try:
        yield servers[0]
    finally:
        loop, stop = stopping[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join(START_TIMEOUT_S)
    if failures:
        raise failures[0]


def secured(files: Files) -> dict[str, str]:
    """Return the properties of a server with all listeners of ``KINDS``; PLAIN has the user alice."""
    jaas = f'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="{PASSWORD}";'
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    properties = {
        "listeners": ",".join(f"{name}://127.0.0.1:0" for name in KINDS),
        "listener.security.protocol.map": ",".join(f"{name}:{kind}" for name, kind in KINDS.items()),
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": files.server,
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": files.authority,
        "listener.name.mutual.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256",
    }
    for listener in ("login", "both"):
        properties[f"listener.name.{listener}.plain.sasl.jaas.config"] = jaas
        properties[f"listener.name.{listener}.scram-sha-256.sasl.jaas.config"] = scram
    return properties


def addresses(server: Server) -> dict[str, tuple[str, int]]:
    """Return the host and port of each listener by its name."""
    return {name: (host, port) for name, host, port, _ in server.endpoints}


def bootstrap_of(server: Server, listener: str = "PLAINTEXT") -> str:
    """Return the address of a listener as HOST:PORT."""
    host, port = addresses(server)[listener]
    return f"{host}:{port}"
