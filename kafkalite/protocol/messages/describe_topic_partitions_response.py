# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeTopicPartitionsResponse."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16st = Struct(">16s?").pack
_unpack_16stB = Struct(">16s?B").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_pack_hiii = Struct(">hiii").pack
_unpack_hiiiB = Struct(">hiiiB").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class DescribeTopicPartitionsResponsePartition(Message):
    """`DescribeTopicPartitionsResponsePartition` of DescribeTopicPartitionsResponse, versions 0."""

    __slots__ = (
        "error_code",
        "partition_index",
        "leader_id",
        "leader_epoch",
        "replica_nodes",
        "isr_nodes",
        "eligible_leader_replicas",
        "last_known_elr",
        "offline_replicas",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        partition_index: int = 0,
        leader_id: int = 0,
        leader_epoch: int = -1,
        replica_nodes: list[int] | None = None,
        isr_nodes: list[int] | None = None,
        eligible_leader_replicas: list[int] | None = None,
        last_known_elr: list[int] | None = None,
        offline_replicas: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.partition_index = partition_index
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.replica_nodes: list[int] = [] if replica_nodes is None else replica_nodes
        self.isr_nodes: list[int] = [] if isr_nodes is None else isr_nodes
        self.eligible_leader_replicas = eligible_leader_replicas
        self.last_known_elr = last_known_elr
        self.offline_replicas: list[int] = [] if offline_replicas is None else offline_replicas
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_hiii(self.error_code, self.partition_index, self.leader_id, self.leader_epoch)
        length = len(self.replica_nodes) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.replica_nodes)}i", *self.replica_nodes)
        length = len(self.isr_nodes) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.isr_nodes)}i", *self.isr_nodes)
        if self.eligible_leader_replicas is None:
            out.append(0)
        else:
            length = len(self.eligible_leader_replicas) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.eligible_leader_replicas)}i", *self.eligible_leader_replicas)
        if self.last_known_elr is None:
            out.append(0)
        else:
            length = len(self.last_known_elr) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.last_known_elr)}i", *self.last_known_elr)
        length = len(self.offline_replicas) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.offline_replicas)}i", *self.offline_replicas)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeTopicPartitionsResponseTopic(Message):
    """`DescribeTopicPartitionsResponseTopic` of DescribeTopicPartitionsResponse, versions 0."""

    __slots__ = (
        "error_code",
        "name",
        "topic_id",
        "is_internal",
        "partitions",
        "topic_authorized_operations",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        name: str | None = "",
        topic_id: bytes = ZERO_UUID,
        is_internal: bool = False,
        partitions: list[DescribeTopicPartitionsResponsePartition] | None = None,
        topic_authorized_operations: int = -2147483648,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.name = name
        self.topic_id = topic_id
        self.is_internal = is_internal
        self.partitions: list[DescribeTopicPartitionsResponsePartition] = [] if partitions is None else partitions
        self.topic_authorized_operations = topic_authorized_operations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_h(self.error_code)
        if self.name is None:
            out.append(0)
        else:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_16st(self.topic_id, self.is_internal)
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partitions_item in self.partitions:
            partitions_item.write(out, version)
        out += _pack_i(self.topic_authorized_operations)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Cursor(Message):
    """`Cursor` of DescribeTopicPartitionsResponse, versions 0."""

    __slots__ = (
        "topic_name",
        "partition_index",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_name: str = "",
        partition_index: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.partition_index = partition_index
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.topic_name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.partition_index)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeTopicPartitionsResponse(Message):
    """Kafka's response 75 `DescribeTopicPartitionsResponse`: versions 0, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "topics",
        "next_cursor",
        "unknown_tagged_fields",
    )

    API_KEY = 75
    NAME = "DescribeTopicPartitionsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        topics: list[DescribeTopicPartitionsResponseTopic] | None = None,
        next_cursor: Cursor | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[DescribeTopicPartitionsResponseTopic] = [] if topics is None else topics
        self.next_cursor = next_cursor
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.throttle_time_ms)
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            topics_item.write(out, version)
        if self.next_cursor is None:
            out.append(255)
        else:
            out.append(1)
            self.next_cursor.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeTopicPartitionsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_topic_partitions_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeTopicPartitionsResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeTopicPartitionsResponse")
        return message, position


def _read_describe_topic_partitions_response_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeTopicPartitionsResponsePartition, int]:
    self = new(DescribeTopicPartitionsResponsePartition)
    self.error_code, self.partition_index, self.leader_id, self.leader_epoch, length = _unpack_hiiiB(buffer, position)
    position += 15
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.replica_nodes, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.isr_nodes, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.eligible_leader_replicas = None
    else:
        self.eligible_leader_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.last_known_elr = None
    else:
        self.last_known_elr, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.offline_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_topic_partitions_response_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeTopicPartitionsResponseTopic, int]:
    self = new(DescribeTopicPartitionsResponseTopic)
    self.error_code, length = _unpack_hB(buffer, position)
    position += 3
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.name = None
    else:
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.topic_id, self.is_internal, length = _unpack_16stB(buffer, position)
    position += 18
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 20 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_describe_topic_partitions_response_partition(buffer, position, version)
        partitions_.append(partitions_item)
    self.topic_authorized_operations, count = _unpack_iB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_cursor(buffer: Buffer, position: int, version: int) -> tuple[Cursor, int]:
    self = new(Cursor)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.partition_index, count = _unpack_iB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_topic_partitions_response(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeTopicPartitionsResponse, int]:
    self = new(DescribeTopicPartitionsResponse)
    self.throttle_time_ms, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 26 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_describe_topic_partitions_response_topic(buffer, position, version)
        topics_.append(topics_item)
    marker = buffer[position]
    position += 1
    if marker > 127:
        self.next_cursor = None
    else:
        self.next_cursor, position = _read_cursor(buffer, position, version)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
