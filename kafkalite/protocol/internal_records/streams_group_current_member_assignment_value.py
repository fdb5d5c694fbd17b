# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupCurrentMemberAssignmentValue."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_iib = Struct(">iib").pack
_unpack_iibB = Struct(">iibB").unpack_from


class TaskIds(Message):
    """`TaskIds` of StreamsGroupCurrentMemberAssignmentValue, versions 0."""

    __slots__ = (
        "subtopology_id",
        "partitions",
        "assignment_epochs",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        partitions: list[int] | None = None,
        assignment_epochs: list[int] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partitions: list[int] = [] if partitions is None else partitions
        self.assignment_epochs: list[int] | None = [] if assignment_epochs is UNSET else assignment_epochs
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.subtopology_id.encode()
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
        known: TaggedFields | None = None
        if self.assignment_epochs is None or len(self.assignment_epochs):
            body = bytearray()
            if self.assignment_epochs is None:
                body.append(0)
            else:
                length = len(self.assignment_epochs) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                body += pack(f">{len(self.assignment_epochs)}i", *self.assignment_epochs)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)


class StreamsGroupCurrentMemberAssignmentValue(Message):
    """Kafka's coordinator record value 22 `StreamsGroupCurrentMemberAssignmentValue`: versions 0, flexible from 0."""

    __slots__ = (
        "member_epoch",
        "previous_member_epoch",
        "state",
        "active_tasks",
        "standby_tasks",
        "warmup_tasks",
        "active_tasks_pending_revocation",
        "standby_tasks_pending_revocation",
        "warmup_tasks_pending_revocation",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 22
    NAME = "StreamsGroupCurrentMemberAssignmentValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        member_epoch: int = 0,
        previous_member_epoch: int = 0,
        state: int = 0,
        active_tasks: list[TaskIds] | None = None,
        standby_tasks: list[TaskIds] | None = None,
        warmup_tasks: list[TaskIds] | None = None,
        active_tasks_pending_revocation: list[TaskIds] | None = None,
        standby_tasks_pending_revocation: list[TaskIds] | None = None,
        warmup_tasks_pending_revocation: list[TaskIds] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_epoch = member_epoch
        self.previous_member_epoch = previous_member_epoch
        self.state = state
        self.active_tasks: list[TaskIds] = [] if active_tasks is None else active_tasks
        self.standby_tasks: list[TaskIds] = [] if standby_tasks is None else standby_tasks
        self.warmup_tasks: list[TaskIds] = [] if warmup_tasks is None else warmup_tasks
        self.active_tasks_pending_revocation: list[TaskIds] = (
            [] if active_tasks_pending_revocation is None else active_tasks_pending_revocation
        )
        self.standby_tasks_pending_revocation: list[TaskIds] = (
            [] if standby_tasks_pending_revocation is None else standby_tasks_pending_revocation
        )
        self.warmup_tasks_pending_revocation: list[TaskIds] = (
            [] if warmup_tasks_pending_revocation is None else warmup_tasks_pending_revocation
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iib(self.member_epoch, self.previous_member_epoch, self.state)
        length = len(self.active_tasks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for active_tasks_item in self.active_tasks:
            active_tasks_item.write(out, version)
        length = len(self.standby_tasks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for standby_tasks_item in self.standby_tasks:
            standby_tasks_item.write(out, version)
        length = len(self.warmup_tasks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for warmup_tasks_item in self.warmup_tasks:
            warmup_tasks_item.write(out, version)
        length = len(self.active_tasks_pending_revocation) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for active_tasks_pending_revocation_item in self.active_tasks_pending_revocation:
            active_tasks_pending_revocation_item.write(out, version)
        length = len(self.standby_tasks_pending_revocation) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for standby_tasks_pending_revocation_item in self.standby_tasks_pending_revocation:
            standby_tasks_pending_revocation_item.write(out, version)
        length = len(self.warmup_tasks_pending_revocation) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for warmup_tasks_pending_revocation_item in self.warmup_tasks_pending_revocation:
            warmup_tasks_pending_revocation_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupCurrentMemberAssignmentValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_current_member_assignment_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupCurrentMemberAssignmentValue", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupCurrentMemberAssignmentValue")
        return message, position


def _read_task_ids(buffer: Buffer, position: int, version: int) -> tuple[TaskIds, int]:
    self = new(TaskIds)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.subtopology_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    self.assignment_epochs = []
    self.unknown_tagged_fields = None
    if count:
        if count > 127:
            start = position - 1
            count, position = read_uvarint(buffer, start)
            check_tag_count(buffer, start, position, count)
        for _ in range(count):
            tag, position = read_uvarint(buffer, position)
            size, position = read_uvarint(buffer, position)
            tag_end = position + size
            if tag_end > len(buffer):
                refuse_count()
            if tag == 0:
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.assignment_epochs = None
                else:
                    self.assignment_epochs, position = read_numbers(buffer, position, length - 1, "i", 4)
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position


def _read_streams_group_current_member_assignment_value(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupCurrentMemberAssignmentValue, int]:
    self = new(StreamsGroupCurrentMemberAssignmentValue)
    self.member_epoch, self.previous_member_epoch, self.state, length = _unpack_iibB(buffer, position)
    position += 10
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    active_tasks_ = self.active_tasks = []
    for _ in range(length - 1):
        active_tasks_item, position = _read_task_ids(buffer, position, version)
        active_tasks_.append(active_tasks_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    standby_tasks_ = self.standby_tasks = []
    for _ in range(length - 1):
        standby_tasks_item, position = _read_task_ids(buffer, position, version)
        standby_tasks_.append(standby_tasks_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    warmup_tasks_ = self.warmup_tasks = []
    for _ in range(length - 1):
        warmup_tasks_item, position = _read_task_ids(buffer, position, version)
        warmup_tasks_.append(warmup_tasks_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    active_tasks_pending_revocation_ = self.active_tasks_pending_revocation = []
    for _ in range(length - 1):
        active_tasks_pending_revocation_item, position = _read_task_ids(buffer, position, version)
        active_tasks_pending_revocation_.append(active_tasks_pending_revocation_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    standby_tasks_pending_revocation_ = self.standby_tasks_pending_revocation = []
    for _ in range(length - 1):
        standby_tasks_pending_revocation_item, position = _read_task_ids(buffer, position, version)
        standby_tasks_pending_revocation_.append(standby_tasks_pending_revocation_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    warmup_tasks_pending_revocation_ = self.warmup_tasks_pending_revocation = []
    for _ in range(length - 1):
        warmup_tasks_pending_revocation_item, position = _read_task_ids(buffer, position, version)
        warmup_tasks_pending_revocation_.append(warmup_tasks_pending_revocation_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
