# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupHeartbeatRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class TopicPartitions(Message):
    """`TopicPartitions` of ConsumerGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_16s(self.topic_id)
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.partitions)}i", *self.partitions)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ConsumerGroupHeartbeatRequest(Message):
    """Kafka's request 68 `ConsumerGroupHeartbeatRequest`: versions 0-1, flexible from 0."""

    __slots__ = (
        "group_id",
        "member_id",
        "member_epoch",
        "instance_id",
        "rack_id",
        "rebalance_timeout_ms",
        "subscribed_topic_names",
        "subscribed_topic_regex",
        "server_assignor",
        "topic_partitions",
        "unknown_tagged_fields",
    )

    API_KEY = 68
    NAME = "ConsumerGroupHeartbeatRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str = "",
        member_epoch: int = 0,
        instance_id: str | None = None,
        rack_id: str | None = None,
        rebalance_timeout_ms: int = -1,
        subscribed_topic_names: list[str] | None = None,
        subscribed_topic_regex: str | None = None,
        server_assignor: str | None = None,
        topic_partitions: list[TopicPartitions] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.subscribed_topic_names = subscribed_topic_names
        self.subscribed_topic_regex = subscribed_topic_regex
        self.server_assignor = server_assignor
        self.topic_partitions = topic_partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.member_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.member_epoch)
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
        out += _pack_i(self.rebalance_timeout_ms)
        if self.subscribed_topic_names is None:
            out.append(0)
        else:
            length = len(self.subscribed_topic_names) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for subscribed_topic_names_item in self.subscribed_topic_names:
                data = subscribed_topic_names_item.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
        if version >= 1:
            if self.subscribed_topic_regex is None:
                out.append(0)
            else:
                data = self.subscribed_topic_regex.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
        else:
            if self.subscribed_topic_regex is not None:
                refuse_field("ConsumerGroupHeartbeatRequest", "subscribed_topic_regex", version)
        if self.server_assignor is None:
            out.append(0)
        else:
            data = self.server_assignor.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.topic_partitions is None:
            out.append(0)
        else:
            length = len(self.topic_partitions) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topic_partitions_item in self.topic_partitions:
                topic_partitions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ConsumerGroupHeartbeatRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_consumer_group_heartbeat_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ConsumerGroupHeartbeatRequest", error)
        if position > len(buffer):
            refuse_truncated("ConsumerGroupHeartbeatRequest")
        return message, position


def _read_topic_partitions(buffer: Buffer, position: int, version: int) -> tuple[TopicPartitions, int]:
    self = new(TopicPartitions)
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_consumer_group_heartbeat_request(
    buffer: Buffer, position: int, version: int
) -> tuple[ConsumerGroupHeartbeatRequest, int]:
    self = new(ConsumerGroupHeartbeatRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.member_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.member_epoch, length = _unpack_iB(buffer, position)
    position += 5
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
    self.rebalance_timeout_ms, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.subscribed_topic_names = None
    else:
        if length - 1 > len(buffer) - position:
            refuse_count()
        subscribed_topic_names_ = self.subscribed_topic_names = []
        for _ in range(length - 1):
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            subscribed_topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
    if version >= 1:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.subscribed_topic_regex = None
        else:
            end = position + length - 1
            self.subscribed_topic_regex = str(buffer[position:end], "utf-8", "as-java")
            position = end
    else:
        self.subscribed_topic_regex = None
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.server_assignor = None
    else:
        end = position + length - 1
        self.server_assignor = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.topic_partitions = None
    else:
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        topic_partitions_ = self.topic_partitions = []
        for _ in range(length - 1):
            topic_partitions_item, position = _read_topic_partitions(buffer, position, version)
            topic_partitions_.append(topic_partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
