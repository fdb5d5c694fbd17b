# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeLogDirsRequest."""

from __future__ import annotations

from struct import Struct, pack
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
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class DescribableLogDirTopic(Message):
    """`DescribableLogDirTopic` of DescribeLogDirsRequest, versions 0-5."""

    __slots__ = (
        "topic",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.topic.encode()
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
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields:
                refuse_field("DescribableLogDirTopic", "unknown_tagged_fields", version)


class DescribeLogDirsRequest(Message):
    """Kafka's request 35 `DescribeLogDirsRequest`: versions 0-5, flexible from 2."""

    __slots__ = (
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 35
    NAME = "DescribeLogDirsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        topics: list[DescribableLogDirTopic] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[DescribableLogDirTopic] | None = [] if topics is UNSET else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
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
        else:
            if self.topics is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.topics))
                for topics_item in self.topics:
                    topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeLogDirsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeLogDirsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_log_dirs_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeLogDirsRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeLogDirsRequest")
        return message, position


def _read_describable_log_dir_topic(buffer: Buffer, position: int, version: int) -> tuple[DescribableLogDirTopic, int]:
    self = new(DescribableLogDirTopic)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
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
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partitions, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_log_dirs_request(buffer: Buffer, position: int, version: int) -> tuple[DescribeLogDirsRequest, int]:
    self = new(DescribeLogDirsRequest)
    if version >= 2:
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
                topics_item, position = _read_describable_log_dir_topic(buffer, position, version)
                topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.topics = None
        else:
            if 6 * length > len(buffer) - position:
                refuse_count()
            topics_ = self.topics = []
            for _ in range(length):
                topics_item, position = _read_describable_log_dir_topic(buffer, position, version)
                topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
