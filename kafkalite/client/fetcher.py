"""Fetching: records of assigned partitions from their leaders, without a group.

Source: org.apache.kafka.clients.consumer.internals.Fetcher, CompletedFetch (aborted transactions, KIP-98).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.client.errors import BrokerError, ClientError, DamagedRecords
from kafkalite.client.offsets import (
    EARLIEST,
    READ_COMMITTED,
    READ_UNCOMMITTED,
    TopicPartition,
    find_leaders,
    list_offsets,
)
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import OFFSET_OUT_OF_RANGE
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from kafkalite.records.batch import CODEC_MASK, check_crc, iterate_records, read_batch_header
from kafkalite.records.control import ABORT, read_control_kind
from kafkalite.records.legacy import open_wrapper, read_message_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kafkalite.client.client import Client
    from kafkalite.records.batch import BatchHeader

RESPONSE_MAX_BYTES = 50 * 1024 * 1024
PARTITION_MAX_BYTES = 1024 * 1024
DECOMPRESSED_MAX_BYTES = 1 << 30
"""The limit of one decompressed batch: the reader chose to read it."""

_LENGTH_POSITION, _MAGIC_POSITION, _OVERHEAD_BYTES = 8, 16, 12
_FIRST_VERSION_WITH_TOPIC_IDS = 13


class FetchedRecord(NamedTuple):
    """One record; ``timestamp`` in milliseconds since 1970, -1 for none."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]


class Fetcher:
    """Follows partitions from their positions.

    Args:
        positions: partition -> the first offset to fetch.
        isolation_level: READ_COMMITTED hides records of open and aborted transactions.

    Attributes:
        positions: partition -> the next offset; may be changed and deleted from between two polls.
        jumps: (partition, from, to) of positions that the broker no longer had; the caller reports and clears them.
    """

    def __init__(
        self, client: Client, positions: Mapping[TopicPartition, int], *, isolation_level: int = READ_UNCOMMITTED
    ) -> None:
        self._client = client
        self._isolation_level = isolation_level
        self._leaders: dict[int, list[TopicPartition]] = {}
        self._topic_ids: dict[str, bytes] = {}
        self.positions = dict(positions)
        self.jumps: list[tuple[TopicPartition, int, int]] = []

    def poll(self, timeout_ms: int) -> list[FetchedRecord]:
        """Return the next records, in order within each partition; [] if none arrived within ``timeout_ms``.

        Raises:
            ClientError: an error that is not transient, or lasts longer than ``default.api.timeout.ms``.
        """
        return self._client.retry(lambda: self._poll(timeout_ms), is_reconnecting=True)

    def _poll(self, timeout_ms: int) -> list[FetchedRecord]:
        try:
            self._find_leaders()
            asked = [
                (self._client.connection(leader_id), partitions) for leader_id, partitions in self._leaders.items()
            ]
            deadline_ms = self._client.clock.monotonic_ms() + timeout_ms + self._client.config.request_timeout_ms
            for connection, partitions in asked:
                request, limit = self._request(connection, partitions, timeout_ms)
                connection.send(request, deadline_ms, limit)
            answers = [connection.receive(deadline_ms) for connection, _ in asked]
        except ClientError:
            self._forget_connections()
            raise
        return self._take(answers)

    def _forget_connections(self) -> None:
        """Close connections with an outstanding answer, which the next request must not mistake for its own."""
        self._client.close()
        self._leaders = {}

    def _find_leaders(self) -> None:
        known = {partition for partitions in self._leaders.values() for partition in partitions}
        if known != self.positions.keys():
            self._leaders = find_leaders(self._client, self.positions, self._topic_ids)

    def _request(self, connection: Any, partitions: list[TopicPartition], timeout_ms: int) -> tuple[FetchRequest, Any]:
        has_ids = all(self._topic_ids.get(partition.topic, ZERO_UUID) != ZERO_UUID for partition in partitions)
        limit = None if has_ids else _FIRST_VERSION_WITH_TOPIC_IDS - 1
        is_by_id = connection.highest_version(FetchRequest, limit) >= _FIRST_VERSION_WITH_TOPIC_IDS
        topics: dict[str, FetchTopic] = {}
        for partition in partitions:
            name = partition.topic
            topic = topics.get(name)
            if topic is None:
                topic = topics[name] = (
                    FetchTopic(topic_id=self._topic_ids[name], partitions=[])
                    if is_by_id
                    else FetchTopic(topic=name, partitions=[])
                )
            topic.partitions.append(
                FetchPartition(
                    partition=partition.partition,
                    fetch_offset=self.positions[partition],
                    partition_max_bytes=PARTITION_MAX_BYTES,
                )
            )
        request = FetchRequest(
            max_wait_ms=timeout_ms,
            min_bytes=1,
            max_bytes=RESPONSE_MAX_BYTES,
            isolation_level=self._isolation_level,
            topics=list(topics.values()),
        )
        return request, limit

    def _take(self, answers: list[Any]) -> list[FetchedRecord]:
        names = {topic_id: name for name, topic_id in self._topic_ids.items()}
        records: list[FetchedRecord] = []
        problems: list[BrokerError] = []
        for answer in answers:
            if answer.error_code:
                problems.append(BrokerError(answer.error_code, None, "Fetch"))
            for topic in answer.responses:
                name = topic.topic or names.get(topic.topic_id, "")
                for data in topic.partitions:
                    partition = TopicPartition(name, data.partition_index)
                    if data.error_code == OFFSET_OUT_OF_RANGE:
                        self._jump(partition)
                    elif data.error_code:
                        problems.append(BrokerError(data.error_code, None, str(partition)))
                    elif partition in self.positions:
                        records += self._records(partition, data)
        fatal = [problem for problem in problems if not problem.is_retriable]
        if problems:
            self._leaders = {}
        for problem in fatal if records else (*fatal, *problems):
            raise problem
        return records

    def _jump(self, partition: TopicPartition) -> None:
        """Continue at the first remaining offset after retention deleted the position."""
        start = list_offsets(self._client, {partition: EARLIEST})[partition]
        self.jumps.append((partition, self.positions[partition], start))
        self.positions[partition] = start

    def _records(self, partition: TopicPartition, data: Any) -> list[FetchedRecord]:
        aborted = [(one.first_offset, one.producer_id) for one in data.aborted_transactions or ()]
        is_filtered = self._isolation_level == READ_COMMITTED
        position = self.positions[partition]
        records: list[FetchedRecord] = []
        try:
            for found, next_offset in read_fetched(data.records or b"", aborted if is_filtered else []):
                records += [
                    FetchedRecord(*partition, one.offset, one.timestamp, one.key, one.value, one.headers)
                    for one in found
                    if one.offset >= position
                ]
                self.positions[partition] = max(self.positions[partition], next_offset)
        except ApiError as problem:
            if not records:
                raise DamagedRecords(
                    f"{partition}: the records at offset {self.positions[partition]} cannot be read: {problem}"
                ) from None
        return records


