"""A broker of a few lines: it answers requests as a test says, over real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kafkalite.client.addresses import Address
from kafkalite.client.client import Client
from kafkalite.client.config import ClientConfig
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.api_keys import API_VERSIONS, METADATA
from kafkalite.protocol.headers import read_request_header, write_response_header
from kafkalite.protocol.messages.api_versions_response import ApiVersion, ApiVersionsResponse
from kafkalite.protocol.messages.metadata_response import (
    MetadataResponse,
    MetadataResponseBroker,
    MetadataResponsePartition,
    MetadataResponseTopic,
)
from kafkalite.protocol.registry import API_NAMES, request_class, response_header_version
from kafkalite.system.clock import ManualClock

CLOSE = b""
"""What a handler returns to close the connection instead of answering."""

Handler = Callable[[int, int, Any], Any]
"""(API key, version, request) -> a response message, bytes to send as they are, or CLOSE."""


class ScriptedBroker:
    """Broker 1 of a cluster of its own, with the topic "orders" of two partitions.

    Args:
        handler: answers what the broker itself does not: all but ApiVersions and Metadata, unless ``is_all`` is set.

    Attributes:
        seen: (name of the API, version) of every request, in order.
        ranges: API key -> versions that ApiVersions offers, where they are not those of the generated classes.
    """

    def __init__(self, handler: Handler, *, is_all: bool = False) -> None:
        self._handler = handler
        self._is_all = is_all
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.address = Address("127.0.0.1", self._listening.getsockname()[1])
        self.seen: list[tuple[str, int]] = []
        self.ranges: dict[int, tuple[int, int]] = {}
        self._start(self._accept)

    def close(self) -> None:
        """Close all sockets and wait for the threads."""
        for opened in (self._listening, *self._open):
            try:
                opened.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            opened.close()
        for thread in self._threads:
            thread.join(5)

    def count(self, api: str) -> int:
        """Return how many requests of an API came."""
        return sum(name == api for name, _ in self.seen)

    def metadata(self, names: list[str] | None, error_code: int = 0) -> MetadataResponse:
        """Return what the broker says of itself and of the topic "orders"."""
        partitions = [MetadataResponsePartition(partition_index=index, leader_id=1) for index in range(2)]
        topics = [
            MetadataResponseTopic(name=name, error_code=0, topic_id=b"i" * 16, partitions=partitions)
            if name == "orders"
            else MetadataResponseTopic(name=name, error_code=3)
            for name in (["orders"] if names is None else names)
        ]
        me = MetadataResponseBroker(node_id=1, host=self.address.host, port=self.address.port)
        return MetadataResponse(brokers=[me], controller_id=1, topics=topics, error_code=error_code)

    def versions(self) -> ApiVersionsResponse:
        """Return the ranges of all APIs that this code can decode, or what ``ranges`` says."""
        keys = []
        for api_key in API_NAMES:
            message = request_class(api_key)
            lowest, highest = self.ranges.get(api_key, (message.LOWEST_VERSION, message.HIGHEST_VERSION))
            keys.append(ApiVersion(api_key=api_key, min_version=lowest, max_version=highest))
        return ApiVersionsResponse(api_keys=keys)

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                opened, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(opened)
            self._start(self._serve, opened)

    def _serve(self, opened: socket.socket) -> None:
        with opened, opened.makefile("rb") as stream:
            try:
                while len(prefix := stream.read(4)) == 4:
                    answer = self._answer(stream.read(int.from_bytes(prefix, "big")))
                    if answer == CLOSE:
                        return
                    opened.sendall(answer)
            except (OSError, ProtocolViolation, KeyError):
                return  # closes the connection, as a broker does

    def _answer(self, frame: bytes) -> bytes:
        api_key, version, correlation_id, _, position = read_request_header(frame, 0)
        self.seen.append((API_NAMES[api_key], version))
        request, _ = request_class(api_key).read(frame, position, version)
        if self._is_all:
            response = self._handler(api_key, version, request)
        elif api_key == API_VERSIONS:
            response = self.versions()
        elif api_key == METADATA:
            names = None if request.topics is None else [topic.name for topic in request.topics]
            response = self.metadata(names)
        else:
            response = self._handler(api_key, version, request)
        if isinstance(response, bytes):
            return response
        body = bytearray()
        write_response_header(body, correlation_id, response_header_version(api_key, version))
        response.write(body, version)
        return len(body).to_bytes(4, "big") + bytes(body)


def refuse_all(_api_key: int, _version: int, _request: Any) -> bytes:
    """Close the connection, whatever is asked."""
    return CLOSE


@contextmanager
def scripted(handler: Handler = refuse_all, *, is_all: bool = False) -> Iterator[ScriptedBroker]:
    """Yield a broker that is closed afterwards."""
    broker = ScriptedBroker(handler, is_all=is_all)
    try:
        yield broker
    finally:
        broker.close()


@contextmanager
def client_of(broker: ScriptedBroker, **changes: Any) -> Iterator[tuple[Client, ManualClock]]:
    """Yield a client of the broker, and its clock, which moves by the client's own waits only."""
    clock = ManualClock()
    config = ClientConfig((broker.address,))._replace(**changes)
    with Client(config, clock=clock, wait=clock.advance) as client:
        yield client, clock
