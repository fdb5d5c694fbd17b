# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareGroupCurrentMemberAssignmentValue."""

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
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_pack_iib = Struct(">iib").pack
_unpack_iibB = Struct(">iibB").unpack_from


class TopicPartitions(Message):
    """`TopicPartitions` of ShareGroupCurrentMemberAssignmentValue, versions 0."""

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


class ShareGroupCurrentMemberAssignmentValue(Message):
    """Kafka's coordinator record value 14 `ShareGroupCurrentMemberAssignmentValue`: versions 0, flexible from 0."""

    __slots__ = (
        "member_epoch",
        "previous_member_epoch",
        "state",
        "assigned_partitions",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 14
    NAME = "ShareGroupCurrentMemberAssignmentValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        member_epoch: int = 0,
        previous_member_epoch: int = 0,
        state: int = 0,
        assigned_partitions: list[TopicPartitions] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_epoch = member_epoch
        self.previous_member_epoch = previous_member_epoch
        self.state = state
        self.assigned_partitions: list[TopicPartitions] = [] if assigned_partitions is None else assigned_partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iib(self.member_epoch, self.previous_member_epoch, self.state)
        length = len(self.assigned_partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for assigned_partitions_item in self.assigned_partitions:
            assigned_partitions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareGroupCurrentMemberAssignmentValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_group_current_member_assignment_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareGroupCurrentMemberAssignmentValue", error)
        if position > len(buffer):
            refuse_truncated("ShareGroupCurrentMemberAssignmentValue")
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


def _read_share_group_current_member_assignment_value(
    buffer: Buffer, position: int, version: int
) -> tuple[ShareGroupCurrentMemberAssignmentValue, int]:
    self = new(ShareGroupCurrentMemberAssignmentValue)
    self.member_epoch, self.previous_member_epoch, self.state, length = _unpack_iibB(buffer, position)
    position += 10
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 18 * (length - 1) > len(buffer) - position:
        refuse_count()
    assigned_partitions_ = self.assigned_partitions = []
    for _ in range(length - 1):
        assigned_partitions_item, position = _read_topic_partitions(buffer, position, version)
        assigned_partitions_.append(assigned_partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
