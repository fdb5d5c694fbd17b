# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SaslAuthenticateRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class SaslAuthenticateRequest(Message):
    """Kafka's request 36 `SaslAuthenticateRequest`: versions 0-2, flexible from 2."""

    __slots__ = (
        "auth_bytes",
        "unknown_tagged_fields",
    )

    API_KEY = 36
    NAME = "SaslAuthenticateRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        auth_bytes: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.auth_bytes = auth_bytes
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.auth_bytes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.auth_bytes
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.auth_bytes))
            out += self.auth_bytes
            if self.unknown_tagged_fields:
                refuse_field("SaslAuthenticateRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[SaslAuthenticateRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_sasl_authenticate_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("SaslAuthenticateRequest", error)
        if position > len(buffer):
            refuse_truncated("SaslAuthenticateRequest")
        return message, position


def _read_sasl_authenticate_request(buffer: Buffer, position: int, version: int) -> tuple[SaslAuthenticateRequest, int]:
    self = new(SaslAuthenticateRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.auth_bytes = bytes(buffer[position:end])
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
        end = position + length
        self.auth_bytes = bytes(buffer[position:end])
        position = end
        self.unknown_tagged_fields = None
    return self, position
