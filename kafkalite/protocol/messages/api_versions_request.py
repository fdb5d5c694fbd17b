# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ApiVersionsRequest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class ApiVersionsRequest(Message):
    """Kafka's request 18 `ApiVersionsRequest`: versions 0-4, flexible from 3."""

    __slots__ = (
        "client_software_name",
        "client_software_version",
        "unknown_tagged_fields",
    )

    API_KEY = 18
    NAME = "ApiVersionsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        client_software_name: str = "",
        client_software_version: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.client_software_name = client_software_name
        self.client_software_version = client_software_version
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            data = self.client_software_name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.client_software_version.encode()
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
            if self.unknown_tagged_fields:
                refuse_field("ApiVersionsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ApiVersionsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_api_versions_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ApiVersionsRequest", error)
        if position > len(buffer):
            refuse_truncated("ApiVersionsRequest")
        return message, position


def _read_api_versions_request(buffer: Buffer, position: int, version: int) -> tuple[ApiVersionsRequest, int]:
    self = new(ApiVersionsRequest)
    if version >= 3:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.client_software_name = str(buffer[position:end], "utf-8")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.client_software_version = str(buffer[position:end], "utf-8")
        position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.client_software_name = ""
        self.client_software_version = ""
        self.unknown_tagged_fields = None
    return self, position
