# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterClientQuotasResponse."""

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

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack


class EntityData(Message):
    """`EntityData` of AlterClientQuotasResponse, versions 0-1."""

    __slots__ = (
        "entity_type",
        "entity_name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        entity_type: str = "",
        entity_name: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.entity_type = entity_type
        self.entity_name = entity_name
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
            if self.entity_name is None:
                out.append(0)
            else:
                data = self.entity_name.encode()
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
            if self.entity_name is None:
                out += b"\xff\xff"
            else:
                data = self.entity_name.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("EntityData", "unknown_tagged_fields", version)


class EntryData(Message):
    """`EntryData` of AlterClientQuotasResponse, versions 0-1."""

    __slots__ = (
        "error_code",
        "error_message",
        "entity",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        entity: list[EntityData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.entity: list[EntityData] = [] if entity is None else entity
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            out += _pack_h(self.error_code)
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
            length = len(self.entity) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for entity_item in self.entity:
                entity_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_h(self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_i(len(self.entity))
            for entity_item in self.entity:
                entity_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("EntryData", "unknown_tagged_fields", version)


class AlterClientQuotasResponse(Message):
    """Kafka's response 49 `AlterClientQuotasResponse`: versions 0-1, flexible from 1."""

    __slots__ = (
        "throttle_time_ms",
        "entries",
        "unknown_tagged_fields",
    )

    API_KEY = 49
    NAME = "AlterClientQuotasResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        entries: list[EntryData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.entries: list[EntryData] = [] if entries is None else entries
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            out += _pack_i(self.throttle_time_ms)
            length = len(self.entries) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for entries_item in self.entries:
                entries_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ii(self.throttle_time_ms, len(self.entries))
            for entries_item in self.entries:
                entries_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AlterClientQuotasResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterClientQuotasResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_client_quotas_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterClientQuotasResponse", error)
        if position > len(buffer):
            refuse_truncated("AlterClientQuotasResponse")
        return message, position


def _read_entity_data(buffer: Buffer, position: int, version: int) -> tuple[EntityData, int]:
    self = new(EntityData)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.entity_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.entity_name = None
        else:
            end = position + length - 1
            self.entity_name = str(buffer[position:end], "utf-8", "as-java")
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
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.entity_name = None
        else:
            end = position + length
            self.entity_name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_entry_data(buffer: Buffer, position: int, version: int) -> tuple[EntryData, int]:
    self = new(EntryData)
    if version >= 1:
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
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
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        entity_ = self.entity = []
        for _ in range(length - 1):
            entity_item, position = _read_entity_data(buffer, position, version)
            entity_.append(entity_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, length = _unpack_hh(buffer, position)
        position += 4
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
        if 4 * length > len(buffer) - position:
            refuse_count()
        entity_ = self.entity = []
        for _ in range(length):
            entity_item, position = _read_entity_data(buffer, position, version)
            entity_.append(entity_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_client_quotas_response(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterClientQuotasResponse, int]:
    self = new(AlterClientQuotasResponse)
    if version >= 1:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 5 * (length - 1) > len(buffer) - position:
            refuse_count()
        entries_ = self.entries = []
        for _ in range(length - 1):
            entries_item, position = _read_entry_data(buffer, position, version)
            entries_.append(entries_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        entries_ = self.entries = []
        for _ in range(length):
            entries_item, position = _read_entry_data(buffer, position, version)
            entries_.append(entries_item)
        self.unknown_tagged_fields = None
    return self, position
