# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClusterRequest."""

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

_pack_t = Struct(">?").pack
_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack


class DescribeClusterRequest(Message):
    """Kafka's request 60 `DescribeClusterRequest`: versions 0-2, flexible from 0."""

    __slots__ = (
        "include_cluster_authorized_operations",
        "endpoint_type",
        "include_fenced_brokers",
        "unknown_tagged_fields",
    )

    API_KEY = 60
    NAME = "DescribeClusterRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        include_cluster_authorized_operations: bool = False,
        endpoint_type: int = 1,
        include_fenced_brokers: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.include_cluster_authorized_operations = include_cluster_authorized_operations
        self.endpoint_type = endpoint_type
        self.include_fenced_brokers = include_fenced_brokers
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_t(self.include_cluster_authorized_operations)
        if version >= 1:
            out += _pack_b(self.endpoint_type)
        else:
            if self.endpoint_type != 1:
                refuse_field("DescribeClusterRequest", "endpoint_type", version)
        if version >= 2:
            out += _pack_t(self.include_fenced_brokers)
        else:
            if self.include_fenced_brokers:
                refuse_field("DescribeClusterRequest", "include_fenced_brokers", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeClusterRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_cluster_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeClusterRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeClusterRequest")
        return message, position


def _read_describe_cluster_request(buffer: Buffer, position: int, version: int) -> tuple[DescribeClusterRequest, int]:
    self = new(DescribeClusterRequest)
    self.include_cluster_authorized_operations = buffer[position] != 0
    position += 1
    if version >= 1:
        (self.endpoint_type,) = _unpack_b(buffer, position)
        position += 1
    else:
        self.endpoint_type = 1
    if version >= 2:
        self.include_fenced_brokers = buffer[position] != 0
        position += 1
    else:
        self.include_fenced_brokers = False
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
