# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerProtocolSubscription."""

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
    """`TopicPartition` of ConsumerProtocolSubscription, versions 1-3."""

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


class ConsumerProtocolSubscription(Message):
    """Kafka's data structure `ConsumerProtocolSubscription`: versions 0-3, none is flexible."""

    __slots__ = (
        "topics",
        "user_data",
        "owned_partitions",
        "generation_id",
        "rack_id",
    )

    NAME = "ConsumerProtocolSubscription"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        topics: list[str] | None = None,
        user_data: Buffer | None = None,
        owned_partitions: list[TopicPartition] | None = None,
        generation_id: int = -1,
        rack_id: str | None = None,
    ) -> None:
        self.topics: list[str] = [] if topics is None else topics
        self.user_data = user_data
        self.owned_partitions: list[TopicPartition] = [] if owned_partitions is None else owned_partitions
        self.generation_id = generation_id
        self.rack_id = rack_id

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(len(self.topics))
        for topics_item in self.topics:
            data = topics_item.encode()
            out += _pack_h(len(data))
            out += data
        if self.user_data is None:
            out += b"\xff\xff\xff\xff"
        else:
            out += _pack_i(len(self.user_data))
            out += self.user_data
        if version >= 1:
            out += _pack_i(len(self.owned_partitions))
            for owned_partitions_item in self.owned_partitions:
                owned_partitions_item.write(out, version)
        if version >= 2:
            out += _pack_i(self.generation_id)
        if version >= 3:
            if self.rack_id is None:
                out += b"\xff\xff"
            else:
                data = self.rack_id.encode()
                out += _pack_h(len(data))
                out += data

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ConsumerProtocolSubscription, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        if type(buffer) is not memoryview:
            buffer = memoryview(buffer)
        try:
            message, position = _read_consumer_protocol_subscription(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ConsumerProtocolSubscription", error)
        if position > len(buffer):
            refuse_truncated("ConsumerProtocolSubscription")
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


def _read_consumer_protocol_subscription(
    buffer: Buffer, position: int, version: int
) -> tuple[ConsumerProtocolSubscription, int]:
    self = new(ConsumerProtocolSubscription)
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    if 2 * length > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length):
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        topics_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        self.user_data = None
    else:
        end = position + length
        self.user_data = buffer[position:end]
        position = end
    if version >= 1:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        owned_partitions_ = self.owned_partitions = []
        for _ in range(length):
            owned_partitions_item, position = _read_topic_partition(buffer, position, version)
            owned_partitions_.append(owned_partitions_item)
    else:
        self.owned_partitions = []
    if version >= 2:
        (self.generation_id,) = _unpack_i(buffer, position)
        position += 4
    else:
        self.generation_id = -1
    if version >= 3:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.rack_id = None
        else:
            end = position + length
            self.rack_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
    else:
        self.rack_id = None
    return self, position
