# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FindCoordinatorRequest."""

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

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack


class FindCoordinatorRequest(Message):
    """Kafka's request 10 `FindCoordinatorRequest`: versions 0-6, flexible from 3."""

    __slots__ = (
        "key",
        "key_type",
        "coordinator_keys",
        "unknown_tagged_fields",
    )

    API_KEY = 10
    NAME = "FindCoordinatorRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 6
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        key: str = "",
        key_type: int = 0,
        coordinator_keys: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.key = key
        self.key_type = key_type
        self.coordinator_keys: list[str] = [] if coordinator_keys is None else coordinator_keys
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            if version <= 3:
                data = self.key.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            else:
                if self.key:
                    refuse_field("FindCoordinatorRequest", "key", version)
            out += _pack_b(self.key_type)
            if version >= 4:
                length = len(self.coordinator_keys) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for coordinator_keys_item in self.coordinator_keys:
                    data = coordinator_keys_item.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            else:
                if self.coordinator_keys:
                    refuse_field("FindCoordinatorRequest", "coordinator_keys", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.key.encode()
            out += _pack_h(len(data))
            out += data
            if version >= 1:
                out += _pack_b(self.key_type)
            else:
                if self.key_type:
                    refuse_field("FindCoordinatorRequest", "key_type", version)
            if self.coordinator_keys:
                refuse_field("FindCoordinatorRequest", "coordinator_keys", version)
            if self.unknown_tagged_fields:
                refuse_field("FindCoordinatorRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[FindCoordinatorRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_find_coordinator_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("FindCoordinatorRequest", error)
        if position > len(buffer):
            refuse_truncated("FindCoordinatorRequest")
        return message, position


def _read_find_coordinator_request(buffer: Buffer, position: int, version: int) -> tuple[FindCoordinatorRequest, int]:
    self = new(FindCoordinatorRequest)
    if version >= 3:
        if version <= 3:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.key = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.key = ""
        (self.key_type,) = _unpack_b(buffer, position)
        position += 1
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if length - 1 > len(buffer) - position:
                refuse_count()
            coordinator_keys_ = self.coordinator_keys = []
            for _ in range(length - 1):
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                coordinator_keys_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        else:
            self.coordinator_keys = []
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
        self.key = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 1:
            (self.key_type,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.key_type = 0
        self.coordinator_keys = []
        self.unknown_tagged_fields = None
    return self, position
