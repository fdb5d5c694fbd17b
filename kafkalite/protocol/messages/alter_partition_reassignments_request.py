# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterPartitionReassignmentsRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class ReassignablePartition(Message):
    """`ReassignablePartition` of AlterPartitionReassignmentsRequest, versions 0-1."""

    __slots__ = (
        "partition_index",
        "replicas",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        replicas: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.replicas = replicas
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.partition_index)
        if self.replicas is None:
            out.append(0)
        else:
            length = len(self.replicas) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.replicas)}i", *self.replicas)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ReassignableTopic(Message):
    """`ReassignableTopic` of AlterPartitionReassignmentsRequest, versions 0-1."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[ReassignablePartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[ReassignablePartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partitions_item in self.partitions:
            partitions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AlterPartitionReassignmentsRequest(Message):
    """Kafka's request 45 `AlterPartitionReassignmentsRequest`: versions 0-1, flexible from 0."""

    __slots__ = (
        "timeout_ms",
        "allow_replication_factor_change",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 45
    NAME = "AlterPartitionReassignmentsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        timeout_ms: int = 60000,
        allow_replication_factor_change: bool = True,
        topics: list[ReassignableTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.allow_replication_factor_change = allow_replication_factor_change
        self.topics: list[ReassignableTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.timeout_ms)
        if version >= 1:
            out += _pack_t(self.allow_replication_factor_change)
        else:
            if not self.allow_replication_factor_change:
                refuse_field("AlterPartitionReassignmentsRequest", "allow_replication_factor_change", version)
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            topics_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterPartitionReassignmentsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_partition_reassignments_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterPartitionReassignmentsRequest", error)
        if position > len(buffer):
            refuse_truncated("AlterPartitionReassignmentsRequest")
        return message, position


def _read_reassignable_partition(buffer: Buffer, position: int, version: int) -> tuple[ReassignablePartition, int]:
    self = new(ReassignablePartition)
    self.partition_index, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.replicas = None
    else:
        self.replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_reassignable_topic(buffer: Buffer, position: int, version: int) -> tuple[ReassignableTopic, int]:
    self = new(ReassignableTopic)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_reassignable_partition(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_partition_reassignments_request(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterPartitionReassignmentsRequest, int]:
    self = new(AlterPartitionReassignmentsRequest)
    (self.timeout_ms,) = _unpack_i(buffer, position)
    position += 4
    if version >= 1:
        self.allow_replication_factor_change = buffer[position] != 0
        position += 1
    else:
        self.allow_replication_factor_change = True
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_reassignable_topic(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
