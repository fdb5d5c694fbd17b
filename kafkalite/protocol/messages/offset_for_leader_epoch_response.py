# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetForLeaderEpochResponse."""

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
_unpack_hi = Struct(">hi").unpack_from
_pack_hi = Struct(">hi").pack
_pack_hiiq = Struct(">hiiq").pack
_unpack_hiiqB = Struct(">hiiqB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class EpochEndOffset(Message):
    """`EpochEndOffset` of OffsetForLeaderEpochResponse, versions 0-4."""

    __slots__ = (
        "error_code",
        "partition",
        "leader_epoch",
        "end_offset",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        partition: int = 0,
        leader_epoch: int = -1,
        end_offset: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.partition = partition
        self.leader_epoch = leader_epoch
        self.end_offset = end_offset
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
            out += _pack_hiiq(self.error_code, self.partition, self.leader_epoch, self.end_offset)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_hi(self.error_code, self.partition)
            if version >= 1:
                out += _pack_i(self.leader_epoch)
            out += _pack_q(self.end_offset)
            if self.unknown_tagged_fields:
                refuse_field("EpochEndOffset", "unknown_tagged_fields", version)


class OffsetForLeaderTopicResult(Message):
    """`OffsetForLeaderTopicResult` of OffsetForLeaderEpochResponse, versions 0-4."""

    __slots__ = (
        "topic",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partitions: list[EpochEndOffset] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partitions: list[EpochEndOffset] = [] if partitions is None else partitions
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
                refuse_field("OffsetForLeaderTopicResult", "unknown_tagged_fields", version)


class OffsetForLeaderEpochResponse(Message):
    """Kafka's response 23 `OffsetForLeaderEpochResponse`: versions 0-4, flexible from 4."""

    __slots__ = (
        "throttle_time_ms",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 23
    NAME = "OffsetForLeaderEpochResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        topics: list[OffsetForLeaderTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[OffsetForLeaderTopicResult] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
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
                refuse_field("OffsetForLeaderEpochResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetForLeaderEpochResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_for_leader_epoch_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetForLeaderEpochResponse", error)
        if position > len(buffer):
            refuse_truncated("OffsetForLeaderEpochResponse")
        return message, position


def _read_epoch_end_offset(buffer: Buffer, position: int, version: int) -> tuple[EpochEndOffset, int]:
    self = new(EpochEndOffset)
    if version >= 4:
        self.error_code, self.partition, self.leader_epoch, self.end_offset, count = _unpack_hiiqB(buffer, position)
        position += 19
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, self.partition = _unpack_hi(buffer, position)
        position += 6
        if version >= 1:
            (self.leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.leader_epoch = -1
        (self.end_offset,) = _unpack_q(buffer, position)
        position += 8
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_for_leader_topic_result(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetForLeaderTopicResult, int]:
    self = new(OffsetForLeaderTopicResult)
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
        if 19 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_epoch_end_offset(buffer, position, version)
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
        if 14 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_epoch_end_offset(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_for_leader_epoch_response(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetForLeaderEpochResponse, int]:
    self = new(OffsetForLeaderEpochResponse)
    if version >= 4:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_offset_for_leader_topic_result(buffer, position, version)
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
            topics_item, position = _read_offset_for_leader_topic_result(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
