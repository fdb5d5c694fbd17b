# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListConfigResourcesRequest."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class ListConfigResourcesRequest(Message):
    """Kafka's request 74 `ListConfigResourcesRequest`: versions 0-1, flexible from 0."""

    __slots__ = (
        "resource_types",
        "unknown_tagged_fields",
    )

    API_KEY = 74
    NAME = "ListConfigResourcesRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        resource_types: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.resource_types: list[int] = [] if resource_types is None else resource_types
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            length = len(self.resource_types) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.resource_types)}b", *self.resource_types)
        else:
            if self.resource_types:
                refuse_field("ListConfigResourcesRequest", "resource_types", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListConfigResourcesRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_config_resources_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListConfigResourcesRequest", error)
        if position > len(buffer):
            refuse_truncated("ListConfigResourcesRequest")
        return message, position


def _read_list_config_resources_request(
    buffer: Buffer, position: int, version: int
) -> tuple[ListConfigResourcesRequest, int]:
    self = new(ListConfigResourcesRequest)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.resource_types, position = read_numbers(buffer, position, length - 1, "b", 1)
    else:
        self.resource_types = []
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
