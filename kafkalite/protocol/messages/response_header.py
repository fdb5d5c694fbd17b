# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ResponseHeader."""

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

_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class ResponseHeader(Message):
    """Kafka's header `ResponseHeader`: versions 0-1, flexible from 1."""

    __slots__ = (
        "correlation_id",
        "unknown_tagged_fields",
    )

    NAME = "ResponseHeader"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        correlation_id: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.correlation_id = correlation_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            out += _pack_i(self.correlation_id)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.correlation_id)
            if self.unknown_tagged_fields:
                refuse_field("ResponseHeader", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ResponseHeader, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_response_header(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ResponseHeader", error)
        if position > len(buffer):
            refuse_truncated("ResponseHeader")
        return message, position


def _read_response_header(buffer: Buffer, position: int, version: int) -> tuple[ResponseHeader, int]:
    self = new(ResponseHeader)
    if version >= 1:
        self.correlation_id, count = _unpack_iB(buffer, position)
        position += 5
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.correlation_id,) = _unpack_i(buffer, position)
        position += 4
        self.unknown_tagged_fields = None
    return self, position
