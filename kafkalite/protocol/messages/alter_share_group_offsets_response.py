# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterShareGroupOffsetsResponse."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class AlterShareGroupOffsetsResponsePartition(Message):
    """`AlterShareGroupOffsetsResponsePartition` of AlterShareGroupOffsetsResponse, versions 0."""

    __slots__ = (
        "partition_index",
        "error_code",
        "error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_ih(self.partition_index, self.error_code)
        if self.error_message is None:
            out.append(0)
        else:
            data = self.error_message.encode()
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


class AlterShareGroupOffsetsResponseTopic(Message):
    """`AlterShareGroupOffsetsResponseTopic` of AlterShareGroupOffsetsResponse, versions 0."""

    __slots__ = (
        "topic_name",
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_name: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[AlterShareGroupOffsetsResponsePartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.topic_id = topic_id
        self.partitions: list[AlterShareGroupOffsetsResponsePartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.topic_name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
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


class AlterShareGroupOffsetsResponse(Message):
    """Kafka's response 91 `AlterShareGroupOffsetsResponse`: versions 0, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "responses",
        "unknown_tagged_fields",
    )

    API_KEY = 91
    NAME = "AlterShareGroupOffsetsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        responses: list[AlterShareGroupOffsetsResponseTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.responses: list[AlterShareGroupOffsetsResponseTopic] = [] if responses is None else responses
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        if self.error_message is None:
            out.append(0)
        else:
            data = self.error_message.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.responses) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for responses_item in self.responses:
            responses_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterShareGroupOffsetsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_share_group_offsets_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterShareGroupOffsetsResponse", error)
        if position > len(buffer):
            refuse_truncated("AlterShareGroupOffsetsResponse")
        return message, position


def _read_alter_share_group_offsets_response_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterShareGroupOffsetsResponsePartition, int]:
    self = new(AlterShareGroupOffsetsResponsePartition)
    self.partition_index, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_share_group_offsets_response_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterShareGroupOffsetsResponseTopic, int]:
    self = new(AlterShareGroupOffsetsResponseTopic)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 8 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_alter_share_group_offsets_response_partition(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_share_group_offsets_response(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterShareGroupOffsetsResponse, int]:
    self = new(AlterShareGroupOffsetsResponse)
    self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 19 * (length - 1) > len(buffer) - position:
        refuse_count()
    responses_ = self.responses = []
    for _ in range(length - 1):
        responses_item, position = _read_alter_share_group_offsets_response_topic(buffer, position, version)
        responses_.append(responses_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
