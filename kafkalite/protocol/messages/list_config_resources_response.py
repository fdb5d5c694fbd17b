# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListConfigResourcesResponse."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class ConfigResource(Message):
    """`ConfigResource` of ListConfigResourcesResponse, versions 0-1."""

    __slots__ = (
        "resource_name",
        "resource_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        resource_name: str = "",
        resource_type: int = 16,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_name = resource_name
        self.resource_type = resource_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.resource_name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if version >= 1:
            out += _pack_b(self.resource_type)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ListConfigResourcesResponse(Message):
    """Kafka's response 74 `ListConfigResourcesResponse`: versions 0-1, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "config_resources",
        "unknown_tagged_fields",
    )

    API_KEY = 74
    NAME = "ListConfigResourcesResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        config_resources: list[ConfigResource] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.config_resources: list[ConfigResource] = [] if config_resources is None else config_resources
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        length = len(self.config_resources) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for config_resources_item in self.config_resources:
            config_resources_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListConfigResourcesResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_config_resources_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListConfigResourcesResponse", error)
        if position > len(buffer):
            refuse_truncated("ListConfigResourcesResponse")
        return message, position


def _read_config_resource(buffer: Buffer, position: int, version: int) -> tuple[ConfigResource, int]:
    self = new(ConfigResource)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.resource_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    if version >= 1:
        (self.resource_type,) = _unpack_b(buffer, position)
        position += 1
    else:
        self.resource_type = 16
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_list_config_resources_response(
    buffer: Buffer, position: int, version: int
) -> tuple[ListConfigResourcesResponse, int]:
    self = new(ListConfigResourcesResponse)
    self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 2 * (length - 1) > len(buffer) - position:
        refuse_count()
    config_resources_ = self.config_resources = []
    for _ in range(length - 1):
        config_resources_item, position = _read_config_resource(buffer, position, version)
        config_resources_.append(config_resources_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
