# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SyncGroupRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.sync_group_request import (
    SyncGroupRequest,
    SyncGroupRequestAssignment,
    _read_sync_group_request_assignment,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from


def _read_sync_group_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[SyncGroupRequest, int]]:
    self = new(SyncGroupRequest)
    limit = position + STEP_MAX_BYTES
    known_assignments_: dict[bytes, SyncGroupRequestAssignment] = {}
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.generation_id, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.group_instance_id = None
        else:
            end = position + length - 1
            self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if version >= 5:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.protocol_type = None
            else:
                end = position + length - 1
                self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
                position = end
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.protocol_name = None
            else:
                end = position + length - 1
                self.protocol_name = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.protocol_type = None
            self.protocol_name = None
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        assignments_ = self.assignments = []
        known_assignments_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                assignments_item, position = _read_sync_group_request_assignment(buffer, position, version)
            except ManyTaggedFields as many:
                assignments_item, position = yield from read_around_tags(
                    _read_sync_group_request_assignment, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                assignments_item = known_assignments_.setdefault(bytes(buffer[start:position]), assignments_item)
            assignments_.append(assignments_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.generation_id, length = _unpack_ih(buffer, position)
        position += 6
        if length < 0:
            refuse_null()
        end = position + length
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 3:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.group_instance_id = None
            else:
                end = position + length
                self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.group_instance_id = None
        self.protocol_type = None
        self.protocol_name = None
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        assignments_ = self.assignments = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            assignments_item, position = _read_sync_group_request_assignment(buffer, position, version)
            assignments_.append(assignments_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[SyncGroupRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_sync_group_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("SyncGroupRequest", error)
    if position > len(buffer):
        refuse_truncated("SyncGroupRequest")
    return message, position
