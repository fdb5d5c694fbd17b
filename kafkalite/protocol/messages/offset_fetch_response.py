# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetFetchResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
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
_unpack_hB = Struct(">hB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iq = Struct(">iq").unpack_from
_pack_iq = Struct(">iq").pack
_pack_iqi = Struct(">iqi").pack
_unpack_iqiB = Struct(">iqiB").unpack_from


class OffsetFetchResponsePartition(Message):
    """`OffsetFetchResponsePartition` of OffsetFetchResponse, versions 0-7."""

    __slots__ = (
        "partition_index",
        "committed_offset",
        "committed_leader_epoch",
        "metadata",
        "error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        metadata: str | None = "",
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.metadata = metadata
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 6:
            out += _pack_iqi(self.partition_index, self.committed_offset, self.committed_leader_epoch)
            if self.metadata is None:
                out.append(0)
            else:
                data = self.metadata.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_h(self.error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_iq(self.partition_index, self.committed_offset)
            if version >= 5:
                out += _pack_i(self.committed_leader_epoch)
            if self.metadata is None:
                out += b"\xff\xff"
            else:
                data = self.metadata.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_h(self.error_code)
            if self.unknown_tagged_fields:
                refuse_field("OffsetFetchResponsePartition", "unknown_tagged_fields", version)


class OffsetFetchResponseTopic(Message):
    """`OffsetFetchResponseTopic` of OffsetFetchResponse, versions 0-7."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[OffsetFetchResponsePartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[OffsetFetchResponsePartition] = [] if partitions is None else partitions
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
                refuse_field("OffsetFetchResponseTopic", "unknown_tagged_fields", version)


class OffsetFetchResponsePartitions(Message):
    """`OffsetFetchResponsePartitions` of OffsetFetchResponse, versions 8-10."""

    __slots__ = (
        "partition_index",
        "committed_offset",
        "committed_leader_epoch",
        "metadata",
        "error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        metadata: str | None = "",
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.metadata = metadata
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_iqi(self.partition_index, self.committed_offset, self.committed_leader_epoch)
        if self.metadata is None:
            out.append(0)
        else:
            data = self.metadata.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_h(self.error_code)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class OffsetFetchResponseTopics(Message):
    """`OffsetFetchResponseTopics` of OffsetFetchResponse, versions 8-10."""

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
        partitions: list[OffsetFetchResponsePartitions] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions: list[OffsetFetchResponsePartitions] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
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


class OffsetFetchResponseGroup(Message):
    """`OffsetFetchResponseGroup` of OffsetFetchResponse, versions 8-10."""

    __slots__ = (
        "group_id",
        "topics",
        "error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        group_id: str = "",
        topics: list[OffsetFetchResponseTopics] | None = None,
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.topics: list[OffsetFetchResponseTopics] = [] if topics is None else topics
        self.error_code = error_code
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
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            topics_item.write(out, version)
        out += _pack_h(self.error_code)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class OffsetFetchResponse(Message):
    """Kafka's response 9 `OffsetFetchResponse`: versions 0-10, flexible from 6."""

    __slots__ = (
        "throttle_time_ms",
        "topics",
        "error_code",
        "groups",
        "unknown_tagged_fields",
    )

    API_KEY = 9
    NAME = "OffsetFetchResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 10
    FIRST_FLEXIBLE_VERSION = 6

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        topics: list[OffsetFetchResponseTopic] | None = None,
        error_code: int = 0,
        groups: list[OffsetFetchResponseGroup] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[OffsetFetchResponseTopic] = [] if topics is None else topics
        self.error_code = error_code
        self.groups: list[OffsetFetchResponseGroup] = [] if groups is None else groups
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 6:
            out += _pack_i(self.throttle_time_ms)
            if version <= 7:
                length = len(self.topics) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for topics_item in self.topics:
                    topics_item.write(out, version)
                out += _pack_h(self.error_code)
            else:
                if self.topics:
                    refuse_field("OffsetFetchResponse", "topics", version)
            if version >= 8:
                length = len(self.groups) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for groups_item in self.groups:
                    groups_item.write(out, version)
            else:
                if self.groups:
                    refuse_field("OffsetFetchResponse", "groups", version)
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
            if version >= 2:
                out += _pack_h(self.error_code)
            if self.groups:
                refuse_field("OffsetFetchResponse", "groups", version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetFetchResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetFetchResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_fetch_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetFetchResponse", error)
        if position > len(buffer):
            refuse_truncated("OffsetFetchResponse")
        return message, position


def _read_offset_fetch_response_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchResponsePartition, int]:
    self = new(OffsetFetchResponsePartition)
    if version >= 6:
        self.partition_index, self.committed_offset, self.committed_leader_epoch, length = _unpack_iqiB(
            buffer, position
        )
        position += 17
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.metadata = None
        else:
            end = position + length - 1
            self.metadata = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.error_code, count = _unpack_hB(buffer, position)
        position += 3
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.committed_offset = _unpack_iq(buffer, position)
        position += 12
        if version >= 5:
            (self.committed_leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.committed_leader_epoch = -1
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.metadata = None
        else:
            end = position + length
            self.metadata = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_response_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchResponseTopic, int]:
    self = new(OffsetFetchResponseTopic)
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
        if 20 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_offset_fetch_response_partition(buffer, position, version)
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
        if 16 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_offset_fetch_response_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_response_partitions(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchResponsePartitions, int]:
    self = new(OffsetFetchResponsePartitions)
    self.partition_index, self.committed_offset, self.committed_leader_epoch, length = _unpack_iqiB(buffer, position)
    position += 17
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.metadata = None
    else:
        end = position + length - 1
        self.metadata = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.error_code, count = _unpack_hB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_response_topics(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchResponseTopics, int]:
    self = new(OffsetFetchResponseTopics)
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
    if 20 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_offset_fetch_response_partitions(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_response_group(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchResponseGroup, int]:
    self = new(OffsetFetchResponseGroup)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 2 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_offset_fetch_response_topics(buffer, position, version)
        topics_.append(topics_item)
    self.error_code, count = _unpack_hB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_response(buffer: Buffer, position: int, version: int) -> tuple[OffsetFetchResponse, int]:
    self = new(OffsetFetchResponse)
    if version >= 6:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        if version <= 7:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            topics_ = self.topics = []
            for _ in range(length - 1):
                topics_item, position = _read_offset_fetch_response_topic(buffer, position, version)
                topics_.append(topics_item)
            (self.error_code,) = _unpack_h(buffer, position)
            position += 2
        else:
            self.topics = []
            self.error_code = 0
        if version >= 8:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 5 * (length - 1) > len(buffer) - position:
                refuse_count()
            groups_ = self.groups = []
            for _ in range(length - 1):
                groups_item, position = _read_offset_fetch_response_group(buffer, position, version)
                groups_.append(groups_item)
        else:
            self.groups = []
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
            topics_item, position = _read_offset_fetch_response_topic(buffer, position, version)
            topics_.append(topics_item)
        if version >= 2:
            (self.error_code,) = _unpack_h(buffer, position)
            position += 2
        else:
            self.error_code = 0
        self.groups = []
        self.unknown_tagged_fields = None
    return self, position
