# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeShareGroupOffsetsRequest."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
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


class DescribeShareGroupOffsetsRequestTopic(Message):
    """`DescribeShareGroupOffsetsRequestTopic` of DescribeShareGroupOffsetsRequest, versions 0-1."""

    __slots__ = (
        "topic_name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_name: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.partitions: list[int] = [] if partitions is None else partitions
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
        out += pack(f">{len(self.partitions)}i", *self.partitions)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeShareGroupOffsetsRequestGroup(Message):
    """`DescribeShareGroupOffsetsRequestGroup` of DescribeShareGroupOffsetsRequest, versions 0-1."""

    __slots__ = (
        "group_id",
        "topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        group_id: str = "",
        topics: list[DescribeShareGroupOffsetsRequestTopic] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.topics: list[DescribeShareGroupOffsetsRequestTopic] | None = [] if topics is UNSET else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.group_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
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


class DescribeShareGroupOffsetsRequest(Message):
    """Kafka's request 90 `DescribeShareGroupOffsetsRequest`: versions 0-1, flexible from 0."""

    __slots__ = (
        "groups",
        "unknown_tagged_fields",
    )

    API_KEY = 90
    NAME = "DescribeShareGroupOffsetsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        groups: list[DescribeShareGroupOffsetsRequestGroup] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.groups: list[DescribeShareGroupOffsetsRequestGroup] = [] if groups is None else groups
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.groups) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for groups_item in self.groups:
            groups_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeShareGroupOffsetsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_share_group_offsets_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeShareGroupOffsetsRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeShareGroupOffsetsRequest")
        return message, position


def _read_describe_share_group_offsets_request_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeShareGroupOffsetsRequestTopic, int]:
    self = new(DescribeShareGroupOffsetsRequestTopic)
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
    self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_share_group_offsets_request_group(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeShareGroupOffsetsRequestGroup, int]:
    self = new(DescribeShareGroupOffsetsRequestGroup)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.topics = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_describe_share_group_offsets_request_topic(buffer, position, version)
            topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_share_group_offsets_request(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeShareGroupOffsetsRequest, int]:
    self = new(DescribeShareGroupOffsetsRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    groups_ = self.groups = []
    for _ in range(length - 1):
        groups_item, position = _read_describe_share_group_offsets_request_group(buffer, position, version)
        groups_.append(groups_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
