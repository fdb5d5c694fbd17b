# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeConfigsRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_compact_length,
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

_pack_t = Struct(">?").pack
_pack_tt = Struct(">??").pack
_unpack_ttB = Struct(">??B").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_pack_bh = Struct(">bh").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class DescribeConfigsResource(Message):
    """`DescribeConfigsResource` of DescribeConfigsRequest, versions 0-4."""

    __slots__ = (
        "resource_type",
        "resource_name",
        "configuration_keys",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        resource_type: int = 0,
        resource_name: str = "",
        configuration_keys: list[str] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configuration_keys: list[str] | None = [] if configuration_keys is UNSET else configuration_keys
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
            data = self.resource_name.encode()
            out += _pack_b(self.resource_type)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.configuration_keys is None:
                out.append(0)
            else:
                length = len(self.configuration_keys) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for configuration_keys_item in self.configuration_keys:
                    data = configuration_keys_item.encode()
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
            data = self.resource_name.encode()
            out += _pack_bh(self.resource_type, len(data))
            out += data
            if self.configuration_keys is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.configuration_keys))
                for configuration_keys_item in self.configuration_keys:
                    data = configuration_keys_item.encode()
                    out += _pack_h(len(data))
                    out += data
            if self.unknown_tagged_fields:
                refuse_field("DescribeConfigsResource", "unknown_tagged_fields", version)


class DescribeConfigsRequest(Message):
    """Kafka's request 32 `DescribeConfigsRequest`: versions 0-4, flexible from 4."""

    __slots__ = (
        "resources",
        "include_synonyms",
        "include_documentation",
        "unknown_tagged_fields",
    )

    API_KEY = 32
    NAME = "DescribeConfigsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        resources: list[DescribeConfigsResource] | None = None,
        include_synonyms: bool = False,
        include_documentation: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resources: list[DescribeConfigsResource] = [] if resources is None else resources
        self.include_synonyms = include_synonyms
        self.include_documentation = include_documentation
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            length = len(self.resources) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for resources_item in self.resources:
                resources_item.write(out, version)
            out += _pack_tt(self.include_synonyms, self.include_documentation)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.resources))
            for resources_item in self.resources:
                resources_item.write(out, version)
            if version >= 1:
                out += _pack_t(self.include_synonyms)
            else:
                if self.include_synonyms:
                    refuse_field("DescribeConfigsRequest", "include_synonyms", version)
            if version >= 3:
                out += _pack_t(self.include_documentation)
            else:
                if self.include_documentation:
                    refuse_field("DescribeConfigsRequest", "include_documentation", version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeConfigsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_configs_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeConfigsRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeConfigsRequest")
        return message, position


def _read_describe_configs_resource(buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsResource, int]:
    self = new(DescribeConfigsResource)
    if version >= 4:
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.configuration_keys = None
        else:
            if length - 1 > len(buffer) - position:
                refuse_count()
            configuration_keys_ = self.configuration_keys = []
            for _ in range(length - 1):
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                configuration_keys_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
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
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.configuration_keys = None
        else:
            if 2 * length > len(buffer) - position:
                refuse_count()
            configuration_keys_ = self.configuration_keys = []
            for _ in range(length):
                (length,) = _unpack_h(buffer, position)
                position += 2
                if length < 0:
                    refuse_null()
                end = position + length
                configuration_keys_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_configs_request(buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsRequest, int]:
    self = new(DescribeConfigsRequest)
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        resources_ = self.resources = []
        for _ in range(length - 1):
            resources_item, position = _read_describe_configs_resource(buffer, position, version)
            resources_.append(resources_item)
        self.include_synonyms, self.include_documentation, count = _unpack_ttB(buffer, position)
        position += 3
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 7 * length > len(buffer) - position:
            refuse_count()
        resources_ = self.resources = []
        for _ in range(length):
            resources_item, position = _read_describe_configs_resource(buffer, position, version)
            resources_.append(resources_item)
        if version >= 1:
            self.include_synonyms = buffer[position] != 0
            position += 1
        else:
            self.include_synonyms = False
        if version >= 3:
            self.include_documentation = buffer[position] != 0
            position += 1
        else:
            self.include_documentation = False
        self.unknown_tagged_fields = None
    return self, position
