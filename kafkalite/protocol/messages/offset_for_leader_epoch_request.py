# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetForLeaderEpochRequest."""

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

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_iii = Struct(">iii").pack
_unpack_iiiB = Struct(">iiiB").unpack_from


class OffsetForLeaderPartition(Message):
    """`OffsetForLeaderPartition` of OffsetForLeaderEpochRequest, versions 0-4."""

    __slots__ = (
        "partition",
        "current_leader_epoch",
        "leader_epoch",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition: int = 0,
        current_leader_epoch: int = -1,
        leader_epoch: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition = partition
        self.current_leader_epoch = current_leader_epoch
        self.leader_epoch = leader_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
            out += _pack_iii(self.partition, self.current_leader_epoch, self.leader_epoch)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.partition)
            if version >= 2:
                out += _pack_i(self.current_leader_epoch)
            out += _pack_i(self.leader_epoch)
            if self.unknown_tagged_fields:
                refuse_field("OffsetForLeaderPartition", "unknown_tagged_fields", version)


class OffsetForLeaderTopic(Message):
    """`OffsetForLeaderTopic` of OffsetForLeaderEpochRequest, versions 0-4."""

    __slots__ = (
        "topic",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partitions: list[OffsetForLeaderPartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partitions: list[OffsetForLeaderPartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
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
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetForLeaderTopic", "unknown_tagged_fields", version)


class OffsetForLeaderEpochRequest(Message):
    """Kafka's request 23 `OffsetForLeaderEpochRequest`: versions 0-4, flexible from 4."""

    __slots__ = (
        "replica_id",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 23
    NAME = "OffsetForLeaderEpochRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        replica_id: int = -2,
        topics: list[OffsetForLeaderTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.replica_id = replica_id
        self.topics: list[OffsetForLeaderTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            out += _pack_i(self.replica_id)
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
                out += _pack_i(self.replica_id)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetForLeaderEpochRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetForLeaderEpochRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_for_leader_epoch_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetForLeaderEpochRequest", error)
        if position > len(buffer):
            refuse_truncated("OffsetForLeaderEpochRequest")
        return message, position


def _read_offset_for_leader_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetForLeaderPartition, int]:
    self = new(OffsetForLeaderPartition)
    if version >= 4:
        self.partition, self.current_leader_epoch, self.leader_epoch, count = _unpack_iiiB(buffer, position)
        position += 13
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.partition,) = _unpack_i(buffer, position)
        position += 4
        if version >= 2:
            (self.current_leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.current_leader_epoch = -1
        (self.leader_epoch,) = _unpack_i(buffer, position)
        position += 4
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_for_leader_topic(buffer: Buffer, position: int, version: int) -> tuple[OffsetForLeaderTopic, int]:
    self = new(OffsetForLeaderTopic)
    if version >= 4:
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
        if 13 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_offset_for_leader_partition(buffer, position, version)
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
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_offset_for_leader_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_for_leader_epoch_request(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetForLeaderEpochRequest, int]:
    self = new(OffsetForLeaderEpochRequest)
    if version >= 4:
        self.replica_id, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_offset_for_leader_topic(buffer, position, version)
            topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 3:
            (self.replica_id,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.replica_id = -2
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_offset_for_leader_topic(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
