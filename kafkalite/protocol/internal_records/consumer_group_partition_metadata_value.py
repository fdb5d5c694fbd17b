# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupPartitionMetadataValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
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
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class PartitionMetadata(Message):
    """`PartitionMetadata` of ConsumerGroupPartitionMetadataValue, versions 0."""

    __slots__ = (
        "partition",
        "racks",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition: int = 0,
        racks: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition = partition
        self.racks: list[str] = [] if racks is None else racks
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.partition)
        length = len(self.racks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for racks_item in self.racks:
            data = racks_item.encode()
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


class TopicMetadata(Message):
    """`TopicMetadata` of ConsumerGroupPartitionMetadataValue, versions 0."""

    __slots__ = (
        "topic_id",
        "topic_name",
        "num_partitions",
        "partition_metadata",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        topic_name: str = "",
        num_partitions: int = 0,
        partition_metadata: list[PartitionMetadata] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.topic_name = topic_name
        self.num_partitions = num_partitions
        self.partition_metadata: list[PartitionMetadata] = [] if partition_metadata is None else partition_metadata
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
        out += _pack_i(self.num_partitions)
        length = len(self.partition_metadata) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partition_metadata_item in self.partition_metadata:
            partition_metadata_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ConsumerGroupPartitionMetadataValue(Message):
    """Kafka's coordinator record value 4 `ConsumerGroupPartitionMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "topics",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 4
    NAME = "ConsumerGroupPartitionMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        topics: list[TopicMetadata] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[TopicMetadata] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            topics_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ConsumerGroupPartitionMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_consumer_group_partition_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ConsumerGroupPartitionMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("ConsumerGroupPartitionMetadataValue")
        return message, position


def _read_partition_metadata(buffer: Buffer, position: int, version: int) -> tuple[PartitionMetadata, int]:
    self = new(PartitionMetadata)
    self.partition, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    racks_ = self.racks = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        racks_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_metadata(buffer: Buffer, position: int, version: int) -> tuple[TopicMetadata, int]:
    self = new(TopicMetadata)
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.num_partitions, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    partition_metadata_ = self.partition_metadata = []
    for _ in range(length - 1):
        partition_metadata_item, position = _read_partition_metadata(buffer, position, version)
        partition_metadata_.append(partition_metadata_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_consumer_group_partition_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[ConsumerGroupPartitionMetadataValue, int]:
    self = new(ConsumerGroupPartitionMetadataValue)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 23 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_topic_metadata(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
