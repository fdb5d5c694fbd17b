# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetCommitResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class OffsetCommitResponsePartition(Message):
    """`OffsetCommitResponsePartition` of OffsetCommitResponse, versions 0-10."""

    __slots__ = (
        "partition_index",
        "error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 8:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.unknown_tagged_fields:
                refuse_field("OffsetCommitResponsePartition", "unknown_tagged_fields", version)


class OffsetCommitResponseTopic(Message):
    """`OffsetCommitResponseTopic` of OffsetCommitResponse, versions 0-10."""

    __slots__ = (
        "name",
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[OffsetCommitResponsePartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions: list[OffsetCommitResponsePartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 8:
            if version <= 9:
                data = self.name.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if version >= 10:
                out += _pack_16s(self.topic_id)
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
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetCommitResponseTopic", "unknown_tagged_fields", version)


class OffsetCommitResponse(Message):
    """Kafka's response 8 `OffsetCommitResponse`: versions 0-10, flexible from 8."""

    __slots__ = (
        "throttle_time_ms",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 8
    NAME = "OffsetCommitResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 10
    FIRST_FLEXIBLE_VERSION = 8

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        topics: list[OffsetCommitResponseTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[OffsetCommitResponseTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 8:
            out += _pack_i(self.throttle_time_ms)
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
            if version >= 3:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetCommitResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetCommitResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_commit_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetCommitResponse", error)
        if position > len(buffer):
            refuse_truncated("OffsetCommitResponse")
        return message, position


def _read_offset_commit_response_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetCommitResponsePartition, int]:
    self = new(OffsetCommitResponsePartition)
    if version >= 8:
        self.partition_index, self.error_code, count = _unpack_ihB(buffer, position)
        position += 7
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.error_code = _unpack_ih(buffer, position)
        position += 6
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_commit_response_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetCommitResponseTopic, int]:
    self = new(OffsetCommitResponseTopic)
    if version >= 8:
        if version <= 9:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.name = ""
        if version >= 10:
            (self.topic_id,) = _unpack_16s(buffer, position)
            position += 16
        else:
            self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_offset_commit_response_partition(buffer, position, version)
            partitions_.append(partitions_item)
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
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_offset_commit_response_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_commit_response(buffer: Buffer, position: int, version: int) -> tuple[OffsetCommitResponse, int]:
    self = new(OffsetCommitResponse)
    if version >= 8:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_offset_commit_response_topic(buffer, position, version)
            topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 3:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_offset_commit_response_topic(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
