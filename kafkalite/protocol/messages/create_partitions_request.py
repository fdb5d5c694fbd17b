# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreatePartitionsRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
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
_unpack_it = Struct(">i?").unpack_from
_pack_it = Struct(">i?").pack
_unpack_itB = Struct(">i?B").unpack_from
_unpack_iB = Struct(">iB").unpack_from
_unpack_ii = Struct(">ii").unpack_from


class CreatePartitionsAssignment(Message):
    """`CreatePartitionsAssignment` of CreatePartitionsRequest, versions 0-3."""

    __slots__ = (
        "broker_ids",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        broker_ids: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.broker_ids: list[int] = [] if broker_ids is None else broker_ids
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            length = len(self.broker_ids) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.broker_ids)}i", *self.broker_ids)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.broker_ids))
            out += pack(f">{len(self.broker_ids)}i", *self.broker_ids)
            if self.unknown_tagged_fields:
                refuse_field("CreatePartitionsAssignment", "unknown_tagged_fields", version)


class CreatePartitionsTopic(Message):
    """`CreatePartitionsTopic` of CreatePartitionsRequest, versions 0-3."""

    __slots__ = (
        "name",
        "count",
        "assignments",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        count: int = 0,
        assignments: list[CreatePartitionsAssignment] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.count = count
        self.assignments: list[CreatePartitionsAssignment] | None = [] if assignments is UNSET else assignments
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_i(self.count)
            if self.assignments is None:
                out.append(0)
            else:
                length = len(self.assignments) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for assignments_item in self.assignments:
                    assignments_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(self.count)
            if self.assignments is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.assignments))
                for assignments_item in self.assignments:
                    assignments_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("CreatePartitionsTopic", "unknown_tagged_fields", version)


class CreatePartitionsRequest(Message):
    """Kafka's request 37 `CreatePartitionsRequest`: versions 0-3, flexible from 2."""

    __slots__ = (
        "topics",
        "timeout_ms",
        "validate_only",
        "unknown_tagged_fields",
    )

    API_KEY = 37
    NAME = "CreatePartitionsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        topics: list[CreatePartitionsTopic] | None = None,
        timeout_ms: int = 0,
        validate_only: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[CreatePartitionsTopic] = [] if topics is None else topics
        self.timeout_ms = timeout_ms
        self.validate_only = validate_only
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_it(self.timeout_ms, self.validate_only)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_it(self.timeout_ms, self.validate_only)
            if self.unknown_tagged_fields:
                refuse_field("CreatePartitionsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreatePartitionsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_partitions_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreatePartitionsRequest", error)
        if position > len(buffer):
            refuse_truncated("CreatePartitionsRequest")
        return message, position


def _read_create_partitions_assignment(
    buffer: Buffer, position: int, version: int
) -> tuple[CreatePartitionsAssignment, int]:
    self = new(CreatePartitionsAssignment)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.broker_ids, position = read_numbers(buffer, position, length - 1, "i", 4)
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
        self.broker_ids, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_create_partitions_topic(buffer: Buffer, position: int, version: int) -> tuple[CreatePartitionsTopic, int]:
    self = new(CreatePartitionsTopic)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.count, length = _unpack_iB(buffer, position)
        position += 5
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.assignments = None
        else:
            if 2 * (length - 1) > len(buffer) - position:
                refuse_count()
            assignments_ = self.assignments = []
            for _ in range(length - 1):
                assignments_item, position = _read_create_partitions_assignment(buffer, position, version)
                assignments_.append(assignments_item)
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
        self.count, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            self.assignments = None
        else:
            if 4 * length > len(buffer) - position:
                refuse_count()
            assignments_ = self.assignments = []
            for _ in range(length):
                assignments_item, position = _read_create_partitions_assignment(buffer, position, version)
                assignments_.append(assignments_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_create_partitions_request(buffer: Buffer, position: int, version: int) -> tuple[CreatePartitionsRequest, int]:
    self = new(CreatePartitionsRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_create_partitions_topic(buffer, position, version)
            topics_.append(topics_item)
        self.timeout_ms, self.validate_only, count = _unpack_itB(buffer, position)
        position += 6
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 10 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_create_partitions_topic(buffer, position, version)
            topics_.append(topics_item)
        self.timeout_ms, self.validate_only = _unpack_it(buffer, position)
        position += 5
        self.unknown_tagged_fields = None
    return self, position