class PlainRecord(NamedTuple):
    """The common interface of all record formats."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]


def read_fetched(
    buffer: bytes | bytearray | memoryview, aborted: list[tuple[int, int]]
) -> Iterator[tuple[list[PlainRecord], int]]:
    """Yield (records, the next offset) of every whole batch or message in fetched bytes, of any magic.

    Args:
        aborted: (first offset, producer id) of aborted transactions, whose records are left out.
    Raises:
        ApiError: iteration reached damaged bytes.
    """
    pending = sorted(aborted, reverse=True)
    aborting: set[int] = set()
    view = memoryview(buffer)
    position = 0
    while len(view) - position > _MAGIC_POSITION:
        size = int.from_bytes(view[position + _LENGTH_POSITION : position + _OVERHEAD_BYTES], "big", signed=True)
        end = position + _OVERHEAD_BYTES + max(size, 0)
        if end > len(view):
            return
        if view[position + _MAGIC_POSITION] < 2:
            yield _read_legacy(view[position:end])
        else:
            header = read_batch_header(view, position)
            check_crc(view, header)
            while pending and pending[-1][0] <= header.last_offset:
                aborting.add(pending.pop()[1])
            yield _read_batch(view, header, aborting), header.end_offset
        position = end


def _read_batch(view: memoryview, header: BatchHeader, aborting: set[int]) -> list[PlainRecord]:
    if header.is_control:
        for marker in iterate_records(view, header):
            if read_control_kind(marker) == ABORT:
                aborting.discard(header.producer_id)
        return []
    if header.is_transactional and header.producer_id in aborting:
        return []
    return [
        PlainRecord(one.offset, one.timestamp, one.key, one.value, one.headers)
        for one in iterate_records(view, header, max_bytes=DECOMPRESSED_MAX_BYTES)
    ]


def _read_legacy(view: memoryview) -> tuple[list[PlainRecord], int]:
    """Return the records of one message of magic 0 or 1, a wrapper opened, and the next offset."""
    [outer] = read_message_set(view)
    is_wrapper = outer.attributes & CODEC_MASK
    messages = open_wrapper(outer, max_bytes=DECOMPRESSED_MAX_BYTES) if is_wrapper else [outer]
    records = [
        PlainRecord(
            one.offset,
            one.timestamp,
            None if one.key is None else bytes(one.key),
            None if one.value is None else bytes(one.value),
            [],
        )
        for one in messages
    ]
    return records, messages[-1].offset + 1
