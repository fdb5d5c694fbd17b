# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's WriteTxnMarkersRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_numbers,
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

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_qht = Struct(">qh?").pack
_unpack_qhtB = Struct(">qh?B").unpack_from
_unpack_qhti = Struct(">qh?i").unpack_from
_pack_qhti = Struct(">qh?i").pack


class WritableTxnMarkerTopic(Message):
    """`WritableTxnMarkerTopic` of WriteTxnMarkersRequest, versions 0-2."""

    __slots__ = (
        "name",
        "partition_indexes",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partition_indexes: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partition_indexes: list[int] = [] if partition_indexes is None else partition_indexes
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
            length = len(self.partition_indexes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.partition_indexes)}i", *self.partition_indexes)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partition_indexes))
            out += pack(f">{len(self.partition_indexes)}i", *self.partition_indexes)
            if self.unknown_tagged_fields:
                refuse_field("WritableTxnMarkerTopic", "unknown_tagged_fields", version)


class WritableTxnMarker(Message):
    """`WritableTxnMarker` of WriteTxnMarkersRequest, versions 0-2."""

    __slots__ = (
        "producer_id",
        "producer_epoch",
        "transaction_result",
        "topics",
        "coordinator_epoch",
        "transaction_version",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        producer_id: int = 0,
        producer_epoch: int = 0,
        transaction_result: bool = False,
        topics: list[WritableTxnMarkerTopic] | None = None,
        coordinator_epoch: int = 0,
        transaction_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.transaction_result = transaction_result
        self.topics: list[WritableTxnMarkerTopic] = [] if topics is None else topics
        self.coordinator_epoch = coordinator_epoch
        self.transaction_version = transaction_version
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            out += _pack_qht(self.producer_id, self.producer_epoch, self.transaction_result)
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_i(self.coordinator_epoch)
            if version >= 2:
                out += _pack_b(self.transaction_version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_qhti(self.producer_id, self.producer_epoch, self.transaction_result, len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_i(self.coordinator_epoch)
            if self.unknown_tagged_fields:
                refuse_field("WritableTxnMarker", "unknown_tagged_fields", version)


class WriteTxnMarkersRequest(Message):
    """Kafka's request 27 `WriteTxnMarkersRequest`: versions 0-2, flexible from 1."""

    __slots__ = (
        "markers",
        "unknown_tagged_fields",
    )

    API_KEY = 27
    NAME = "WriteTxnMarkersRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        markers: list[WritableTxnMarker] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.markers: list[WritableTxnMarker] = [] if markers is None else markers
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
                refuse_field("WriteTxnMarkersRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[WriteTxnMarkersRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_write_txn_markers_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("WriteTxnMarkersRequest", error)
        if position > len(buffer):
            refuse_truncated("WriteTxnMarkersRequest")
        return message, position


def _read_writable_txn_marker_topic(buffer: Buffer, position: int, version: int) -> tuple[WritableTxnMarkerTopic, int]:
    self = new(WritableTxnMarkerTopic)
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
        self.partition_indexes, position = read_numbers(buffer, position, length - 1, "i", 4)
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
        self.partition_indexes, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_writable_txn_marker(buffer: Buffer, position: int, version: int) -> tuple[WritableTxnMarker, int]:
    self = new(WritableTxnMarker)
    if version >= 1:
        self.producer_id, self.producer_epoch, self.transaction_result, length = _unpack_qhtB(buffer, position)
        position += 12
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_writable_txn_marker_topic(buffer, position, version)
            topics_.append(topics_item)
        (self.coordinator_epoch,) = _unpack_i(buffer, position)
        position += 4
        if version >= 2:
            (self.transaction_version,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.transaction_version = 0
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.producer_id, self.producer_epoch, self.transaction_result, length = _unpack_qhti(buffer, position)
        position += 15
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_writable_txn_marker_topic(buffer, position, version)
            topics_.append(topics_item)
        (self.coordinator_epoch,) = _unpack_i(buffer, position)
        position += 4
        self.transaction_version = 0
        self.unknown_tagged_fields = None
    return self, position


def _read_write_txn_markers_request(buffer: Buffer, position: int, version: int) -> tuple[WriteTxnMarkersRequest, int]:
    self = new(WriteTxnMarkersRequest)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 17 * (length - 1) > len(buffer) - position:
            refuse_count()
        markers_ = self.markers = []
        for _ in range(length - 1):
            markers_item, position = _read_writable_txn_marker(buffer, position, version)
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
        if 19 * length > len(buffer) - position:
            refuse_count()
        markers_ = self.markers = []
        for _ in range(length):
            markers_item, position = _read_writable_txn_marker(buffer, position, version)
            markers_.append(markers_item)
        self.unknown_tagged_fields = None
    return self, position
