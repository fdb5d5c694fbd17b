# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ElectLeadersRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_compact_length,
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

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class TopicPartitions(Message):
    """`TopicPartitions` of ElectLeadersRequest, versions 0-2."""

    __slots__ = (
        "topic",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
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
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields:
                refuse_field("TopicPartitions", "unknown_tagged_fields", version)


class ElectLeadersRequest(Message):
    """Kafka's request 43 `ElectLeadersRequest`: versions 0-2, flexible from 2."""

    __slots__ = (
        "election_type",
        "topic_partitions",
        "timeout_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 43
    NAME = "ElectLeadersRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        election_type: int = 0,
        topic_partitions: list[TopicPartitions] | None = UNSET,
        timeout_ms: int = 60000,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.election_type = election_type
        self.topic_partitions: list[TopicPartitions] | None = [] if topic_partitions is UNSET else topic_partitions
        self.timeout_ms = timeout_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_b(self.election_type)
            if self.topic_partitions is None:
                out.append(0)
            else:
                length = len(self.topic_partitions) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for topic_partitions_item in self.topic_partitions:
                    topic_partitions_item.write(out, version)
            out += _pack_i(self.timeout_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 1:
                out += _pack_b(self.election_type)
            else:
                if self.election_type:
                    refuse_field("ElectLeadersRequest", "election_type", version)
            if self.topic_partitions is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.topic_partitions))
                for topic_partitions_item in self.topic_partitions:
                    topic_partitions_item.write(out, version)
            out += _pack_i(self.timeout_ms)
            if self.unknown_tagged_fields:
                refuse_field("ElectLeadersRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ElectLeadersRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_elect_leaders_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ElectLeadersRequest", error)
        if position > len(buffer):
            refuse_truncated("ElectLeadersRequest")
        return message, position


def _read_topic_partitions(buffer: Buffer, position: int, version: int) -> tuple[TopicPartitions, int]:
    self = new(TopicPartitions)
    if version >= 2:
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
        self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
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
        self.partitions, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_elect_leaders_request(buffer: Buffer, position: int, version: int) -> tuple[ElectLeadersRequest, int]:
    self = new(ElectLeadersRequest)
    if version >= 2:
        self.election_type, length = _unpack_bB(buffer, position)
        position += 2
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.topic_partitions = None
        else:
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            topic_partitions_ = self.topic_partitions = []
            for _ in range(length - 1):
                topic_partitions_item, position = _read_topic_partitions(buffer, position, version)
                topic_partitions_.append(topic_partitions_item)
        self.timeout_ms, count = _unpack_iB(buffer, position)
        position += 5
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 1:
            (self.election_type,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.election_type = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.topic_partitions = None
        else:
            if 6 * length > len(buffer) - position:
                refuse_count()
            topic_partitions_ = self.topic_partitions = []
            for _ in range(length):
                topic_partitions_item, position = _read_topic_partitions(buffer, position, version)
                topic_partitions_.append(topic_partitions_item)
        (self.timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        self.unknown_tagged_fields = None
    return self, position
