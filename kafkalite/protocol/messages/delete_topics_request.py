# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteTopicsRequest."""

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

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class DeleteTopicState(Message):
    """`DeleteTopicState` of DeleteTopicsRequest, versions 6."""

    __slots__ = (
        "name",
        "topic_id",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str | None = None,
        topic_id: bytes = ZERO_UUID,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if self.name is None:
            out.append(0)
        else:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_16s(self.topic_id)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DeleteTopicsRequest(Message):
    """Kafka's request 20 `DeleteTopicsRequest`: versions 0-6, flexible from 4."""

    __slots__ = (
        "topics",
        "topic_names",
        "timeout_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 20
    NAME = "DeleteTopicsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 6
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        topics: list[DeleteTopicState] | None = None,
        topic_names: list[str] | None = None,
        timeout_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[DeleteTopicState] = [] if topics is None else topics
        self.topic_names: list[str] = [] if topic_names is None else topic_names
        self.timeout_ms = timeout_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            if version >= 6:
                length = len(self.topics) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for topics_item in self.topics:
                    topics_item.write(out, version)
            else:
                if self.topics:
                    refuse_field("DeleteTopicsRequest", "topics", version)
            if version <= 5:
                length = len(self.topic_names) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for topic_names_item in self.topic_names:
                    data = topic_names_item.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            out += _pack_i(self.timeout_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.topics:
                refuse_field("DeleteTopicsRequest", "topics", version)
            out += _pack_i(len(self.topic_names))
            for topic_names_item in self.topic_names:
                data = topic_names_item.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_i(self.timeout_ms)
            if self.unknown_tagged_fields:
                refuse_field("DeleteTopicsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DeleteTopicsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_delete_topics_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DeleteTopicsRequest", error)
        if position > len(buffer):
            refuse_truncated("DeleteTopicsRequest")
        return message, position


def _read_delete_topic_state(buffer: Buffer, position: int, version: int) -> tuple[DeleteTopicState, int]:
    self = new(DeleteTopicState)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.name = None
    else:
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.topic_id, count = _unpack_16sB(buffer, position)
    position += 17
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_delete_topics_request(buffer: Buffer, position: int, version: int) -> tuple[DeleteTopicsRequest, int]:
    self = new(DeleteTopicsRequest)
    if version >= 4:
        if version >= 6:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 18 * (length - 1) > len(buffer) - position:
                refuse_count()
            topics_ = self.topics = []
            for _ in range(length - 1):
                topics_item, position = _read_delete_topic_state(buffer, position, version)
                topics_.append(topics_item)
        else:
            self.topics = []
        if version <= 5:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if length - 1 > len(buffer) - position:
                refuse_count()
            topic_names_ = self.topic_names = []
            for _ in range(length - 1):
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        else:
            self.topic_names = []
        self.timeout_ms, count = _unpack_iB(buffer, position)
        position += 5
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.topics = []
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 2 * length > len(buffer) - position:
            refuse_count()
        topic_names_ = self.topic_names = []
        for _ in range(length):
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                refuse_null()
            end = position + length
            topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
        (self.timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        self.unknown_tagged_fields = None
    return self, position
