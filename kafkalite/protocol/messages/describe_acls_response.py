# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeAclsResponse."""

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

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_bb = Struct(">bb").unpack_from
_pack_bb = Struct(">bb").pack
_unpack_bbB = Struct(">bbB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_pack_bh = Struct(">bh").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ihh = Struct(">ihh").unpack_from


class AclDescription(Message):
    """`AclDescription` of DescribeAclsResponse, versions 0-3."""

    __slots__ = (
        "principal",
        "host",
        "operation",
        "permission_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.principal.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.host.encode()
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
            data = self.principal.encode()
            out += _pack_h(len(data))
            out += data
            data = self.host.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_bb(self.operation, self.permission_type)
            if self.unknown_tagged_fields:
                refuse_field("AclDescription", "unknown_tagged_fields", version)


class DescribeAclsResource(Message):
    """`DescribeAclsResource` of DescribeAclsResponse, versions 0-3."""

    __slots__ = (
        "resource_type",
        "resource_name",
        "pattern_type",
        "acls",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        resource_type: int = 0,
        resource_name: str = "",
        pattern_type: int = 3,
        acls: list[AclDescription] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.acls: list[AclDescription] = [] if acls is None else acls
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.resource_name.encode()
            out += _pack_b(self.resource_type)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_b(self.pattern_type)
            length = len(self.acls) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for acls_item in self.acls:
                acls_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.resource_name.encode()
            out += _pack_bh(self.resource_type, len(data))
            out += data
            if version >= 1:
                out += _pack_b(self.pattern_type)
            else:
                if self.pattern_type != 3:
                    refuse_field("DescribeAclsResource", "pattern_type", version)
            out += _pack_i(len(self.acls))
            for acls_item in self.acls:
                acls_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeAclsResource", "unknown_tagged_fields", version)


class DescribeAclsResponse(Message):
    """Kafka's response 29 `DescribeAclsResponse`: versions 0-3, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "resources",
        "unknown_tagged_fields",
    )

    API_KEY = 29
    NAME = "DescribeAclsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        resources: list[DescribeAclsResource] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.resources: list[DescribeAclsResource] = [] if resources is None else resources
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
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
            length = len(self.resources) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for resources_item in self.resources:
                resources_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_i(len(self.resources))
            for resources_item in self.resources:
                resources_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeAclsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeAclsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_acls_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeAclsResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeAclsResponse")
        return message, position


def _read_acl_description(buffer: Buffer, position: int, version: int) -> tuple[AclDescription, int]:
    self = new(AclDescription)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.principal = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.operation, self.permission_type, count = _unpack_bbB(buffer, position)
        position += 3
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
        self.principal = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.operation, self.permission_type = _unpack_bb(buffer, position)
        position += 2
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_acls_resource(buffer: Buffer, position: int, version: int) -> tuple[DescribeAclsResource, int]:
    self = new(DescribeAclsResource)
    if version >= 2:
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.pattern_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 5 * (length - 1) > len(buffer) - position:
            refuse_count()
        acls_ = self.acls = []
        for _ in range(length - 1):
            acls_item, position = _read_acl_description(buffer, position, version)
            acls_.append(acls_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.resource_type, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            refuse_null()
        end = position + length
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 1:
            (self.pattern_type,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.pattern_type = 3
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        acls_ = self.acls = []
        for _ in range(length):
            acls_item, position = _read_acl_description(buffer, position, version)
            acls_.append(acls_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_acls_response(buffer: Buffer, position: int, version: int) -> tuple[DescribeAclsResponse, int]:
    self = new(DescribeAclsResponse)
    if version >= 2:
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
        if 5 * (length - 1) > len(buffer) - position:
            refuse_count()
        resources_ = self.resources = []
        for _ in range(length - 1):
            resources_item, position = _read_describe_acls_resource(buffer, position, version)
            resources_.append(resources_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, self.error_code, length = _unpack_ihh(buffer, position)
        position += 8
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 7 * length > len(buffer) - position:
            refuse_count()
        resources_ = self.resources = []
        for _ in range(length):
            resources_item, position = _read_describe_acls_resource(buffer, position, version)
            resources_.append(resources_item)
        self.unknown_tagged_fields = None
    return self, position
