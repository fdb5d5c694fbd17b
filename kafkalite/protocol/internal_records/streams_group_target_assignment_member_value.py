# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupTargetAssignmentMemberValue."""

from __future__ import annotations

from struct import pack
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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class TaskIds(Message):
    """`TaskIds` of StreamsGroupTargetAssignmentMemberValue, versions 0."""

    __slots__ = (
        "subtopology_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partitions: list[int] = [] if partitions is None else partitions
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
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class StreamsGroupTargetAssignmentMemberValue(Message):
    """Kafka's coordinator record value 21 `StreamsGroupTargetAssignmentMemberValue`: versions 0, flexible from 0."""

    __slots__ = (
        "active_tasks",
        "standby_tasks",
        "warmup_tasks",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 21
    NAME = "StreamsGroupTargetAssignmentMemberValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        active_tasks: list[TaskIds] | None = None,
        standby_tasks: list[TaskIds] | None = None,
        warmup_tasks: list[TaskIds] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.active_tasks: list[TaskIds] = [] if active_tasks is None else active_tasks
        self.standby_tasks: list[TaskIds] = [] if standby_tasks is None else standby_tasks
        self.warmup_tasks: list[TaskIds] = [] if warmup_tasks is None else warmup_tasks
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
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
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupTargetAssignmentMemberValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_target_assignment_member_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupTargetAssignmentMemberValue", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupTargetAssignmentMemberValue")
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
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_streams_group_target_assignment_member_value(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupTargetAssignmentMemberValue, int]:
    self = new(StreamsGroupTargetAssignmentMemberValue)
    length = buffer[position]
    position += 1
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
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
