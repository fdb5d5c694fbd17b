# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetFetchRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
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

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_pack_t = Struct(">?").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class OffsetFetchRequestTopic(Message):
    """`OffsetFetchRequestTopic` of OffsetFetchRequest, versions 0-7."""

    __slots__ = (
        "name",
        "partition_indexes",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partition_indexes: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partition_indexes: list[int] = [] if partition_indexes is None else partition_indexes
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
            length = len(self.partition_indexes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.partition_indexes)}i", *self.partition_indexes)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partition_indexes))
            out += pack(f">{len(self.partition_indexes)}i", *self.partition_indexes)
            if self.unknown_tagged_fields:
                refuse_field("OffsetFetchRequestTopic", "unknown_tagged_fields", version)


class OffsetFetchRequestTopics(Message):
    """`OffsetFetchRequestTopics` of OffsetFetchRequest, versions 8-10."""

    __slots__ = (
        "name",
        "topic_id",
        "partition_indexes",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partition_indexes: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_indexes: list[int] = [] if partition_indexes is None else partition_indexes
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
        length = len(self.partition_indexes) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.partition_indexes)}i", *self.partition_indexes)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class OffsetFetchRequestGroup(Message):
    """`OffsetFetchRequestGroup` of OffsetFetchRequest, versions 8-10."""

    __slots__ = (
        "group_id",
        "member_id",
        "member_epoch",
        "topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str | None = None,
        member_epoch: int = -1,
        topics: list[OffsetFetchRequestTopics] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.topics: list[OffsetFetchRequestTopics] | None = [] if topics is UNSET else topics
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
        if version >= 9:
            if self.member_id is None:
                out.append(0)
            else:
                data = self.member_id.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_i(self.member_epoch)
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


class OffsetFetchRequest(Message):
    """Kafka's request 9 `OffsetFetchRequest`: versions 0-10, flexible from 6."""

    __slots__ = (
        "group_id",
        "topics",
        "groups",
        "require_stable",
        "unknown_tagged_fields",
    )

    API_KEY = 9
    NAME = "OffsetFetchRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 10
    FIRST_FLEXIBLE_VERSION = 6

    def __init__(
        self,
        *,
        group_id: str = "",
        topics: list[OffsetFetchRequestTopic] | None = UNSET,
        groups: list[OffsetFetchRequestGroup] | None = None,
        require_stable: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.topics: list[OffsetFetchRequestTopic] | None = [] if topics is UNSET else topics
        self.groups: list[OffsetFetchRequestGroup] = [] if groups is None else groups
        self.require_stable = require_stable
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 6:
            if version <= 7:
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
            else:
                if self.group_id:
                    refuse_field("OffsetFetchRequest", "group_id", version)
                if self.topics is None or len(self.topics):
                    refuse_field("OffsetFetchRequest", "topics", version)
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
                    refuse_field("OffsetFetchRequest", "groups", version)
            if version >= 7:
                out += _pack_t(self.require_stable)
            else:
                if self.require_stable:
                    refuse_field("OffsetFetchRequest", "require_stable", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.group_id.encode()
            out += _pack_h(len(data))
            out += data
            if self.topics is None:
                if not (version >= 2):
                    refuse_field("OffsetFetchRequest", "topics", version)
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.topics))
                for topics_item in self.topics:
                    topics_item.write(out, version)
            if self.groups:
                refuse_field("OffsetFetchRequest", "groups", version)
            if self.require_stable:
                refuse_field("OffsetFetchRequest", "require_stable", version)
            if self.unknown_tagged_fields:
                refuse_field("OffsetFetchRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetFetchRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_fetch_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetFetchRequest", error)
        if position > len(buffer):
            refuse_truncated("OffsetFetchRequest")
        return message, position


def _read_offset_fetch_request_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchRequestTopic, int]:
    self = new(OffsetFetchRequestTopic)
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
        self.partition_indexes, position = read_numbers(buffer, position, length - 1, "i", 4)
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
        self.partition_indexes, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_request_topics(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchRequestTopics, int]:
    self = new(OffsetFetchRequestTopics)
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
    self.partition_indexes, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_request_group(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetFetchRequestGroup, int]:
    self = new(OffsetFetchRequestGroup)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    if version >= 9:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.member_id = None
        else:
            end = position + length - 1
            self.member_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (self.member_epoch,) = _unpack_i(buffer, position)
        position += 4
    else:
        self.member_id = None
        self.member_epoch = -1
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.topics = None
    else:
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_offset_fetch_request_topics(buffer, position, version)
            topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_request(buffer: Buffer, position: int, version: int) -> tuple[OffsetFetchRequest, int]:
    self = new(OffsetFetchRequest)
    if version >= 6:
        if version <= 7:
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
                    topics_item, position = _read_offset_fetch_request_topic(buffer, position, version)
                    topics_.append(topics_item)
        else:
            self.group_id = ""
            self.topics = []
        if version >= 8:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            groups_ = self.groups = []
            for _ in range(length - 1):
                groups_item, position = _read_offset_fetch_request_group(buffer, position, version)
                groups_.append(groups_item)
        else:
            self.groups = []
        if version >= 7:
            self.require_stable = buffer[position] != 0
            position += 1
        else:
            self.require_stable = False
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
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            if not (version >= 2):
                refuse_null()
            self.topics = None
        else:
            if 6 * length > len(buffer) - position:
                refuse_count()
            topics_ = self.topics = []
            for _ in range(length):
                topics_item, position = _read_offset_fetch_request_topic(buffer, position, version)
                topics_.append(topics_item)
        self.groups = []
        self.require_stable = False
        self.unknown_tagged_fields = None
    return self, position
