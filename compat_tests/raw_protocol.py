"""Just enough of the wire protocol, by hand, to look at a broker without any client in between."""

from __future__ import annotations

import socket
import struct
from types import TracebackType
from typing import NamedTuple

API_VERSIONS = 18
PRODUCE = 0
FETCH = 1
LIST_OFFSETS = 2
FIND_COORDINATOR = 10
METADATA = 3
CREATE_TOPICS = 19
UNSUPPORTED_VERSION = 35
ANSWER_TIMEOUT_S = 10.0
CODEC_NAMES = ("none", "gzip", "snappy", "lz4", "zstd")


class ConnectionClosed(Exception):
    """The broker closed the connection instead of answering."""


class StoredBatch(NamedTuple):
    """The header of one record batch (format 2) as the broker serves it."""

    base_offset: int
    record_count: int
    codec: str
    is_log_append_time: bool
    is_control: bool
    producer_id: int
    producer_epoch: int
    base_sequence: int


class RawConnection:
    """A socket to the broker that sends and receives bytes and frames; every wait is bounded."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> RawConnection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes as they are; a connection the broker has closed is no error here."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def finish_sending(self) -> None:
        """Close our half of the connection."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def receive(self, size: int) -> bytes:
        """Return exactly `size` bytes.

        Raises:
            ConnectionClosed: the broker closes the connection before.
            TimeoutError: nothing arrives in time.
        """
        received = bytearray()
        while len(received) < size:
            try:
                chunk = self._socket.recv(size - len(received))
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                raise ConnectionClosed(f"after {len(received)} of {size} bytes: {bytes(received[:80])!r}")
            received += chunk
        return bytes(received)

    def receive_frame(self) -> bytes:
        """Return the next frame without its length."""
        return self.receive(struct.unpack(">i", self.receive(4))[0])

    def receive_until_closed(self, limit_bytes: int = 65536) -> bytes:
        """Return the bytes that the broker sends before it closes the connection.

        Raises:
            TimeoutError: the broker keeps the connection open.
        """
        received = bytearray()
        while len(received) < limit_bytes:
            try:
                chunk = self._socket.recv(4096)
            except ConnectionResetError:
                break
            if not chunk:
                break
            received += chunk
        return bytes(received)

    def ask(self, api_key: int, version: int, body: bytes = b"", correlation_id: int = 7) -> bytes:
        """Send a request with header version 1 and return the reply after its correlation id."""
        self.send(frame_request(api_key, version, body, correlation_id))
        reply = self.receive_frame()
        assert reply[:4] == struct.pack(">i", correlation_id), f"another correlation id: {reply[:4].hex()}"
        return reply[4:]


def frame_request(api_key: int, version: int, body: bytes = b"", correlation_id: int = 7) -> bytes:
    """Return a whole request with header version 1 (no tagged fields)."""
    request = struct.pack(">hhi", api_key, version, correlation_id) + write_string("raw") + body
    return struct.pack(">i", len(request)) + request


def write_string(text: str) -> bytes:
    """Return a non-flexible STRING."""
    data = text.encode()
    return struct.pack(">h", len(data)) + data


def ask_api_versions(port: int) -> dict[int, tuple[int, int]]:
    """Return the version range of each API (ApiVersions 0) over a separate connection."""
    with RawConnection(port) as connection:
        return read_api_versions(connection.ask(API_VERSIONS, 0))


def read_api_versions(reply: bytes) -> dict[int, tuple[int, int]]:
    """Parse an ApiVersions 0 body; its error code must be 0."""
    error, count = struct.unpack_from(">hi", reply)
    assert error == 0
    assert len(reply) == 6 + 6 * count
    return {key: (low, high) for key, low, high in struct.iter_unpack(">hhh", reply[6:])}


def fetch_batches(port: int, topic: str, partition: int = 0, offset: int = 0) -> list[StoredBatch]:
    """Return the headers of the whole batches that one Fetch 10 of up to 20 MB brings."""
    error, records = fetch(port, topic, partition, offset, version=10)
    assert error == 0, f"Fetch answered error {error}"
    return _read_batches(records)


