# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's RequestHeader."""

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

_pack_h = Struct(">h").pack
_pack_hhi = Struct(">hhi").pack
_unpack_hhih = Struct(">hhih").unpack_from


class RequestHeader(Message):
    """Kafka's header `RequestHeader`: versions 1-2, flexible from 2."""

    __slots__ = (
        "request_api_key",
        "request_api_version",
        "correlation_id",
        "client_id",
        "unknown_tagged_fields",
    )

    NAME = "RequestHeader"
    LOWEST_VERSION = 1
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        request_api_key: int = 0,
        request_api_version: int = 0,
        correlation_id: int = 0,
        client_id: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.request_api_key = request_api_key
        self.request_api_version = request_api_version
        self.correlation_id = correlation_id
        self.client_id = client_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_hhi(self.request_api_key, self.request_api_version, self.correlation_id)
            if self.client_id is None:
                out += b"\xff\xff"
            else:
                data = self.client_id.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_hhi(self.request_api_key, self.request_api_version, self.correlation_id)
            if self.client_id is None:
                out += b"\xff\xff"
            else:
                data = self.client_id.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("RequestHeader", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[RequestHeader, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_request_header(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("RequestHeader", error)
        if position > len(buffer):
            refuse_truncated("RequestHeader")
        return message, position


def _read_request_header(buffer: Buffer, position: int, version: int) -> tuple[RequestHeader, int]:
    self = new(RequestHeader)
    if version >= 2:
        self.request_api_key, self.request_api_version, self.correlation_id, length = _unpack_hhih(buffer, position)
        position += 10
        if length < 0:
            self.client_id = None
        else:
            end = position + length
            self.client_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.request_api_key, self.request_api_version, self.correlation_id, length = _unpack_hhih(buffer, position)
        position += 10
        if length < 0:
            self.client_id = None
        else:
            end = position + length
            self.client_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position
