# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateDelegationTokenRequest."""

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
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qB = Struct(">qB").unpack_from


class CreatableRenewers(Message):
    """`CreatableRenewers` of CreateDelegationTokenRequest, versions 0-3."""

    __slots__ = (
        "principal_type",
        "principal_name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        principal_type: str = "",
        principal_name: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.principal_type = principal_type
        self.principal_name = principal_name
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.principal_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.principal_name.encode()
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
            data = self.principal_type.encode()
            out += _pack_h(len(data))
            out += data
            data = self.principal_name.encode()
            out += _pack_h(len(data))
            out += data
            if self.unknown_tagged_fields:
                refuse_field("CreatableRenewers", "unknown_tagged_fields", version)


class CreateDelegationTokenRequest(Message):
    """Kafka's request 38 `CreateDelegationTokenRequest`: versions 0-3, flexible from 2."""

    __slots__ = (
        "owner_principal_type",
        "owner_principal_name",
        "renewers",
        "max_lifetime_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 38
    NAME = "CreateDelegationTokenRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        owner_principal_type: str | None = "",
        owner_principal_name: str | None = "",
        renewers: list[CreatableRenewers] | None = None,
        max_lifetime_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.owner_principal_type = owner_principal_type
        self.owner_principal_name = owner_principal_name
        self.renewers: list[CreatableRenewers] = [] if renewers is None else renewers
        self.max_lifetime_ms = max_lifetime_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            if version >= 3:
                if self.owner_principal_type is None:
                    out.append(0)
                else:
                    data = self.owner_principal_type.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
                if self.owner_principal_name is None:
                    out.append(0)
                else:
                    data = self.owner_principal_name.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            else:
                if self.owner_principal_type is None or self.owner_principal_type:
                    refuse_field("CreateDelegationTokenRequest", "owner_principal_type", version)
                if self.owner_principal_name is None or self.owner_principal_name:
                    refuse_field("CreateDelegationTokenRequest", "owner_principal_name", version)
            length = len(self.renewers) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for renewers_item in self.renewers:
                renewers_item.write(out, version)
            out += _pack_q(self.max_lifetime_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.owner_principal_type is None or self.owner_principal_type:
                refuse_field("CreateDelegationTokenRequest", "owner_principal_type", version)
            if self.owner_principal_name is None or self.owner_principal_name:
                refuse_field("CreateDelegationTokenRequest", "owner_principal_name", version)
            out += _pack_i(len(self.renewers))
            for renewers_item in self.renewers:
                renewers_item.write(out, version)
            out += _pack_q(self.max_lifetime_ms)
            if self.unknown_tagged_fields:
                refuse_field("CreateDelegationTokenRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreateDelegationTokenRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_delegation_token_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreateDelegationTokenRequest", error)
        if position > len(buffer):
            refuse_truncated("CreateDelegationTokenRequest")
        return message, position


def _read_creatable_renewers(buffer: Buffer, position: int, version: int) -> tuple[CreatableRenewers, int]:
    self = new(CreatableRenewers)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.principal_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.principal_name = str(buffer[position:end], "utf-8", "as-java")
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
        self.principal_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.principal_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_create_delegation_token_request(
    buffer: Buffer, position: int, version: int
) -> tuple[CreateDelegationTokenRequest, int]:
    self = new(CreateDelegationTokenRequest)
    if version >= 2:
        if version >= 3:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.owner_principal_type = None
            else:
                end = position + length - 1
                self.owner_principal_type = str(buffer[position:end], "utf-8", "as-java")
                position = end
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.owner_principal_name = None
            else:
                end = position + length - 1
                self.owner_principal_name = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.owner_principal_type = ""
            self.owner_principal_name = ""
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        renewers_ = self.renewers = []
        for _ in range(length - 1):
            renewers_item, position = _read_creatable_renewers(buffer, position, version)
            renewers_.append(renewers_item)
        self.max_lifetime_ms, count = _unpack_qB(buffer, position)
        position += 9
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.owner_principal_type = ""
        self.owner_principal_name = ""
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        renewers_ = self.renewers = []
        for _ in range(length):
            renewers_item, position = _read_creatable_renewers(buffer, position, version)
            renewers_.append(renewers_item)
        (self.max_lifetime_ms,) = _unpack_q(buffer, position)
        position += 8
        self.unknown_tagged_fields = None
    return self, position
