# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetCommitRequest."""

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
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_iq = Struct(">iq").unpack_from
_pack_iq = Struct(">iq").pack
_unpack_iqi = Struct(">iqi").unpack_from
_pack_iqi = Struct(">iqi").pack
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class OffsetCommitRequestPartition(Message):
    """`OffsetCommitRequestPartition` of OffsetCommitRequest, versions 0-10."""

    __slots__ = (
        "partition_index",
        "committed_offset",
        "committed_leader_epoch",
        "commit_timestamp",
        "committed_metadata",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        committed_offset: int = 0,
        committed_leader_epoch: int = -1,
        commit_timestamp: int = -1,
        committed_metadata: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.commit_timestamp = commit_timestamp
        self.committed_metadata = committed_metadata
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 8:
            out += _pack_iqi(self.partition_index, self.committed_offset, self.committed_leader_epoch)
            if self.commit_timestamp != -1:
                refuse_field("OffsetCommitRequestPartition", "commit_timestamp", version)
            if self.committed_metadata is None:
                out.append(0)
            else:
                data = self.committed_metadata.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_iq(self.partition_index, self.committed_offset)
            if version >= 6:
                out += _pack_i(self.committed_leader_epoch)
            if version == 1:
                out += _pack_q(self.commit_timestamp)
            else:
                if self.commit_timestamp != -1:
                    refuse_field("OffsetCommitRequestPartition", "commit_timestamp", version)
            if self.committed_metadata is None:
                out += b"\xff\xff"
            else:
                data = self.committed_metadata.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("OffsetCommitRequestPartition", "unknown_tagged_fields", version)


class OffsetCommitRequestTopic(Message):
    """`OffsetCommitRequestTopic` of OffsetCommitRequest, versions 0-10."""

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
        partitions: list[OffsetCommitRequestPartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions: list[OffsetCommitRequestPartition] = [] if partitions is None else partitions
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
                refuse_field("OffsetCommitRequestTopic", "unknown_tagged_fields", version)


class OffsetCommitRequest(Message):
    """Kafka's request 8 `OffsetCommitRequest`: versions 0-10, flexible from 8."""

    __slots__ = (
        "group_id",
        "generation_id_or_member_epoch",
        "member_id",
        "group_instance_id",
        "retention_time_ms",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 8
    NAME = "OffsetCommitRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 10
    FIRST_FLEXIBLE_VERSION = 8

    def __init__(
        self,
        *,
        group_id: str = "",
        generation_id_or_member_epoch: int = -1,
        member_id: str = "",
        group_instance_id: str | None = None,
        retention_time_ms: int = -1,
        topics: list[OffsetCommitRequestTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.generation_id_or_member_epoch = generation_id_or_member_epoch
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.retention_time_ms = retention_time_ms
        self.topics: list[OffsetCommitRequestTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 8:
            data = self.group_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.member_id.encode()
            out += _pack_i(self.generation_id_or_member_epoch)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.group_instance_id is None:
                out.append(0)
            else:
                data = self.group_instance_id.encode()
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
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.group_id.encode()
            out += _pack_h(len(data))
            out += data
            if version >= 1:
                data = self.member_id.encode()
                out += _pack_ih(self.generation_id_or_member_epoch, len(data))
                out += data
            if version >= 7:
                if self.group_instance_id is None:
                    out += b"\xff\xff"
                else:
                    data = self.group_instance_id.encode()
                    out += _pack_h(len(data))
                    out += data
            else:
                if self.group_instance_id is not None:
                    refuse_field("OffsetCommitRequest", "group_instance_id", version)
            if 2 <= version <= 4:
                out += _pack_q(self.retention_time_ms)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetCommitRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetCommitRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_commit_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetCommitRequest", error)
        if position > len(buffer):
            refuse_truncated("OffsetCommitRequest")
        return message, position


def _read_offset_commit_request_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetCommitRequestPartition, int]:
    self = new(OffsetCommitRequestPartition)
    if version >= 8:
        self.partition_index, self.committed_offset, self.committed_leader_epoch = _unpack_iqi(buffer, position)
        position += 16
        self.commit_timestamp = -1
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.committed_metadata = None
        else:
            end = position + length - 1
            self.committed_metadata = str(buffer[position:end], "utf-8", "as-java")
            position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.committed_offset = _unpack_iq(buffer, position)
        position += 12
        if version >= 6:
            (self.committed_leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.committed_leader_epoch = -1
        if version == 1:
            (self.commit_timestamp,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.commit_timestamp = -1
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.committed_metadata = None
        else:
            end = position + length
            self.committed_metadata = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_commit_request_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetCommitRequestTopic, int]:
    self = new(OffsetCommitRequestTopic)
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
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_offset_commit_request_partition(buffer, position, version)
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
        if 14 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_offset_commit_request_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_commit_request(buffer: Buffer, position: int, version: int) -> tuple[OffsetCommitRequest, int]:
    self = new(OffsetCommitRequest)
    if version >= 8:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.generation_id_or_member_epoch, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.group_instance_id = None
        else:
            end = position + length - 1
            self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.retention_time_ms = -1
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_offset_commit_request_topic(buffer, position, version)
            topics_.append(topics_item)
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
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 1:
            self.generation_id_or_member_epoch, length = _unpack_ih(buffer, position)
            position += 6
            if length < 0:
                refuse_null()
            end = position + length
            self.member_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.generation_id_or_member_epoch = -1
            self.member_id = ""
        if version >= 7:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.group_instance_id = None
            else:
                end = position + length
                self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.group_instance_id = None
        if 2 <= version <= 4:
            (self.retention_time_ms,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.retention_time_ms = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_offset_commit_request_topic(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