def fetch(port: int, topic: str, partition: int, offset: int, version: int) -> tuple[int, bytes]:
    """Return the error code and the records that one Fetch of version 3, 4 or 10 brings."""
    is_old = version <= 4
    body = struct.pack(">iiii", -1, 500, 1, 20_000_000)
    body += b"" if version < 4 else b"\0"  # isolation level
    body += b"" if is_old else struct.pack(">ii", 0, -1)  # no session
    body += struct.pack(">i", 1) + write_string(topic) + struct.pack(">ii", 1, partition)
    if is_old:
        body += struct.pack(">qi", offset, 20_000_000)
    else:
        body += struct.pack(">iqqi", -1, offset, -1, 20_000_000) + struct.pack(">i", 0)  # epoch, start; none forgotten
    with RawConnection(port) as connection:
        reply = connection.ask(FETCH, version, body)
    position = 4 if is_old else 10  # throttle time; error and session
    position += 4 + 2 + len(topic.encode()) + 4 + 4  # one topic with its name, one partition, its index
    (error,) = struct.unpack_from(">h", reply, position)
    if version < 4:
        position += 10  # error, high watermark
    else:
        position += 18 if is_old else 26  # last stable offset; log start offset
        (aborted_count,) = struct.unpack_from(">i", reply, position)
        position += 4 + 16 * max(aborted_count, 0)
    (size,) = struct.unpack_from(">i", reply, position)
    return error, reply[position + 4 : position + 4 + max(size, 0)]


def has_leaders(port: int, topic: str, partition_count: int) -> bool:
    """Return whether every partition of a topic has a log to look into (ListOffsets 1 answers without an error)."""
    body = struct.pack(">ii", -1, 1) + write_string(topic) + struct.pack(">i", partition_count)
    body += b"".join(struct.pack(">iq", partition, -1) for partition in range(partition_count))
    with RawConnection(port) as connection:
        reply = connection.ask(LIST_OFFSETS, 1, body)
    answers = reply[4 + 2 + len(topic.encode()) + 4 :]  # one topic with its name, the count of its partitions
    return all(error == 0 for _, error, _, _ in struct.iter_unpack(">ihqq", answers))


def _read_batches(records: bytes) -> list[StoredBatch]:
    batches = []
    position = 0
    while position + 61 <= len(records):
        base_offset, length, _, magic = struct.unpack_from(">qiib", records, position)
        if position + 12 + length > len(records):
            break
        assert magic == 2, f"message format {magic}"
        (attributes,) = struct.unpack_from(">h", records, position + 21)
        producer_id, epoch, base_sequence, count = struct.unpack_from(">qhii", records, position + 43)
        codec, is_control = CODEC_NAMES[attributes & 7], bool(attributes & 32)
        producer = (producer_id, epoch, base_sequence)
        batches.append(StoredBatch(base_offset, count, codec, bool(attributes & 8), is_control, *producer))
        position += 12 + length
    return batches


def create_topic(port: int, topic: str, **configs: str) -> None:
    """Create a topic of one partition (CreateTopics 2) and return when its log is there.

    Args:
        configs: of the topic, with _ for each dot.
    """
    body = struct.pack(">i", 1) + write_string(topic) + struct.pack(">ihii", 1, 1, 0, len(configs))
    body += b"".join(write_string(name.replace("_", ".")) + write_string(value) for name, value in configs.items())
    body += struct.pack(">ib", 30_000, 0)
    with RawConnection(port) as connection:
        reply = connection.ask(CREATE_TOPICS, 2, body)
    (error,) = struct.unpack_from(">h", reply, 4 + 4 + 2 + len(topic.encode()))
    assert error == 0, f"CreateTopics answered error {error}"
    for _ in range(200):
        if has_leaders(port, topic, 1):
            return
    raise AssertionError(f"{topic} has no leader")


def produce(port: int, topic: str, records: bytes, partition: int = 0) -> int:
    """Send one Produce 7 with acks=all for one partition and return the error code of the partition."""
    body = struct.pack(">hhi", -1, -1, 30_000) + struct.pack(">i", 1) + write_string(topic)
    body += struct.pack(">iii", 1, partition, len(records)) + records
    with RawConnection(port) as connection:
        reply = connection.ask(PRODUCE, 7, body)
    (error,) = struct.unpack_from(">h", reply, 4 + 2 + len(topic.encode()) + 4 + 4)
    return int(error)


class AnswerReader:
    """Reads the fields of an answer one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, form: str) -> int:
        """Return the next number."""
        [value] = struct.unpack_from(f">{form}", self._data, self._position)
        self._position += struct.calcsize(form)
        return int(value)

    def take_text(self) -> str:
        """Return the next text, "" for null."""
        length = max(0, self.take("h"))
        self._position += length
        return self._data[self._position - length : self._position].decode()
