"""Raw requests for the load generators: built once, sent many times, replies only counted."""

from __future__ import annotations

import socket
import struct
import time

from kafkalite.protocol.headers import write_request_header
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from kafkalite.protocol.messages.metadata_response import MetadataResponse
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.records.builder import build_batch

CLIENT_ID = "bench"
CONNECT_TIMEOUT_S = 5.0
PRODUCE_VERSION = 9
FETCH_VERSION = 12


class BrokerFailed(RuntimeError):
    """A broker did not start or did not do what everything else needs; the message says what."""


def frame(request: object, version: int, correlation_id: int = 1) -> bytes:
    """Return a request as it goes over the wire, length prefix included."""
    out = bytearray(4)
    write_request_header(out, request.API_KEY, version, correlation_id, CLIENT_ID)  # type: ignore[attr-defined]
    request.write(out, version)  # type: ignore[attr-defined]
    struct.pack_into(">i", out, 0, len(out) - 4)
    return bytes(out)


def api_versions_frame() -> bytes:
    """Return the smallest request there is."""
    return frame(ApiVersionsRequest(), 0)


def produce_frame(topic: str, value_bytes: int, record_count: int = 1) -> bytes:
    """Return a Produce with acks=-1 of one uncompressed batch of equal records."""
    batch = build_batch([(None, bytes(value_bytes))] * record_count, now_ms=int(time.time() * 1000))
    data = [TopicProduceData(name=topic, partition_data=[PartitionProduceData(index=0, records=batch)])]
    return frame(ProduceRequest(acks=-1, timeout_ms=10_000, topic_data=data), PRODUCE_VERSION)


def fetch_frame(topic: str, offset: int, max_bytes: int) -> bytes:
    """Return a sessionless Fetch that does not wait."""
    partition = FetchPartition(partition=0, fetch_offset=offset, partition_max_bytes=max_bytes)
    request = FetchRequest(
        max_wait_ms=0,
        min_bytes=1,
        max_bytes=max_bytes,
        session_epoch=-1,
        topics=[FetchTopic(topic=topic, partitions=[partition])],
    )
    return frame(request, FETCH_VERSION)


def create_topic(host: str, port: int, topic: str) -> None:
    """Create a topic of one partition, or let Metadata create it where CreateTopics is not served, and await it."""
    with socket.create_connection((host, port), CONNECT_TIMEOUT_S) as sock:
        try:
            topics = [CreatableTopic(name=topic, num_partitions=1, replication_factor=1)]
            exchange(sock, frame(CreateTopicsRequest(topics=topics, timeout_ms=10_000), 5))
        except ConnectionError:
            pass
    deadline = time.perf_counter() + CONNECT_TIMEOUT_S
    request = MetadataRequest(topics=[MetadataRequestTopic(name=topic)], allow_auto_topic_creation=True)
    with socket.create_connection((host, port), CONNECT_TIMEOUT_S) as sock:
        while time.perf_counter() < deadline:
            answer, _ = MetadataResponse.read(exchange(sock, frame(request, 9)), 5, 9)
            if answer.topics[0].error_code == 0 and answer.topics[0].partitions:
                return
            time.sleep(0.05)
    raise BrokerFailed(f"topic {topic} did not come to be")


def exchange(sock: socket.socket, request: bytes) -> bytes:
    """Send one request and return its reply without the length prefix."""
    sock.sendall(request)
    (size,) = struct.unpack(">i", receive(sock, 4))
    return receive(sock, size)


def receive(sock: socket.socket, size: int) -> bytes:
    """Return exactly ``size`` bytes.

    Raises:
        ConnectionError: the peer closes the connection before.
    """
    parts = bytearray()
    while len(parts) < size:
        part = sock.recv(size - len(parts))
        if not part:
            raise ConnectionError("closed by the broker")
        parts += part
    return bytes(parts)


def answers_api_versions(host: str, port: int) -> bool:
    """Return whether a broker answers on the port now."""
    try:
        with socket.create_connection((host, port), CONNECT_TIMEOUT_S) as sock:
            sock.settimeout(CONNECT_TIMEOUT_S)
            exchange(sock, api_versions_frame())
    except OSError:
        return False
    return True


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port: int = sock.getsockname()[1]
        return port
