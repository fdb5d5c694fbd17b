# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's WriteTxnMarkersResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_pack_q = Struct(">q").pack
_unpack_qB = Struct(">qB").unpack_from
_unpack_qi = Struct(">qi").unpack_from
_pack_qi = Struct(">qi").pack


class WritableTxnMarkerPartitionResult(Message):
    """`WritableTxnMarkerPartitionResult` of WriteTxnMarkersResponse, versions 0-2."""

    __slots__ = (
        "partition_index",
        "error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.unknown_tagged_fields:
                refuse_field("WritableTxnMarkerPartitionResult", "unknown_tagged_fields", version)


class WritableTxnMarkerTopicResult(Message):
    """`WritableTxnMarkerTopicResult` of WriteTxnMarkersResponse, versions 0-2."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[WritableTxnMarkerPartitionResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[WritableTxnMarkerPartitionResult] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            data = self.name.encode()
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
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("WritableTxnMarkerTopicResult", "unknown_tagged_fields", version)


class WritableTxnMarkerResult(Message):
    """`WritableTxnMarkerResult` of WriteTxnMarkersResponse, versions 0-2."""

    __slots__ = (
        "producer_id",
        "topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        producer_id: int = 0,
        topics: list[WritableTxnMarkerTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.producer_id = producer_id
        self.topics: list[WritableTxnMarkerTopicResult] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            out += _pack_q(self.producer_id)
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
        else:
            out += _pack_qi(self.producer_id, len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("WritableTxnMarkerResult", "unknown_tagged_fields", version)


class WriteTxnMarkersResponse(Message):
    """Kafka's response 27 `WriteTxnMarkersResponse`: versions 0-2, flexible from 1."""

    __slots__ = (
        "markers",
        "unknown_tagged_fields",
    )

    API_KEY = 27
    NAME = "WriteTxnMarkersResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        markers: list[WritableTxnMarkerResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.markers: list[WritableTxnMarkerResult] = [] if markers is None else markers
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            length = len(self.markers) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for markers_item in self.markers:
                markers_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.markers))
            for markers_item in self.markers:
                markers_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("WriteTxnMarkersResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[WriteTxnMarkersResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_write_txn_markers_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("WriteTxnMarkersResponse", error)
        if position > len(buffer):
            refuse_truncated("WriteTxnMarkersResponse")
        return message, position


def _read_writable_txn_marker_partition_result(
    buffer: Buffer, position: int, version: int
) -> tuple[WritableTxnMarkerPartitionResult, int]:
    self = new(WritableTxnMarkerPartitionResult)
    if version >= 1:
        self.partition_index, self.error_code, count = _unpack_ihB(buffer, position)
        position += 7
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.error_code = _unpack_ih(buffer, position)
        position += 6
        self.unknown_tagged_fields = None
    return self, position


def _read_writable_txn_marker_topic_result(
    buffer: Buffer, position: int, version: int
) -> tuple[WritableTxnMarkerTopicResult, int]:
    self = new(WritableTxnMarkerTopicResult)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_writable_txn_marker_partition_result(buffer, position, version)
            partitions_.append(partitions_item)
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
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_writable_txn_marker_partition_result(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_writable_txn_marker_result(
    buffer: Buffer, position: int, version: int
) -> tuple[WritableTxnMarkerResult, int]:
    self = new(WritableTxnMarkerResult)
    if version >= 1:
        self.producer_id, length = _unpack_qB(buffer, position)
        position += 9
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_writable_txn_marker_topic_result(buffer, position, version)
            topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.producer_id, length = _unpack_qi(buffer, position)
        position += 12
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_writable_txn_marker_topic_result(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_write_txn_markers_response(
    buffer: Buffer, position: int, version: int
) -> tuple[WriteTxnMarkersResponse, int]:
    self = new(WriteTxnMarkersResponse)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 10 * (length - 1) > len(buffer) - position:
            refuse_count()
        markers_ = self.markers = []
        for _ in range(length - 1):
            markers_item, position = _read_writable_txn_marker_result(buffer, position, version)
            markers_.append(markers_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 12 * length > len(buffer) - position:
            refuse_count()
        markers_ = self.markers = []
        for _ in range(length):
            markers_item, position = _read_writable_txn_marker_result(buffer, position, version)
            markers_.append(markers_item)
        self.unknown_tagged_fields = None
    return self, position
