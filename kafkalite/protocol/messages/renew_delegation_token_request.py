# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's RenewDelegationTokenRequest."""

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
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qB = Struct(">qB").unpack_from


class RenewDelegationTokenRequest(Message):
    """Kafka's request 39 `RenewDelegationTokenRequest`: versions 0-2, flexible from 2."""

    __slots__ = (
        "hmac",
        "renew_period_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 39
    NAME = "RenewDelegationTokenRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        hmac: bytes = b"",
        renew_period_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.hmac = hmac
        self.renew_period_ms = renew_period_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.hmac) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.hmac
            out += _pack_q(self.renew_period_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.hmac))
            out += self.hmac
            out += _pack_q(self.renew_period_ms)
            if self.unknown_tagged_fields:
                refuse_field("RenewDelegationTokenRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[RenewDelegationTokenRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_renew_delegation_token_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("RenewDelegationTokenRequest", error)
        if position > len(buffer):
            refuse_truncated("RenewDelegationTokenRequest")
        return message, position


def _read_renew_delegation_token_request(
    buffer: Buffer, position: int, version: int
) -> tuple[RenewDelegationTokenRequest, int]:
    self = new(RenewDelegationTokenRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.hmac = bytes(buffer[position:end])
        position = end
        self.renew_period_ms, count = _unpack_qB(buffer, position)
        position += 9
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
        self.hmac = bytes(buffer[position:end])
        position = end
        (self.renew_period_ms,) = _unpack_q(buffer, position)
        position += 8
        self.unknown_tagged_fields = None
    return self, position
