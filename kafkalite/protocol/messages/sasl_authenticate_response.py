# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SaslAuthenticateResponse."""

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
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qB = Struct(">qB").unpack_from


class SaslAuthenticateResponse(Message):
    """Kafka's response 36 `SaslAuthenticateResponse`: versions 0-2, flexible from 2."""

    __slots__ = (
        "error_code",
        "error_message",
        "auth_bytes",
        "session_lifetime_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 36
    NAME = "SaslAuthenticateResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        auth_bytes: bytes = b"",
        session_lifetime_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.auth_bytes = auth_bytes
        self.session_lifetime_ms = session_lifetime_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
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
            length = len(self.auth_bytes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.auth_bytes
            out += _pack_q(self.session_lifetime_ms)
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
            out += _pack_i(len(self.auth_bytes))
            out += self.auth_bytes
            if version >= 1:
                out += _pack_q(self.session_lifetime_ms)
            if self.unknown_tagged_fields:
                refuse_field("SaslAuthenticateResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[SaslAuthenticateResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_sasl_authenticate_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("SaslAuthenticateResponse", error)
        if position > len(buffer):
            refuse_truncated("SaslAuthenticateResponse")
        return message, position


def _read_sasl_authenticate_response(
    buffer: Buffer, position: int, version: int
) -> tuple[SaslAuthenticateResponse, int]:
    self = new(SaslAuthenticateResponse)
    if version >= 2:
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
        end = position + length - 1
        self.auth_bytes = bytes(buffer[position:end])
        position = end
        self.session_lifetime_ms, count = _unpack_qB(buffer, position)
        position += 9
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
        end = position + length
        self.auth_bytes = bytes(buffer[position:end])
        position = end
        if version >= 1:
            (self.session_lifetime_ms,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.session_lifetime_ms = 0
        self.unknown_tagged_fields = None
    return self, position
