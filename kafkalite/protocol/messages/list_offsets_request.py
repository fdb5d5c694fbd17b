# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListOffsetsRequest."""

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
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_ib = Struct(">ib").pack
_unpack_ibB = Struct(">ibB").unpack_from
_unpack_iiq = Struct(">iiq").unpack_from
_pack_iiq = Struct(">iiq").pack
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class ListOffsetsPartition(Message):
    """`ListOffsetsPartition` of ListOffsetsRequest, versions 0-11."""

    __slots__ = (
        "partition_index",
        "current_leader_epoch",
        "timestamp",
        "max_num_offsets",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        current_leader_epoch: int = -1,
        timestamp: int = 0,
        max_num_offsets: int = 1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.current_leader_epoch = current_leader_epoch
        self.timestamp = timestamp
        self.max_num_offsets = max_num_offsets
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 6:
            out += _pack_iiq(self.partition_index, self.current_leader_epoch, self.timestamp)
            if self.max_num_offsets != 1:
                refuse_field("ListOffsetsPartition", "max_num_offsets", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.partition_index)
            if version >= 4:
                out += _pack_i(self.current_leader_epoch)
            out += _pack_q(self.timestamp)
            if version <= 0:
                out += _pack_i(self.max_num_offsets)
            else:
                if self.max_num_offsets != 1:
                    refuse_field("ListOffsetsPartition", "max_num_offsets", version)
            if self.unknown_tagged_fields:
                refuse_field("ListOffsetsPartition", "unknown_tagged_fields", version)


class ListOffsetsTopic(Message):
    """`ListOffsetsTopic` of ListOffsetsRequest, versions 0-11."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[ListOffsetsPartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[ListOffsetsPartition] = [] if partitions is None else partitions
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
                refuse_field("ListOffsetsTopic", "unknown_tagged_fields", version)


class ListOffsetsRequest(Message):
    """Kafka's request 2 `ListOffsetsRequest`: versions 0-11, flexible from 6."""

    __slots__ = (
        "replica_id",
        "isolation_level",
        "topics",
        "timeout_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 2
    NAME = "ListOffsetsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 11
    FIRST_FLEXIBLE_VERSION = 6

    def __init__(
        self,
        *,
        replica_id: int = 0,
        isolation_level: int = 0,
        topics: list[ListOffsetsTopic] | None = None,
        timeout_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.replica_id = replica_id
        self.isolation_level = isolation_level
        self.topics: list[ListOffsetsTopic] = [] if topics is None else topics
        self.timeout_ms = timeout_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 6:
            out += _pack_ib(self.replica_id, self.isolation_level)
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            if version >= 10:
                out += _pack_i(self.timeout_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.replica_id)
            if version >= 2:
                out += _pack_b(self.isolation_level)
            else:
                if self.isolation_level:
                    refuse_field("ListOffsetsRequest", "isolation_level", version)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ListOffsetsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListOffsetsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_offsets_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListOffsetsRequest", error)
        if position > len(buffer):
            refuse_truncated("ListOffsetsRequest")
        return message, position


def _read_list_offsets_partition(buffer: Buffer, position: int, version: int) -> tuple[ListOffsetsPartition, int]:
    self = new(ListOffsetsPartition)
    if version >= 6:
        self.partition_index, self.current_leader_epoch, self.timestamp = _unpack_iiq(buffer, position)
        position += 16
        self.max_num_offsets = 1
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.partition_index,) = _unpack_i(buffer, position)
        position += 4
        if version >= 4:
            (self.current_leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.current_leader_epoch = -1
        (self.timestamp,) = _unpack_q(buffer, position)
        position += 8
        if version <= 0:
            (self.max_num_offsets,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.max_num_offsets = 1
        self.unknown_tagged_fields = None
    return self, position


def _read_list_offsets_topic(buffer: Buffer, position: int, version: int) -> tuple[ListOffsetsTopic, int]:
    self = new(ListOffsetsTopic)
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
        if 17 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_list_offsets_partition(buffer, position, version)
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
        if 12 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_list_offsets_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_list_offsets_request(buffer: Buffer, position: int, version: int) -> tuple[ListOffsetsRequest, int]:
    self = new(ListOffsetsRequest)
    if version >= 6:
        self.replica_id, self.isolation_level, length = _unpack_ibB(buffer, position)
        position += 6
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_list_offsets_topic(buffer, position, version)
            topics_.append(topics_item)
        if version >= 10:
            (self.timeout_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.timeout_ms = 0
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.replica_id,) = _unpack_i(buffer, position)
        position += 4
        if version >= 2:
            (self.isolation_level,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.isolation_level = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_list_offsets_topic(buffer, position, version)
            topics_.append(topics_item)
        self.timeout_ms = 0
        self.unknown_tagged_fields = None
    return self, position
