"""Whatever comes in at the port costs its own connection at most: the broker goes on serving the others."""

from __future__ import annotations

import resource
import struct
from collections.abc import Callable, Iterator

import pytest

from compat_tests.broker_process import Broker
from compat_tests.raw_protocol import (
    API_VERSIONS,
    FIND_COORDINATOR,
    METADATA,
    UNSUPPORTED_VERSION,
    AnswerReader,
    ConnectionClosed,
    RawConnection,
    ask_api_versions,
    frame_request,
    read_api_versions,
    write_string,
)

TLS_CLIENT_HELLO = bytes.fromhex(
    "16030100740100007003035d3c1b0a7e5f4d2c9b8a7f6e5d4c3b2a19080706050403020100fedcba98765432"
    "0000201301130213031304c02bc02fc02cc030cca9cca8c013c014009c009d002f0035010000270000000e000c"
    "0000096c6f63616c686f7374000b00020100000a00080006001d00170018"
)
HTTP_GET = b"GET / HTTP/1.1\r\nHost: localhost:9092\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n\r\n"
NOISE = bytes((number * number * 31 + 7 * number) % 256 for number in range(4096))
INVALID_TOPIC_EXCEPTION = 17
READ_AS = {b"a\xffb": "a\ufffdb", b"\xed\xa0\x80": "\ufffd", b"\xe2\x82": "\ufffd", b"\xc0\x80": "\ufffd\ufffd"}
OVER_THE_LIMIT = struct.pack(">i", 2**31 - 1)
"""A length of 2 GiB; Kafka's limit is socket.request.max.bytes, 100 MiB."""


@pytest.fixture(autouse=True)
def serves_on(broker: Broker) -> Iterator[None]:
    """Check after each test that another connection is served."""
    yield
    assert API_VERSIONS in ask_api_versions(broker.port)


def test_http_request(broker: Broker) -> None:
    """Closed, as "GET " is a length of 1.2 GB; kafkalite may say so first in words of HTTP."""
    with RawConnection(broker.port) as connection:
        connection.send(HTTP_GET)
        answer = connection.receive_until_closed()
    if broker.kind == "kafkalite" and answer:
        assert answer.startswith(b"HTTP/1.1 400 ")
    else:
        assert answer == b""


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(TLS_CLIENT_HELLO, id="tls-hello"),
        pytest.param(b"\xff" * 64, id="all-ones"),
        pytest.param(OVER_THE_LIMIT, id="length-2-gib"),
        pytest.param(OVER_THE_LIMIT + NOISE, id="length-2-gib-and-data"),
        pytest.param(struct.pack(">i", 100 * 1024 * 1024 + 1) + NOISE, id="length-just-over-the-limit"),
        pytest.param(struct.pack(">i", -1), id="length-minus-1"),
        pytest.param(struct.pack(">i", -(2**31)) + NOISE, id="length-most-negative"),
        pytest.param(struct.pack(">i", 0), id="length-0"),
        pytest.param(struct.pack(">ih", 2, METADATA), id="frame-of-half-a-header"),
        pytest.param(struct.pack(">i", 64) + NOISE[:64], id="noise-in-a-frame"),
        pytest.param(frame_request(99, 0), id="unknown-api-key"),
        pytest.param(frame_request(-1, 0), id="negative-api-key"),
        pytest.param(frame_request(4, 0), id="api-of-brokers-only"),
        pytest.param(frame_request(METADATA, 99), id="unsupported-version"),
        pytest.param(frame_request(METADATA, -1), id="negative-version"),
        pytest.param(frame_request(METADATA, 1), id="body-missing"),
        pytest.param(frame_request(METADATA, 1, struct.pack(">i", 2**31 - 1)), id="array-of-2-billion"),
        pytest.param(frame_request(METADATA, 1, struct.pack(">ih", 1, 30000) + b"short"), id="string-past-the-end"),
    ],
)
def test_connection_is_closed(broker: Broker, garbage: bytes) -> None:
    """Bytes that cannot be a request close the connection, without an answer."""
    with RawConnection(broker.port) as connection:
        connection.send(garbage)
        assert connection.receive_until_closed() == b""


def test_noise(broker: Broker) -> None:
    """Noise of every beginning ends its connection once we send no more, whatever it looked like."""
    for start in range(0, 2048, 128):
        with RawConnection(broker.port) as connection:
            connection.send(NOISE[start : start + 1024])
            connection.finish_sending()
            connection.receive_until_closed()


@pytest.mark.parametrize("kept_bytes", [0, 1, 3, 4, 5, 7, 11, 12, 16])
def test_truncated_frame(broker: Broker, kept_bytes: int) -> None:
    """A client that disconnects within a frame leaves no state."""
    with RawConnection(broker.port) as connection:
        connection.send(frame_request(API_VERSIONS, 0)[:kept_bytes])
        connection.finish_sending()
        assert connection.receive_until_closed() == b""


def test_one_byte_at_a_time(broker: Broker) -> None:
    """A slow client is served, and delays no other client meanwhile."""
    with RawConnection(broker.port) as connection:
        for position, byte in enumerate(frame_request(API_VERSIONS, 0)):
            connection.send(bytes([byte]))
            if position % 6 == 0:
                ask_api_versions(broker.port)
        assert API_VERSIONS in read_api_versions(connection.receive_frame()[4:])


def test_many_frames_at_once(broker: Broker) -> None:
    """Requests sent without waiting are answered each, in order."""
    with RawConnection(broker.port) as connection:
        connection.send(b"".join(frame_request(API_VERSIONS, 0, correlation_id=number) for number in range(200)))
        numbers = [struct.unpack(">i", connection.receive_frame()[:4])[0] for _ in range(200)]
    assert numbers == list(range(200))


