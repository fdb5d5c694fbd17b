# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupHeartbeatRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest, TopicPartitions
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_16sB = Struct(">16sB").unpack_from
_unpack_iB = Struct(">iB").unpack_from


def _read_topic_partitions_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[TopicPartitions, int]]:
    self = new(TopicPartitions)
    limit = position + STEP_MAX_BYTES
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.partitions, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_consumer_group_heartbeat_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ConsumerGroupHeartbeatRequest, int]]:
    self = new(ConsumerGroupHeartbeatRequest)
    limit = position + STEP_MAX_BYTES
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
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        subscribed_topic_names_ = self.subscribed_topic_names = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
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
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topic_partitions_ = self.topic_partitions = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topic_partitions_item, position = yield from _read_topic_partitions_steps(buffer, position, version)
            topic_partitions_.append(topic_partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[ConsumerGroupHeartbeatRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_consumer_group_heartbeat_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("ConsumerGroupHeartbeatRequest", error)
    if position > len(buffer):
        refuse_truncated("ConsumerGroupHeartbeatRequest")
    return message, position
