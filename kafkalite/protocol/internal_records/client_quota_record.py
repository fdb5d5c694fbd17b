# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ClientQuotaRecord."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_dt = Struct(">d?").pack
_unpack_dtB = Struct(">d?B").unpack_from


class EntityData(Message):
    """`EntityData` of ClientQuotaRecord, versions 0."""

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


class ClientQuotaRecord(Message):
    """Kafka's cluster metadata record 14 `ClientQuotaRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "entity",
        "key",
        "value",
        "remove",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 14
    NAME = "ClientQuotaRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        entity: list[EntityData] | None = None,
        key: str = "",
        value: float = 0.0,
        remove: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.entity: list[EntityData] = [] if entity is None else entity
        self.key = key
        self.value = value
        self.remove = remove
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.entity) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for entity_item in self.entity:
            entity_item.write(out, version)
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

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ClientQuotaRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_client_quota_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ClientQuotaRecord", error)
        if position > len(buffer):
            refuse_truncated("ClientQuotaRecord")
        return message, position


def _read_entity_data(buffer: Buffer, position: int, version: int) -> tuple[EntityData, int]:
    self = new(EntityData)
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
    return self, position


def _read_client_quota_record(buffer: Buffer, position: int, version: int) -> tuple[ClientQuotaRecord, int]:
    self = new(ClientQuotaRecord)
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
    return self, position
