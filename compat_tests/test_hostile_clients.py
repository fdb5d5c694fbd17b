"""Clients that flood, stop half-way or do not read cost themselves at most: the broker goes on serving the others."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from compat_tests.broker_process import Broker, BrokerChoice, KafkaliteProcess
from compat_tests.raw_protocol import (
    API_VERSIONS,
    FETCH,
    ConnectionClosed,
    RawConnection,
    ask_api_versions,
    create_topic,
    frame_request,
    produce,
    write_string,
)
from kafkalite.records.builder import RecordData, build_batch

FLOOD_COUNT = 10_000
MIB = 1 << 20
INCREMENTAL_ALTER_CONFIGS = 44
BROKER_RESOURCE = 4


@pytest.fixture(autouse=True)
def serves_on(broker: Broker) -> Iterator[None]:
    """Check after each test that another connection is served."""
    yield
    assert API_VERSIONS in ask_api_versions(broker.port)


def resident_bytes(broker: Broker) -> int:
    """Return the resident memory of a kafkalite; 0 for Apache Kafka, whose heap says nothing about one client."""
    return psutil.Process(broker.pid).memory_info().rss if isinstance(broker, KafkaliteProcess) else 0


def test_a_flood_of_small_requests_lets_others_be_served(broker: Broker) -> None:
    """A quiet client that comes after 10,000 pipelined requests is answered long before the last of them."""
    answered: list[int] = []
    with RawConnection(broker.port) as flood, RawConnection(broker.port) as quiet:

        def read_answers() -> None:
            for _ in range(FLOOD_COUNT):
                flood.receive_frame()
                answered.append(1)

        sender = threading.Thread(target=flood.send, args=(frame_request(API_VERSIONS, 0) * FLOOD_COUNT,))
        reader = threading.Thread(target=read_answers)
        sender.start()
        reader.start()
        quiet.ask(API_VERSIONS, 0)
        answered_before_quiet = len(answered)
        sender.join()
        reader.join()
    assert answered_before_quiet < FLOOD_COUNT / 2
    assert len(answered) == FLOOD_COUNT


def test_a_flood_that_nobody_reads_and_a_reset(broker: Broker) -> None:
    """The rest of a flood is dropped with its connection, without a log line."""
    for _ in range(3):
        flood = socket.create_connection(("127.0.0.1", broker.port), timeout=10)
        flood.sendall(frame_request(API_VERSIONS, 0) * 500)
        flood.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        flood.close()
        with RawConnection(broker.port) as quiet:
            quiet.ask(API_VERSIONS, 0)
    assert "socket.send() raised exception" not in broker.read_log()


def test_half_frames_cost_what_was_sent(broker: Broker) -> None:
    """200 connections claim 100 MB each and send 20 kB of it: their memory follows the bytes, and goes with them.

    Apache Kafka takes the memory that is claimed and ends in an OutOfMemoryError: there the claims are small.
    """
    claim_bytes = 100_000_000 if broker.kind == "kafkalite" else 300_000
    before = resident_bytes(broker)
    for _ in range(2):
        with ExitStack() as stack:
            for _ in range(200):
                connection = stack.enter_context(RawConnection(broker.port))
                connection.send(struct.pack(">i", claim_bytes) + bytes(20_000))
            ask_api_versions(broker.port)
    assert resident_bytes(broker) - before < 60 * MIB


@pytest.fixture(scope="module")
def impatient_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker that closes connections on which nothing happens for a second."""
    broker = broker_choice.create(tmp_path_factory.mktemp("impatient"), {"connections.max.idle.ms": "1000"})
    try:
        broker.start()
        yield broker
        broker.stop()
    finally:
        broker.kill()


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(b"", id="silent"),
        pytest.param(b"\0\0", id="half-a-length"),
        pytest.param(struct.pack(">i", 100_000) + bytes(26), id="start-of-a-frame"),
        pytest.param(struct.pack(">i", 10_000_000) + bytes(100_000), id="middle-of-a-large-frame"),
    ],
)
def test_a_connection_is_idle_however_much_of_a_frame_it_sent(impatient_broker: Broker, start: bytes) -> None:
    """``connections.max.idle.ms`` closes it."""
    with RawConnection(impatient_broker.port) as connection:
        connection.send(start)
        assert connection.receive_until_closed() == b""


CROWDED_COUNT = 40


