# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeDelegationTokenRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
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

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class DescribeDelegationTokenOwner(Message):
    """`DescribeDelegationTokenOwner` of DescribeDelegationTokenRequest, versions 0-3."""

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
                refuse_field("DescribeDelegationTokenOwner", "unknown_tagged_fields", version)


class DescribeDelegationTokenRequest(Message):
    """Kafka's request 41 `DescribeDelegationTokenRequest`: versions 0-3, flexible from 2."""

    __slots__ = (
        "owners",
        "unknown_tagged_fields",
    )

    API_KEY = 41
    NAME = "DescribeDelegationTokenRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        owners: list[DescribeDelegationTokenOwner] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.owners: list[DescribeDelegationTokenOwner] | None = [] if owners is UNSET else owners
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            if self.owners is None:
                out.append(0)
            else:
                length = len(self.owners) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for owners_item in self.owners:
                    owners_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.owners is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.owners))
                for owners_item in self.owners:
                    owners_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeDelegationTokenRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeDelegationTokenRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_delegation_token_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeDelegationTokenRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeDelegationTokenRequest")
        return message, position


def _read_describe_delegation_token_owner(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeDelegationTokenOwner, int]:
    self = new(DescribeDelegationTokenOwner)
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


def _read_describe_delegation_token_request(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeDelegationTokenRequest, int]:
    self = new(DescribeDelegationTokenRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.owners = None
        else:
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            owners_ = self.owners = []
            for _ in range(length - 1):
                owners_item, position = _read_describe_delegation_token_owner(buffer, position, version)
                owners_.append(owners_item)
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
            self.owners = None
        else:
            if 4 * length > len(buffer) - position:
                refuse_count()
            owners_ = self.owners = []
            for _ in range(length):
                owners_item, position = _read_describe_delegation_token_owner(buffer, position, version)
                owners_.append(owners_item)
        self.unknown_tagged_fields = None
    return self, position
