# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SyncGroupResponse."""

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
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack


class SyncGroupResponse(Message):
    """Kafka's response 14 `SyncGroupResponse`: versions 0-5, flexible from 4."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "protocol_type",
        "protocol_name",
        "assignment",
        "unknown_tagged_fields",
    )

    API_KEY = 14
    NAME = "SyncGroupResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        protocol_type: str | None = None,
        protocol_name: str | None = None,
        assignment: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.assignment = assignment
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            if version >= 5:
                if self.protocol_type is None:
                    out.append(0)
                else:
                    data = self.protocol_type.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
                if self.protocol_name is None:
                    out.append(0)
                else:
                    data = self.protocol_name.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            length = len(self.assignment) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.assignment
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_h(self.error_code)
            out += _pack_i(len(self.assignment))
            out += self.assignment
            if self.unknown_tagged_fields:
                refuse_field("SyncGroupResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[SyncGroupResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_sync_group_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("SyncGroupResponse", error)
        if position > len(buffer):
            refuse_truncated("SyncGroupResponse")
        return message, position


def _read_sync_group_response(buffer: Buffer, position: int, version: int) -> tuple[SyncGroupResponse, int]:
    self = new(SyncGroupResponse)
    if version >= 4:
        self.throttle_time_ms, self.error_code = _unpack_ih(buffer, position)
        position += 6
        if version >= 5:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.protocol_type = None
            else:
                end = position + length - 1
                self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
                position = end
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.protocol_name = None
            else:
                end = position + length - 1
                self.protocol_name = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.protocol_type = None
            self.protocol_name = None
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.assignment = bytes(buffer[position:end])
        position = end
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
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        self.protocol_type = None
        self.protocol_name = None
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.assignment = bytes(buffer[position:end])
        position = end
        self.unknown_tagged_fields = None
    return self, position