@pytest.fixture(scope="module")
def small_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker that takes few connections at a time."""
    broker = broker_choice.create(tmp_path_factory.mktemp("small"), {"max.connections": str(CROWDED_COUNT)})
    try:
        broker.start()
        yield broker
        broker.stop()
    finally:
        broker.kill()


def test_a_crowd_that_leaves_at_once_leaves_room(small_broker: Broker) -> None:
    """More connections than ``max.connections`` that end while they are still being accepted: others come in."""
    for _ in range(5):
        with ExitStack() as stack:
            for _ in range(2 * CROWDED_COUNT):
                stack.enter_context(socket.create_connection(("127.0.0.1", small_broker.port), timeout=10))
        assert API_VERSIONS in ask_api_versions(small_broker.port)


def test_a_stop_does_not_wait_for_floods(broker_choice: BrokerChoice, tmp_path: Path) -> None:
    """Requests that were sent and not answered are no reason to go on."""
    broker = broker_choice.create(tmp_path)
    try:
        broker.start()
        with ExitStack() as stack:
            for _ in range(20):
                flood = stack.enter_context(RawConnection(broker.port))
                flood.send(frame_request(API_VERSIONS, 0) * 5_000)
            broker.stop()
    finally:
        broker.kill()
    assert "Traceback" not in broker.read_log() and "socket.send() raised" not in broker.read_log()


def test_unread_answers_cost_next_to_nothing(broker: Broker, topic_name: Callable[[], str]) -> None:
    """Ten Fetches of 20 MB that are not read stay on the disk; what is read later is whole."""
    topic = topic_name()
    create_topic(broker.port, topic)
    batch = build_batch([RecordData(None, bytes(range(256)) * 2000, 1_700_000_000_000, [])], now_ms=0)
    for _ in range(40):
        assert produce(broker.port, topic, bytes(batch)) == 0
    before = resident_bytes(broker)
    body = struct.pack(">iiiib", -1, 500, 1, 50 * MIB, 0) + struct.pack(">i", 1) + write_string(topic)
    body += struct.pack(">iiqi", 1, 0, 0, 50 * MIB)
    with ExitStack() as stack:
        readers = [stack.enter_context(RawConnection(broker.port)) for _ in range(10)]
        for reader in readers:
            reader.send(frame_request(FETCH, 4, body))
        ask_api_versions(broker.port)
        assert resident_bytes(broker) - before < 40 * MIB
        answer = readers[0].receive_frame()
    assert answer.count(bytes(range(256)) * 2000) == 40


def test_a_client_that_leaves_in_the_middle_of_a_large_answer(broker: Broker, topic_name: Callable[[], str]) -> None:
    """It is not an error and causes no log line."""
    topic = topic_name()
    create_topic(broker.port, topic)
    batch = build_batch([RecordData(None, bytes(MIB // 2), 1_700_000_000_000, [])], now_ms=0)
    for _ in range(40):
        assert produce(broker.port, topic, bytes(batch)) == 0
    body = struct.pack(">iiiib", -1, 500, 1, 50 * MIB, 0) + struct.pack(">i", 1) + write_string(topic)
    body += struct.pack(">iiqi", 1, 0, 0, 50 * MIB)
    for _ in range(3):
        with RawConnection(broker.port) as reader:
            reader.send(frame_request(FETCH, 4, body))
            assert len(reader.receive(100_000)) == 100_000
        ask_api_versions(broker.port)
    assert "Traceback" not in broker.read_log()


def alter_overrides(connection: RawConnection, value: str) -> int:
    """Set ``max.connections.per.ip.overrides`` for all brokers and return the error code."""
    config = struct.pack(">i", 1) + write_string("max.connections.per.ip.overrides") + b"\0" + write_string(value)
    resource = struct.pack(">ib", 1, BROKER_RESOURCE) + write_string("") + config + b"\0"
    return int(struct.unpack_from(">h", connection.ask(INCREMENTAL_ALTER_CONFIGS, 0, resource), 8)[0])


def test_a_limit_of_connections_may_name_a_host(own_broker: Broker) -> None:
    """The limit holds some time after it was set, and ends the connections over it, not those that are there."""
    with ExitStack() as stack, RawConnection(own_broker.port) as first:
        assert alter_overrides(first, "localhost:40") == 0
        refused = 0
        for _ in range(500):
            other = stack.enter_context(RawConnection(own_broker.port))
            try:
                other.ask(API_VERSIONS, 0)
            except ConnectionClosed:
                refused += 1
                break
        assert refused == 1
        first.ask(API_VERSIONS, 0)
        assert alter_overrides(first, "") == 0
        for _ in range(500):
            with RawConnection(own_broker.port) as other:
                try:
                    other.ask(API_VERSIONS, 0)
                    break
                except ConnectionClosed:
                    refused += 1
        assert refused < 500
