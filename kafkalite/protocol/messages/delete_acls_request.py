# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteAclsRequest."""

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
_unpack_bb = Struct(">bb").unpack_from
_pack_bb = Struct(">bb").pack
_unpack_bbB = Struct(">bbB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class DeleteAclsFilter(Message):
    """`DeleteAclsFilter` of DeleteAclsRequest, versions 0-3."""

    __slots__ = (
        "resource_type_filter",
        "resource_name_filter",
        "pattern_type_filter",
        "principal_filter",
        "host_filter",
        "operation",
        "permission_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        resource_type_filter: int = 0,
        resource_name_filter: str | None = "",
        pattern_type_filter: int = 3,
        principal_filter: str | None = "",
        host_filter: str | None = "",
        operation: int = 0,
        permission_type: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_type_filter = resource_type_filter
        self.resource_name_filter = resource_name_filter
        self.pattern_type_filter = pattern_type_filter
        self.principal_filter = principal_filter
        self.host_filter = host_filter
        self.operation = operation
        self.permission_type = permission_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            out += _pack_b(self.resource_type_filter)
            if self.resource_name_filter is None:
                out.append(0)
            else:
                data = self.resource_name_filter.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_b(self.pattern_type_filter)
            if self.principal_filter is None:
                out.append(0)
            else:
                data = self.principal_filter.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if self.host_filter is None:
                out.append(0)
            else:
                data = self.host_filter.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_bb(self.operation, self.permission_type)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_b(self.resource_type_filter)
            if self.resource_name_filter is None:
                out += b"\xff\xff"
            else:
                data = self.resource_name_filter.encode()
                out += _pack_h(len(data))
                out += data
            if version >= 1:
                out += _pack_b(self.pattern_type_filter)
            else:
                if self.pattern_type_filter != 3:
                    refuse_field("DeleteAclsFilter", "pattern_type_filter", version)
            if self.principal_filter is None:
                out += b"\xff\xff"
            else:
                data = self.principal_filter.encode()
                out += _pack_h(len(data))
                out += data
            if self.host_filter is None:
                out += b"\xff\xff"
            else:
                data = self.host_filter.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_bb(self.operation, self.permission_type)
            if self.unknown_tagged_fields:
                refuse_field("DeleteAclsFilter", "unknown_tagged_fields", version)


class DeleteAclsRequest(Message):
    """Kafka's request 31 `DeleteAclsRequest`: versions 0-3, flexible from 2."""

    __slots__ = (
        "filters",
        "unknown_tagged_fields",
    )

    API_KEY = 31
    NAME = "DeleteAclsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        filters: list[DeleteAclsFilter] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.filters: list[DeleteAclsFilter] = [] if filters is None else filters
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.filters) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for filters_item in self.filters:
                filters_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.filters))
            for filters_item in self.filters:
                filters_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DeleteAclsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_delete_acls_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DeleteAclsRequest", error)
        if position > len(buffer):
            refuse_truncated("DeleteAclsRequest")
        return message, position


def _read_delete_acls_filter(buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsFilter, int]:
    self = new(DeleteAclsFilter)
    if version >= 2:
        self.resource_type_filter, length = _unpack_bB(buffer, position)
        position += 2
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.resource_name_filter = None
        else:
            end = position + length - 1
            self.resource_name_filter = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.pattern_type_filter, length = _unpack_bB(buffer, position)
        position += 2
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.principal_filter = None
        else:
            end = position + length - 1
            self.principal_filter = str(buffer[position:end], "utf-8", "as-java")
            position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.host_filter = None
        else:
            end = position + length - 1
            self.host_filter = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.operation, self.permission_type, count = _unpack_bbB(buffer, position)
        position += 3
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.resource_type_filter, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            self.resource_name_filter = None
        else:
            end = position + length
            self.resource_name_filter = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if version >= 1:
            (self.pattern_type_filter,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.pattern_type_filter = 3
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.principal_filter = None
        else:
            end = position + length
            self.principal_filter = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.host_filter = None
        else:
            end = position + length
            self.host_filter = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.operation, self.permission_type = _unpack_bb(buffer, position)
        position += 2
        self.unknown_tagged_fields = None
    return self, position


def _read_delete_acls_request(buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsRequest, int]:
    self = new(DeleteAclsRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 8 * (length - 1) > len(buffer) - position:
            refuse_count()
        filters_ = self.filters = []
        for _ in range(length - 1):
            filters_item, position = _read_delete_acls_filter(buffer, position, version)
            filters_.append(filters_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 9 * length > len(buffer) - position:
            refuse_count()
        filters_ = self.filters = []
        for _ in range(length):
            filters_item, position = _read_delete_acls_filter(buffer, position, version)
            filters_.append(filters_item)
        self.unknown_tagged_fields = None
    return self, position
