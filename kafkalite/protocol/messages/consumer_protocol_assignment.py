# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerProtocolAssignment."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_numbers,
    refuse_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class TopicPartition(Message):
    """`TopicPartition` of ConsumerProtocolAssignment, versions 0-3."""

    __slots__ = (
        "topic",
        "partitions",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partitions: list[int] | None = None,
    ) -> None:
        self.topic = topic
        self.partitions: list[int] = [] if partitions is None else partitions

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.topic.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partitions))
        out += pack(f">{len(self.partitions)}i", *self.partitions)


class ConsumerProtocolAssignment(Message):
    """Kafka's data structure `ConsumerProtocolAssignment`: versions 0-3, none is flexible."""

    __slots__ = (
        "assigned_partitions",
        "user_data",
    )

    NAME = "ConsumerProtocolAssignment"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        assigned_partitions: list[TopicPartition] | None = None,
        user_data: Buffer | None = None,
    ) -> None:
        self.assigned_partitions: list[TopicPartition] = [] if assigned_partitions is None else assigned_partitions
        self.user_data = user_data

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(len(self.assigned_partitions))
        for assigned_partitions_item in self.assigned_partitions:
            assigned_partitions_item.write(out, version)
        if self.user_data is None:
            out += b"\xff\xff\xff\xff"
        else:
            out += _pack_i(len(self.user_data))
            out += self.user_data

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ConsumerProtocolAssignment, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        if type(buffer) is not memoryview:
            buffer = memoryview(buffer)
        try:
            message, position = _read_consumer_protocol_assignment(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ConsumerProtocolAssignment", error)
        if position > len(buffer):
            refuse_truncated("ConsumerProtocolAssignment")
        return message, position


def _read_topic_partition(buffer: Buffer, position: int, version: int) -> tuple[TopicPartition, int]:
    self = new(TopicPartition)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.topic = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    self.partitions, position = read_numbers(buffer, position, length, "i", 4)
    return self, position


def _read_consumer_protocol_assignment(
    buffer: Buffer, position: int, version: int
) -> tuple[ConsumerProtocolAssignment, int]:
    self = new(ConsumerProtocolAssignment)
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    if 6 * length > len(buffer) - position:
        refuse_count()
    assigned_partitions_ = self.assigned_partitions = []
    for _ in range(length):
        assigned_partitions_item, position = _read_topic_partition(buffer, position, version)
        assigned_partitions_.append(assigned_partitions_item)
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        self.user_data = None
    else:
        end = position + length
        self.user_data = buffer[position:end]
        position = end
    return self, position
