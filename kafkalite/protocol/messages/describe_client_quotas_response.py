# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClientQuotasResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
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

_unpack_d = Struct(">d").unpack_from
_pack_d = Struct(">d").pack
_unpack_dB = Struct(">dB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ihh = Struct(">ihh").unpack_from


class EntityData(Message):
    """`EntityData` of DescribeClientQuotasResponse, versions 0-1."""

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


class ValueData(Message):
    """`ValueData` of DescribeClientQuotasResponse, versions 0-1."""

    __slots__ = (
        "key",
        "value",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        key: str = "",
        value: float = 0.0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.key = key
        self.value = value
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
            out += _pack_d(self.value)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.key.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_d(self.value)
            if self.unknown_tagged_fields:
                refuse_field("ValueData", "unknown_tagged_fields", version)


class EntryData(Message):
    """`EntryData` of DescribeClientQuotasResponse, versions 0-1."""

    __slots__ = (
        "entity",
        "values",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        entity: list[EntityData] | None = None,
        values: list[ValueData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.entity: list[EntityData] = [] if entity is None else entity
        self.values: list[ValueData] = [] if values is None else values
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
            length = len(self.values) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for values_item in self.values:
                values_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.entity))
            for entity_item in self.entity:
                entity_item.write(out, version)
            out += _pack_i(len(self.values))
            for values_item in self.values:
                values_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("EntryData", "unknown_tagged_fields", version)


class DescribeClientQuotasResponse(Message):
    """Kafka's response 48 `DescribeClientQuotasResponse`: versions 0-1, flexible from 1."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "entries",
        "unknown_tagged_fields",
    )

    API_KEY = 48
    NAME = "DescribeClientQuotasResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        entries: list[EntryData] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.entries: list[EntryData] | None = [] if entries is UNSET else entries
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
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
            if self.entries is None:
                out.append(0)
            else:
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
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            if self.entries is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.entries))
                for entries_item in self.entries:
                    entries_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeClientQuotasResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeClientQuotasResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_client_quotas_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeClientQuotasResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeClientQuotasResponse")
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


def _read_value_data(buffer: Buffer, position: int, version: int) -> tuple[ValueData, int]:
    self = new(ValueData)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.key = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.value, count = _unpack_dB(buffer, position)
        position += 9
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
        (self.value,) = _unpack_d(buffer, position)
        position += 8
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
        if 10 * (length - 1) > len(buffer) - position:
            refuse_count()
        values_ = self.values = []
        for _ in range(length - 1):
            values_item, position = _read_value_data(buffer, position, version)
            values_.append(values_item)
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
        if 10 * length > len(buffer) - position:
            refuse_count()
        values_ = self.values = []
        for _ in range(length):
            values_item, position = _read_value_data(buffer, position, version)
            values_.append(values_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_client_quotas_response(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeClientQuotasResponse, int]:
    self = new(DescribeClientQuotasResponse)
    if version >= 1:
        self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
        position += 7
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
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.entries = None
        else:
            if 3 * (length - 1) > len(buffer) - position:
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
        self.throttle_time_ms, self.error_code, length = _unpack_ihh(buffer, position)
        position += 8
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.entries = None
        else:
            if 8 * length > len(buffer) - position:
                refuse_count()
            entries_ = self.entries = []
            for _ in range(length):
                entries_item, position = _read_entry_data(buffer, position, version)
                entries_.append(entries_item)
        self.unknown_tagged_fields = None
    return self, position
