# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListPartitionReassignmentsRequest."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class ListPartitionReassignmentsTopics(Message):
    """`ListPartitionReassignmentsTopics` of ListPartitionReassignmentsRequest, versions 0."""

    __slots__ = (
        "name",
        "partition_indexes",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partition_indexes: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partition_indexes: list[int] = [] if partition_indexes is None else partition_indexes
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
        length = len(self.partition_indexes) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.partition_indexes)}i", *self.partition_indexes)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ListPartitionReassignmentsRequest(Message):
    """Kafka's request 46 `ListPartitionReassignmentsRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "timeout_ms",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 46
    NAME = "ListPartitionReassignmentsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        timeout_ms: int = 60000,
        topics: list[ListPartitionReassignmentsTopics] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.topics = topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.timeout_ms)
        if self.topics is None:
            out.append(0)
        else:
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
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListPartitionReassignmentsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_partition_reassignments_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListPartitionReassignmentsRequest", error)
        if position > len(buffer):
            refuse_truncated("ListPartitionReassignmentsRequest")
        return message, position


def _read_list_partition_reassignments_topics(
    buffer: Buffer, position: int, version: int
) -> tuple[ListPartitionReassignmentsTopics, int]:
    self = new(ListPartitionReassignmentsTopics)
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
    self.partition_indexes, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_list_partition_reassignments_request(
    buffer: Buffer, position: int, version: int
) -> tuple[ListPartitionReassignmentsRequest, int]:
    self = new(ListPartitionReassignmentsRequest)
    self.timeout_ms, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.topics = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_list_partition_reassignments_topics(buffer, position, version)
            topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
