# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteTopicsResponse."""

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


class DeletableTopicResult(Message):
    """`DeletableTopicResult` of DeleteTopicsResponse, versions 0-6."""

    __slots__ = (
        "name",
        "topic_id",
        "error_code",
        "error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str | None = "",
        topic_id: bytes = ZERO_UUID,
        error_code: int = 0,
        error_message: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
            if self.name is None:
                if not (version >= 6):
                    refuse_field("DeletableTopicResult", "name", version)
                out.append(0)
            else:
                data = self.name.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if version >= 6:
                out += _pack_16s(self.topic_id)
            out += _pack_h(self.error_code)
            if version >= 5:
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
        else:
            if self.name is None:
                refuse_field("DeletableTopicResult", "name", version)
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_h(self.error_code)
            if self.unknown_tagged_fields:
                refuse_field("DeletableTopicResult", "unknown_tagged_fields", version)


class DeleteTopicsResponse(Message):
    """Kafka's response 20 `DeleteTopicsResponse`: versions 0-6, flexible from 4."""

    __slots__ = (
        "throttle_time_ms",
        "responses",
        "unknown_tagged_fields",
    )

    API_KEY = 20
    NAME = "DeleteTopicsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 6
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        responses: list[DeletableTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.responses: list[DeletableTopicResult] = [] if responses is None else responses
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            out += _pack_i(self.throttle_time_ms)
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
        else:
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.responses))
            for responses_item in self.responses:
                responses_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DeleteTopicsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DeleteTopicsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_delete_topics_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DeleteTopicsResponse", error)
        if position > len(buffer):
            refuse_truncated("DeleteTopicsResponse")
        return message, position


def _read_deletable_topic_result(buffer: Buffer, position: int, version: int) -> tuple[DeletableTopicResult, int]:
    self = new(DeletableTopicResult)
    if version >= 4:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            if not (version >= 6):
                refuse_null()
            self.name = None
        else:
            end = position + length - 1
            self.name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if version >= 6:
            (self.topic_id,) = _unpack_16s(buffer, position)
            position += 16
        else:
            self.topic_id = ZERO_UUID
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        if version >= 5:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.error_message = None
            else:
                end = position + length - 1
                self.error_message = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.error_message = None
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
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        self.error_message = None
        self.unknown_tagged_fields = None
    return self, position


def _read_delete_topics_response(buffer: Buffer, position: int, version: int) -> tuple[DeleteTopicsResponse, int]:
    self = new(DeleteTopicsResponse)
    if version >= 4:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length - 1):
            responses_item, position = _read_deletable_topic_result(buffer, position, version)
            responses_.append(responses_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 1:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length):
            responses_item, position = _read_deletable_topic_result(buffer, position, version)
            responses_.append(responses_item)
        self.unknown_tagged_fields = None
    return self, position
