# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeQuorumRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class PartitionData(Message):
    """`PartitionData` of DescribeQuorumRequest, versions 0-2."""

    __slots__ = (
        "partition_index",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.partition_index)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TopicData(Message):
    """`TopicData` of DescribeQuorumRequest, versions 0-2."""

    __slots__ = (
        "topic_name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_name: str = "",
        partitions: list[PartitionData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.partitions: list[PartitionData] = [] if partitions is None else partitions
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


class DescribeQuorumRequest(Message):
    """Kafka's request 55 `DescribeQuorumRequest`: versions 0-2, flexible from 0."""

    __slots__ = (
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 55
    NAME = "DescribeQuorumRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        topics: list[TopicData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[TopicData] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
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
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeQuorumRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_quorum_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeQuorumRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeQuorumRequest")
        return message, position


def _read_partition_data(buffer: Buffer, position: int, version: int) -> tuple[PartitionData, int]:
    self = new(PartitionData)
    self.partition_index, count = _unpack_iB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_data(buffer: Buffer, position: int, version: int) -> tuple[TopicData, int]:
    self = new(TopicData)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_partition_data(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_quorum_request(buffer: Buffer, position: int, version: int) -> tuple[DescribeQuorumRequest, int]:
    self = new(DescribeQuorumRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_topic_data(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
