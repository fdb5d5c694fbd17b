# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's IncrementalAlterConfigsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

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

_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_pack_bh = Struct(">bh").pack
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack


class AlterConfigsResourceResponse(Message):
    """`AlterConfigsResourceResponse` of IncrementalAlterConfigsResponse, versions 0-1."""

    __slots__ = (
        "error_code",
        "error_message",
        "resource_type",
        "resource_name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        resource_type: int = 0,
        resource_name: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            out += _pack_h(self.error_code)
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
            data = self.resource_name.encode()
            out += _pack_b(self.resource_type)
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
            out += _pack_h(self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            data = self.resource_name.encode()
            out += _pack_bh(self.resource_type, len(data))
            out += data
            if self.unknown_tagged_fields:
                refuse_field("AlterConfigsResourceResponse", "unknown_tagged_fields", version)


class IncrementalAlterConfigsResponse(Message):
    """Kafka's response 44 `IncrementalAlterConfigsResponse`: versions 0-1, flexible from 1."""

    __slots__ = (
        "throttle_time_ms",
        "responses",
        "unknown_tagged_fields",
    )

    API_KEY = 44
    NAME = "IncrementalAlterConfigsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        responses: list[AlterConfigsResourceResponse] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.responses: list[AlterConfigsResourceResponse] = [] if responses is None else responses
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
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
            out += _pack_ii(self.throttle_time_ms, len(self.responses))
            for responses_item in self.responses:
                responses_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("IncrementalAlterConfigsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[IncrementalAlterConfigsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_incremental_alter_configs_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("IncrementalAlterConfigsResponse", error)
        if position > len(buffer):
            refuse_truncated("IncrementalAlterConfigsResponse")
        return message, position


def _read_alter_configs_resource_response(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterConfigsResourceResponse, int]:
    self = new(AlterConfigsResourceResponse)
    if version >= 1:
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.error_message = None
        else:
            end = position + length - 1
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, length = _unpack_hh(buffer, position)
        position += 4
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.resource_type, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            refuse_null()
        end = position + length
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_incremental_alter_configs_response(
    buffer: Buffer, position: int, version: int
) -> tuple[IncrementalAlterConfigsResponse, int]:
    self = new(IncrementalAlterConfigsResponse)
    if version >= 1:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length - 1):
            responses_item, position = _read_alter_configs_resource_response(buffer, position, version)
            responses_.append(responses_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        if 7 * length > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length):
            responses_item, position = _read_alter_configs_resource_response(buffer, position, version)
            responses_.append(responses_item)
        self.unknown_tagged_fields = None
    return self, position
