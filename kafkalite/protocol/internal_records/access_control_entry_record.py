# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AccessControlEntryRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    read_text_length,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16sb = Struct(">16sb").pack
_unpack_16sbB = Struct(">16sbB").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_pack_bb = Struct(">bb").pack
_unpack_bbB = Struct(">bbB").unpack_from


class AccessControlEntryRecord(Message):
    """Kafka's cluster metadata record 18 `AccessControlEntryRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "id",
        "resource_type",
        "resource_name",
        "pattern_type",
        "principal",
        "host",
        "operation",
        "permission_type",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 18
    NAME = "AccessControlEntryRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        id: bytes = ZERO_UUID,
        resource_type: int = 0,
        resource_name: str = "",
        pattern_type: int = 0,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.id = id
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.resource_name.encode()
        out += _pack_16sb(self.id, self.resource_type)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.principal.encode()
        out += _pack_b(self.pattern_type)
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

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AccessControlEntryRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_access_control_entry_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AccessControlEntryRecord", error)
        if position > len(buffer):
            refuse_truncated("AccessControlEntryRecord")
        return message, position


def _read_access_control_entry_record(
    buffer: Buffer, position: int, version: int
) -> tuple[AccessControlEntryRecord, int]:
    self = new(AccessControlEntryRecord)
    self.id, self.resource_type, length = _unpack_16sbB(buffer, position)
    position += 18
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.resource_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.pattern_type, length = _unpack_bB(buffer, position)
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
    return self, position
