"""One request of very many elements is answered rightly, and quiet clients are answered before it."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable

import pytest

from compat_tests.broker_process import Broker
from compat_tests.raw_protocol import (
    API_VERSIONS,
    FETCH,
    FIND_COORDINATOR,
    LIST_OFFSETS,
    METADATA,
    RawConnection,
    frame_request,
    write_string,
)

OFFSET_FETCH = 9
ALTER_CLIENT_QUOTAS = 49
CONSUMER_GROUP_HEARTBEAT = 68
INVALID_REQUEST = 42
GROUP_ID_NOT_FOUND = 69
INIT_PRODUCER_ID = 22
LIST_TRANSACTIONS = 66
COORDINATOR_LOAD_IN_PROGRESS = 14
COORDINATOR_NOT_AVAILABLE = 15
NOT_COORDINATOR = 16
INVALID_REGULAR_EXPRESSION = 128
UNKNOWN_TOPIC_OR_PARTITION = 3
COUNT = 100_000
TOPIC = "no-such-topic"


def metadata() -> bytes:
    """Return a Metadata 4 of many unknown names, none of which is to be created."""
    names = b"".join(write_string(f"unknown-{number:06}") for number in range(COUNT))
    return frame_request(METADATA, 4, struct.pack(">i", COUNT) + names + b"\0")


def read_metadata(reply: bytes) -> list[tuple[str, int]]:
    """Return (name, error code) of each topic."""
    position = 4
    (broker_count,) = struct.unpack_from(">i", reply, position)
    position += 4
    for _ in range(broker_count):
        (length,) = struct.unpack_from(">h", reply, position + 4)
        position += 4 + 2 + length + 4
        (rack_length,) = struct.unpack_from(">h", reply, position)
        position += 2 + max(rack_length, 0)
    (length,) = struct.unpack_from(">h", reply, position)
    position += 2 + max(length, 0) + 4
    (count,) = struct.unpack_from(">i", reply, position)
    position += 4
    found = []
    for _ in range(count):
        error, length = struct.unpack_from(">hh", reply, position)
        position += 4
        found.append((reply[position : position + length].decode(), error))
        position += length + 1 + 4
    assert position == len(reply)
    return found


def check_metadata(reply: bytes) -> None:
    """Check that every name has its error; their order is that of a set in Apache Kafka."""
    expected = [(f"unknown-{number:06}", UNKNOWN_TOPIC_OR_PARTITION) for number in range(COUNT)]
    assert sorted(read_metadata(reply)) == expected


def partitions_of_one_topic(entry: Callable[[int], bytes]) -> bytes:
    """Return an array of one topic with many partitions."""
    return struct.pack(">i", 1) + write_string(TOPIC) + struct.pack(">i", COUNT) + b"".join(map(entry, range(COUNT)))


def after_topic(reply: bytes, position: int) -> tuple[int, int]:
    """Return the position after the name of the only topic and its count of partitions, and that count."""
    count, length = struct.unpack_from(">ih", reply, position)
    assert count == 1 and reply[position + 6 : position + 6 + length] == TOPIC.encode()
    return position + 6 + length + 4, struct.unpack_from(">i", reply, position + 6 + length)[0]


def fetch() -> bytes:
    """Return a Fetch 4 of many partitions that do not exist."""
    body = struct.pack(">iiiib", -1, 0, 1, 1_000_000, 0)
    return frame_request(FETCH, 4, body + partitions_of_one_topic(lambda index: struct.pack(">iqi", index, 0, 1_000)))


def check_fetch(reply: bytes) -> None:
    """Check that every partition is unknown."""
    position, count = after_topic(reply, 4)
    seen = set()
    for _ in range(count):
        index, error, _, _, aborted_count, size = struct.unpack_from(">ihqqii", reply, position)
        assert (error, aborted_count, size) == (UNKNOWN_TOPIC_OR_PARTITION, max(aborted_count, -1), max(size, -1))
        position += 30 + max(size, 0)
        seen.add(index)
    assert seen == set(range(COUNT)) and position == len(reply)


def list_offsets() -> bytes:
    """Return a ListOffsets 1 of many partitions that do not exist."""
    entries = partitions_of_one_topic(lambda index: struct.pack(">iq", index, -1))
    return frame_request(LIST_OFFSETS, 1, struct.pack(">i", -1) + entries)


def check_list_offsets(reply: bytes) -> None:
    """Check that every partition is unknown."""
    position, count = after_topic(reply, 0)
    answers = list(struct.iter_unpack(">ihqq", reply[position:]))
    assert sorted(answers) == [(index, UNKNOWN_TOPIC_OR_PARTITION, -1, -1) for index in range(COUNT)]
    assert count == COUNT


def offset_fetch() -> bytes:
    """Return an OffsetFetch 1 of many partitions of a group that has no offsets."""
    entries = partitions_of_one_topic(lambda index: struct.pack(">i", index))
    return frame_request(OFFSET_FETCH, 1, write_string("no-such-group") + entries)


def check_offset_fetch(reply: bytes) -> None:
    """Check that no partition has an offset, and that this is no error."""
    position, count = after_topic(reply, 0)
    assert count == COUNT
    answers = list(struct.iter_unpack(">iqhh", reply[position:]))
    assert answers == [(index, -1, 0, 0) for index in range(COUNT)]


@pytest.fixture(autouse=True)
def has_coordinator(broker: Broker) -> None:
    """Let the broker make the topic of groups, which it does when one is first asked for."""
    one = struct.pack(">i", 1) + write_string(TOPIC) + struct.pack(">ii", 1, 0)
    with RawConnection(broker.port) as connection:
        for _ in range(10_000):
            connection.ask(FIND_COORDINATOR, 0, write_string("no-such-group"))
            if connection.ask(OFFSET_FETCH, 1, write_string("no-such-group") + one).endswith(b"\0\0"):
                return
    raise AssertionError("there is no coordinator")


@pytest.mark.parametrize(
    ("request_", "check"),
    [
        pytest.param(metadata, check_metadata, id="Metadata"),
        pytest.param(fetch, check_fetch, id="Fetch"),
        pytest.param(list_offsets, check_list_offsets, id="ListOffsets"),
        pytest.param(offset_fetch, check_offset_fetch, id="OffsetFetch"),
    ],
)
def test_quiet_clients_are_answered_before_a_large_request(
    broker: Broker, request_: Callable[[], bytes], check: Callable[[bytes], None]
) -> None:
    """A client that asks after the large request was sent does not wait for its answer."""
    with RawConnection(broker.port) as large, RawConnection(broker.port) as quiet:
        quiet.ask(API_VERSIONS, 0)
        order: list[str] = []
        replies: list[bytes] = []

        def read_answer() -> None:
            start = large.receive(4)
            order.append("large")
            replies.append(large.receive(struct.unpack(">i", start)[0]))

        reader = threading.Thread(target=read_answer)
        reader.start()
        large.send(request_())
        quiet.ask(API_VERSIONS, 0)
        order.append("quiet")
        reader.join()
    assert order == ["quiet", "large"]
    check(replies[0][4:])


def test_a_host_that_no_name_server_knows_is_refused_alone(broker: Broker) -> None:
    """AlterClientQuotas 0, only tried, of an address and of a name that leads nowhere."""
    operation = struct.pack(">i", 1) + write_string("connection_creation_rate") + struct.pack(">d?", 5.0, False)
    body = struct.pack(">i", 2)
    for host in ("127.0.0.1", "nosuchhost.invalid"):
        body += struct.pack(">i", 1) + write_string("ip") + write_string(host) + operation
    with RawConnection(broker.port) as connection:
        reply = connection.ask(ALTER_CLIENT_QUOTAS, 0, body + b"\1")
    (count,) = struct.unpack_from(">i", reply, 4)
    position, found = 8, {}
    for _ in range(count):
        error, length = struct.unpack_from(">hh", reply, position)
        position += 4 + max(length, 0) + 4 + 4  # one part of the type "ip"
        (length,) = struct.unpack_from(">h", reply, position)
        found[reply[position + 2 : position + 2 + length].decode()] = error
        position += 2 + length
    assert position == len(reply)
    assert found == {"127.0.0.1": 0, "nosuchhost.invalid": INVALID_REQUEST}


def test_a_heartbeat_of_an_unknown_member_is_refused_whatever_it_reads(broker: Broker) -> None:
    """ConsumerGroupHeartbeat 0 that names a million partitions, of a group that does not exist."""
    count = 1_000_000
    partitions = uvarint(2) + bytes(15) + b"\1" + uvarint(count + 1) + struct.pack(f">{count}i", *range(count)) + b"\0"
    named = b"".join(uvarint(1 + len(text)) + text for text in (b"no-such-group", b"no-such-member"))
    body = struct.pack(">hhi", CONSUMER_GROUP_HEARTBEAT, 0, 7) + write_string("raw") + b"\0" + named
    body += struct.pack(">i", 5) + b"\0\0" + struct.pack(">i", -1) + b"\0\0" + partitions + b"\0"
    with RawConnection(broker.port) as connection:
        connection.send(struct.pack(">i", len(body)) + body)
        reply = connection.receive_frame()
    correlation_id, tag_count, throttle_ms, error = struct.unpack_from(">ibih", reply)
    assert (correlation_id, tag_count, throttle_ms, error) == (7, 0, 0, GROUP_ID_NOT_FOUND)


def metadata_with_tags(count: int) -> bytes:
    """Return a Metadata 9 with that many unknown tagged fields."""
    section = uvarint(count) + b"".join(uvarint(100 + number) + b"\0" for number in range(count))
    body = struct.pack(">hhi", METADATA, 9, 7) + write_string("raw") + b"\0" + b"\1\0\0\0" + section
    return struct.pack(">i", len(body)) + body


def test_many_tagged_fields_are_skipped(broker: Broker) -> None:
    """A request with 10,000 of them is answered as one without."""
    answers = []
    for count in (0, 10_000):
        with RawConnection(broker.port) as connection:
            connection.send(metadata_with_tags(count))
            answers.append(connection.receive_frame())
    assert answers[0] == answers[1]


def test_more_tagged_fields_or_elements_than_kafka_reads_end_the_connection(broker: Broker) -> None:
    """10,001 tagged fields of one struct, and 1,000,001 names in one array: bounds of Kafka 4.4."""
    if broker.version < (4, 4):
        pytest.skip("no bounds before Kafka 4.4")
    count = 1_000_001
    names = struct.pack(">hhi", METADATA, 4, 7) + write_string("raw") + struct.pack(">i", count) + bytes(2 * count)
    for request in (metadata_with_tags(10_001), struct.pack(">i", len(names) + 1) + names + b"\0"):
        with RawConnection(broker.port) as connection:
            connection.send(request)
            assert connection.receive_until_closed() == b""
    with RawConnection(broker.port) as connection:
        connection.send(metadata_with_tags(0))
        assert connection.receive_frame(), "others are served as before"


def list_transactions(connection: RawConnection, pattern: str) -> tuple[int, bool]:
    """Return the error of a ListTransactions 2 with a pattern, and whether it found anything."""
    text = pattern.encode()
    body = b"\1\1" + struct.pack(">q", -1) + uvarint(len(text) + 1) + text + b"\0"
    head = struct.pack(">hhi", LIST_TRANSACTIONS, 2, 7) + write_string("raw") + b"\0"
    connection.send(struct.pack(">i", len(head) + len(body)) + head + body)
    reply = connection.receive_frame()  # correlation id, tags, throttle time, error, unknown states, transactions
    return struct.unpack_from(">h", reply, 9)[0], reply[12] > 1


def test_no_pattern_of_transactional_ids_is_slow(broker: Broker) -> None:
    """Patterns on which a backtracking matcher takes minutes are answered; those that require one are refused."""
    transactional_id = "a" * 40 + "!"
    with RawConnection(broker.port) as connection:
        for _ in range(10_000):
            connection.ask(FIND_COORDINATOR, 1, write_string(transactional_id) + b"\1")
            reply = connection.ask(INIT_PRODUCER_ID, 0, write_string(transactional_id) + struct.pack(">i", 10_000))
            error = struct.unpack_from(">h", reply, 4)[0]
            if error not in (COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR):
                break
        assert error == 0
        assert list_transactions(connection, "(a+)+$") == (0, False)
        assert list_transactions(connection, "(a|a)*!") == (0, True)
        assert list_transactions(connection, "(a)\\1") == (INVALID_REGULAR_EXPRESSION, False)
        assert list_transactions(connection, "[" + "[:" * 16_000) == (INVALID_REGULAR_EXPRESSION, False)


def uvarint(value: int) -> bytes:
    """Return an unsigned variable-length integer."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
