# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateAclsRequest."""

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


class AclCreation(Message):
    """`AclCreation` of CreateAclsRequest, versions 0-3."""

    __slots__ = (
        "resource_type",
        "resource_name",
        "resource_pattern_type",
        "principal",
        "host",
        "operation",
        "permission_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        resource_type: int = 0,
        resource_name: str = "",
        resource_pattern_type: int = 3,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.resource_pattern_type = resource_pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type
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
            data = self.principal.encode()
            out += _pack_b(self.resource_pattern_type)
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
            data = self.resource_name.encode()
            out += _pack_bh(self.resource_type, len(data))
            out += data
            if version >= 1:
                out += _pack_b(self.resource_pattern_type)
            else:
                if self.resource_pattern_type != 3:
                    refuse_field("AclCreation", "resource_pattern_type", version)
            data = self.principal.encode()
            out += _pack_h(len(data))
            out += data
            data = self.host.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_bb(self.operation, self.permission_type)
            if self.unknown_tagged_fields:
                refuse_field("AclCreation", "unknown_tagged_fields", version)


class CreateAclsRequest(Message):
    """Kafka's request 30 `CreateAclsRequest`: versions 0-3, flexible from 2."""

    __slots__ = (
        "creations",
        "unknown_tagged_fields",
    )

    API_KEY = 30
    NAME = "CreateAclsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        creations: list[AclCreation] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.creations: list[AclCreation] = [] if creations is None else creations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.creations) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for creations_item in self.creations:
                creations_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.creations))
            for creations_item in self.creations:
                creations_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("CreateAclsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreateAclsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_acls_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreateAclsRequest", error)
        if position > len(buffer):
            refuse_truncated("CreateAclsRequest")
        return message, position


def _read_acl_creation(buffer: Buffer, position: int, version: int) -> tuple[AclCreation, int]:
    self = new(AclCreation)
    if version >= 2:
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.resource_pattern_type, length = _unpack_bB(buffer, position)
        position += 2
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
        self.resource_type, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            refuse_null()
        end = position + length
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 1:
            (self.resource_pattern_type,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.resource_pattern_type = 3
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


def _read_create_acls_request(buffer: Buffer, position: int, version: int) -> tuple[CreateAclsRequest, int]:
    self = new(CreateAclsRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 8 * (length - 1) > len(buffer) - position:
            refuse_count()
        creations_ = self.creations = []
        for _ in range(length - 1):
            creations_item, position = _read_acl_creation(buffer, position, version)
            creations_.append(creations_item)
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
        creations_ = self.creations = []
        for _ in range(length):
            creations_item, position = _read_acl_creation(buffer, position, version)
            creations_.append(creations_item)
        self.unknown_tagged_fields = None
    return self, position
