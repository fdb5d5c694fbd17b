# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetDeleteResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_count, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hii = Struct(">hii").unpack_from
_pack_hii = Struct(">hii").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack


class OffsetDeleteResponsePartition(Message):
    """`OffsetDeleteResponsePartition` of OffsetDeleteResponse, versions 0."""

    __slots__ = (
        "partition_index",
        "error_code",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_ih(self.partition_index, self.error_code)


class OffsetDeleteResponseTopic(Message):
    """`OffsetDeleteResponseTopic` of OffsetDeleteResponse, versions 0."""

    __slots__ = (
        "name",
        "partitions",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[OffsetDeleteResponsePartition] | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[OffsetDeleteResponsePartition] = [] if partitions is None else partitions

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partitions))
        for partitions_item in self.partitions:
            partitions_item.write(out, version)


class OffsetDeleteResponse(Message):
    """Kafka's response 47 `OffsetDeleteResponse`: versions 0, none is flexible."""

    __slots__ = (
        "error_code",
        "throttle_time_ms",
        "topics",
    )

    API_KEY = 47
    NAME = "OffsetDeleteResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        error_code: int = 0,
        throttle_time_ms: int = 0,
        topics: list[OffsetDeleteResponseTopic] | None = None,
    ) -> None:
        self.error_code = error_code
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[OffsetDeleteResponseTopic] = [] if topics is None else topics

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_hii(self.error_code, self.throttle_time_ms, len(self.topics))
        for topics_item in self.topics:
            topics_item.write(out, version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetDeleteResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_delete_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetDeleteResponse", error)
        if position > len(buffer):
            refuse_truncated("OffsetDeleteResponse")
        return message, position


def _read_offset_delete_response_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetDeleteResponsePartition, int]:
    self = new(OffsetDeleteResponsePartition)
    self.partition_index, self.error_code = _unpack_ih(buffer, position)
    position += 6
    return self, position


def _read_offset_delete_response_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[OffsetDeleteResponseTopic, int]:
    self = new(OffsetDeleteResponseTopic)
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
    if 6 * length > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length):
        partitions_item, position = _read_offset_delete_response_partition(buffer, position, version)
        partitions_.append(partitions_item)
    return self, position


def _read_offset_delete_response(buffer: Buffer, position: int, version: int) -> tuple[OffsetDeleteResponse, int]:
    self = new(OffsetDeleteResponse)
    self.error_code, self.throttle_time_ms, length = _unpack_hii(buffer, position)
    position += 10
    if length < 0:
        refuse_null()
    if 6 * length > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length):
        topics_item, position = _read_offset_delete_response_topic(buffer, position, version)
        topics_.append(topics_item)
    return self, position
