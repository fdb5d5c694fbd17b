# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeGroupsRequest."""

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

_pack_t = Struct(">?").pack
_unpack_tB = Struct(">?B").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class DescribeGroupsRequest(Message):
    """Kafka's request 15 `DescribeGroupsRequest`: versions 0-6, flexible from 5."""

    __slots__ = (
        "groups",
        "include_authorized_operations",
        "unknown_tagged_fields",
    )

    API_KEY = 15
    NAME = "DescribeGroupsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 6
    FIRST_FLEXIBLE_VERSION = 5

    def __init__(
        self,
        *,
        groups: list[str] | None = None,
        include_authorized_operations: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.groups: list[str] = [] if groups is None else groups
        self.include_authorized_operations = include_authorized_operations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 5:
            length = len(self.groups) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for groups_item in self.groups:
                data = groups_item.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_t(self.include_authorized_operations)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.groups))
            for groups_item in self.groups:
                data = groups_item.encode()
                out += _pack_h(len(data))
                out += data
            if version >= 3:
                out += _pack_t(self.include_authorized_operations)
            else:
                if self.include_authorized_operations:
                    refuse_field("DescribeGroupsRequest", "include_authorized_operations", version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeGroupsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeGroupsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_groups_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeGroupsRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeGroupsRequest")
        return message, position


def _read_describe_groups_request(buffer: Buffer, position: int, version: int) -> tuple[DescribeGroupsRequest, int]:
    self = new(DescribeGroupsRequest)
    if version >= 5:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if length - 1 > len(buffer) - position:
            refuse_count()
        groups_ = self.groups = []
        for _ in range(length - 1):
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            groups_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
        self.include_authorized_operations, count = _unpack_tB(buffer, position)
        position += 2
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 2 * length > len(buffer) - position:
            refuse_count()
        groups_ = self.groups = []
        for _ in range(length):
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                refuse_null()
            end = position + length
            groups_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
        if version >= 3:
            self.include_authorized_operations = buffer[position] != 0
            position += 1
        else:
            self.include_authorized_operations = False
        self.unknown_tagged_fields = None
    return self, position
