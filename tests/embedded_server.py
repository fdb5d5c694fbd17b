"""A whole server in the loop of the test, on a free port of this machine, and a client that speaks the protocol."""

from __future__ import annotations

import asyncio
import ssl
from types import TracebackType
from typing import Any, Self

from kafkalite.protocol.headers import read_response_header, write_request_header
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from kafkalite.protocol.messages.incremental_alter_configs_request import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.protocol.registry import response_class, response_header_version
from kafkalite.records.builder import build_batch
from kafkalite.server import Server
from kafkalite.settings import merge_settings
from kafkalite.system.clock import Clock
from kafkalite.system.files import Files

PATIENCE_S = 30.0
NOW_MS = 1_700_000_000_000
BROKER_RESOURCE = 4
SET, DELETE = 0, 1


def run(scene: Any) -> Any:
    """Run a coroutine in a loop of its own, for a bounded time."""
    return asyncio.run(asyncio.wait_for(scene, PATIENCE_S))


class EmbeddedServer:
    """A server that is stopped at the end of its ``async with``.

    Args:
        data: a directory; in memory without.
        properties: broker properties beside the defaults.
        environ: environment variables, none by default.
    """

    def __init__(
        self,
        data: str | None = None,
        *,
        properties: dict[str, str] | None = None,
        environ: dict[str, str] | None = None,
        as_version: str | None = None,
        files: Files | None = None,
        clock: Clock | None = None,
    ) -> None:
        settings = merge_settings(environ=environ or {}, flags=properties or {}, data=data or "memory", port=0)
        self.server = Server(settings, as_version=as_version, files=files, clock=clock)
        self._clients: list[WireClient] = []

    async def __aenter__(self) -> Self:
        self.server.bind()
        try:
            self.server.open()
            await self.server.start()
        except BaseException:
            await self.server.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.close()
        await self.server.stop()

    @property
    def address(self) -> tuple[str, int]:
        """Where the first listener is."""
        _, host, port, _ = self.server.endpoints[0]
        return host, port

    async def connect(self, address: tuple[str, int] | None = None, tls: ssl.SSLContext | None = None) -> WireClient:
        """Return a new client; ``tls`` is what it trusts and has, where it speaks TLS."""
        client = WireClient(*await asyncio.open_connection(*(address or self.address), ssl=tls))
        self._clients.append(client)
        return client


class WireClient:
    """Sends requests as messages and returns responses as messages."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._correlation_id = 0

    def send(self, request: Any, version: int) -> None:
        """Send a request without waiting for its answer."""
        self._correlation_id += 1
        body = bytearray()
        write_request_header(body, request.API_KEY, version, self._correlation_id, "wire")
        request.write(body, version)
        self._writer.write(len(body).to_bytes(4, "big") + body)

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._writer.write(data)

    async def answer(self, api_key: int, version: int) -> Any:
        """Return the next response; raises IncompleteReadError or ConnectionError where the broker closes."""
        size = int.from_bytes(await self._reader.readexactly(4), "big")
        frame = await self._reader.readexactly(size)
        _, position = read_response_header(frame, 0, response_header_version(api_key, version))
        response, end = response_class(api_key).read(frame, position, version)
        assert end == size, "bytes are left behind the response"
        return response

    async def ask(self, request: Any, version: int) -> Any:
        """Send a request and return its response."""
        self.send(request, version)
        return await self.answer(request.API_KEY, version)

    async def is_closed(self) -> bool:
        """Wait for the end of the connection; False when the broker says something instead."""
        try:
            return await self._reader.read(1) == b""
        except ConnectionError:
            return True

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()

    async def create_topic(self, name: str = "orders", partitions: int = 1) -> None:
        """Create a topic."""
        topic = CreatableTopic(name=name, num_partitions=partitions, replication_factor=1)
        [result] = (await self.ask(CreateTopicsRequest(topics=[topic], timeout_ms=1000), 7)).topics
        assert result.error_code == 0, result

    async def produce(self, value: bytes, topic: str = "orders") -> Any:
        """Produce one record; returns the partition's part of the answer."""
        response = await self.ask(produce_request(value, topic), 9)
        return response.responses[0].partition_responses[0]

    async def fetch(self, offset: int = 0, topic: str = "orders", **fields: Any) -> Any:
        """Fetch from partition 0; returns the partition's part of the answer."""
        response = await self.ask(fetch_request(offset, topic, **fields), 12)
        return response.responses[0].partitions[0]


def produce_request(value: bytes, topic: str = "orders", acks: int = -1) -> ProduceRequest:
    """Return a Produce of one record to partition 0."""
    records = build_batch([(None, value)], now_ms=NOW_MS)
    data = TopicProduceData(name=topic, partition_data=[PartitionProduceData(index=0, records=records)])
    return ProduceRequest(acks=acks, timeout_ms=1000, topic_data=[data])


def fetch_request(offset: int = 0, topic: str = "orders", **fields: Any) -> FetchRequest:
    """Return a sessionless Fetch from partition 0."""
    target = FetchPartition(partition=0, fetch_offset=offset, partition_max_bytes=1 << 24)
    topics = [FetchTopic(topic=topic, partitions=[target])]
    return FetchRequest(**{"max_wait_ms": 0, "min_bytes": 1, "session_epoch": -1, "topics": topics, **fields})


async def alter_broker(client: WireClient, name: str, value: str | None, broker: str = "1") -> int:
    """Set a dynamic configuration of one broker, or of all with ""; None removes it. Returns the error code."""
    config = AlterableConfig(name=name, config_operation=DELETE if value is None else SET, value=value)
    resource = AlterConfigsResource(resource_type=BROKER_RESOURCE, resource_name=broker, configs=[config])
    [answer] = (await client.ask(IncrementalAlterConfigsRequest(resources=[resource]), 1)).responses
    return int(answer.error_code)


async def until(holds: Any) -> None:
    """Let the loop turn until something holds."""
    while not holds():
        await asyncio.sleep(0)
