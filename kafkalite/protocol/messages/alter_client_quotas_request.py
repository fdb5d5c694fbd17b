# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterClientQuotasRequest."""

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
_unpack_dt = Struct(">d?").unpack_from
_pack_dt = Struct(">d?").pack
_unpack_dtB = Struct(">d?B").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class EntityData(Message):
    """`EntityData` of AlterClientQuotasRequest, versions 0-1."""

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


class OpData(Message):
    """`OpData` of AlterClientQuotasRequest, versions 0-1."""

    __slots__ = (
        "key",
        "value",
        "remove",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        key: str = "",
        value: float = 0.0,
        remove: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.key = key
        self.value = value
        self.remove = remove
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            data = self.key.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_dt(self.value, self.remove)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.key.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_dt(self.value, self.remove)
            if self.unknown_tagged_fields:
                refuse_field("OpData", "unknown_tagged_fields", version)


class EntryData(Message):
    """`EntryData` of AlterClientQuotasRequest, versions 0-1."""

    __slots__ = (
        "entity",
        "ops",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        entity: list[EntityData] | None = None,
        ops: list[OpData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.entity: list[EntityData] = [] if entity is None else entity
        self.ops: list[OpData] = [] if ops is None else ops
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            length = len(self.entity) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for entity_item in self.entity:
                entity_item.write(out, version)
            length = len(self.ops) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for ops_item in self.ops:
                ops_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.entity))
            for entity_item in self.entity:
                entity_item.write(out, version)
            out += _pack_i(len(self.ops))
            for ops_item in self.ops:
                ops_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("EntryData", "unknown_tagged_fields", version)


class AlterClientQuotasRequest(Message):
    """Kafka's request 49 `AlterClientQuotasRequest`: versions 0-1, flexible from 1."""

    __slots__ = (
        "entries",
        "validate_only",
        "unknown_tagged_fields",
    )

    API_KEY = 49
    NAME = "AlterClientQuotasRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        entries: list[EntryData] | None = None,
        validate_only: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.entries: list[EntryData] = [] if entries is None else entries
        self.validate_only = validate_only
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            length = len(self.entries) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for entries_item in self.entries:
                entries_item.write(out, version)
            out += _pack_t(self.validate_only)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.entries))
            for entries_item in self.entries:
                entries_item.write(out, version)
            out += _pack_t(self.validate_only)
            if self.unknown_tagged_fields:
                refuse_field("AlterClientQuotasRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterClientQuotasRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_client_quotas_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterClientQuotasRequest", error)
        if position > len(buffer):
            refuse_truncated("AlterClientQuotasRequest")
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


def _read_op_data(buffer: Buffer, position: int, version: int) -> tuple[OpData, int]:
    self = new(OpData)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.key = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.value, self.remove, count = _unpack_dtB(buffer, position)
        position += 10
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
        self.key = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.value, self.remove = _unpack_dt(buffer, position)
        position += 9
        self.unknown_tagged_fields = None
    return self, position


def _read_entry_data(buffer: Buffer, position: int, version: int) -> tuple[EntryData, int]:
    self = new(EntryData)
    if version >= 1:
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
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 11 * (length - 1) > len(buffer) - position:
            refuse_count()
        ops_ = self.ops = []
        for _ in range(length - 1):
            ops_item, position = _read_op_data(buffer, position, version)
            ops_.append(ops_item)
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
        if 4 * length > len(buffer) - position:
            refuse_count()
        entity_ = self.entity = []
        for _ in range(length):
            entity_item, position = _read_entity_data(buffer, position, version)
            entity_.append(entity_item)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 11 * length > len(buffer) - position:
            refuse_count()
        ops_ = self.ops = []
        for _ in range(length):
            ops_item, position = _read_op_data(buffer, position, version)
            ops_.append(ops_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_client_quotas_request(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterClientQuotasRequest, int]:
    self = new(AlterClientQuotasRequest)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        entries_ = self.entries = []
        for _ in range(length - 1):
            entries_item, position = _read_entry_data(buffer, position, version)
            entries_.append(entries_item)
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
        if 8 * length > len(buffer) - position:
            refuse_count()
        entries_ = self.entries = []
        for _ in range(length):
            entries_item, position = _read_entry_data(buffer, position, version)
            entries_.append(entries_item)
        self.validate_only = buffer[position] != 0
        position += 1
        self.unknown_tagged_fields = None
    return self, position
