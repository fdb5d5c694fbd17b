# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListGroupsResponse."""

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
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class ListedGroup(Message):
    """`ListedGroup` of ListGroupsResponse, versions 0-5."""

    __slots__ = (
        "group_id",
        "protocol_type",
        "group_state",
        "group_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        group_id: str = "",
        protocol_type: str = "",
        group_state: str = "",
        group_type: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.protocol_type = protocol_type
        self.group_state = group_state
        self.group_type = group_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 3:
            data = self.group_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.protocol_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if version >= 4:
                data = self.group_state.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if version >= 5:
                data = self.group_type.encode()
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
            data = self.group_id.encode()
            out += _pack_h(len(data))
            out += data
            data = self.protocol_type.encode()
            out += _pack_h(len(data))
            out += data
            if self.unknown_tagged_fields:
                refuse_field("ListedGroup", "unknown_tagged_fields", version)


class ListGroupsResponse(Message):
    """Kafka's response 16 `ListGroupsResponse`: versions 0-5, flexible from 3."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "groups",
        "unknown_tagged_fields",
    )

    API_KEY = 16
    NAME = "ListGroupsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        groups: list[ListedGroup] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.groups: list[ListedGroup] = [] if groups is None else groups
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            length = len(self.groups) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for groups_item in self.groups:
                groups_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_hi(self.error_code, len(self.groups))
            for groups_item in self.groups:
                groups_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ListGroupsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListGroupsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_groups_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListGroupsResponse", error)
        if position > len(buffer):
            refuse_truncated("ListGroupsResponse")
        return message, position


def _read_listed_group(buffer: Buffer, position: int, version: int) -> tuple[ListedGroup, int]:
    self = new(ListedGroup)
    if version >= 3:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.group_state = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.group_state = ""
        if version >= 5:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.group_type = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.group_type = ""
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
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.group_state = ""
        self.group_type = ""
        self.unknown_tagged_fields = None
    return self, position


def _read_list_groups_response(buffer: Buffer, position: int, version: int) -> tuple[ListGroupsResponse, int]:
    self = new(ListGroupsResponse)
    if version >= 3:
        self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
        position += 7
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        groups_ = self.groups = []
        for _ in range(length - 1):
            groups_item, position = _read_listed_group(buffer, position, version)
            groups_.append(groups_item)
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
        self.error_code, length = _unpack_hi(buffer, position)
        position += 6
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        groups_ = self.groups = []
        for _ in range(length):
            groups_item, position = _read_listed_group(buffer, position, version)
            groups_.append(groups_item)
        self.unknown_tagged_fields = None
    return self, position
