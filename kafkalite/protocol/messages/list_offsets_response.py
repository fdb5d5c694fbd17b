# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListOffsetsResponse."""

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
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_qq = Struct(">qq").unpack_from
_pack_qq = Struct(">qq").pack
_pack_qqi = Struct(">qqi").pack
_unpack_qqiB = Struct(">qqiB").unpack_from


class ListOffsetsPartitionResponse(Message):
    """`ListOffsetsPartitionResponse` of ListOffsetsResponse, versions 0-11."""

    __slots__ = (
        "partition_index",
        "error_code",
        "old_style_offsets",
        "timestamp",
        "offset",
        "leader_epoch",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        old_style_offsets: list[int] | None = None,
        timestamp: int = -1,
        offset: int = -1,
        leader_epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.old_style_offsets: list[int] = [] if old_style_offsets is None else old_style_offsets
        self.timestamp = timestamp
        self.offset = offset
        self.leader_epoch = leader_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 6:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.old_style_offsets:
                refuse_field("ListOffsetsPartitionResponse", "old_style_offsets", version)
            out += _pack_qqi(self.timestamp, self.offset, self.leader_epoch)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.partition_index, self.error_code)
            if version <= 0:
                out += _pack_i(len(self.old_style_offsets))
                out += pack(f">{len(self.old_style_offsets)}q", *self.old_style_offsets)
            else:
                if self.old_style_offsets:
                    refuse_field("ListOffsetsPartitionResponse", "old_style_offsets", version)
            if version >= 1:
                out += _pack_qq(self.timestamp, self.offset)
            else:
                if self.timestamp != -1:
                    refuse_field("ListOffsetsPartitionResponse", "timestamp", version)
                if self.offset != -1:
                    refuse_field("ListOffsetsPartitionResponse", "offset", version)
            if version >= 4:
                out += _pack_i(self.leader_epoch)
            else:
                if self.leader_epoch != -1:
                    refuse_field("ListOffsetsPartitionResponse", "leader_epoch", version)
            if self.unknown_tagged_fields:
                refuse_field("ListOffsetsPartitionResponse", "unknown_tagged_fields", version)


class ListOffsetsTopicResponse(Message):
    """`ListOffsetsTopicResponse` of ListOffsetsResponse, versions 0-11."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[ListOffsetsPartitionResponse] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[ListOffsetsPartitionResponse] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 6:
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
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ListOffsetsTopicResponse", "unknown_tagged_fields", version)


class ListOffsetsResponse(Message):
    """Kafka's response 2 `ListOffsetsResponse`: versions 0-11, flexible from 6."""

    __slots__ = (
        "throttle_time_ms",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 2
    NAME = "ListOffsetsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 11
    FIRST_FLEXIBLE_VERSION = 6

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        topics: list[ListOffsetsTopicResponse] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[ListOffsetsTopicResponse] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 6:
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
            if version >= 2:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ListOffsetsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListOffsetsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_offsets_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListOffsetsResponse", error)
        if position > len(buffer):
            refuse_truncated("ListOffsetsResponse")
        return message, position


def _read_list_offsets_partition_response(
    buffer: Buffer, position: int, version: int
) -> tuple[ListOffsetsPartitionResponse, int]:
    self = new(ListOffsetsPartitionResponse)
    if version >= 6:
        self.partition_index, self.error_code = _unpack_ih(buffer, position)
        position += 6
        self.old_style_offsets = []
        self.timestamp, self.offset, self.leader_epoch, count = _unpack_qqiB(buffer, position)
        position += 21
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.error_code = _unpack_ih(buffer, position)
        position += 6
        if version <= 0:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            self.old_style_offsets, position = read_numbers(buffer, position, length, "q", 8)
        else:
            self.old_style_offsets = []
        if version >= 1:
            self.timestamp, self.offset = _unpack_qq(buffer, position)
            position += 16
        else:
            self.timestamp = -1
            self.offset = -1
        if version >= 4:
            (self.leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.leader_epoch = -1
        self.unknown_tagged_fields = None
    return self, position


def _read_list_offsets_topic_response(
    buffer: Buffer, position: int, version: int
) -> tuple[ListOffsetsTopicResponse, int]:
    self = new(ListOffsetsTopicResponse)
    if version >= 6:
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
        if 27 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_list_offsets_partition_response(buffer, position, version)
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
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_list_offsets_partition_response(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_list_offsets_response(buffer: Buffer, position: int, version: int) -> tuple[ListOffsetsResponse, int]:
    self = new(ListOffsetsResponse)
    if version >= 6:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_list_offsets_topic_response(buffer, position, version)
            topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 2:
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
            topics_item, position = _read_list_offsets_topic_response(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
