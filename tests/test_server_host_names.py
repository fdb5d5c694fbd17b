"""Names of hosts that a client sends to a server: a name server that takes its time holds up nobody."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_client_quotas_request import (
    AlterClientQuotasRequest,
    EntityData,
    EntryData,
    OpData,
)
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from tests.embedded_server import EmbeddedServer, alter_broker, run, until

PATIENCE_S = 20.0


def test_a_name_server_that_does_not_answer_holds_up_neither_others_nor_the_stop() -> None:
    may_answer = threading.Event()
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"] if may_answer.wait(PATIENCE_S) else []

    def quotas_of(host: str) -> AlterClientQuotasRequest:
        ops = [OpData(key="connection_creation_rate", value=5.0)]
        return AlterClientQuotasRequest(
            entries=[EntryData(entity=[EntityData(entity_type="ip", entity_name=host)], ops=ops)], validate_only=True
        )

    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            embedded.server.broker.hosts.resolve = resolve
            waiting, quiet = await embedded.connect(), await embedded.connect()
            first = asyncio.ensure_future(waiting.ask(quotas_of("slow"), 1))
            await until(lambda: asked)
            await quiet.ask(MetadataRequest(topics=[]), 1)
            [entry] = (await quiet.ask(quotas_of("127.0.0.1"), 1)).entries
            assert (entry.error_code, first.done()) == (errors.NONE, False)
            may_answer.set()
            [entry] = (await first).entries
            assert entry.error_code == errors.NONE
            may_answer.clear()
            last = asyncio.ensure_future(waiting.ask(quotas_of("slower"), 1))
            await until(lambda: asked == ["slow", "slower"])
        with pytest.raises((OSError, EOFError)):
            await last

    try:
        run(scene())
    finally:
        may_answer.set()


def test_hosts_of_connection_limits_are_resolved_beside_the_loop() -> None:
    may_answer = threading.Event()
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if may_answer.wait(PATIENCE_S) else []

    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            embedded.server.broker.hosts.resolve = resolve
            client = await embedded.connect()
            overrides = "max.connections.per.ip.overrides"
            assert await alter_broker(client, overrides, "slow:1", "") == errors.NONE
            assert await alter_broker(client, "max.connections.per.ip", "1000", "") == errors.NONE
            await until(lambda: asked)
            other = await embedded.connect()
            assert (await other.ask(ApiVersionsRequest(), 0)).error_code == errors.NONE
            other.close()
            [listener] = embedded.server.listeners
            assert listener.limits.overrides_per_ip == {}
            may_answer.set()
            await until(lambda: listener.limits.overrides_per_ip)
            assert await (await embedded.connect()).is_closed()
            assert asked == ["slow"]
            may_answer.clear()
            assert await alter_broker(client, overrides, "slower:1", "") == errors.NONE
            await until(lambda: asked == ["slow", "slower"])

    try:
        run(scene())
    finally:
        may_answer.set()
