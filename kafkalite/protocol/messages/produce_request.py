# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ProduceRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_compact_records,
    write_records,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_pack_hi = Struct(">hi").pack
_unpack_hiB = Struct(">hiB").unpack_from
_unpack_hii = Struct(">hii").unpack_from
_pack_hii = Struct(">hii").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ii = Struct(">ii").unpack_from


class PartitionProduceData(Message):
    """`PartitionProduceData` of ProduceRequest, versions 0-13."""

    __slots__ = (
        "index",
        "records",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        index: int = 0,
        records: Buffer | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.index = index
        self.records = records
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 9:
            out += _pack_i(self.index)
            write_compact_records(out, self.records)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.index)
            write_records(out, self.records)
            if self.unknown_tagged_fields:
                refuse_field("PartitionProduceData", "unknown_tagged_fields", version)


class TopicProduceData(Message):
    """`TopicProduceData` of ProduceRequest, versions 0-13."""

    __slots__ = (
        "name",
        "topic_id",
        "partition_data",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partition_data: list[PartitionProduceData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_data: list[PartitionProduceData] = [] if partition_data is None else partition_data
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 13:
            out += _pack_16s(self.topic_id)
            length = len(self.partition_data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partition_data_item in self.partition_data:
                partition_data_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        elif version >= 9:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.partition_data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partition_data_item in self.partition_data:
                partition_data_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partition_data))
            for partition_data_item in self.partition_data:
                partition_data_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("TopicProduceData", "unknown_tagged_fields", version)


class ProduceRequest(Message):
    """Kafka's request 0 `ProduceRequest`: versions 0-13, flexible from 9."""

    __slots__ = (
        "transactional_id",
        "acks",
        "timeout_ms",
        "topic_data",
        "unknown_tagged_fields",
    )

    API_KEY = 0
    NAME = "ProduceRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 13
    FIRST_FLEXIBLE_VERSION = 9

    def __init__(
        self,
        *,
        transactional_id: str | None = None,
        acks: int = 0,
        timeout_ms: int = 0,
        topic_data: list[TopicProduceData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.acks = acks
        self.timeout_ms = timeout_ms
        self.topic_data: list[TopicProduceData] = [] if topic_data is None else topic_data
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 9:
            if self.transactional_id is None:
                out.append(0)
            else:
                data = self.transactional_id.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_hi(self.acks, self.timeout_ms)
            length = len(self.topic_data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topic_data_item in self.topic_data:
                topic_data_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        elif version >= 3:
            if self.transactional_id is None:
                out += b"\xff\xff"
            else:
                data = self.transactional_id.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_hii(self.acks, self.timeout_ms, len(self.topic_data))
            for topic_data_item in self.topic_data:
                topic_data_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ProduceRequest", "unknown_tagged_fields", version)
        else:
            if self.transactional_id is not None:
                refuse_field("ProduceRequest", "transactional_id", version)
            out += _pack_hii(self.acks, self.timeout_ms, len(self.topic_data))
            for topic_data_item in self.topic_data:
                topic_data_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ProduceRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ProduceRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        if type(buffer) is not memoryview:
            buffer = memoryview(buffer)
        try:
            message, position = _read_produce_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ProduceRequest", error)
        if position > len(buffer):
            refuse_truncated("ProduceRequest")
        return message, position


def _read_partition_produce_data(buffer: Buffer, position: int, version: int) -> tuple[PartitionProduceData, int]:
    self = new(PartitionProduceData)
    if version >= 9:
        self.index, length = _unpack_iB(buffer, position)
        position += 5
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.records = None
        else:
            end = position + length - 1
            self.records = buffer[position:end]
            position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.index, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            self.records = None
        else:
            end = position + length
            self.records = buffer[position:end]
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_produce_data(buffer: Buffer, position: int, version: int) -> tuple[TopicProduceData, int]:
    self = new(TopicProduceData)
    if version >= 13:
        self.name = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        partition_data_ = self.partition_data = []
        for _ in range(length - 1):
            partition_data_item, position = _read_partition_produce_data(buffer, position, version)
            partition_data_.append(partition_data_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 9:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        partition_data_ = self.partition_data = []
        for _ in range(length - 1):
            partition_data_item, position = _read_partition_produce_data(buffer, position, version)
            partition_data_.append(partition_data_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        partition_data_ = self.partition_data = []
        for _ in range(length):
            partition_data_item, position = _read_partition_produce_data(buffer, position, version)
            partition_data_.append(partition_data_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_produce_request(buffer: Buffer, position: int, version: int) -> tuple[ProduceRequest, int]:
    self = new(ProduceRequest)
    if version >= 9:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.transactional_id = None
        else:
            end = position + length - 1
            self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.acks, self.timeout_ms, length = _unpack_hiB(buffer, position)
        position += 7
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        topic_data_ = self.topic_data = []
        for _ in range(length - 1):
            topic_data_item, position = _read_topic_produce_data(buffer, position, version)
            topic_data_.append(topic_data_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 3:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.transactional_id = None
        else:
            end = position + length
            self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.acks, self.timeout_ms, length = _unpack_hii(buffer, position)
        position += 10
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topic_data_ = self.topic_data = []
        for _ in range(length):
            topic_data_item, position = _read_topic_produce_data(buffer, position, version)
            topic_data_.append(topic_data_item)
        self.unknown_tagged_fields = None
    else:
        self.transactional_id = None
        self.acks, self.timeout_ms, length = _unpack_hii(buffer, position)
        position += 10
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topic_data_ = self.topic_data = []
        for _ in range(length):
            topic_data_item, position = _read_topic_produce_data(buffer, position, version)
            topic_data_.append(topic_data_item)
        self.unknown_tagged_fields = None
    return self, position
