# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddOffsetsToTxnResponse."""

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

_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class AddOffsetsToTxnResponse(Message):
    """Kafka's response 25 `AddOffsetsToTxnResponse`: versions 0-4, flexible from 3."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "unknown_tagged_fields",
    )

    API_KEY = 25
    NAME = "AddOffsetsToTxnResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            if self.unknown_tagged_fields:
                refuse_field("AddOffsetsToTxnResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AddOffsetsToTxnResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_add_offsets_to_txn_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AddOffsetsToTxnResponse", error)
        if position > len(buffer):
            refuse_truncated("AddOffsetsToTxnResponse")
        return message, position


def _read_add_offsets_to_txn_response(
    buffer: Buffer, position: int, version: int
) -> tuple[AddOffsetsToTxnResponse, int]:
    self = new(AddOffsetsToTxnResponse)
    if version >= 3:
        self.throttle_time_ms, self.error_code, count = _unpack_ihB(buffer, position)
        position += 7
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, self.error_code = _unpack_ih(buffer, position)
        position += 6
        self.unknown_tagged_fields = None
    return self, position
