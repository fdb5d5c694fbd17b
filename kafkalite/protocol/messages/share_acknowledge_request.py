# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareAcknowledgeRequest."""

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
_pack_t = Struct(">?").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_qq = Struct(">qq").pack
_unpack_qqB = Struct(">qqB").unpack_from


class AcknowledgementBatch(Message):
    """`AcknowledgementBatch` of ShareAcknowledgeRequest, versions 1-2."""

    __slots__ = (
        "first_offset",
        "last_offset",
        "acknowledge_types",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        first_offset: int = 0,
        last_offset: int = 0,
        acknowledge_types: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.first_offset = first_offset
        self.last_offset = last_offset
        self.acknowledge_types: list[int] = [] if acknowledge_types is None else acknowledge_types
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_qq(self.first_offset, self.last_offset)
        length = len(self.acknowledge_types) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.acknowledge_types)}b", *self.acknowledge_types)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AcknowledgePartition(Message):
    """`AcknowledgePartition` of ShareAcknowledgeRequest, versions 1-2."""

    __slots__ = (
        "partition_index",
        "acknowledgement_batches",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        acknowledgement_batches: list[AcknowledgementBatch] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.acknowledgement_batches: list[AcknowledgementBatch] = (
            [] if acknowledgement_batches is None else acknowledgement_batches
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.partition_index)
        length = len(self.acknowledgement_batches) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for acknowledgement_batches_item in self.acknowledgement_batches:
            acknowledgement_batches_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AcknowledgeTopic(Message):
    """`AcknowledgeTopic` of ShareAcknowledgeRequest, versions 1-2."""

    __slots__ = (
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        partitions: list[AcknowledgePartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.partitions: list[AcknowledgePartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_16s(self.topic_id)
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


class ShareAcknowledgeRequest(Message):
    """Kafka's request 79 `ShareAcknowledgeRequest`: versions 1-2, flexible from 1."""

    __slots__ = (
        "group_id",
        "member_id",
        "share_session_epoch",
        "is_renew_ack",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 79
    NAME = "ShareAcknowledgeRequest"
    LOWEST_VERSION = 1
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        group_id: str | None = None,
        member_id: str | None = "",
        share_session_epoch: int = 0,
        is_renew_ack: bool = False,
        topics: list[AcknowledgeTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.share_session_epoch = share_session_epoch
        self.is_renew_ack = is_renew_ack
        self.topics: list[AcknowledgeTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if self.group_id is None:
            out.append(0)
        else:
            data = self.group_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.member_id is None:
            out.append(0)
        else:
            data = self.member_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_i(self.share_session_epoch)
        if version >= 2:
            out += _pack_t(self.is_renew_ack)
        else:
            if self.is_renew_ack:
                refuse_field("ShareAcknowledgeRequest", "is_renew_ack", version)
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
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareAcknowledgeRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_acknowledge_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareAcknowledgeRequest", error)
        if position > len(buffer):
            refuse_truncated("ShareAcknowledgeRequest")
        return message, position


def _read_acknowledgement_batch(buffer: Buffer, position: int, version: int) -> tuple[AcknowledgementBatch, int]:
    self = new(AcknowledgementBatch)
    self.first_offset, self.last_offset, length = _unpack_qqB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.acknowledge_types, position = read_numbers(buffer, position, length - 1, "b", 1)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_acknowledge_partition(buffer: Buffer, position: int, version: int) -> tuple[AcknowledgePartition, int]:
    self = new(AcknowledgePartition)
    self.partition_index, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 18 * (length - 1) > len(buffer) - position:
        refuse_count()
    acknowledgement_batches_ = self.acknowledgement_batches = []
    for _ in range(length - 1):
        acknowledgement_batches_item, position = _read_acknowledgement_batch(buffer, position, version)
        acknowledgement_batches_.append(acknowledgement_batches_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_acknowledge_topic(buffer: Buffer, position: int, version: int) -> tuple[AcknowledgeTopic, int]:
    self = new(AcknowledgeTopic)
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_acknowledge_partition(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_share_acknowledge_request(buffer: Buffer, position: int, version: int) -> tuple[ShareAcknowledgeRequest, int]:
    self = new(ShareAcknowledgeRequest)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.group_id = None
    else:
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.member_id = None
    else:
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    (self.share_session_epoch,) = _unpack_i(buffer, position)
    position += 4
    if version >= 2:
        self.is_renew_ack = buffer[position] != 0
        position += 1
    else:
        self.is_renew_ack = False
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 18 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_acknowledge_topic(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
