# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ApiVersionsRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class ApiVersionsRequest(Message):
    """Kafka's request 18 `ApiVersionsRequest`: versions 0-5, flexible from 3."""

    __slots__ = (
        "client_software_name",
        "client_software_version",
        "cluster_id",
        "node_id",
        "unknown_tagged_fields",
    )

    API_KEY = 18
    NAME = "ApiVersionsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        client_software_name: str = "",
        client_software_version: str = "",
        cluster_id: str | None = None,
        node_id: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.client_software_name = client_software_name
        self.client_software_version = client_software_version
        self.cluster_id = cluster_id
        self.node_id = node_id
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
            if version >= 5:
                if self.cluster_id is None:
                    out.append(0)
                else:
                    data = self.cluster_id.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
                out += _pack_i(self.node_id)
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
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.client_software_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.client_software_version = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 5:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.cluster_id = None
            else:
                end = position + length - 1
                self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
                position = end
            (self.node_id,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.cluster_id = None
            self.node_id = -1
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.client_software_name = ""
        self.client_software_version = ""
        self.cluster_id = None
        self.node_id = -1
        self.unknown_tagged_fields = None
    return self, position
