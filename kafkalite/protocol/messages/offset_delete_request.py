# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetDeleteRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_count, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class OffsetDeleteRequestPartition(Message):
    """`OffsetDeleteRequestPartition` of OffsetDeleteRequest, versions 0."""

    __slots__ = ("partition_index",)

    def __init__(
        self,
        *,
        partition_index: int = 0,
    ) -> None:
        self.partition_index = partition_index

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.partition_index)


class OffsetDeleteRequestTopic(Message):
    """`OffsetDeleteRequestTopic` of OffsetDeleteRequest, versions 0."""

    __slots__ = (
        "name",
        "partitions",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[OffsetDeleteRequestPartition] | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[OffsetDeleteRequestPartition] = [] if partitions is None else partitions

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partitions))
        for partitions_item in self.partitions:
            partitions_item.write(out, version)


class OffsetDeleteRequest(Message):
    """Kafka's request 47 `OffsetDeleteRequest`: versions 0, none is flexible."""

    __slots__ = (
        "group_id",
        "topics",
    )

    API_KEY = 47
    NAME = "OffsetDeleteRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        group_id: str = "",
        topics: list[OffsetDeleteRequestTopic] | None = None,
    ) -> None:
        self.group_id = group_id
        self.topics: list[OffsetDeleteRequestTopic] = [] if topics is None else topics

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group_id.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.topics))
        for topics_item in self.topics:
            topics_item.write(out, version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetDeleteRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_delete_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetDeleteRequest", error)
        if position > len(buffer):
            refuse_truncated("OffsetDeleteRequest")
        return message, position


def _read_offset_delete_request_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetDeleteRequestPartition, int]:
    self = new(OffsetDeleteRequestPartition)
    (self.partition_index,) = _unpack_i(buffer, position)
    position += 4
    return self, position


def _read_offset_delete_request_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetDeleteRequestTopic, int]:
    self = new(OffsetDeleteRequestTopic)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    if 4 * length > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length):
        partitions_item, position = _read_offset_delete_request_partition(buffer, position, version)
        partitions_.append(partitions_item)
    return self, position


def _read_offset_delete_request(buffer: Buffer, position: int, version: int) -> tuple[OffsetDeleteRequest, int]:
    self = new(OffsetDeleteRequest)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    if 6 * length > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length):
        topics_item, position = _read_offset_delete_request_topic(buffer, position, version)
        topics_.append(topics_item)
    return self, position
