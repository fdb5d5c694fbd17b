# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterConfigsRequest."""

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

_pack_t = Struct(">?").pack
_unpack_tB = Struct(">?B").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_pack_bh = Struct(">bh").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class AlterableConfig(Message):
    """`AlterableConfig` of AlterConfigsRequest, versions 0-2."""

    __slots__ = (
        "name",
        "value",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        value: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.value = value
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.value is None:
                out.append(0)
            else:
                data = self.value.encode()
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
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            if self.value is None:
                out += b"\xff\xff"
            else:
                data = self.value.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("AlterableConfig", "unknown_tagged_fields", version)


class AlterConfigsResource(Message):
    """`AlterConfigsResource` of AlterConfigsRequest, versions 0-2."""

    __slots__ = (
        "resource_type",
        "resource_name",
        "configs",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        resource_type: int = 0,
        resource_name: str = "",
        configs: list[AlterableConfig] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configs: list[AlterableConfig] = [] if configs is None else configs
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
            length = len(self.configs) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for configs_item in self.configs:
                configs_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.resource_name.encode()
            out += _pack_bh(self.resource_type, len(data))
            out += data
            out += _pack_i(len(self.configs))
            for configs_item in self.configs:
                configs_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AlterConfigsResource", "unknown_tagged_fields", version)


class AlterConfigsRequest(Message):
    """Kafka's request 33 `AlterConfigsRequest`: versions 0-2, flexible from 2."""

    __slots__ = (
        "resources",
        "validate_only",
        "unknown_tagged_fields",
    )

    API_KEY = 33
    NAME = "AlterConfigsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        resources: list[AlterConfigsResource] | None = None,
        validate_only: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resources: list[AlterConfigsResource] = [] if resources is None else resources
        self.validate_only = validate_only
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.resources) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for resources_item in self.resources:
                resources_item.write(out, version)
            out += _pack_t(self.validate_only)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.resources))
            for resources_item in self.resources:
                resources_item.write(out, version)
            out += _pack_t(self.validate_only)
            if self.unknown_tagged_fields:
                refuse_field("AlterConfigsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterConfigsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_configs_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterConfigsRequest", error)
        if position > len(buffer):
            refuse_truncated("AlterConfigsRequest")
        return message, position


def _read_alterable_config(buffer: Buffer, position: int, version: int) -> tuple[AlterableConfig, int]:
    self = new(AlterableConfig)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.value = None
        else:
            end = position + length - 1
            self.value = str(buffer[position:end], "utf-8", "as-java")
            position = end
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
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.value = None
        else:
            end = position + length
            self.value = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_configs_resource(buffer: Buffer, position: int, version: int) -> tuple[AlterConfigsResource, int]:
    self = new(AlterConfigsResource)
    if version >= 2:
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        configs_ = self.configs = []
        for _ in range(length - 1):
            configs_item, position = _read_alterable_config(buffer, position, version)
            configs_.append(configs_item)
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
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        configs_ = self.configs = []
        for _ in range(length):
            configs_item, position = _read_alterable_config(buffer, position, version)
            configs_.append(configs_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_configs_request(buffer: Buffer, position: int, version: int) -> tuple[AlterConfigsRequest, int]:
    self = new(AlterConfigsRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        resources_ = self.resources = []
        for _ in range(length - 1):
            resources_item, position = _read_alter_configs_resource(buffer, position, version)
            resources_.append(resources_item)
        self.validate_only, count = _unpack_tB(buffer, position)
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
        if 7 * length > len(buffer) - position:
            refuse_count()
        resources_ = self.resources = []
        for _ in range(length):
            resources_item, position = _read_alter_configs_resource(buffer, position, version)
            resources_.append(resources_item)
        self.validate_only = buffer[position] != 0
        position += 1
        self.unknown_tagged_fields = None
    return self, position
