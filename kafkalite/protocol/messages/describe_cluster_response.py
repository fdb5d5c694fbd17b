# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClusterResponse."""

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
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class DescribeClusterBroker(Message):
    """`DescribeClusterBroker` of DescribeClusterResponse, versions 0-2."""

    __slots__ = (
        "broker_id",
        "host",
        "port",
        "rack",
        "is_fenced",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        broker_id: int = 0,
        host: str = "",
        port: int = 0,
        rack: str | None = None,
        is_fenced: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.broker_id = broker_id
        self.host = host
        self.port = port
        self.rack = rack
        self.is_fenced = is_fenced
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.host.encode()
        out += _pack_i(self.broker_id)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.port)
        if self.rack is None:
            out.append(0)
        else:
            data = self.rack.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if version >= 2:
            out += _pack_t(self.is_fenced)
        else:
            if self.is_fenced:
                refuse_field("DescribeClusterBroker", "is_fenced", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeClusterResponse(Message):
    """Kafka's response 60 `DescribeClusterResponse`: versions 0-2, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "endpoint_type",
        "cluster_id",
        "controller_id",
        "brokers",
        "cluster_authorized_operations",
        "unknown_tagged_fields",
    )

    API_KEY = 60
    NAME = "DescribeClusterResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        endpoint_type: int = 1,
        cluster_id: str = "",
        controller_id: int = -1,
        brokers: list[DescribeClusterBroker] | None = None,
        cluster_authorized_operations: int = -2147483648,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.endpoint_type = endpoint_type
        self.cluster_id = cluster_id
        self.controller_id = controller_id
        self.brokers: list[DescribeClusterBroker] = [] if brokers is None else brokers
        self.cluster_authorized_operations = cluster_authorized_operations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_ih(self.throttle_time_ms, self.error_code)
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
        if version >= 1:
            out += _pack_b(self.endpoint_type)
        else:
            if self.endpoint_type != 1:
                refuse_field("DescribeClusterResponse", "endpoint_type", version)
        data = self.cluster_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.controller_id)
        length = len(self.brokers) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for brokers_item in self.brokers:
            brokers_item.write(out, version)
        out += _pack_i(self.cluster_authorized_operations)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeClusterResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_cluster_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeClusterResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeClusterResponse")
        return message, position


def _read_describe_cluster_broker(buffer: Buffer, position: int, version: int) -> tuple[DescribeClusterBroker, int]:
    self = new(DescribeClusterBroker)
    self.broker_id, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack = None
    else:
        end = position + length - 1
        self.rack = str(buffer[position:end], "utf-8", "as-java")
        position = end
    if version >= 2:
        self.is_fenced = buffer[position] != 0
        position += 1
    else:
        self.is_fenced = False
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_cluster_response(buffer: Buffer, position: int, version: int) -> tuple[DescribeClusterResponse, int]:
    self = new(DescribeClusterResponse)
    self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    if version >= 1:
        (self.endpoint_type,) = _unpack_b(buffer, position)
        position += 1
    else:
        self.endpoint_type = 1
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.controller_id, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 11 * (length - 1) > len(buffer) - position:
        refuse_count()
    brokers_ = self.brokers = []
    for _ in range(length - 1):
        brokers_item, position = _read_describe_cluster_broker(buffer, position, version)
        brokers_.append(brokers_item)
    self.cluster_authorized_operations, count = _unpack_iB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
