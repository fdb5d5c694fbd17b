# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClientQuotasRequest."""

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
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class ComponentData(Message):
    """`ComponentData` of DescribeClientQuotasRequest, versions 0-1."""

    __slots__ = (
        "entity_type",
        "match_type",
        "match",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        entity_type: str = "",
        match_type: int = 0,
        match: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.entity_type = entity_type
        self.match_type = match_type
        self.match = match
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            data = self.entity_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_b(self.match_type)
            if self.match is None:
                out.append(0)
            else:
                data = self.match.encode()
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
            data = self.entity_type.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_b(self.match_type)
            if self.match is None:
                out += b"\xff\xff"
            else:
                data = self.match.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("ComponentData", "unknown_tagged_fields", version)


class DescribeClientQuotasRequest(Message):
    """Kafka's request 48 `DescribeClientQuotasRequest`: versions 0-1, flexible from 1."""

    __slots__ = (
        "components",
        "strict",
        "unknown_tagged_fields",
    )

    API_KEY = 48
    NAME = "DescribeClientQuotasRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        components: list[ComponentData] | None = None,
        strict: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.components: list[ComponentData] = [] if components is None else components
        self.strict = strict
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            length = len(self.components) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for components_item in self.components:
                components_item.write(out, version)
            out += _pack_t(self.strict)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.components))
            for components_item in self.components:
                components_item.write(out, version)
            out += _pack_t(self.strict)
            if self.unknown_tagged_fields:
                refuse_field("DescribeClientQuotasRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeClientQuotasRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_client_quotas_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeClientQuotasRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeClientQuotasRequest")
        return message, position


def _read_component_data(buffer: Buffer, position: int, version: int) -> tuple[ComponentData, int]:
    self = new(ComponentData)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.entity_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.match_type, length = _unpack_bB(buffer, position)
        position += 2
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.match = None
        else:
            end = position + length - 1
            self.match = str(buffer[position:end], "utf-8", "as-java")
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
        self.entity_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.match_type, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            self.match = None
        else:
            end = position + length
            self.match = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_client_quotas_request(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeClientQuotasRequest, int]:
    self = new(DescribeClientQuotasRequest)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        components_ = self.components = []
        for _ in range(length - 1):
            components_item, position = _read_component_data(buffer, position, version)
            components_.append(components_item)
        self.strict, count = _unpack_tB(buffer, position)
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
        if 5 * length > len(buffer) - position:
            refuse_count()
        components_ = self.components = []
        for _ in range(length):
            components_item, position = _read_component_data(buffer, position, version)
            components_.append(components_item)
        self.strict = buffer[position] != 0
        position += 1
        self.unknown_tagged_fields = None
    return self, position
