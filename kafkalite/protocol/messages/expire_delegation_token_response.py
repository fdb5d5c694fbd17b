# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ExpireDelegationTokenResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_hqi = Struct(">hqi").unpack_from
_pack_hqi = Struct(">hqi").pack
_unpack_hqiB = Struct(">hqiB").unpack_from


class ExpireDelegationTokenResponse(Message):
    """Kafka's response 40 `ExpireDelegationTokenResponse`: versions 0-2, flexible from 2."""

    __slots__ = (
        "error_code",
        "expiry_timestamp_ms",
        "throttle_time_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 40
    NAME = "ExpireDelegationTokenResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        error_code: int = 0,
        expiry_timestamp_ms: int = 0,
        throttle_time_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.expiry_timestamp_ms = expiry_timestamp_ms
        self.throttle_time_ms = throttle_time_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_hqi(self.error_code, self.expiry_timestamp_ms, self.throttle_time_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_hqi(self.error_code, self.expiry_timestamp_ms, self.throttle_time_ms)
            if self.unknown_tagged_fields:
                refuse_field("ExpireDelegationTokenResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ExpireDelegationTokenResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_expire_delegation_token_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ExpireDelegationTokenResponse", error)
        if position > len(buffer):
            refuse_truncated("ExpireDelegationTokenResponse")
        return message, position


def _read_expire_delegation_token_response(
    buffer: Buffer, position: int, version: int
) -> tuple[ExpireDelegationTokenResponse, int]:
    self = new(ExpireDelegationTokenResponse)
    if version >= 2:
        self.error_code, self.expiry_timestamp_ms, self.throttle_time_ms, count = _unpack_hqiB(buffer, position)
        position += 15
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, self.expiry_timestamp_ms, self.throttle_time_ms = _unpack_hqi(buffer, position)
        position += 14
        self.unknown_tagged_fields = None
    return self, position
