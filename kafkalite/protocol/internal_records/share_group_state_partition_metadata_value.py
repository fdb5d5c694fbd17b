# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareGroupStatePartitionMetadataValue."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from


class TopicPartitionsInfo(Message):
    """`TopicPartitionsInfo` of ShareGroupStatePartitionMetadataValue, versions 0."""

    __slots__ = (
        "topic_id",
        "topic_name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        topic_name: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.topic_name = topic_name
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.topic_name.encode()
        out += _pack_16s(self.topic_id)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
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


class TopicInfo(Message):
    """`TopicInfo` of ShareGroupStatePartitionMetadataValue, versions 0."""

    __slots__ = (
        "topic_id",
        "topic_name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        topic_name: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.topic_name = topic_name
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.topic_name.encode()
        out += _pack_16s(self.topic_id)
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


class ShareGroupStatePartitionMetadataValue(Message):
    """Kafka's coordinator record value 15 `ShareGroupStatePartitionMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "initializing_topics",
        "initialized_topics",
        "deleting_topics",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 15
    NAME = "ShareGroupStatePartitionMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        initializing_topics: list[TopicPartitionsInfo] | None = None,
        initialized_topics: list[TopicPartitionsInfo] | None = None,
        deleting_topics: list[TopicInfo] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.initializing_topics: list[TopicPartitionsInfo] = [] if initializing_topics is None else initializing_topics
        self.initialized_topics: list[TopicPartitionsInfo] = [] if initialized_topics is None else initialized_topics
        self.deleting_topics: list[TopicInfo] = [] if deleting_topics is None else deleting_topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.initializing_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for initializing_topics_item in self.initializing_topics:
            initializing_topics_item.write(out, version)
        length = len(self.initialized_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for initialized_topics_item in self.initialized_topics:
            initialized_topics_item.write(out, version)
        length = len(self.deleting_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for deleting_topics_item in self.deleting_topics:
            deleting_topics_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareGroupStatePartitionMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_group_state_partition_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareGroupStatePartitionMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("ShareGroupStatePartitionMetadataValue")
        return message, position


def _read_topic_partitions_info(buffer: Buffer, position: int, version: int) -> tuple[TopicPartitionsInfo, int]:
    self = new(TopicPartitionsInfo)
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
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


def _read_topic_info(buffer: Buffer, position: int, version: int) -> tuple[TopicInfo, int]:
    self = new(TopicInfo)
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_share_group_state_partition_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[ShareGroupStatePartitionMetadataValue, int]:
    self = new(ShareGroupStatePartitionMetadataValue)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 19 * (length - 1) > len(buffer) - position:
        refuse_count()
    initializing_topics_ = self.initializing_topics = []
    for _ in range(length - 1):
        initializing_topics_item, position = _read_topic_partitions_info(buffer, position, version)
        initializing_topics_.append(initializing_topics_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 19 * (length - 1) > len(buffer) - position:
        refuse_count()
    initialized_topics_ = self.initialized_topics = []
    for _ in range(length - 1):
        initialized_topics_item, position = _read_topic_partitions_info(buffer, position, version)
        initialized_topics_.append(initialized_topics_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 18 * (length - 1) > len(buffer) - position:
        refuse_count()
    deleting_topics_ = self.deleting_topics = []
    for _ in range(length - 1):
        deleting_topics_item, position = _read_topic_info(buffer, position, version)
        deleting_topics_.append(deleting_topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
