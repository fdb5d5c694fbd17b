# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's MetadataRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_nullable_text_length,
    read_tagged_fields,
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
_unpack_tt = Struct(">??").unpack_from
_pack_tt = Struct(">??").pack
_unpack_tB = Struct(">?B").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class MetadataRequestTopic(Message):
    """`MetadataRequestTopic` of MetadataRequest, versions 0-13."""

    __slots__ = (
        "topic_id",
        "name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        name: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.name = name
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 9:
            if version >= 10:
                out += _pack_16s(self.topic_id)
            if self.name is None:
                if not (version >= 10):
                    refuse_field("MetadataRequestTopic", "name", version)
                out.append(0)
            else:
                data = self.name.encode()
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
            if self.name is None:
                refuse_field("MetadataRequestTopic", "name", version)
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            if self.unknown_tagged_fields:
                refuse_field("MetadataRequestTopic", "unknown_tagged_fields", version)


class MetadataRequest(Message):
    """Kafka's request 3 `MetadataRequest`: versions 0-13, flexible from 9."""

    __slots__ = (
        "topics",
        "allow_auto_topic_creation",
        "include_cluster_authorized_operations",
        "include_topic_authorized_operations",
        "unknown_tagged_fields",
    )

    API_KEY = 3
    NAME = "MetadataRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 13
    FIRST_FLEXIBLE_VERSION = 9

    def __init__(
        self,
        *,
        topics: list[MetadataRequestTopic] | None = UNSET,
        allow_auto_topic_creation: bool = True,
        include_cluster_authorized_operations: bool = False,
        include_topic_authorized_operations: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[MetadataRequestTopic] | None = [] if topics is UNSET else topics
        self.allow_auto_topic_creation = allow_auto_topic_creation
        self.include_cluster_authorized_operations = include_cluster_authorized_operations
        self.include_topic_authorized_operations = include_topic_authorized_operations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 9:
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
            out += _pack_t(self.allow_auto_topic_creation)
            if version <= 10:
                out += _pack_t(self.include_cluster_authorized_operations)
            else:
                if self.include_cluster_authorized_operations:
                    refuse_field("MetadataRequest", "include_cluster_authorized_operations", version)
            out += _pack_t(self.include_topic_authorized_operations)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.topics is None:
                if not (version >= 1):
                    refuse_field("MetadataRequest", "topics", version)
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.topics))
                for topics_item in self.topics:
                    topics_item.write(out, version)
            if version >= 4:
                out += _pack_t(self.allow_auto_topic_creation)
            else:
                if not self.allow_auto_topic_creation:
                    refuse_field("MetadataRequest", "allow_auto_topic_creation", version)
            if version >= 8:
                out += _pack_tt(self.include_cluster_authorized_operations, self.include_topic_authorized_operations)
            else:
                if self.include_cluster_authorized_operations:
                    refuse_field("MetadataRequest", "include_cluster_authorized_operations", version)
                if self.include_topic_authorized_operations:
                    refuse_field("MetadataRequest", "include_topic_authorized_operations", version)
            if self.unknown_tagged_fields:
                refuse_field("MetadataRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[MetadataRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_metadata_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("MetadataRequest", error)
        if position > len(buffer):
            refuse_truncated("MetadataRequest")
        return message, position


def _read_metadata_request_topic(buffer: Buffer, position: int, version: int) -> tuple[MetadataRequestTopic, int]:
    self = new(MetadataRequestTopic)
    if version >= 9:
        if version >= 10:
            (self.topic_id,) = _unpack_16s(buffer, position)
            position += 16
        else:
            self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            if not (version >= 10):
                refuse_null()
            self.name = None
        else:
            end = position + length - 1
            self.name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.topic_id = ZERO_UUID
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_metadata_request(buffer: Buffer, position: int, version: int) -> tuple[MetadataRequest, int]:
    self = new(MetadataRequest)
    if version >= 9:
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
                topics_item, position = _read_metadata_request_topic(buffer, position, version)
                topics_.append(topics_item)
        self.allow_auto_topic_creation = buffer[position] != 0
        position += 1
        if version <= 10:
            self.include_cluster_authorized_operations = buffer[position] != 0
            position += 1
        else:
            self.include_cluster_authorized_operations = False
        self.include_topic_authorized_operations, count = _unpack_tB(buffer, position)
        position += 2
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            if not (version >= 1):
                refuse_null()
            self.topics = None
        else:
            if 2 * length > len(buffer) - position:
                refuse_count()
            topics_ = self.topics = []
            for _ in range(length):
                topics_item, position = _read_metadata_request_topic(buffer, position, version)
                topics_.append(topics_item)
        if version >= 4:
            self.allow_auto_topic_creation = buffer[position] != 0
            position += 1
        else:
            self.allow_auto_topic_creation = True
        if version >= 8:
            self.include_cluster_authorized_operations, self.include_topic_authorized_operations = _unpack_tt(
                buffer, position
            )
            position += 2
        else:
            self.include_cluster_authorized_operations = False
            self.include_topic_authorized_operations = False
        self.unknown_tagged_fields = None
    return self, position
