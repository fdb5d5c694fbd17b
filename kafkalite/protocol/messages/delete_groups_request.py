# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteGroupsRequest."""

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
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class DeleteGroupsRequest(Message):
    """Kafka's request 42 `DeleteGroupsRequest`: versions 0-3, flexible from 2."""

    __slots__ = (
        "groups_names",
        "unknown_tagged_fields",
    )

    API_KEY = 42
    NAME = "DeleteGroupsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        groups_names: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.groups_names: list[str] = [] if groups_names is None else groups_names
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.groups_names) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for groups_names_item in self.groups_names:
                data = groups_names_item.encode()
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
            out += _pack_i(len(self.groups_names))
            for groups_names_item in self.groups_names:
                data = groups_names_item.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("DeleteGroupsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DeleteGroupsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_delete_groups_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DeleteGroupsRequest", error)
        if position > len(buffer):
            refuse_truncated("DeleteGroupsRequest")
        return message, position


def _read_delete_groups_request(buffer: Buffer, position: int, version: int) -> tuple[DeleteGroupsRequest, int]:
    self = new(DeleteGroupsRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if length - 1 > len(buffer) - position:
            refuse_count()
        groups_names_ = self.groups_names = []
        for _ in range(length - 1):
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            groups_names_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
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
        if 2 * length > len(buffer) - position:
            refuse_count()
        groups_names_ = self.groups_names = []
        for _ in range(length):
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                refuse_null()
            end = position + length
            groups_names_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
        self.unknown_tagged_fields = None
    return self, position
