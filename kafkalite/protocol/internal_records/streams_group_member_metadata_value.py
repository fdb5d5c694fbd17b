# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupMemberMetadataValue."""

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
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_u = Struct(">H").pack
_unpack_uB = Struct(">HB").unpack_from
_pack_ii = Struct(">ii").pack
_unpack_iiB = Struct(">iiB").unpack_from


class Endpoint(Message):
    """`Endpoint` of StreamsGroupMemberMetadataValue, versions 0."""

    __slots__ = (
        "host",
        "port",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        host: str = "",
        port: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_u(self.port)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class KeyValue(Message):
    """`KeyValue` of StreamsGroupMemberMetadataValue, versions 0."""

    __slots__ = (
        "key",
        "value",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        key: str = "",
        value: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.key = key
        self.value = value
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.key.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.value.encode()
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


class StreamsGroupMemberMetadataValue(Message):
    """Kafka's coordinator record value 19 `StreamsGroupMemberMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "instance_id",
        "rack_id",
        "client_id",
        "client_host",
        "rebalance_timeout_ms",
        "topology_epoch",
        "process_id",
        "user_endpoint",
        "client_tags",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 19
    NAME = "StreamsGroupMemberMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        instance_id: str | None = "",
        rack_id: str | None = "",
        client_id: str = "",
        client_host: str = "",
        rebalance_timeout_ms: int = -1,
        topology_epoch: int = 0,
        process_id: str = "",
        user_endpoint: Endpoint | None = None,
        client_tags: list[KeyValue] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.client_id = client_id
        self.client_host = client_host
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.topology_epoch = topology_epoch
        self.process_id = process_id
        self.user_endpoint = user_endpoint
        self.client_tags: list[KeyValue] = [] if client_tags is None else client_tags
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if self.instance_id is None:
            out.append(0)
        else:
            data = self.instance_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.rack_id is None:
            out.append(0)
        else:
            data = self.rack_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        data = self.client_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.client_host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.process_id.encode()
        out += _pack_ii(self.rebalance_timeout_ms, self.topology_epoch)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if self.user_endpoint is None:
            out.append(255)
        else:
            out.append(1)
            self.user_endpoint.write(out, version)
        length = len(self.client_tags) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for client_tags_item in self.client_tags:
            client_tags_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupMemberMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_member_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupMemberMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupMemberMetadataValue")
        return message, position


def _read_endpoint(buffer: Buffer, position: int, version: int) -> tuple[Endpoint, int]:
    self = new(Endpoint)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, count = _unpack_uB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_key_value(buffer: Buffer, position: int, version: int) -> tuple[KeyValue, int]:
    self = new(KeyValue)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.key = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.value = str(buffer[position:end], "utf-8", "as-java")
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_streams_group_member_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupMemberMetadataValue, int]:
    self = new(StreamsGroupMemberMetadataValue)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.instance_id = None
    else:
        end = position + length - 1
        self.instance_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack_id = None
    else:
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.client_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.client_host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.rebalance_timeout_ms, self.topology_epoch, length = _unpack_iiB(buffer, position)
    position += 9
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.process_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    marker = buffer[position]
    position += 1
    if marker > 127:
        self.user_endpoint = None
    else:
        self.user_endpoint, position = _read_endpoint(buffer, position, version)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    client_tags_ = self.client_tags = []
    for _ in range(length - 1):
        client_tags_item, position = _read_key_value(buffer, position, version)
        client_tags_.append(client_tags_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