def test_garbage_after_a_good_request(broker: Broker) -> None:
    """Valid requests are answered before the connection is closed."""
    with RawConnection(broker.port) as connection:
        connection.ask(API_VERSIONS, 0)
        connection.send(struct.pack(">i", -1))
        assert connection.receive_until_closed() == b""


@pytest.mark.parametrize("name", [b"a\xffb", b"\xed\xa0\x80", b"\xe2\x82", b"\xc0\x80"])
def test_a_name_that_is_not_utf_8(broker: Broker, name: bytes) -> None:
    """It is read as Java reads it: malformed bytes become U+FFFD, which no topic has in its name."""
    body = struct.pack(">ih", 1, len(name)) + name + b"\0"
    with RawConnection(broker.port) as connection:
        reply = AnswerReader(connection.ask(METADATA, 4, body))
    reply.take("i")  # throttle time
    for _ in range(reply.take("i")):
        (reply.take("i"), reply.take_text(), reply.take("i"))
        assert reply.take("h") == -1  # no rack
    (reply.take_text(), reply.take("i"), reply.take("i"))  # cluster id, controller, one topic
    assert (reply.take("h"), reply.take_text()) == (INVALID_TOPIC_EXCEPTION, READ_AS[name])


@pytest.mark.parametrize("version", [6, 99, 32767])
def test_unsupported_version_of_api_versions(broker: Broker, version: int) -> None:
    """Answered in version 0 with error 35 and the range of ApiVersions alone, and the connection goes on (KIP-511)."""
    with RawConnection(broker.port) as connection:
        reply = connection.ask(API_VERSIONS, version, b"\x00\x00\x00")
        assert struct.unpack(">hi", reply[:6]) == (UNSUPPORTED_VERSION, 1)
        key, low, high = struct.unpack(">hhh", reply[6:])
        assert (key, low) == (API_VERSIONS, 0)
        assert high in (3, 4, 5)
        assert API_VERSIONS in read_api_versions(connection.ask(API_VERSIONS, 0))


def test_advertised_versions(broker: Broker) -> None:
    """The versions that Apache Kafka of that release advertises for the client's first requests."""
    ranges = ask_api_versions(broker.port)
    metadata_high = 12 if broker.version < (4,) else 13
    api_versions_high = 4 if broker.version < (4, 4) else 5
    assert ranges[METADATA] == (0, metadata_high)
    assert ranges[API_VERSIONS] == (0, api_versions_high)
    assert ranges[FIND_COORDINATOR] == (0, 6)
    assert ranges[0][0] == 0  # Produce, also in Kafka 4, for clients that look for their codecs there
    assert all(low <= high for low, high in ranges.values())


def test_find_coordinator(broker: Broker) -> None:
    """The one broker coordinates every group, as soon as there is a place for its offsets."""
    body = write_string("a-group")
    error = 15
    with RawConnection(broker.port) as connection:
        for _ in range(20000):  # Kafka creates __consumer_offsets first; each round is a round trip
            reply = connection.ask(FIND_COORDINATOR, 0, body)
            (error,) = struct.unpack(">h", reply[:2])
            if error != 15:
                break
    assert error == 0
    assert reply[6:] == write_string("127.0.0.1") + struct.pack(">i", broker.port)


@pytest.fixture
def file_limit() -> Iterator[Callable[[int], None]]:
    """Let a test ask for more open files than the shell allowed."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)

    def ask(count: int) -> None:
        if before[0] < count:
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, max(count, before[1])))

    yield ask
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_2000_idle_connections(broker: Broker, file_limit: Callable[[int], None]) -> None:
    """They are parked, some within a frame; each is served when it wakes up."""
    file_limit(4096)
    request = frame_request(API_VERSIONS, 0)
    connections: list[RawConnection] = []
    try:
        for number in range(2000):
            connections.append(RawConnection(broker.port))
            connections[-1].send(request[: number % 8])
            if number % 25 == 0:  # a turn for the broker: a full queue of the system costs a second
                ask_api_versions(broker.port)
        for number, connection in list(enumerate(connections))[::50]:
            connection.send(request[number % 8 :])
            assert API_VERSIONS in read_api_versions(connection.receive_frame()[4:])
    finally:
        for connection in connections:
            connection.close()


def test_acks_0_to_nowhere_closes(broker: Broker) -> None:
    """A produce that wants no answer but failed can only be answered by closing."""
    records = b"\x00" * 61
    body = struct.pack(">hhii", -1, 0, 1000, 1) + write_string("no-such-topic")
    body += struct.pack(">iii", 1, 0, len(records)) + records
    with RawConnection(broker.port) as connection:
        connection.send(frame_request(0, 3, body))
        with pytest.raises(ConnectionClosed):
            connection.receive_frame()


@pytest.mark.parametrize("is_too_long", [False, True])
def test_a_text_longer_than_any_text(broker: Broker, is_too_long: bool) -> None:
    """Only compact lengths can announce one, and no broker reads it."""
    compact_length = bytes((0x81, 0x80, 2) if is_too_long else (0x80, 0x80, 2))
    name = b"x" * (0x8000 if is_too_long else 0x7FFF)
    frame = frame_request(METADATA, 9, b"\0\2" + compact_length + name + b"\0\0\0\0\0")
    with RawConnection(broker.port) as connection:
        connection.send(frame)
        if is_too_long:
            assert connection.receive_until_closed() == b""
        else:
            assert name in connection.receive_frame()
